import type { AgreementTerms } from '../agreements/terms.ts'
import type { JournalKind } from '../ledger/journal-draft.ts'
import type { IsoInstant, LocalDate } from '../time/instant.ts'
import type { StatementParty, StatementPayment } from './statement-document.ts'

/** One journal that touches the creator's accounts and stands on no earlier statement. */
export interface StatementEntry {
  journalSeq: bigint
  kind: JournalKind
  effectiveAt: IsoInstant
  /** Stored arithmetic of the journal. */
  arithmetic: unknown
  /** What the journal credits to the creator over both accounts (held and available); negative takes back. */
  creditMinor: bigint
}

export interface StatementAgreement {
  title: string
  versionNumber: number
  terms: AgreementTerms
}

export interface StatementInput {
  creatorId: string
  handle: string
  sequence: number
  /** "2026-05" or "2026-Q2" */
  period: string
  from: LocalDate
  to: LocalDate
  issuedAt: IsoInstant
  timeZone: string
  locale: string
  payer: StatementParty
  payee: StatementParty
  currency: string
  contact: string | null
  openingMinor: bigint
  entries: readonly StatementEntry[]
  payments: readonly StatementPayment[]
  /** Every agreement version that an entry names, by version id. */
  agreements: ReadonlyMap<string, StatementAgreement>
  /** Balance of the creator's held account when the period closes. */
  heldMinor: bigint
  /** Balance of held and available together when the period closes, from the ledger. */
  ledgerBalanceMinor: bigint
  /** What the held balance consists of, by the local date on which it becomes payable. */
  maturities: ReadonlyArray<{ on: LocalDate; amountMinor: bigint }>
  minimumPayoutMinor: bigint
  previousStatement: { number: string; hash: string } | null
  chain: { seq: bigint; head: string }
}

/** What does not add up, so that nothing is issued. Each is a defect of the ledger or of the reader, never of the creator. */
export type StatementRefusal =
  | { reason: 'entry_does_not_add_up'; journal: string }
  | { reason: 'unknown_agreement_version'; journal: string; agreementVersionId: string }
  | { reason: 'closing_differs_from_ledger'; closingMinor: string; ledgerMinor: string }
  | { reason: 'maturities_differ_from_held'; maturitiesMinor: string; heldMinor: string }
