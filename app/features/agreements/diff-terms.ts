// What changed between two versions, field by field.
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import { canonicalJson } from '#app/domain/canonical-json.ts'

export type TermsField = keyof AgreementTerms

/** Fields whose values differ, in the order in which terms are read. */
export function diffTerms(before: AgreementTerms, after: AgreementTerms): TermsField[] {
  const fields: TermsField[] = [
    'role',
    'scope',
    'shareBps',
    'net',
    'currency',
    'period',
    'minimumPayoutMinor',
    'holdDays',
    'startsOn',
    'endsOn',
  ]
  return fields.filter((field) => canonicalJson(before[field]) !== canonicalJson(after[field]))
}
