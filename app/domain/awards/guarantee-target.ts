import type { AwardEvidence, AwardTarget, EvidenceStep } from './award.ts'

export interface GuaranteeMeasure {
  rule: 'guarantee_minimum' | 'guarantee_restock'
  guaranteedMinor: bigint
  /** Earned so far that counts against it, returns taken off. */
  earnedMinor: bigint
  /** Topped up by earlier windows; zero for the first. Counted together with them: what later windows earn beyond it pays it back. */
  earlierTopUpMinor?: bigint
  currency: string
  steps?: EvidenceStep[]
  facts?: AwardEvidence['facts']
}

/** The higher of earned and guaranteed: what is missing to the guarantee once its window ended, less what earlier windows topped up. */
export function guaranteeTarget(measure: GuaranteeMeasure): AwardTarget {
  const { guaranteedMinor, earnedMinor, earlierTopUpMinor = 0n } = measure
  const missing = guaranteedMinor > earnedMinor ? guaranteedMinor - earnedMinor : 0n
  return {
    targetMinor: missing - earlierTopUpMinor,
    evidence: {
      rule: measure.rule,
      metric: 'earned',
      threshold: guaranteedMinor.toString(),
      measured: earnedMinor.toString(),
      currency: measure.currency,
      steps: measure.steps ?? [],
      facts: {
        ...measure.facts,
        topUpMinor: missing.toString(),
        earlierTopUpMinor: earlierTopUpMinor.toString(),
      },
    },
  }
}
