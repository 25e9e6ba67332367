// What a captured order claims to be worth, against what its sales come to. A difference is said, never removed.
import type { Order } from '#sandbox/state/nouns.ts'
import { addBags, isZero, type MinorBag, subtractBags, ZERO } from './minor-bag.ts'
import { formatMoney } from './money.ts'
import { type Source, text } from './payload-fields.ts'
import { type PayloadMoney, readMoney, readPositive } from './payload-money.ts'
import { balanceOfType, sumSales } from './sales.ts'

export interface Claim {
  /** Name of the field or sum that the claim rests on. */
  by: string
  total: MinorBag
}

/** The payload's own word on the order's worth now; null: it says nothing of the kind. */
export function readClaim(money: PayloadMoney, payload: Source, refunded: MinorBag): Claim | null {
  const current = readMoney(money, payload, 'current_total_price')
  if (current) return { by: 'current_total_price', total: current }
  const total = readPositive(money, payload, 'total_price')
  if (!total) return null
  const by = isZero(refunded) ? 'total_price' : 'total_price less refunds'
  return { by, total: subtractBags(total, refunded) }
}

/** Cash rounding as the payload gives it; whether its totals contain it differs from version to version. */
export function readCashRounding(money: PayloadMoney, payload: Source): MinorBag {
  const of = (name: string) => readMoney(money, payload, name) ?? ZERO
  return addBags(of('total_cash_rounding_payment_adjustment'), of('total_cash_rounding_refund_adjustment'))
}

/** Sentences for what does not agree. `sum`: what the sales come to. */
export function describeDifferences(
  money: PayloadMoney,
  payload: Source,
  order: Order,
  claim: Claim | null,
  sum: MinorBag,
): string[] {
  if (!claim)
    return ['current_total_price, total_price: both are missing; the order is worth what its lines say.']
  const notes: string[] = []
  const difference = subtractBags(claim.total, sum)
  for (const side of ['shop', 'presentment'] as const) {
    const currency = side === 'shop' ? order.currency : order.presentmentCurrency
    const isRounding =
      side === 'presentment' && (order.currency === order.presentmentCurrency || money.hasConverted)
    // A presentment sum of converted amounts may be off by their rounding; that is no fault of the payload.
    if (difference[side] === 0n || isRounding) continue
    notes.push(
      `${claim.by} is ${formatMoney(claim.total[side], currency)} ${currency}, but lines, shipping, taxes, tips, fees and refunds come to ` +
        `${formatMoney(sum[side], currency)}: a difference of ${formatMoney(difference[side], currency)}.`,
    )
  }
  return [...notes, ...describeParts(money, payload, order, notes.length > 0)]
}

/** Parts are compared where nothing was taken back: later versions of a payload reckon them differently. */
function describeParts(money: PayloadMoney, payload: Source, order: Order, isTotalSaid: boolean): string[] {
  if (order.agreements.some(({ kind }) => kind !== 'ORDER')) return []
  const sales = sumSales(order)
  const tips = balanceOfType(order, 'TIP').total
  const parts: Array<[string, bigint]> = [
    ['total_price', sales.total.shop],
    ['total_tax', sales.tax.shop],
    ['total_tip_received', tips.shop],
  ]
  return parts.flatMap(([field, sum]) => {
    if (text(payload, field) === null) return []
    const said = readMoney({ ...money, notes: [] }, payload, field)
    const isSaidAlready =
      field === 'total_price' && (isTotalSaid || text(payload, 'current_total_price') === null)
    if (!said || said.shop === sum || isSaidAlready) return []
    return [
      `${field} is ${formatMoney(said.shop, order.currency)}, but its parts come to ${formatMoney(sum, order.currency)}.`,
    ]
  })
}
