// What the URL of the list asks for. Anything unknown falls back to the default: an old bookmark still opens.
import { withoutUnreadable } from '#app/domain/plain-text.ts'

const LISTED_STATUSES = ['draft', 'scheduled', 'live', 'held', 'closed', 'aborted'] as const

export interface DropListQuery {
  search: string
  status: 'all' | (typeof LISTED_STATUSES)[number]
  /** From 1. */
  page: number
}

export function parseDropListQuery(params: URLSearchParams): DropListQuery {
  const page = Number(params.get('page'))
  return {
    search: withoutUnreadable((params.get('q') ?? '').trim().slice(0, 100)),
    status: LISTED_STATUSES.find((value) => value === params.get('status')) ?? 'all',
    page: Number.isSafeInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
  }
}
