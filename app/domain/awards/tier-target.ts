import type { TierTerms } from '../agreements/terms.ts'
import type { AwardEvidence, AwardTarget, EvidenceStep } from './award.ts'
import { roundRatio } from './round-ratio.ts'

/** Sales of the same room under the merchant's cap, added up with their returns. */
export interface CountedGroup {
  /** How much more share the cap leaves on these lines. */
  headroomBps: number
  units: number
  netMinor: bigint
}

export interface TierContext {
  /** ISO 4217, for the evidence. */
  currency: string
  /** Part of net that covers payment costs and pays no share. */
  deductPaymentFeeBps?: number
  /** Sold in the window under earlier versions of the terms: these sales stand on the stairs above them. */
  before?: { units: number; netMinor: bigint }
  /** Sold in the window under later versions: they lift a retroactive share as well. */
  after?: { units: number; netMinor: bigint }
}

/** A stretch of the ladder and how much of the counted sales lies on it. */
interface Bracket {
  from: bigint
  to: bigint | null
  shareBps: number
  counted: bigint
}

const WHOLE = 100_000_000n

/**
 * What a ladder pays beyond the base share: a pure function of what was sold, whatever the order it came in, so that returns walk down the
 * stairs that sales walked up. Exact until one rounding at the end. Nothing is paid, and nothing taken, on a net that is not above zero.
 */
export function tierTarget(
  tiers: TierTerms,
  baseShareBps: number,
  sales: readonly CountedGroup[],
  context: TierContext,
): AwardTarget {
  const counted = totalOf(tiers, sales)
  const before = countOf(tiers, context.before)
  const start = before > 0n ? before : 0n
  const reached = start + counted + countOf(tiers, context.after)
  const brackets =
    tiers.mode === 'marginal'
      ? marginalBrackets(tiers, baseShareBps, start, counted)
      : retroactiveBrackets(tiers, baseShareBps, reached, counted)
  const net = sales.reduce((sum, group) => sum + group.netMinor, 0n)
  const pays = counted > 0n && net > 0n
  const steps: EvidenceStep[] = []
  // Of `counted x WHOLE`.
  let numerator = 0n
  let named = 0n
  for (const bracket of brackets) {
    if (pays) numerator += extraOf(bracket, baseShareBps, sales, context.deductPaymentFeeBps ?? 0)
    const sum = pays ? roundRatio(numerator, counted * WHOLE) : 0n
    steps.push(stepOf(bracket, sum - named))
    named = sum
  }
  return { targetMinor: named, evidence: evidenceOf(tiers, baseShareBps, { reached, steps, context }) }
}

/** The extra of one bracket: each group takes part in it as it takes part in the whole, up to the room under its cap. */
function extraOf(
  bracket: Bracket,
  baseShareBps: number,
  sales: readonly CountedGroup[],
  deductPaymentFeeBps: number,
): bigint {
  const more = bracket.shareBps - baseShareBps
  const perBracket = sales.reduce((sum, group) => {
    const extraBps = more > 0 ? Math.min(more, Math.max(group.headroomBps, 0)) : more
    return sum + BigInt(extraBps) * group.netMinor
  }, 0n)
  return perBracket * bracket.counted * (10_000n - BigInt(deductPaymentFeeBps))
}

function marginalBrackets(tiers: TierTerms, baseShareBps: number, start: bigint, counted: bigint): Bracket[] {
  const end = start + (counted > 0n ? counted : 0n)
  return laddersOf(tiers, baseShareBps).map((bracket) => {
    const from = bracket.from > start ? bracket.from : start
    const to = bracket.to === null || bracket.to > end ? end : bracket.to
    return { ...bracket, counted: to > from ? to - from : 0n }
  })
}

function retroactiveBrackets(
  tiers: TierTerms,
  baseShareBps: number,
  reached: bigint,
  counted: bigint,
): Bracket[] {
  const ladder = laddersOf(tiers, baseShareBps)
  const standing = ladder.findLast((bracket) => bracket.from <= reached) ?? ladder[0]
  return ladder.map((bracket) => ({
    ...bracket,
    counted: bracket === standing && counted > 0n ? counted : 0n,
  }))
}

/** The base as the first stretch, then every step. */
function laddersOf(tiers: TierTerms, baseShareBps: number): Array<Omit<Bracket, 'counted'>> {
  const starts = [
    { from: 0n, shareBps: baseShareBps },
    ...tiers.steps.map(({ from, shareBps }) => ({ from: BigInt(from), shareBps })),
  ]
  return starts.map((start, index) => ({ ...start, to: starts[index + 1]?.from ?? null }))
}

function totalOf(tiers: TierTerms, sales: readonly CountedGroup[]): bigint {
  return sales.reduce((sum, group) => sum + countOf(tiers, group), 0n)
}

function countOf(tiers: TierTerms, sold: { units: number; netMinor: bigint } | undefined): bigint {
  if (!sold) return 0n
  return tiers.basis === 'units' ? BigInt(sold.units) : sold.netMinor
}

function stepOf(bracket: Bracket, amountMinor: bigint): EvidenceStep {
  return {
    name: 'bracket',
    from: bracket.from.toString(),
    to: bracket.to?.toString() ?? null,
    measured: bracket.counted.toString(),
    shareBps: bracket.shareBps,
    amountMinor: amountMinor.toString(),
  }
}

function evidenceOf(
  tiers: TierTerms,
  baseShareBps: number,
  found: { reached: bigint; steps: EvidenceStep[]; context: TierContext },
): AwardEvidence {
  const { reached, steps, context } = found
  const ladder = laddersOf(tiers, baseShareBps)
  const standing = ladder.findLast((bracket) => bracket.from <= reached) ?? ladder[0]
  const next = ladder.find((bracket) => bracket.from > reached)
  return {
    rule: tiers.mode === 'marginal' ? 'tier_marginal' : 'tier_retroactive',
    metric: tiers.basis,
    // The step that was reached; before the first one, the step that is still to come.
    threshold: (standing && standing.from > 0n ? standing.from : next?.from)?.toString() ?? null,
    measured: reached.toString(),
    currency: context.currency,
    steps,
    facts: {
      baseShareBps: String(baseShareBps),
      shareBps: String(standing?.shareBps ?? baseShareBps),
      ...(next ? { nextFrom: next.from.toString(), nextShareBps: String(next.shareBps) } : {}),
    },
  }
}
