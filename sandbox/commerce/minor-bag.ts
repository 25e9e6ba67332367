// A MoneyBag for arithmetic: minor units in both of an order's currencies.
import type { MoneyBag, Order } from '#sandbox/state/nouns.ts'
import { formatMoney, parseMoney } from './money.ts'

export interface MinorBag {
  shop: bigint
  presentment: bigint
}

export type Currencies = Pick<Order, 'currency' | 'presentmentCurrency'>

export const ZERO: MinorBag = { shop: 0n, presentment: 0n }

/** Throws for money at rest that is not a decimal of its currency: the state is then broken. */
export function readBag(bag: MoneyBag, { currency, presentmentCurrency }: Currencies): MinorBag {
  return { shop: read(bag.shop, currency), presentment: read(bag.presentment, presentmentCurrency) }
}

export function writeBag(bag: MinorBag, { currency, presentmentCurrency }: Currencies): MoneyBag {
  return {
    shop: formatMoney(bag.shop, currency),
    presentment: formatMoney(bag.presentment, presentmentCurrency),
  }
}

export function addBags(...bags: MinorBag[]): MinorBag {
  return bags.reduce((sum, bag) => map2(sum, bag, (a, b) => a + b), ZERO)
}

export function subtractBags(from: MinorBag, taken: MinorBag): MinorBag {
  return map2(from, taken, (a, b) => a - b)
}

export function negateBag(bag: MinorBag): MinorBag {
  return subtractBags(ZERO, bag)
}

export function mapBag(bag: MinorBag, change: (minor: bigint) => bigint): MinorBag {
  return { shop: change(bag.shop), presentment: change(bag.presentment) }
}

export function map2(a: MinorBag, b: MinorBag, join: (a: bigint, b: bigint) => bigint): MinorBag {
  return { shop: join(a.shop, b.shop), presentment: join(a.presentment, b.presentment) }
}

export function isZero(bag: MinorBag): boolean {
  return bag.shop === 0n && bag.presentment === 0n
}

function read(text: string, currency: string): bigint {
  const minor = parseMoney(text, currency)
  if (minor === null) throw new Error(`The state holds ${text}, which is no amount of ${currency}.`)
  return minor
}
