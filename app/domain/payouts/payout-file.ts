// What the files of a run are made from: rows that do not change any more, so the same file comes out every time.
import type { IsoInstant, LocalDate } from '../time/instant.ts'
import type { PayoutMethodDetails } from './method-details.ts'

export interface PayoutFileRow {
  reference: string
  creatorName: string
  currency: string
  netMinor: bigint
  grossMinor: bigint
  withheldMinor: bigint
  method: PayoutMethodDetails
}

export interface PayoutFileRun {
  number: number
  currency: string
  executeOn: LocalDate
  createdAt: IsoInstant
  shopName: string
  /** Who pays, in law, on the day of the approval; null when nobody had said it. */
  payerLegalName: string | null
}

export const PAYOUT_FORMATS = ['sepa', 'paypal', 'wise', 'csv'] as const
export type PayoutFormat = (typeof PAYOUT_FORMATS)[number]

/** Marked as sent, and not paid after all: its amount is due again. A file made now could pay it all the same, and the others a second time. */
export function wasTakenBack({ status, isSent }: { status: string; isSent: boolean }): boolean {
  return isSent && (status === 'failed' || status === 'voided')
}

/** Which files a run has: one for each way of paying in it, and a plain list of all. */
export function formatsOf(kinds: Iterable<string>): PayoutFormat[] {
  const present = new Set(kinds)
  return PAYOUT_FORMATS.filter((format) => format === 'csv' || present.has(format))
}

export function isPayoutFormat(text: string | null | undefined): text is PayoutFormat {
  return PAYOUT_FORMATS.some((format) => format === text)
}
