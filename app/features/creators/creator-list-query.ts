// What the URL of the list asks for. Anything unknown falls back to the default: an old bookmark still opens.
import { withoutUnreadable } from '#app/domain/plain-text.ts'

export interface CreatorListQuery {
  search: string
  status: 'active' | 'archived' | 'all'
  agreement: 'any' | 'with' | 'without'
  sort: 'name' | 'newest' | 'balance'
  /** From 1. */
  page: number
}

const statuses = ['active', 'archived', 'all'] as const
const agreements = ['any', 'with', 'without'] as const
const sorts = ['name', 'newest', 'balance'] as const

export function parseCreatorListQuery(params: URLSearchParams): CreatorListQuery {
  const page = Number(params.get('page'))
  return {
    search: withoutUnreadable((params.get('q') ?? '').trim().slice(0, 100)),
    status: oneOf(statuses, params.get('status')),
    agreement: oneOf(agreements, params.get('agreement')),
    sort: oneOf(sorts, params.get('sort')),
    page: Number.isSafeInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
  }
}

function oneOf<Value extends string>(known: readonly [Value, ...Value[]], given: string | null): Value {
  return known.find((value) => value === given) ?? known[0]
}
