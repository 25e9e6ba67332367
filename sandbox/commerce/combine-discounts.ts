// Codes and automatic discounts on one order. A line takes one product discount, the one that is best for the buyer; discounts that do not
// combine stand against each other as a whole.
import type { DiscountCode } from '#sandbox/state/nouns.ts'
import { parseRatio } from './money.ts'
import { type LineToPrice, priceOrder } from './price-order.ts'

/** What one automatic discount would take off each line, in minor units of the shop's currency. */
export interface AutomaticOffer {
  discountId: string
  title: string
  /** With other product discounts. */
  combines: boolean
  amounts: bigint[]
}

export interface EntitledCode {
  discount: DiscountCode
  entitled: number[]
}

export interface CombinedDiscounts {
  /** Codes with the lines that they are still for; a code without any is left out. */
  codes: EntitledCode[]
  /** By line; null: no automatic discount. */
  automatic: Array<{ discountId: string; title: string; amount: bigint } | null>
}

const NONE = { numerator: 0n, denominator: 1n }

export function combineDiscounts(
  lines: LineToPrice[],
  codes: EntitledCode[],
  offers: AutomaticOffer[],
): CombinedDiscounts {
  const best = lines.map((line, index) => (line.isGiftCard ? null : bestOffer(offers, index)))
  if (best.every((one) => one === null)) return { codes, automatic: best }
  const byCodes = codeDiscounts(lines, codes)
  const combine =
    codes.every(({ discount }) => discount.combines) && best.every((one) => one === null || one.combines)
  const total = (amounts: bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n)
  const codesWin = !combine && total(byCodes) > total(best.map((one) => one?.amount ?? 0n))
  const isAutomatic = best.map(
    (one, index) => one !== null && (combine ? one.amount >= (byCodes[index] ?? 0n) : !codesWin),
  )
  const keepsCodes = (index: number) => (combine ? !isAutomatic[index] : codesWin)
  return {
    codes: codes
      .map(({ discount, entitled }) => ({ discount, entitled: entitled.filter(keepsCodes) }))
      .filter(({ entitled }) => entitled.length > 0),
    automatic: best.map((one, index) =>
      one && isAutomatic[index] ? { discountId: one.discountId, title: one.title, amount: one.amount } : null,
    ),
  }
}

function bestOffer(offers: AutomaticOffer[], line: number) {
  let best: { discountId: string; title: string; combines: boolean; amount: bigint } | null = null
  for (const { amounts, ...offer } of offers) {
    const amount = amounts[line] ?? 0n
    if (amount > (best?.amount ?? 0n)) best = { ...offer, amount }
  }
  return best
}

function codeDiscounts(lines: LineToPrice[], codes: EntitledCode[]): bigint[] {
  const { lines: priced } = priceOrder({
    lines,
    percentages: codes.map(({ discount, entitled }) => ({
      percentage: parseRatio(discount.percentage) ?? NONE,
      entitled,
    })),
    fixedDiscount: 0n,
    shipping: null,
    taxRates: [],
    taxesIncluded: true,
  })
  return priced.map(({ discount }) => discount)
}
