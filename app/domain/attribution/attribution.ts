import type { AgreementTerms, PartnerRole } from '../agreements/terms.ts'
import type { IsoInstant } from '../time/instant.ts'
import type { SaleCircumstances } from './circumstances.ts'

/** What speaks for a creator's part in a sale. */
export type Evidence =
  | { kind: 'discount_code'; code: string }
  | { kind: 'link'; reference: string }
  | { kind: 'drop'; dropId: string }
  | { kind: 'ownership'; productId: string | null }
  /** `cycle`: 1 for the first renewal. */
  | { kind: 'subscription'; contractId: string; cycle: number }

/** One who is paid for a line. Stored with the line once decided; JSON-safe. */
export interface Payee {
  creatorId: string
  agreementId: string
  /** Unique among the payees of a line: it is their key. */
  agreementVersionId: string
  role: PartnerRole
  /** As agreed. */
  agreedShareBps: number
  /** After the merchant's cap; what is paid. */
  shareBps: number
  deductPaymentFeeBps: number
  /** Part of net out of WEIGHT_SCALE: shareBps x (10,000 - deductPaymentFeeBps), as decimal digits. */
  weight: string
  /** How much more a ladder may add on this line under the merchant's cap; frozen with the decision. Absent on lines of before ladders. */
  headroomBps?: number
  evidence: Evidence
}

export const WEIGHT_SCALE = 100_000_000n

export type WinReason =
  | 'owns_design'
  | 'first_valid_code'
  | 'valid_link'
  | 'sold_in_drop'
  | 'brought_subscription'
export type LossReason =
  | 'lower_precedence'
  | 'code_not_ours'
  | 'outside_window'
  | 'link_invalid'
  | 'creator_archived'
  | 'no_agreement_in_force'
  | 'product_not_in_scope'
  | 'superseded_by_newer_agreement'
  /** The agreement gives no credit for renewals. */
  | 'no_renewal_credit'
  /** The agreed number of renewals has been credited. */
  | 'renewals_ended'

interface Considered {
  creatorId: string | null
  agreementId: string | null
  agreementVersionId: string | null
  role: PartnerRole
  evidence: Evidence
}

/** Something that was considered for a line, with how it ended. JSON-safe. */
export type Candidate =
  | (Considered & { outcome: 'won'; reason: WinReason })
  | (Considered & { outcome: 'lost'; reason: LossReason })

export interface LineAttribution {
  payees: Payee[]
  candidates: Candidate[]
  /** The agreed shares together were above the merchant's cap and have been scaled down to it. */
  capped: boolean
}

/** A version of an agreement that is in force at the time of the sale (see version-in-force). */
export interface AgreementInForce {
  creatorId: string
  agreementId: string
  versionId: string
  effectiveFrom: IsoInstant
  terms: AgreementTerms
}

/** A later order of a subscription contract. */
export interface Renewal {
  contractId: string
  /** 1 for the first renewal. */
  cycle: number
  creatorId: string
}

export interface AttributionInput {
  productId: string | null
  circumstances: SaleCircumstances
  /** Set on renewals: who was credited when the contract was made. */
  renewal?: Renewal | null
  /** Both roles, every creator. */
  agreements: readonly AgreementInForce[]
}
