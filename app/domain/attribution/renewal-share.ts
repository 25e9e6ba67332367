import type { AgreementTerms } from '../agreements/terms.ts'
import type { Evidence } from './attribution.ts'

/**
 * Renewal k of a subscription pays share x (1 - decay)^k, in whole basis points, halves up; everything else pays the share itself.
 * Computed from the agreed share each time, so that roundings do not add up.
 */
export function renewalShare(
  { shareBps, subscription }: Pick<AgreementTerms, 'shareBps' | 'subscription'>,
  evidence: Evidence,
): number {
  if (evidence.kind !== 'subscription' || !subscription) return shareBps
  const cycles = BigInt(evidence.cycle)
  const scale = 10_000n ** cycles
  const decayed = BigInt(shareBps) * (10_000n - BigInt(subscription.decayBps)) ** cycles
  return Number((2n * decayed + scale) / (2n * scale))
}
