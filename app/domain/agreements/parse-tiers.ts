import { complete, isRecord, type Refuse, readChoice, readWhole } from './read-term.ts'
import type { TierStep, TierTerms } from './terms.ts'

export const MAX_TIER_STEPS = 12
/** More pieces than a jeweler sells: an amount of money in its place. */
const MAX_UNITS = 9_999_999n

/** `undefined` after a refusal, `null` where no tiers are agreed. */
export function readTiers(value: unknown, refuse: Refuse): TierTerms | null | undefined {
  if (value === null || value === undefined) return null
  if (!isRecord(value)) {
    refuse('tiers', 'not_an_object')
    return undefined
  }
  const basis = readChoice(value.basis, ['net', 'units'] as const, 'tierBasis', refuse)
  const windows = ['agreement', 'product', 'drop', 'period'] as const
  const window = readChoice(value.window, windows, 'tierWindow', refuse)
  const mode = readChoice(value.mode, ['marginal', 'retroactive'] as const, 'tierMode', refuse)
  const steps = readSteps(value.steps, basis ?? 'net', refuse)
  return complete({ basis, window, mode, steps })
}

function readSteps(value: unknown, basis: TierTerms['basis'], refuse: Refuse): TierStep[] | null {
  if (!Array.isArray(value) || value.length === 0) return refuse('tierSteps', 'no_steps')
  if (value.length > MAX_TIER_STEPS) return refuse('tierSteps', 'too_many_steps')
  const steps: TierStep[] = []
  for (const [index, item] of value.entries()) {
    const step = readStep(item, basis, (field, reason) => refuse(field, reason, index))
    if (!step) return null
    const before = steps.at(-1)
    if (before && BigInt(step.from) <= BigInt(before.from))
      return refuse('tierSteps', 'steps_not_ascending', index)
    steps.push(step)
  }
  return steps
}

function readStep(value: unknown, basis: TierTerms['basis'], refuse: Refuse): TierStep | null {
  if (!isRecord(value)) return refuse('tierSteps', 'not_an_object')
  const { from, shareBps } = value
  if (typeof from !== 'string' || !/^\d{1,15}$/.test(from)) {
    // "12.50" is money where digits of minor units belong, and no number of pieces either.
    const looksLikeNumber = /^\d+[.,]\d+$/.test(String(from))
    return refuse('tierSteps', looksLikeNumber ? 'step_in_wrong_unit' : 'not_an_amount')
  }
  if (BigInt(from) === 0n) return refuse('tierSteps', 'step_at_zero')
  if (basis === 'units' && BigInt(from) > MAX_UNITS) return refuse('tierSteps', 'step_in_wrong_unit')
  // A step may pay nothing: earnings that end at an amount are a term that people agree on.
  const read = readWhole(shareBps, 'tierSteps', [0, 10_000], refuse)
  return complete({ from: BigInt(from).toString(), shareBps: read }) ?? null
}
