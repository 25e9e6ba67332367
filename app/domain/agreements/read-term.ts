// Single values of terms from JSON of unknown origin.
import { isLocalDate } from '../time/instant.ts'
import { sortedIds } from './terms.ts'
import type { TermsField, TermsRefusalReason } from './terms-refusal.ts'

export type Refuse = (field: TermsField, reason: TermsRefusalReason, step?: number) => null

/** Of one agreement: whoever means more means everything. */
const MAX_PIECES = 2_000
const LARGEST_ID = 2n ** 63n - 1n

export function readIds(value: unknown, field: TermsField, refuse: Refuse): string[] | null {
  if (!Array.isArray(value) || value.length === 0) return refuse(field, 'nothing_chosen')
  if (value.length > MAX_PIECES) return refuse(field, 'too_many')
  const ids: string[] = []
  for (const id of value) {
    // Numeric ids only: a gid here would never match a line, and the creator would earn nothing without anybody noticing.
    if (typeof id !== 'string' || !/^[1-9]\d{0,18}$/.test(id) || BigInt(id) > LARGEST_ID)
      return refuse(field, 'not_an_id')
    ids.push(id)
  }
  return sortedIds(ids)
}

/** `range` is inclusive. */
export function readWhole(
  value: unknown,
  field: TermsField,
  range: readonly [least: number, most: number],
  refuse: Refuse,
): number | null {
  if (typeof value !== 'number' || !Number.isInteger(value)) return refuse(field, 'not_a_whole_number')
  return value < range[0] || value > range[1] ? refuse(field, 'out_of_range') : value
}

/** Minor units as decimal digits, without leading zeros. */
export function readMinor(value: unknown, field: TermsField, refuse: Refuse): string | null {
  if (typeof value !== 'string' || !/^\d{1,15}$/.test(value)) return refuse(field, 'not_an_amount')
  return BigInt(value).toString()
}

/** An amount that must not be zero: a promise of nothing is a slip. */
export function readPositiveMinor(value: unknown, field: TermsField, refuse: Refuse): string | null {
  const minor = readMinor(value, field, refuse)
  return minor === '0' ? refuse(field, 'nothing_promised') : minor
}

export function readDate(value: unknown, field: TermsField, refuse: Refuse): string | null {
  return typeof value === 'string' && isLocalDate(value) ? value : refuse(field, 'not_a_date')
}

export function readChoice<Choice extends string>(
  value: unknown,
  choices: readonly Choice[],
  field: TermsField,
  refuse: Refuse,
): Choice | null {
  return choices.find((choice) => choice === value) ?? refuse(field, 'unknown_choice')
}

/** The parts together, when each of them could be read. What could not has been refused by then. */
export function complete<Parts extends object>(
  parts: Parts,
): { [Name in keyof Parts]: Exclude<Parts[Name], null> } | undefined {
  return Object.values(parts).includes(null)
    ? undefined
    : (parts as { [Name in keyof Parts]: Exclude<Parts[Name], null> })
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
