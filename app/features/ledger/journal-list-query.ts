// What the URL of the list of journals asks for. Anything unreadable is left out: an old bookmark still opens.
import { type CreatorBucket, type ShopAccountCode, shopAccounts } from '#app/domain/ledger/accounts.ts'
import type { JournalKind } from '#app/domain/ledger/journal-draft.ts'
import { withoutUnreadable } from '#app/domain/plain-text.ts'

/** Every kind, as the filter lists them. */
export const JOURNAL_KINDS = [
  'sale',
  'maturity',
  'reserve_release',
  'award',
  'award_release',
  'dispute',
  'dispute_royalty',
  'rerate',
  'correction',
  'gift',
  'suspense',
  'settlement',
  'advance',
  'recoup',
  'payout',
  'payout_settled',
  'reversal',
] as const satisfies readonly JournalKind[]

export const CREATOR_BUCKETS = [
  'held',
  'available',
  'reserve',
  'advance',
] as const satisfies readonly CreatorBucket[]

/** One of the shop's accounts, or one bucket of the chosen creator, or of all creators. */
export type AccountChoice = ShopAccountCode | CreatorBucket

export const ACCOUNT_CHOICES: readonly AccountChoice[] = [...CREATOR_BUCKETS, ...shopAccounts()]

export interface JournalListQuery {
  creatorId: string | null
  /** Beginning of an order's name, "#1001". */
  order: string
  kind: JournalKind | null
  /** "2026-05", the accounting month. */
  period: string | null
  /** All accounting months up to this one. */
  until: string | null
  /** Shopify's numeric id. */
  productId: bigint | null
  dropId: string | null
  account: AccountChoice | null
  currency: string | null
  /** Journals older, or newer, than this number. */
  cursor: { direction: 'before' | 'after'; seq: bigint } | null
}

export function parseJournalListQuery(params: URLSearchParams): JournalListQuery {
  const currency = params.get('currency') ?? ''
  return {
    creatorId: rowIdFrom(params.get('creator')),
    order: withoutUnreadable((params.get('order') ?? '').trim().slice(0, 50)),
    kind: JOURNAL_KINDS.find((kind) => kind === params.get('kind')) ?? null,
    period: monthFrom(params.get('period')),
    until: monthFrom(params.get('until')),
    productId: numberFrom(params.get('product')),
    dropId: rowIdFrom(params.get('drop')),
    account: ACCOUNT_CHOICES.find((account) => account === params.get('account')) ?? null,
    currency: /^[A-Z]{3}$/.test(currency) ? currency : null,
    cursor: cursorFrom('before', params.get('before')) ?? cursorFrom('after', params.get('after')),
  }
}

export function isBucketChoice(account: AccountChoice): account is CreatorBucket {
  return CREATOR_BUCKETS.some((bucket) => bucket === account)
}

function rowIdFrom(text: string | null): string | null {
  return text !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : null
}

function monthFrom(text: string | null): string | null {
  return text !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : null
}

function numberFrom(text: string | null): bigint | null {
  return text !== null && /^\d{1,18}$/.test(text) ? BigInt(text) : null
}

function cursorFrom(direction: 'before' | 'after', text: string | null): JournalListQuery['cursor'] {
  const seq = numberFrom(text)
  return seq === null ? null : { direction, seq }
}

export function hasFilters({ cursor: _, ...filters }: JournalListQuery): boolean {
  return Object.values(filters).some((filter) => filter !== null && filter !== '')
}
