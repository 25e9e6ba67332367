// How a new order is paid: by gift card first, then by card or cash, in whole or in part, or not yet.
import type { Order } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { type MinorBag, readBag, subtractBags } from './minor-bag.ts'
import { lesser } from './money.ts'
import type { Amounts, PlaceOrderInput, Presentment } from './order-input.ts'
import { addTransaction, settleStatus } from './payments.ts'

/** Nothing owed, nothing moved. */
export function takePayment(
  sandbox: Sandbox,
  order: Order,
  { payment = 'paid', gateway }: PlaceOrderInput,
  {
    giftCard,
    paid,
    coin,
    convert,
  }: Pick<Amounts, 'giftCard' | 'paid' | 'coin'> & Pick<Presentment, 'convert'>,
): void {
  const createdAt = order.processedAt
  const owed = readBag(order.currentTotal, order)
  const byCard = upTo(owed, giftCard, convert)
  if (byCard.shop > 0n) {
    addTransaction(sandbox, order, { kind: 'SALE', amount: byCard, createdAt, gateway: 'gift_card' })
  }
  const left = subtractBags(owed, byCard)
  const amount = paid === null ? left : upTo(left, paid, convert)
  if (amount.shop > 0n && payment !== 'pending') {
    const kind = payment === 'paid' ? 'SALE' : 'AUTHORIZATION'
    const rounding = coin === null ? undefined : roundingOf(amount, coin, convert)
    addTransaction(sandbox, order, {
      kind,
      amount,
      createdAt,
      gateway: gateway ?? (coin ? 'cash' : undefined),
      rounding,
    })
  }
  settleStatus(order)
}

function upTo(most: MinorBag, asked: bigint, convert: Presentment['convert']): MinorBag {
  if (asked >= most.shop) return most
  return { shop: asked, presentment: lesser(convert(asked), most.presentment) }
}

/** What rounding to the nearest coin adds (or takes, negative); halves go up. */
export function roundingOf(amount: MinorBag, coin: bigint, convert: Presentment['convert']): MinorBag {
  const rounded = ((amount.shop * 2n + coin) / (coin * 2n)) * coin
  const shop = rounded - amount.shop
  return { shop, presentment: convert(shop) }
}
