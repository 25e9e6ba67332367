// Charges given back that are no goods and no shipping: duties, taxes alone.
import type { Order } from '#sandbox/state/nouns.ts'
import { type MinorBag, negateBag, ZERO } from './minor-bag.ts'
import { lesser, parseMoney } from './money.ts'
import { orderConverter } from './order-input.ts'
import { type Refusal, refuse } from './refusal.ts'
import { balanceOfPart, isNothing, lineBalance, portion, type SaleDraft } from './sales.ts'
import { type BackLine, returnOf } from './take-back.ts'

export interface AskedDuty {
  dutyId: string
  /** PROPORTIONAL: as much of it as units of its line are given back. Default: FULL. */
  type?: 'FULL' | 'PROPORTIONAL'
}

export type BackDuty = { dutyId: string; amount: MinorBag }

/** `lines`: what is given back beside them. A duty of which nothing is left gives nothing. */
export function takeBackDuties(
  order: Order,
  asked: AskedDuty[],
  lines: BackLine[],
): { ok: true; sales: SaleDraft[]; duties: BackDuty[] } | Refusal<'unknown_duty'> {
  const sales: SaleDraft[] = []
  const duties: BackDuty[] = []
  for (const [index, { dutyId, type = 'FULL' }] of asked.entries()) {
    const duty = order.duties?.find(({ id }) => id === dutyId)
    if (!duty || asked.findIndex((one) => one.dutyId === dutyId) !== index) {
      const why = duty ? 'is named twice' : `is no duty of order ${order.name}`
      return refuse('unknown_duty', `duties[${index}].dutyId: ${dutyId} ${why}.`)
    }
    const left = balanceOfPart(order, 'DUTY', dutyId)
    const line = order.lineItems.find(({ id }) => id === duty.lineItemId)
    const back = lines.find(({ lineItemId }) => lineItemId === duty.lineItemId)?.quantity ?? 0
    const money =
      type === 'FULL' || !line ? left : portion(left, BigInt(back), BigInt(Math.max(line.currentQuantity, 1)))
    if (isNothing(money)) continue
    sales.push(returnOf('DUTY', money, dutyId))
    duties.push({ dutyId, amount: money.total })
  }
  return { ok: true, sales, duties }
}

/** Tax of lines given back without goods, decimals in the shop's currency: the buyer is exempt after all. */
export function takeBackTaxes(
  order: Order,
  asked: Array<{ lineItemId: string; amount: string }>,
): { ok: true; sales: SaleDraft[]; lines: BackLine[] } | Refusal<'unknown_line' | 'invalid_amount'> {
  const sales: SaleDraft[] = []
  const lines: BackLine[] = []
  for (const [index, { lineItemId, amount }] of asked.entries()) {
    const line = order.lineItems.find(({ id }) => id === lineItemId)
    if (!line || asked.findIndex((one) => one.lineItemId === lineItemId) !== index) {
      const why = line ? 'is named twice' : `is no line of order ${order.name}`
      return refuse('unknown_line', `tax[${index}].lineItemId: ${lineItemId} ${why}.`)
    }
    const left = lineBalance(order, lineItemId).tax
    const shop = amount === 'full' ? left.shop : parseMoney(amount, order.currency)
    if (shop === null || shop <= 0n || shop > left.shop) {
      return refuse(
        'invalid_amount',
        `tax[${index}].amount: "${amount}" is not above 0 and at most the line's tax.`,
      )
    }
    const tax: MinorBag =
      shop === left.shop ? left : { shop, presentment: lesser(orderConverter(order)(shop), left.presentment) }
    const off = {
      total: negateBag(tax),
      tax: negateBag(tax),
      discountBeforeTaxes: ZERO,
      discountAfterTaxes: ZERO,
    }
    sales.push({
      actionType: 'UPDATE',
      lineType: line.isGiftCard ? 'GIFT_CARD' : 'PRODUCT',
      lineItemId,
      quantity: null,
      ...off,
    })
    const money = { total: tax, tax, discountBeforeTaxes: ZERO, discountAfterTaxes: ZERO }
    lines.push({ lineItemId, quantity: 0, restock: 'NO_RESTOCK', money })
  }
  return { ok: true, sales, lines }
}
