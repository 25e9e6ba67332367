// Automatic discount: the price of a drop while one of its windows is open, and perks for subscribers of a tier. Prices in the shop stay as they
// are, so nothing has to be put back. A discount that cannot be read gives nothing: it throws, and the buyer pays the full price.
import type { InputQuery } from '../generated/api.ts'

interface Price {
  /** Numeric ids. */
  products: string[]
  /** Any of these slots open: the price holds. */
  slots: number[]
  /** Only for customers of one of these tiers; empty: for everyone. */
  tiers: string[]
  /** Off, in hundredths of a percent. */
  bps: number | null
  /** Off each piece: a decimal in the shop's currency. */
  amount: string | null
  message: string
}

type Value =
  | { percentage: { value: string } }
  | { fixedAmount: { amount: string; appliesToEachItem: boolean } }

interface Candidate {
  message: string
  targets: Array<{ cartLine: { id: string } }>
  value: Value
}

interface Output {
  operations: Array<{ productDiscountsAdd: { selectionStrategy: 'ALL'; candidates: Candidate[] } }>
}

const NO_DECIMALS = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '))
const THREE_DECIMALS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '))

/** Errors: throws when its prices are missing or malformed. */
export function run(input: InputQuery): Output {
  const prices = readPrices(input.discount.prices?.jsonValue)
  if (!input.discount.discountClasses.includes('PRODUCT')) return { operations: [] }
  const tiers = tiersOf(input)
  const inForce = prices.filter(
    ({ slots, tiers: wanted }) =>
      slots.some((slot) => isOpen(input, slot)) &&
      (wanted.length === 0 || wanted.some((tier) => tiers.includes(tier))),
  )
  const candidates = candidatesOf(input, inForce)
  if (candidates.length === 0) return { operations: [] }
  return { operations: [{ productDiscountsAdd: { selectionStrategy: 'ALL', candidates } }] }
}

/** Each line gets the one price that is best for its buyer; lines of one price go together. */
function candidatesOf(input: InputQuery, prices: Price[]): Candidate[] {
  const rate = Number(input.presentmentCurrencyRate)
  const candidates = new Map<Price, Candidate>()
  for (const { id, merchandise, cost } of input.cart.lines) {
    if (merchandise.__typename !== 'ProductVariant') continue
    const productId = merchandise.product.id.slice(merchandise.product.id.lastIndexOf('/') + 1)
    const { amount, currencyCode } = cost.amountPerQuantity
    let best: Price | undefined
    let most = 0
    for (const price of prices) {
      if (!price.products.includes(productId)) continue
      const off = offOf(price, Number(amount), rate)
      if (off <= most) continue
      best = price
      most = off
    }
    if (!best) continue
    const known = candidates.get(best) ?? {
      message: best.message,
      targets: [],
      value: discountValueOf(best, rate, currencyCode),
    }
    known.targets.push({ cartLine: { id } })
    candidates.set(best, known)
  }
  return [...candidates.values()]
}

/** Off one piece, in the cart's currency. */
function offOf({ bps, amount }: Price, unitPrice: number, rate: number): number {
  return bps === null ? Math.min(unitPrice, Number(amount) * rate) : (unitPrice * bps) / 10_000
}

function discountValueOf({ bps, amount }: Price, rate: number, currency: string): Value {
  if (bps !== null) return { percentage: { value: decimal(bps, 2) } }
  const exponent = NO_DECIMALS.has(currency) ? 0 : THREE_DECIMALS.has(currency) ? 3 : 2
  const inCart = Math.round(Number(amount) * rate * 10 ** exponent)
  return { fixedAmount: { amount: decimal(inCart, exponent), appliesToEachItem: true } }
}

/** 1050, 2: "10.50" */
function decimal(minor: number, exponent: number): string {
  if (exponent === 0) return String(minor)
  const digits = String(minor).padStart(exponent + 1, '0')
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

function isOpen({ shop }: InputQuery, slot: number): boolean {
  return (shop.localTime as unknown as Record<string, boolean | undefined>)[`s${slot}`] === true
}

function tiersOf({ cart }: InputQuery): string[] {
  const tiers = cart.buyerIdentity?.customer?.tiers?.jsonValue
  return texts(tiers)
}

function readPrices(value: unknown): Price[] {
  if (!Array.isArray(value)) throw new Error('The prices of drops are missing.')
  return value.map((entry: unknown) => {
    const price = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>
    const { bps, amount } = price
    const isPercent = typeof bps === 'number' && bps > 0 && bps <= 10_000
    const isAmount = typeof amount === 'string' && /^\d+(\.\d+)?$/.test(amount)
    if (isPercent === isAmount) throw new Error('A price of a drop is neither a percentage nor an amount.')
    const slots = Array.isArray(price.slots) ? price.slots.filter((slot) => typeof slot === 'number') : []
    return {
      products: texts(price.products),
      slots,
      tiers: texts(price.tiers),
      bps: isPercent ? bps : null,
      amount: isAmount ? amount : null,
      message: typeof price.title === 'string' ? price.title : '',
    }
  })
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
