import { isCurrency } from '../money/currency.ts'
import { isLocalDate } from '../time/instant.ts'
import { type AgreementScope, type AgreementTerms, sortedIds } from './terms.ts'

export type TermsField =
  | 'terms'
  | 'role'
  | 'scope'
  | 'shareBps'
  | 'deductPaymentFeeBps'
  | 'currency'
  | 'period'
  | 'minimumPayoutMinor'
  | 'holdDays'
  | 'startsOn'
  | 'endsOn'

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

export interface TermsRefusal {
  field: TermsField
  reason: TermsRefusalReason
}

export type ParsedTerms = { ok: true; terms: AgreementTerms } | { ok: false; refusals: TermsRefusal[] }

export const MAX_PAYMENT_FEE_BPS = 2_000
export const MAX_HOLD_DAYS = 365
/** Of one agreement: whoever means more means everything. */
const MAX_PIECES = 2_000
const LARGEST_ID = 2n ** 63n - 1n

/** Reads terms from JSON of unknown origin (a form, a stored row). Names every field that is wrong, not only the first. */
export function parseTerms(value: unknown): ParsedTerms {
  if (!isRecord(value)) return { ok: false, refusals: [{ field: 'terms', reason: 'not_an_object' }] }
  const refusals: TermsRefusal[] = []
  const refuse = (field: TermsField, reason: TermsRefusalReason): null => {
    refusals.push({ field, reason })
    return null
  }
  const role = oneOf(value.role, ['promoter', 'design_owner'] as const) ?? refuse('role', 'unknown_choice')
  const scope = readScope(value.scope, refuse)
  if (role === 'design_owner' && scope?.kind === 'everything_attributed')
    refuse('scope', 'owner_needs_products')
  const shareBps = readWhole(value.shareBps, 1, 10_000, (reason) => refuse('shareBps', reason))
  const fee = isRecord(value.net) ? value.net.deductPaymentFeeBps : undefined
  const deductPaymentFeeBps = readWhole(fee, 0, MAX_PAYMENT_FEE_BPS, (reason) =>
    refuse('deductPaymentFeeBps', reason),
  )
  const currency =
    typeof value.currency === 'string' && isCurrency(value.currency)
      ? value.currency
      : refuse('currency', 'unknown_currency')
  const period = oneOf(value.period, ['monthly', 'quarterly'] as const) ?? refuse('period', 'unknown_choice')
  const minimumPayoutMinor =
    readMinor(value.minimumPayoutMinor) ?? refuse('minimumPayoutMinor', 'not_an_amount')
  const holdDays = readWhole(value.holdDays, 0, MAX_HOLD_DAYS, (reason) => refuse('holdDays', reason))
  const startsOn = readDate(value.startsOn) ?? refuse('startsOn', 'not_a_date')
  const isOpenEnded = value.endsOn === null || value.endsOn === undefined
  const endsOn = isOpenEnded ? null : (readDate(value.endsOn) ?? refuse('endsOn', 'not_a_date'))
  if (endsOn !== null && startsOn !== null && endsOn < startsOn) refuse('endsOn', 'ends_before_start')

  if (
    refusals.length > 0 ||
    role === null ||
    scope === null ||
    shareBps === null ||
    deductPaymentFeeBps === null ||
    currency === null ||
    period === null ||
    minimumPayoutMinor === null ||
    holdDays === null ||
    startsOn === null
  ) {
    return { ok: false, refusals }
  }
  const net = { deductPaymentFeeBps }
  return {
    ok: true,
    terms: { role, scope, shareBps, net, currency, period, minimumPayoutMinor, holdDays, startsOn, endsOn },
  }
}

type Refuse = (field: TermsField, reason: TermsRefusalReason) => null

function readScope(value: unknown, refuse: Refuse): AgreementScope | null {
  if (!isRecord(value)) return refuse('scope', 'unknown_choice')
  switch (value.kind) {
    case 'everything_attributed':
      return { kind: 'everything_attributed' }
    case 'products': {
      const productIds = readIds(value.productIds, refuse)
      return productIds === null ? null : { kind: 'products', productIds }
    }
    case 'collections': {
      const collectionIds = readIds(value.collectionIds, refuse)
      return collectionIds === null ? null : { kind: 'collections', collectionIds }
    }
    default:
      return refuse('scope', 'unknown_choice')
  }
}

function readIds(value: unknown, refuse: Refuse): string[] | null {
  if (!Array.isArray(value) || value.length === 0) return refuse('scope', 'nothing_chosen')
  if (value.length > MAX_PIECES) return refuse('scope', 'too_many')
  const ids: string[] = []
  for (const id of value) {
    // Numeric ids only: a gid here would never match a line, and the creator would earn nothing without anybody noticing.
    if (typeof id !== 'string' || !/^[1-9]\d{0,18}$/.test(id) || BigInt(id) > LARGEST_ID)
      return refuse('scope', 'not_an_id')
    ids.push(id)
  }
  return sortedIds(ids)
}

function readWhole(
  value: unknown,
  least: number,
  most: number,
  refuse: (reason: TermsRefusalReason) => null,
): number | null {
  if (typeof value !== 'number' || !Number.isInteger(value)) return refuse('not_a_whole_number')
  return value < least || value > most ? refuse('out_of_range') : value
}

function readMinor(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{1,15}$/.test(value)) return null
  return BigInt(value).toString()
}

function readDate(value: unknown): string | null {
  return typeof value === 'string' && isLocalDate(value) ? value : null
}

function oneOf<T extends string>(value: unknown, choices: readonly T[]): T | null {
  return choices.find((choice) => choice === value) ?? null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
