// Money as the Admin API spells it: MoneyV2.amount is a Decimal without needless zeros ("120.0", and "1200.0" for yen).
import type { MoneyBag, Order } from '#sandbox/state/nouns.ts'

/** Enough for every currency, and exact: sums are taken in millionths. */
const DIGITS = 6
const SCALE = 10n ** BigInt(DIGITS)

export const ZERO_BAG: MoneyBag = { shop: '0', presentment: '0' }

export function moneyV2(amount: string, currencyCode: string) {
  return { amount: spellDecimal(amount), currencyCode }
}

export type Currencies = Pick<Order, 'currency' | 'presentmentCurrency'>

export function moneyBag(bag: MoneyBag, { currency, presentmentCurrency }: Currencies) {
  return {
    shopMoney: moneyV2(bag.shop, currency),
    presentmentMoney: moneyV2(bag.presentment, presentmentCurrency),
  }
}

export function addBags(...bags: MoneyBag[]): MoneyBag {
  return {
    shop: writeDecimal(bags.reduce((sum, bag) => sum + readDecimal(bag.shop), 0n)),
    presentment: writeDecimal(bags.reduce((sum, bag) => sum + readDecimal(bag.presentment), 0n)),
  }
}

export function negateBag(bag: MoneyBag): MoneyBag {
  return timesBag(bag, -1)
}

export function subtractBags(from: MoneyBag, taken: MoneyBag): MoneyBag {
  return addBags(from, negateBag(taken))
}

export function timesBag(bag: MoneyBag, factor: number): MoneyBag {
  return {
    shop: writeDecimal(readDecimal(bag.shop) * BigInt(factor)),
    presentment: writeDecimal(readDecimal(bag.presentment) * BigInt(factor)),
  }
}

export function isZeroBag(bag: MoneyBag): boolean {
  return readDecimal(bag.shop) === 0n && readDecimal(bag.presentment) === 0n
}

export function addDecimals(...amounts: string[]): string {
  return writeDecimal(amounts.reduce((sum, amount) => sum + readDecimal(amount), 0n))
}

/** A Decimal as clients spell it ("12.500") without needless zeros, so that it can be read as money of its currency. */
export function trimDecimal(amount: string): string {
  return /\.\d*0+$/.test(amount) ? amount.replace(/\.?0+$/, '') : amount
}

/** A fraction as a plain decimal with at most nine digits: 0.1, never 1e-7. */
export function spellFraction(fraction: number): string {
  return fraction.toFixed(9).replace(/\.?0+$/, '')
}

/** For sorting. */
export function compareDecimals(a: string, b: string): number {
  const difference = readDecimal(a) - readDecimal(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function spellDecimal(amount: string): string {
  const spelled = writeDecimal(readDecimal(amount))
  return spelled.includes('.') ? spelled : `${spelled}.0`
}

function readDecimal(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  const [, sign, whole, fraction = ''] = match ?? []
  if (whole === undefined || fraction.length > DIGITS)
    throw new Error(`sandbox: ${text} is no amount of money`)
  const magnitude = BigInt(whole) * SCALE + BigInt(fraction.padEnd(DIGITS, '0'))
  return sign ? -magnitude : magnitude
}

function writeDecimal(scaled: bigint): string {
  const magnitude = scaled < 0n ? -scaled : scaled
  const fraction = (magnitude % SCALE).toString().padStart(DIGITS, '0').replace(/0+$/, '')
  return `${scaled < 0n ? '-' : ''}${magnitude / SCALE}${fraction ? `.${fraction}` : ''}`
}
