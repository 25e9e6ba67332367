// Money of a captured payload, in both of its currencies.
import type { MinorBag } from './minor-bag.ts'
import { exponentOf, findExponent, formatMoney, parseRatio, scale } from './money.ts'
import { child, list, PayloadProblem, pathOf, type Source, text } from './payload-fields.ts'

export interface PayloadMoney {
  currency: string
  presentmentCurrency: string
  /** Shop minor units into presentment minor units, for amounts that carry one currency only. */
  convert: (minor: bigint) => bigint
  /** Set when an amount was converted: presentment sums are then true to a unit or so only. */
  hasConverted: boolean
  /** What was odd and was read all the same. */
  notes: string[]
}

const TOTALS = ['total_price', 'current_total_price', 'subtotal_price', 'total_line_items_price']

/** Currencies of an order payload. Throws a PayloadProblem for a missing or unknown one. */
export function readCurrencies(order: Source): PayloadMoney {
  const set = TOTALS.map((name) => child(order, `${name}_set`)).find((found) => found !== null)
  const shopMoney = set ? child(set, 'shop_money') : null
  const presentmentMoney = set ? child(set, 'presentment_money') : null
  const currency = (text(order, 'currency') ?? (shopMoney && text(shopMoney, 'currency_code')))?.toUpperCase()
  if (currency === undefined) throw new PayloadProblem('missing_currency', 'currency: is missing.')
  check(currency, 'currency')
  const named =
    text(order, 'presentment_currency') ?? (presentmentMoney && text(presentmentMoney, 'currency_code'))
  const presentmentCurrency = named?.toUpperCase() ?? currency
  check(presentmentCurrency, 'presentment_currency')
  const notes: string[] = []
  const ratio = presentmentCurrency === currency ? null : readRatio(order, currency, presentmentCurrency)
  if (presentmentCurrency !== currency && !ratio) {
    notes.push(
      `presentment_currency: is ${presentmentCurrency}, but no amount is given in it; read as ${currency}.`,
    )
    return { currency, presentmentCurrency: currency, convert: (minor) => minor, hasConverted: false, notes }
  }
  const convert = (minor: bigint) => (ratio ? scale(minor, ratio.presentment, ratio.shop) : minor)
  return { currency, presentmentCurrency, convert, hasConverted: false, notes }
}

function check(currency: string, field: string): void {
  if (findExponent(currency) === undefined) {
    throw new PayloadProblem('invalid_currency', `${field}: "${currency}" is no currency.`)
  }
}

/** The payload's own rate: the first total (or line price) that is given in both currencies and is not zero. */
function readRatio(order: Source, currency: string, presentmentCurrency: string): MinorBag | null {
  const sets = [
    ...TOTALS.map((name) => child(order, `${name}_set`)),
    ...(list(order, 'line_items') ?? []).map((line) => child(line, 'price_set')),
  ]
  for (const set of sets) {
    const shop = set && readAmount(child(set, 'shop_money'), 'amount', currency)
    const presentment = set && readAmount(child(set, 'presentment_money'), 'amount', presentmentCurrency)
    if (shop && presentment && shop.minor !== 0n) return { shop: shop.minor, presentment: presentment.minor }
  }
  return null
}

function readAmount(
  source: Source | null,
  key: string,
  currency: string,
): { minor: bigint; isExact: boolean } | null {
  const spelled = source && text(source, key)
  if (!source || spelled === null) return null
  const ratio = parseRatio(/^-?\d+(\.\d+)?e/i.test(spelled) ? plainNumber(spelled) : spelled)
  if (!ratio) {
    throw new PayloadProblem(
      'invalid_amount',
      `${pathOf(source, key)}: "${spelled}" is no amount of ${currency}.`,
    )
  }
  const scaled = ratio.numerator * 10n ** BigInt(exponentOf(currency))
  return { minor: scale(scaled, 1n, ratio.denominator), isExact: scaled % ratio.denominator === 0n }
}

/** Numbers such as 1e-7 that JSON may carry. */
function plainNumber(spelled: string): string {
  const value = Number(spelled)
  return Number.isFinite(value) && Math.abs(value) < 1e15 ? value.toFixed(9) : spelled
}

/**
 * The amount under `key`, from its `_set` where there is one, else from the plain field. Null: neither is given.
 * Amounts finer than the currency are rounded with a note; a set in another currency than the order's is refused.
 */
export function readMoney(money: PayloadMoney, source: Source, key: string): MinorBag | null {
  const set = child(source, `${key}_set`)
  const plain = readNoted(money, source, key, money.currency)
  const fromSet = set && readMoneySet(money, set)
  if (!fromSet) return plain === null ? null : convertBag(money, plain)
  if (plain !== null && plain !== fromSet.shop) {
    money.notes.push(
      `${pathOf(source, key)}: is ${formatMoney(plain, money.currency)}, but ${formatMoney(fromSet.shop, money.currency)} in its set; the set was used.`,
    )
  }
  return fromSet
}

/** An amount that is not negative. Throws a PayloadProblem for one that is. */
export function readPositive(money: PayloadMoney, source: Source, key: string): MinorBag | null {
  const bag = readMoney(money, source, key)
  if (bag && bag.shop < 0n) {
    const amount = formatMoney(bag.shop, money.currency)
    throw new PayloadProblem('negative_amount', `${pathOf(source, key)}: ${amount} is negative.`)
  }
  return bag
}

/** { shop_money, presentment_money } */
export function readMoneySet(money: PayloadMoney, set: Source): MinorBag | null {
  const shop = readSide(money, set, 'shop_money', money.currency)
  const presentment = readSide(money, set, 'presentment_money', money.presentmentCurrency)
  if (shop === null) return null
  return presentment === null ? convertBag(money, shop) : { shop, presentment }
}

function convertBag(money: PayloadMoney, shop: bigint): MinorBag {
  if (money.currency !== money.presentmentCurrency && shop !== 0n) money.hasConverted = true
  return { shop, presentment: money.convert(shop) }
}

function readSide(money: PayloadMoney, set: Source, side: string, currency: string): bigint | null {
  const source = child(set, side)
  if (!source) return null
  const code = text(source, 'currency_code')?.toUpperCase() ?? null
  if (code !== null && code !== currency) {
    // A payload without presentment amounts was read in one currency; its sets may then be left alone.
    if (side === 'presentment_money') return null
    throw new PayloadProblem(
      'currency_mismatch',
      `${pathOf(source, 'currency_code')}: is ${code} in an order of ${currency}.`,
    )
  }
  return readNoted(money, source, 'amount', currency)
}

function readNoted(money: PayloadMoney, source: Source, key: string, currency: string): bigint | null {
  const amount = readAmount(source, key, currency)
  if (amount && !amount.isExact) {
    money.notes.push(
      `${pathOf(source, key)}: ${text(source, key)} is finer than ${currency}; read as ${formatMoney(amount.minor, currency)}.`,
    )
  }
  return amount?.minor ?? null
}
