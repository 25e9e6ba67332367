// An order changed after it was placed: lines added, more or fewer units, a price reduced. Money moves later, by capture or refund.
import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import type { StagedChange } from '#sandbox/state/order-edit-nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder, readTime } from './find-nouns.ts'
import { type MinorBag, writeBag } from './minor-bag.ts'
import { lesser, parseMoney } from './money.ts'
import { orderConverter, resolveLines } from './order-input.ts'
import { settleStatus } from './payments.ts'
import { type Refusal, refuse } from './refusal.ts'
import { worthBeforeTax } from './sell-lines.ts'
import { emitOrderChange } from './shop-events.ts'
import { applyChanges, previewChanges, type StagedRefusal } from './staged-edit.ts'
import { checkStock, commitStock, restock } from './stock.ts'
import { type AskedLine, type LineRefusal, takeBackLines } from './take-back.ts'

/** Amounts are decimals in the shop's currency, before taxes where prices are without. */
export interface EditOrderInput {
  add?: Array<{ variantId: string; quantity: number; unitPrice?: string }>
  addCustom?: Array<{ title: string; quantity: number; unitPrice: string; taxable?: boolean }>
  /** More units of lines that are there. */
  increase?: Array<{ lineItemId: string; quantity: number }>
  /** Units taken off; a line may be named once. */
  remove?: AskedLine[]
  /** Off what is left of a line. */
  discount?: Array<{ lineItemId: string; amount: string }>
  addShipping?: Array<{ title: string; price: string }>
  staffNote?: string
  happenedAt?: string
}

export type EditRefusal =
  | StagedRefusal
  | Refusal<'already_cancelled' | 'archived' | 'nothing_to_edit' | 'out_of_stock'>

export type EditOrderRefusal =
  | LineRefusal
  | EditRefusal
  | Refusal<'unknown_shop' | 'unknown_order' | 'invalid_time' | 'no_lines' | 'invalid_amount'>

/** Edits an order (orders/edited). Nothing changes when it is refused. */
export function editOrder(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
  input: EditOrderInput,
): { ok: true; order: Order } | EditOrderRefusal {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order, state } = found
  const time = readTime(sandbox, input.happenedAt)
  if (!time.ok) return time
  const staged = stageInput(state, order, input)
  if (!staged.ok) return staged
  return commitChanges(sandbox, state, order, staged.changes, {
    happenedAt: time.at,
    staffNote: input.staffNote,
  })
}

export function checkEditable(order: Order): { ok: true } | Refusal<'already_cancelled' | 'archived'> {
  if (order.cancelledAt) return refuse('already_cancelled', `Order ${order.name} is cancelled.`)
  return order.closedAt ? refuse('archived', `Order ${order.name} is archived.`) : { ok: true }
}

/** Puts staged changes into the order and tells of it. Nothing changes when it is refused. */
export function commitChanges(
  sandbox: Sandbox,
  state: ShopState,
  order: Order,
  changes: StagedChange[],
  facts: { happenedAt: string; staffNote?: string },
): { ok: true; order: Order } | EditRefusal {
  const editable = checkEditable(order)
  if (!editable.ok) return editable
  if (changes.length === 0) return refuse('nothing_to_edit', 'Name at least one change.')
  const preview = previewChanges(state, order, changes)
  if (!preview.ok) return preview
  const stock = checkStock(state, preview.result.needs)
  if (!stock.ok) return stock
  const ids = { forAdded: (noun: string) => sandbox.nextId(noun), nextId: sandbox.nextId }
  const done = applyChanges(ids, state, order, changes, facts)
  if (!done.ok) throw new Error(`Order ${order.name} refused what its copy took: ${done.message}`)
  for (const { variantId, quantity } of done.restocked) restock(sandbox, state, variantId, quantity)
  commitStock(sandbox, state, done.needs)
  settleStatus(order)
  emitOrderChange(sandbox, state.shop.domain, order, 'orders/edited', 'orders/updated')
  return { ok: true, order }
}

type Staged = { ok: true; changes: StagedChange[] }

function stageInput(state: ShopState, order: Order, input: EditOrderInput): Staged | EditOrderRefusal {
  const { increase = [], remove = [], discount = [] } = input
  const touched = [...increase, ...remove, ...discount].map(({ lineItemId }) => lineItemId)
  const twice = touched.find((id, index) => touched.indexOf(id) !== index)
  if (twice !== undefined) return refuse('unknown_line', `lineItemId: ${twice} is named twice in one edit.`)
  const removable = takeBackLines(order, remove)
  if (!removable.ok) return removable
  const changes: StagedChange[] = remove.map((line) => setTo(order, line, -line.quantity))
  for (const stage of [stageIncreases, stageDiscounts, stageAdditions, stageCharges]) {
    const staged = stage(state, order, input)
    if (!staged.ok) return staged
    changes.push(...staged.changes)
  }
  return { ok: true, changes }
}

function setTo(
  order: Order,
  { lineItemId, restock: how = 'RETURN' }: AskedLine,
  delta: number,
): StagedChange {
  const now = order.lineItems.find(({ id }) => id === lineItemId)?.currentQuantity ?? 0
  return { kind: 'SET_QUANTITY', lineItemId, quantity: now + delta, restock: how }
}

function stageIncreases(
  _state: ShopState,
  order: Order,
  { increase = [] }: EditOrderInput,
): Staged | LineRefusal {
  const changes: StagedChange[] = []
  for (const [index, { lineItemId, quantity }] of increase.entries()) {
    if (!order.lineItems.some(({ id }) => id === lineItemId)) {
      const message = `increase[${index}].lineItemId: ${lineItemId} is no line of ${order.name}.`
      return refuse('unknown_line', message)
    }
    if (!isCount(quantity)) {
      return refuse('invalid_quantity', `increase[${index}].quantity: ${quantity} is no quantity.`)
    }
    changes.push(setTo(order, { lineItemId, quantity }, quantity))
  }
  return { ok: true, changes }
}

function stageDiscounts(
  _state: ShopState,
  order: Order,
  { discount = [] }: EditOrderInput,
): Staged | Refusal<'unknown_line' | 'invalid_amount'> {
  const changes: StagedChange[] = []
  for (const [index, { lineItemId, amount }] of discount.entries()) {
    if (!order.lineItems.some(({ id }) => id === lineItemId)) {
      const message = `discount[${index}].lineItemId: ${lineItemId} is no line of ${order.name}.`
      return refuse('unknown_line', message)
    }
    const minor = parseMoney(amount, order.currency)
    const worth = worthBeforeTax(order, lineItemId)
    if (minor === null || minor <= 0n || minor > worth.shop) {
      return refuse(
        'invalid_amount',
        `discount[${index}].amount: "${amount}" is not above 0 and at most the line's worth.`,
      )
    }
    const off: MinorBag = {
      shop: minor,
      presentment: lesser(orderConverter(order)(minor), worth.presentment),
    }
    const value = { per: 'LINE' as const, amount: writeBag(off, order) }
    changes.push({ kind: 'DISCOUNT', id: lineItemId, lineId: lineItemId, description: '', value })
  }
  return { ok: true, changes }
}

function stageAdditions(
  state: ShopState,
  order: Order,
  { add = [] }: EditOrderInput,
): Staged | Refusal<'no_lines' | 'invalid_quantity' | 'unknown_variant' | 'invalid_amount'> {
  if (add.length === 0) return { ok: true, changes: [] }
  const added = resolveLines(state, add)
  if (!added.ok) return added
  const convert = orderConverter(order)
  const changes = added.lines.map(({ variant, quantity, unitPrice }, index): StagedChange => {
    const price = writeBag({ shop: unitPrice, presentment: convert(unitPrice) }, order)
    return { kind: 'ADD_VARIANT', id: `variant-${index}`, variantId: variant.id, quantity, price }
  })
  return { ok: true, changes }
}

function stageCharges(
  _state: ShopState,
  order: Order,
  { addCustom = [], addShipping = [] }: EditOrderInput,
): Staged | Refusal<'invalid_quantity' | 'invalid_amount'> {
  const changes: StagedChange[] = []
  const convert = orderConverter(order)
  const read = (text: string) => {
    const minor = parseMoney(text, order.currency)
    if (minor === null || minor < 0n) return null
    return writeBag({ shop: minor, presentment: convert(minor) }, order)
  }
  for (const [index, { title, quantity, unitPrice, taxable = true }] of addCustom.entries()) {
    const price = read(unitPrice)
    if (!price) return refuse('invalid_amount', `addCustom[${index}].unitPrice: "${unitPrice}" is no price.`)
    if (!isCount(quantity)) {
      return refuse('invalid_quantity', `addCustom[${index}].quantity: ${quantity} is no quantity.`)
    }
    const flags = { isTaxable: taxable, isShipped: true }
    changes.push({ kind: 'ADD_CUSTOM', id: `custom-${index}`, title, quantity, price, ...flags })
  }
  for (const [index, { title, price: asked }] of addShipping.entries()) {
    const price = read(asked)
    if (!price) return refuse('invalid_amount', `addShipping[${index}].price: "${asked}" is no price.`)
    changes.push({ kind: 'ADD_SHIPPING', id: `shipping-${index}`, title, price })
  }
  return { ok: true, changes }
}

function isCount(quantity: number): boolean {
  return Number.isSafeInteger(quantity) && quantity >= 1
}
