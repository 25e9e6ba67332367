import { isCurrency } from '../money/currency.ts'
import { readGuarantee, readReserve, readRetention, readSubscription } from './parse-promises.ts'
import { readTiers } from './parse-tiers.ts'
import {
  complete,
  isRecord,
  type Refuse,
  readChoice,
  readDate,
  readIds,
  readMinor,
  readWhole,
} from './read-term.ts'
import type { AgreementScope, AgreementTerms } from './terms.ts'
import type { TermsRefusal } from './terms-refusal.ts'

export type { TermsRefusal } from './terms-refusal.ts'

export type ParsedTerms = { ok: true; terms: AgreementTerms } | { ok: false; refusals: TermsRefusal[] }

export const MAX_PAYMENT_FEE_BPS = 2_000
export const MAX_HOLD_DAYS = 365

type Given = Record<string, unknown>
type Extras = Pick<AgreementTerms, 'tiers' | 'reserve' | 'guarantee' | 'retention' | 'subscription'>
type Base = Omit<AgreementTerms, keyof Extras>

/**
 * Reads terms from JSON of unknown origin (a form, a stored row). Names every field that is wrong, not only the first. Parts that are not
 * agreed are absent in the result, as in terms from before there was such a part.
 */
export function parseTerms(value: unknown): ParsedTerms {
  if (!isRecord(value)) return { ok: false, refusals: [{ field: 'terms', reason: 'not_an_object' }] }
  const refusals: TermsRefusal[] = []
  const refuse: Refuse = (field, reason, step) => {
    refusals.push(step === undefined ? { field, reason } : { field, reason, step })
    return null
  }
  const base = readBase(value, refuse)
  const extras = readExtras(value, refuse)
  if (refusals.length > 0 || base === null) return { ok: false, refusals }
  return { ok: true, terms: { ...base, ...extras } }
}

function readBase(value: Given, refuse: Refuse): Base | null {
  const role = readChoice(value.role, ['promoter', 'design_owner'] as const, 'role', refuse)
  const scope = readScope(value.scope, refuse)
  if (role === 'design_owner' && scope?.kind === 'everything_attributed')
    refuse('scope', 'owner_needs_products')
  const shareBps = readWhole(value.shareBps, 'shareBps', [1, 10_000], refuse)
  const net = readNet(value.net, refuse)
  const currency =
    typeof value.currency === 'string' && isCurrency(value.currency)
      ? value.currency
      : refuse('currency', 'unknown_currency')
  const period = readChoice(value.period, ['monthly', 'quarterly'] as const, 'period', refuse)
  const minimumPayoutMinor = readMinor(value.minimumPayoutMinor, 'minimumPayoutMinor', refuse)
  const holdDays = readWhole(value.holdDays, 'holdDays', [0, MAX_HOLD_DAYS], refuse)
  const startsOn = readDate(value.startsOn, 'startsOn', refuse)
  const isOpenEnded = value.endsOn === null || value.endsOn === undefined
  const endsOn = isOpenEnded ? null : readDate(value.endsOn, 'endsOn', refuse)
  if (endsOn !== null && startsOn !== null && endsOn < startsOn) refuse('endsOn', 'ends_before_start')
  const read = { role, scope, shareBps, net, currency, period, minimumPayoutMinor, holdDays, startsOn }
  const base = complete(read)
  return base ? { ...base, endsOn } : null
}

function readNet(value: unknown, refuse: Refuse): AgreementTerms['net'] | null {
  const given = isRecord(value) ? value : {}
  // To drop what was agreed on without a word would make another agreement of it.
  if (Array.isArray(given.include) && given.include.length > 0) refuse('net', 'inclusion_not_offered')
  const fee = given.deductPaymentFeeBps
  const deductPaymentFeeBps = readWhole(fee, 'deductPaymentFeeBps', [0, MAX_PAYMENT_FEE_BPS], refuse)
  return complete({ deductPaymentFeeBps }) ?? null
}

function readExtras(value: Given, refuse: Refuse): Extras {
  const tiers = readTiers(value.tiers, refuse)
  const reserve = readReserve(value.reserve, refuse)
  const guarantee = readGuarantee(value.guarantee, refuse)
  const retention = readRetention(value.retention, refuse)
  const subscription = readSubscription(value.subscription, refuse)
  return {
    ...(tiers ? { tiers } : {}),
    ...(reserve ? { reserve } : {}),
    ...(guarantee ? { guarantee } : {}),
    ...(retention ? { retention } : {}),
    ...(subscription ? { subscription } : {}),
  }
}

function readScope(value: unknown, refuse: Refuse): AgreementScope | null {
  if (!isRecord(value)) return refuse('scope', 'unknown_choice')
  switch (value.kind) {
    case 'everything_attributed':
      return { kind: 'everything_attributed' }
    case 'products': {
      const productIds = readIds(value.productIds, 'scope', refuse)
      return complete({ kind: 'products' as const, productIds }) ?? null
    }
    case 'collections': {
      const collectionIds = readIds(value.collectionIds, 'scope', refuse)
      return complete({ kind: 'collections' as const, collectionIds }) ?? null
    }
    default:
      return refuse('scope', 'unknown_choice')
  }
}
