// What changed between two versions, field by field, in the words in which terms are read.
import { canonicalJson } from '../canonical-json.ts'
import type { Sentence } from '../sentence.ts'
import {
  describeGuarantee,
  describeReserve,
  describeRetention,
  describeSubscription,
} from './describe-promises.ts'
import {
  describeHold,
  describeMinimum,
  describeNet,
  describePeriod,
  describeScope,
} from './describe-terms.ts'
import { describeTiers } from './describe-tiers.ts'
import type { AgreementTerms } from './terms.ts'
import { type TermsWords, type TermsWriter, writerFor } from './terms-writer.ts'

export type ChangedField = keyof AgreementTerms

export interface TermsChange {
  field: ChangedField
  /** What it said and says, a sentence or figure each; empty where nothing was agreed. */
  before: string[]
  after: string[]
}

/** In the order in which terms are read. */
const fields: readonly ChangedField[] = [
  'role',
  'shareBps',
  'tiers',
  'scope',
  'net',
  'subscription',
  'retention',
  'guarantee',
  'currency',
  'period',
  'holdDays',
  'reserve',
  'minimumPayoutMinor',
  'startsOn',
  'endsOn',
]

/** Fields whose values differ. What is absent and what is null are the same: not agreed. */
export function changedFields(before: AgreementTerms, after: AgreementTerms): ChangedField[] {
  return fields.filter(
    (field) => canonicalJson(before[field] ?? null) !== canonicalJson(after[field] ?? null),
  )
}

export function describeChanges(
  before: AgreementTerms,
  after: AgreementTerms,
  words: TermsWords = {},
): TermsChange[] {
  const old = writerFor(before, words)
  const now = writerFor(after, words)
  return changedFields(before, after).map((field) => ({
    field,
    ...differing(valueInWords(field, before, old), valueInWords(field, after, now)),
  }))
}

/** Sentences that stand on both sides say nothing of a change; where one side would be left without any, both are told whole. */
function differing(before: string[], after: string[]): { before: string[]; after: string[] } {
  const onlyBefore = before.filter((text) => !after.includes(text))
  const onlyAfter = after.filter((text) => !before.includes(text))
  return onlyBefore.length === 0 || onlyAfter.length === 0
    ? { before, after }
    : { before: onlyBefore, after: onlyAfter }
}

function valueInWords(field: ChangedField, terms: AgreementTerms, writer: TermsWriter): string[] {
  const { tiers, reserve, guarantee, retention, subscription } = terms
  switch (field) {
    case 'role':
      return [terms.role]
    case 'shareBps':
      return [writer.percent(terms.shareBps)]
    case 'currency':
      return [terms.currency]
    case 'startsOn':
      return [writer.date(terms.startsOn)]
    case 'endsOn':
      return terms.endsOn === null ? [] : [writer.date(terms.endsOn)]
    case 'tiers':
      return tiers ? texts(describeTiers(terms, tiers, writer)) : []
    case 'reserve':
      return reserve ? [describeReserve(reserve, writer).text] : []
    case 'guarantee':
      return guarantee ? texts(describeGuarantee(guarantee, writer)) : []
    case 'retention':
      return retention ? texts(describeRetention(retention, writer)) : []
    case 'subscription':
      return subscription ? texts(describeSubscription(subscription, writer)) : []
    case 'scope':
      return [describeScope(terms, writer).text]
    case 'net':
      return texts(describeNet(terms, writer))
    case 'period':
      return [describePeriod(terms, writer).text]
    case 'holdDays':
      return [describeHold(terms, writer).text]
    case 'minimumPayoutMinor':
      return [describeMinimum(terms, writer).text]
  }
}

function texts(sentences: readonly Sentence[]): string[] {
  return sentences.map((sentence) => sentence.text)
}
