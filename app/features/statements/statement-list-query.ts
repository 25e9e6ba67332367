// What the URL of the list of statements asks for. Anything unreadable is left out.
export interface StatementListQuery {
  creatorId: string | null
  /** "2026-05" */
  period: string | null
  /** From 1. */
  page: number
}

export function parseStatementListQuery(params: URLSearchParams): StatementListQuery {
  const creator = params.get('creator') ?? ''
  const period = params.get('period') ?? ''
  const page = Number(params.get('page'))
  return {
    creatorId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(creator) ? creator : null,
    period: /^\d{4}-(\d{2}|Q[1-4])$/.test(period) ? period : null,
    page: Number.isSafeInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
  }
}
