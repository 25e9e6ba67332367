// How a payout divides: what the tax office gets, what the creator gets, and what kinds of income it consists of.
import type { IncomeType } from '../ledger/royalty-entry.ts'
import { allocate } from '../money/allocate.ts'

export interface PayoutAmounts {
  grossMinor: bigint
  withheldMinor: bigint
  /** Above zero; withheld + net = gross. */
  netMinor: bigint
}

/** Withholds a share in basis points, half a unit rounded up, yet never all of it. Throws on a gross that is not above zero. */
export function payoutAmounts(grossMinor: bigint, withholdingBps: number): PayoutAmounts {
  if (grossMinor <= 0n) throw new RangeError(`a payout of ${grossMinor} is none`)
  if (!Number.isInteger(withholdingBps) || withholdingBps < 0 || withholdingBps > 10_000) {
    throw new RangeError(`a withholding of ${withholdingBps} basis points is none`)
  }
  const rounded = (grossMinor * BigInt(withholdingBps) + 5_000n) / 10_000n
  const withheldMinor = rounded < grossMinor ? rounded : grossMinor - 1n
  return { grossMinor, withheldMinor, netMinor: grossMinor - withheldMinor }
}

export const INCOME_TYPES = ['commission_service', 'design_royalty', 'bonus'] as const satisfies IncomeType[]

export interface IncomePart {
  incomeType: IncomeType
  /** Decimal digits of minor units: the parts are stored and shown as JSON. */
  amountMinor: string
}

export type IncomeSums = ReadonlyMap<IncomeType, bigint>

/**
 * Divides a payment over the kinds of income that were earned and not paid yet, each in proportion. Corrections that made a kind negative
 * are set off against the others. When nothing explains the payment it counts as the kind that `fallback` names.
 */
export function splitIncome(
  grossMinor: bigint,
  earned: IncomeSums,
  paid: IncomeSums,
  fallback: IncomeType,
): IncomePart[] {
  const open = INCOME_TYPES.map((id) => ({ id, weight: (earned.get(id) ?? 0n) - (paid.get(id) ?? 0n) }))
  const weights = open.map(({ id, weight }) => ({ id, weight: weight > 0n ? weight : 0n }))
  const total = weights.reduce((sum, { weight }) => sum + weight, 0n)
  if (total === 0n) return [{ incomeType: fallback, amountMinor: String(grossMinor) }]
  const parts = allocate(grossMinor, weights)
  return INCOME_TYPES.flatMap((incomeType) => {
    const amount = parts.get(incomeType) ?? 0n
    return amount === 0n ? [] : [{ incomeType, amountMinor: String(amount) }]
  })
}

/** Reads stored parts. Throws on what was not written by `splitIncome`. */
export function readIncome(stored: unknown): IncomePart[] {
  if (!Array.isArray(stored)) throw new TypeError('income is no list')
  return stored.map((part: unknown) => {
    const { incomeType, amountMinor } = (part ?? {}) as Record<string, unknown>
    const known = INCOME_TYPES.find((type) => type === incomeType)
    if (!known || typeof amountMinor !== 'string' || !/^-?\d+$/.test(amountMinor)) {
      throw new TypeError('income holds a part that is none')
    }
    return { incomeType: known, amountMinor }
  })
}
