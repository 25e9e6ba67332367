// orders/edited speaks of the edit, not of the order: ids of lines with how many units came or went.
import type { Order } from '#sandbox/state/nouns.ts'
import { restId } from './rest-money.ts'

/** Of the order's latest edit. Errors: throws when the order was never edited. */
export function orderEditPayload(order: Order): Record<string, unknown> {
  const edit = order.agreements.findLast(({ kind }) => kind === 'ORDER_EDIT')
  if (!edit) throw new Error(`Order ${order.name} was never edited.`)
  const deltas = edit.sales.flatMap(({ lineItemId, quantity }) =>
    lineItemId === null || !quantity ? [] : [{ id: restId(lineItemId), delta: quantity }],
  )
  const shipping = edit.sales
    .filter(({ lineType }) => lineType === 'SHIPPING')
    .map(({ partId, total }) => ({ id: restId(partId ?? order.id), delta: total.shop }))
  const discounts = edit.sales.flatMap(({ actionType, lineItemId, discountAfterTaxes }) =>
    actionType === 'UPDATE' && lineItemId !== null
      ? [{ id: restId(lineItemId), delta: discountAfterTaxes.shop }]
      : [],
  )
  return {
    order_edit: {
      id: restId(edit.id),
      app_id: null,
      created_at: edit.happenedAt,
      notify_customer: false,
      order_id: restId(order.id),
      staff_note: edit.staffNote ?? '',
      user_id: null,
      line_items: {
        additions: deltas.filter(({ delta }) => delta > 0),
        removals: deltas.filter(({ delta }) => delta < 0).map(({ id, delta }) => ({ id, delta: -delta })),
      },
      discounts: { line_item: { additions: discounts, removals: [] } },
      shipping_lines: {
        additions: shipping.filter(({ delta }) => !delta.startsWith('-')),
        removals: shipping
          .filter(({ delta }) => delta.startsWith('-'))
          .map(({ id, delta }) => ({ id, delta: delta.slice(1) })),
      },
      committed_at: edit.happenedAt,
    },
  }
}
