// What the URL of the list asks for. Anything unknown falls back to the default: an old bookmark still opens.
import { withoutUnreadable } from '#app/domain/plain-text.ts'

const statuses = ['all', 'draft', 'offered', 'active', 'declined', 'ended'] as const
const roles = ['any', 'promoter', 'design_owner'] as const

export interface AgreementListQuery {
  search: string
  status: (typeof statuses)[number]
  role: (typeof roles)[number]
  /** From 1. */
  page: number
}

export function parseAgreementListQuery(params: URLSearchParams): AgreementListQuery {
  const page = Number(params.get('page'))
  return {
    search: withoutUnreadable((params.get('q') ?? '').trim().slice(0, 100)),
    status: statuses.find((value) => value === params.get('status')) ?? 'all',
    role: roles.find((value) => value === params.get('role')) ?? 'any',
    page: Number.isSafeInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
  }
}
