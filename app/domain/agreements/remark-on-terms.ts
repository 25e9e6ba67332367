import { renewalShare } from '../attribution/renewal-share.ts'
import type { AgreementTerms } from './terms.ts'

/** What is allowed but may surprise: said beside the form, never refused. */
export type TermsRemark =
  /** Tiers by drop: sales outside any drop pay the base share. */
  | 'outside_drops_base_share'
  /** What is guaranteed may stay below the smallest payout, and is then carried forward. */
  | 'guarantee_below_payout'
  /** The last renewals that count pay nothing: nothing is left of the share. */
  | 'renewals_fade'
  | 'ladder_falls'
  /** Reaching a step pays the difference for all that was counted before, at once. */
  | 'step_pays_arrears'

export function remarkOnTerms(terms: AgreementTerms): TermsRemark[] {
  const { tiers, guarantee, subscription } = terms
  const remarks: TermsRemark[] = []
  if (tiers?.window === 'drop') remarks.push('outside_drops_base_share')
  if (tiers?.mode === 'retroactive' && tiers.window !== 'period') remarks.push('step_pays_arrears')
  const shares = [terms.shareBps, ...(tiers?.steps ?? []).map((step) => step.shareBps)]
  if (shares.some((share, index) => index > 0 && share < (shares[index - 1] ?? 0)))
    remarks.push('ladder_falls')
  if (guarantee?.kind === 'minimum' && BigInt(terms.minimumPayoutMinor) > BigInt(guarantee.amountMinor))
    remarks.push('guarantee_below_payout')
  if (subscription) {
    const last = { kind: 'subscription', contractId: '', cycle: subscription.cycles } as const
    if (renewalShare(terms, last) === 0) remarks.push('renewals_fade')
  }
  return remarks
}
