// What an edit changed, as orders/edited carries it: the edit, not the order.
import type { Order, Sale } from '#sandbox/state/nouns.ts'
import { restId } from './rest-money.ts'

/** The order's latest edit. Throws when it was never edited. */
export function orderEditPayload(order: Order): Record<string, unknown> {
  const edit = order.agreements.findLast(({ kind }) => kind === 'ORDER_EDIT')
  if (!edit) throw new Error(`Order ${order.name} was never edited.`)
  const deltas = (wanted: Sale['actionType']) =>
    edit.sales.flatMap(({ actionType, lineItemId, quantity }) =>
      actionType === wanted && lineItemId !== null && quantity !== null
        ? [{ id: restId(lineItemId), delta: Math.abs(quantity) }]
        : [],
    )
  return {
    order_edit: {
      id: restId(edit.id),
      app_id: null,
      user_id: null,
      order_id: restId(order.id),
      created_at: edit.happenedAt,
      committed_at: edit.happenedAt,
      notify_customer: false,
      reason: '',
      staff_note: '',
      line_items: { additions: deltas('ORDER'), removals: deltas('RETURN') },
      discounts: { line_item: { additions: [], removals: [] } },
    },
  }
}
