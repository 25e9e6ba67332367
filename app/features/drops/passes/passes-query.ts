// What the URL of the guest list asks for. Anything unknown falls back to the default: an old bookmark still opens.
import { withoutUnreadable } from '#app/domain/plain-text.ts'

const SHOWN = ['all', 'living', 'revoked'] as const

export interface PassesQuery {
  /** A whole address: what is kept of it can be compared, not searched. */
  search: string
  shown: (typeof SHOWN)[number]
  /** From 1. */
  page: number
}

export function parsePassesQuery(params: URLSearchParams): PassesQuery {
  const page = Number(params.get('page'))
  return {
    search: withoutUnreadable((params.get('q') ?? '').trim().slice(0, 254)),
    shown: SHOWN.find((value) => value === params.get('shown')) ?? 'all',
    page: Number.isSafeInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
  }
}
