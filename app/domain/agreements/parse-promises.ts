// The parts of terms that reach beyond the single sale: reserve, guarantee, bonus for repeat buyers, credit for renewals.
import {
  complete,
  isRecord,
  type Refuse,
  readChoice,
  readDate,
  readIds,
  readMinor,
  readPositiveMinor,
  readWhole,
} from './read-term.ts'
import type { GuaranteeTerms, ReserveTerms, RetentionTerms, SubscriptionTerms } from './terms.ts'
import type { TermsField } from './terms-refusal.ts'

export const MAX_RESERVE_DAYS = 730
export const MAX_RETENTION_DAYS = 730
export const MAX_CYCLES = 120
export const MAX_RESTOCK_UNITS = 1_000_000

/** `undefined` after a refusal, `null` where it is not agreed. */
type Part<Terms> = Terms | null | undefined

export function readReserve(value: unknown, refuse: Refuse): Part<ReserveTerms> {
  const given = recordOf(value, 'reserve', refuse)
  if (!given) return given
  const bps =
    given.bps === 10_000
      ? refuse('reserveBps', 'reserve_takes_all')
      : readWhole(given.bps, 'reserveBps', [1, 9_999], refuse)
  const days = readWhole(given.days, 'reserveDays', [1, MAX_RESERVE_DAYS], refuse)
  return complete({ bps, days })
}

export function readGuarantee(value: unknown, refuse: Refuse): Part<GuaranteeTerms> {
  const given = recordOf(value, 'guarantee', refuse)
  if (!given) return given
  const kind = readChoice(given.kind, ['minimum', 'restock'] as const, 'guarantee', refuse)
  if (kind === null) return undefined
  return kind === 'minimum' ? readMinimum(given, refuse) : readRestock(given, refuse)
}

function readMinimum(given: Record<string, unknown>, refuse: Refuse): GuaranteeTerms | undefined {
  const amountMinor = readPositiveMinor(given.amountMinor, 'guaranteeAmount', refuse)
  const windows = ['month', 'quarter', 'agreement'] as const
  const window = readChoice(given.window, windows, 'guaranteeWindow', refuse)
  return complete({ kind: 'minimum' as const, amountMinor, window })
}

function readRestock(given: Record<string, unknown>, refuse: Refuse): GuaranteeTerms | undefined {
  const units = readWhole(given.units, 'guaranteeUnits', [1, MAX_RESTOCK_UNITS], refuse)
  const perUnitMinor = readPositiveMinor(given.perUnitMinor, 'guaranteePerUnit', refuse)
  const productIds = readIds(given.productIds, 'guaranteeProducts', refuse)
  const until = readDate(given.until, 'guaranteeUntil', refuse)
  return complete({ kind: 'restock' as const, units, perUnitMinor, productIds, until })
}

export function readRetention(value: unknown, refuse: Refuse): Part<RetentionTerms> {
  const given = recordOf(value, 'retention', refuse)
  if (!given) return given
  const withinDays = readWhole(given.withinDays, 'retentionDays', [1, MAX_RETENTION_DAYS], refuse)
  const minimumNetMinor = readMinor(given.minimumNetMinor, 'retentionMinimum', refuse)
  const reward = readReward(given.reward, refuse)
  return complete({ withinDays, minimumNetMinor, reward })
}

function readReward(value: unknown, refuse: Refuse): RetentionTerms['reward'] | null {
  if (!isRecord(value)) return refuse('retentionReward', 'not_an_object')
  const kind = readChoice(value.kind, ['fixed', 'share'] as const, 'retentionReward', refuse)
  if (kind === null) return null
  if (kind === 'share') {
    const bps = readWhole(value.bps, 'retentionReward', [1, 10_000], refuse)
    return complete({ kind, bps }) ?? null
  }
  const amountMinor = readPositiveMinor(value.amountMinor, 'retentionReward', refuse)
  return complete({ kind, amountMinor }) ?? null
}

export function readSubscription(value: unknown, refuse: Refuse): Part<SubscriptionTerms> {
  const given = recordOf(value, 'subscription', refuse)
  if (!given) return given
  const cycles = readWhole(given.cycles, 'subscriptionCycles', [1, MAX_CYCLES], refuse)
  // Losing the whole share at once is no credit at all.
  const decayBps = readWhole(given.decayBps, 'subscriptionDecay', [0, 9_999], refuse)
  return complete({ cycles, decayBps })
}

function recordOf(value: unknown, field: TermsField, refuse: Refuse): Part<Record<string, unknown>> {
  if (value === null || value === undefined) return null
  if (isRecord(value)) return value
  refuse(field, 'not_an_object')
  return undefined
}
