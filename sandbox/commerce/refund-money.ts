// How much money goes back for what is taken back, in both currencies.
import type { Order } from '#sandbox/state/nouns.ts'
import { addBags, type MinorBag, negateBag, readBag, writeBag, ZERO } from './minor-bag.ts'
import { lesser, parseMoney, scale } from './money.ts'
import { toShopMoney } from './order-input.ts'
import { netPaid } from './payments.ts'
import { adjustmentFor, suggestRefund } from './refund-arithmetic.ts'
import { type Refusal, refuse } from './refusal.ts'
import { balanceOfType, type SaleDraft } from './sales.ts'

export interface RefundMoney {
  amount: MinorBag
  /** Total of the adjustment sale that squares goods and money; zero: none is needed. */
  adjustment: MinorBag
}

/** Worth of what the sales take back, as a positive amount. */
export function worthOf(sales: SaleDraft[]): MinorBag {
  return negateBag(addBags(ZERO, ...sales.map(({ total }) => total)))
}

/**
 * Decides before anything is changed. `amount`: decimal in the shop's currency, `presentmentAmount`: in the buyer's; default: the
 * worth, as far as it was paid.
 */
export function decideMoney(
  order: Order,
  { amount, presentmentAmount, full }: { amount?: string; presentmentAmount?: string; full?: boolean },
  worth: MinorBag,
): ({ ok: true } & RefundMoney) | Refusal<'invalid_amount' | 'amount_exceeds_refundable'> {
  const paid = netPaid(order)
  const total = readBag(order.currentTotal, order)
  if (full) {
    // What remains after a full refund is nothing, whatever was adjusted before.
    const adjusted = balanceOfType(order, 'ADJUSTMENT').total
    return { ok: true, amount: paid, adjustment: negateBag(adjusted) }
  }
  const suggested = suggestRefund({ worth, paid, total })
  if (presentmentAmount !== undefined) {
    const money = readPresentment(order, presentmentAmount, suggested, paid)
    if (!money.ok) return money
    const adjustment = adjustmentFor({ worth, paid, total, amount: money.bag })
    return { ok: true, amount: money.bag, adjustment }
  }
  if (amount === undefined) {
    return {
      ok: true,
      amount: suggested,
      adjustment: adjustmentFor({ worth, paid, total, amount: suggested }),
    }
  }
  const asked = parseMoney(amount, order.currency)
  if (asked === null || asked < 0n) {
    return refuse('invalid_amount', `amount: "${amount}" is no amount in ${order.currency}.`)
  }
  if (asked > paid.shop) {
    const { shop } = writeBag(paid, order)
    return refuse(
      'amount_exceeds_refundable',
      `amount: ${amount} is more than the ${shop} that can be refunded.`,
    )
  }
  const money = inBothCurrencies(order, asked, suggested, paid)
  return { ok: true, amount: money, adjustment: adjustmentFor({ worth, paid, total, amount: money }) }
}

/** Shop money into both currencies at the order's own rate; all of it in one currency is all of it in the other. */
function inBothCurrencies(order: Order, asked: bigint, suggested: MinorBag, paid: MinorBag): MinorBag {
  if (asked === suggested.shop) return suggested
  if (asked === paid.shop) return paid
  if (asked === 0n) return ZERO
  const original = readBag(order.originalTotal, order)
  const converted = original.shop === 0n ? 0n : scale(asked, original.presentment, original.shop)
  return { shop: asked, presentment: lesser(converted, paid.presentment) }
}

/** The buyer's money into both currencies at the order's own rate. */
function readPresentment(
  order: Order,
  text: string,
  suggested: MinorBag,
  paid: MinorBag,
): { ok: true; bag: MinorBag } | Refusal<'invalid_amount' | 'amount_exceeds_refundable'> {
  const asked = parseMoney(text, order.presentmentCurrency)
  if (asked === null || asked < 0n) {
    return refuse('invalid_amount', `amount: "${text}" is no amount in ${order.presentmentCurrency}.`)
  }
  if (asked > paid.presentment) {
    const { presentment } = writeBag(paid, order)
    const message = `amount: ${text} is more than the ${presentment} that can be refunded.`
    return refuse('amount_exceeds_refundable', message)
  }
  if (asked === suggested.presentment) return { ok: true, bag: suggested }
  if (asked === paid.presentment) return { ok: true, bag: paid }
  if (asked === 0n) return { ok: true, bag: ZERO }
  return { ok: true, bag: { shop: lesser(toShopMoney(order)(asked), paid.shop), presentment: asked } }
}
