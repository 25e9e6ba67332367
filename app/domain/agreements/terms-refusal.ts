/** Every place of terms that can be refused, as flat as a form is. */
export type TermsField =
  | 'terms'
  | 'role'
  | 'scope'
  | 'shareBps'
  | 'net'
  | 'deductPaymentFeeBps'
  | 'currency'
  | 'period'
  | 'minimumPayoutMinor'
  | 'holdDays'
  | 'startsOn'
  | 'endsOn'
  | 'tiers'
  | 'tierBasis'
  | 'tierWindow'
  | 'tierMode'
  | 'tierSteps'
  | 'reserve'
  | 'reserveBps'
  | 'reserveDays'
  | 'guarantee'
  | 'guaranteeAmount'
  | 'guaranteeWindow'
  | 'guaranteeUnits'
  | 'guaranteePerUnit'
  | 'guaranteeProducts'
  | 'guaranteeUntil'
  | 'retention'
  | 'retentionDays'
  | 'retentionMinimum'
  | 'retentionReward'
  | 'subscription'
  | 'subscriptionCycles'
  | 'subscriptionDecay'

export type TermsRefusalReason =
  | 'not_an_object'
  | 'unknown_choice'
  | 'not_a_whole_number'
  | 'out_of_range'
  | 'not_an_id'
  | 'nothing_chosen'
  | 'too_many'
  | 'owner_needs_products'
  | 'unknown_currency'
  | 'not_an_amount'
  | 'not_a_date'
  | 'ends_before_start'
  /** Net takes in nothing beside the items: no other basis is offered. */
  | 'inclusion_not_offered'
  | 'no_steps'
  | 'too_many_steps'
  | 'steps_not_ascending'
  | 'step_at_zero'
  /** Pieces are whole and counted by the thousand, money is in minor units: one was given for the other. */
  | 'step_in_wrong_unit'
  /** An amount of zero where something is promised. */
  | 'nothing_promised'
  /** A reserve of the whole. */
  | 'reserve_takes_all'

export interface TermsRefusal {
  field: TermsField
  reason: TermsRefusalReason
  /** Of a ladder, which step: 0 is the first. */
  step?: number
}
