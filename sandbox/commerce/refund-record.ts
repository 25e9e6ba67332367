// A refund written into its order: record, agreement, money.
import type { Order, Refund, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { isZero, type MinorBag, subtractBags, writeBag } from './minor-bag.ts'
import { addTransaction, settleStatus } from './payments.ts'
import type { RefundMoney } from './refund-money.ts'
import { appendAgreement, plainMoney, type SaleDraft } from './sales.ts'
import { emitEvent, emitOrderChange } from './shop-events.ts'
import type { BackLine } from './take-back.ts'

export interface TakenBack {
  lines: BackLine[]
  sales: SaleDraft[]
  shipping: MinorBag | null
}

/** Writes a refund with its agreement and money into the order. */
export function recordRefund(
  sandbox: Sandbox,
  order: Order,
  facts: TakenBack & RefundMoney & { note: string; at: string },
): Refund {
  const { amount, adjustment, at } = facts
  const refund: Refund = {
    id: sandbox.nextId('refund'),
    note: facts.note,
    createdAt: at,
    lines: facts.lines.map((line) => ({
      id: sandbox.nextId('refund-line'),
      lineItemId: line.lineItemId,
      quantity: line.quantity,
      restockType: line.restock.toLowerCase(),
      subtotal: writeBag(
        order.taxesIncluded ? line.money.total : subtractBags(line.money.total, line.money.tax),
        order,
      ),
      tax: writeBag(line.money.tax, order),
    })),
    shipping: facts.shipping && writeBag(facts.shipping, order),
    adjustment: isZero(adjustment) ? null : writeBag(adjustment, order),
    total: writeBag(amount, order),
  }
  const sales = [...facts.sales]
  if (!isZero(adjustment)) {
    sales.push({
      actionType: 'RETURN',
      lineType: 'ADJUSTMENT',
      lineItemId: null,
      quantity: null,
      ...plainMoney(adjustment),
    })
  }
  for (const line of facts.lines) {
    const item = order.lineItems.find(({ id }) => id === line.lineItemId)
    if (item) item.currentQuantity -= line.quantity
  }
  order.refunds.push(refund)
  appendAgreement(sandbox, order, { kind: 'REFUND', happenedAt: at, subjectId: refund.id, sales })
  if (!isZero(amount)) addTransaction(sandbox, order, { kind: 'REFUND', amount, createdAt: at })
  settleStatus(order)
  return refund
}

/** Order and refund are told of: refunds/create, then orders/updated. */
export function tellRefund(sandbox: Sandbox, state: ShopState, order: Order, refund: Refund): void {
  emitOrderChange(sandbox, state.shop.domain, order)
  emitEvent(sandbox, state.shop.domain, 'refunds/create', refund.id, { orderId: order.id })
  emitEvent(sandbox, state.shop.domain, 'orders/updated', order.id)
}
