// What the URL of the list of journals asks for. Anything unreadable is left out: an old bookmark still opens.
import type { JournalKind } from '#app/domain/ledger/journal-draft.ts'
import { withoutUnreadable } from '#app/domain/plain-text.ts'

export const JOURNAL_KINDS = [
  'sale',
  'maturity',
  'dispute',
  'dispute_royalty',
  'suspense',
  'correction',
] as const satisfies readonly JournalKind[]

export interface JournalListQuery {
  creatorId: string | null
  /** Beginning of an order's name, "#1001". */
  order: string
  kind: JournalKind | null
  /** "2026-05" */
  period: string | null
  /** Journals older, or newer, than this number. */
  cursor: { direction: 'before' | 'after'; seq: bigint } | null
}

export function parseJournalListQuery(params: URLSearchParams): JournalListQuery {
  const creator = params.get('creator') ?? ''
  const period = params.get('period') ?? ''
  return {
    creatorId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(creator) ? creator : null,
    order: withoutUnreadable((params.get('order') ?? '').trim().slice(0, 50)),
    kind: JOURNAL_KINDS.find((kind) => kind === params.get('kind')) ?? null,
    period: /^\d{4}-\d{2}$/.test(period) ? period : null,
    cursor: cursorFrom('before', params.get('before')) ?? cursorFrom('after', params.get('after')),
  }
}

function cursorFrom(direction: 'before' | 'after', text: string | null): JournalListQuery['cursor'] {
  return text !== null && /^\d{1,18}$/.test(text) ? { direction, seq: BigInt(text) } : null
}

export function hasFilters(query: JournalListQuery): boolean {
  return query.creatorId !== null || query.order !== '' || query.kind !== null || query.period !== null
}
