// How every orderEdit* mutation stages its change and answers.
import { type CalculatedEdit, stageChanges } from '#sandbox/commerce/order-edits.ts'
import type { Refusal } from '#sandbox/commerce/refusal.ts'
import type { StagedChange } from '#sandbox/state/order-edit-nouns.ts'
import { gid } from '../gid.ts'
import type { GraphqlContext } from '../resolver.ts'
import { editIdOf } from './calculated-order.ts'

export interface EditArgs {
  id: string
}

export type Revised = { ok: true; changes: StagedChange[] } | Refusal

export function nextChangeId({ sandbox }: GraphqlContext): string {
  return `staged-${sandbox.nextId('staged-change')}`
}

export function problem(field: string[] | null, message: string) {
  return { field, message, code: 'INVALID' }
}

export const NOTHING = {
  calculatedOrder: null,
  orderEditSession: null,
  calculatedLineItem: null,
  calculatedShippingLine: null,
  addedDiscountStagedChange: null,
}

/** What a refusal of the edit itself is about. */
const FIELDS: Record<string, string> = {
  unknown_edit: 'id',
  edit_committed: 'id',
  order_changed: 'id',
  unknown_variant: 'variantId',
  unknown_line: 'lineItemId',
  invalid_quantity: 'quantity',
  quantity_exceeds_remaining: 'quantity',
  out_of_stock: 'quantity',
  unknown_discount: 'discountApplicationId',
  unknown_shipping_line: 'shippingLineId',
  invalid_price: 'price',
  invalid_discount: 'discount',
  invalid_title: 'title',
  discounted_already: 'lineItemId',
}

export function payload(calculated: CalculatedEdit, more: Record<string, unknown> = {}) {
  const orderEditSession = { id: gid('OrderEditSession', calculated.edit.id) }
  return { ...NOTHING, calculatedOrder: calculated, orderEditSession, ...more, userErrors: [] }
}

export function stage(
  id: string,
  context: GraphqlContext,
  revise: (calculated: CalculatedEdit) => Revised,
  more: (calculated: CalculatedEdit) => Record<string, unknown> = () => ({}),
) {
  const outcome = stageChanges(context.sandbox, context.state, editIdOf(id), revise)
  if (outcome.ok) return payload(outcome, more(outcome))
  return { ...NOTHING, userErrors: [problem([FIELDS[outcome.reason] ?? 'id'], outcome.message)] }
}
