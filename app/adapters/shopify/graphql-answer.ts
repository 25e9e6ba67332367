// What Shopify's GraphQL answers mean: its costs and its errors, named.
import type { AdminRefusal } from './admin-api.ts'

export interface GraphqlBody {
  data?: unknown
  /** A list of errors, or a plain text for refusals before GraphQL. */
  errors?: unknown
  extensions?: { cost?: { requestedQueryCost?: number; throttleStatus?: Partial<ThrottleStatus> } }
}

export interface ThrottleStatus {
  maximumAvailable: number
  currentlyAvailable: number
  /** Points a second. */
  restoreRate: number
}

export interface QueryCost extends ThrottleStatus {
  requested: number
}

export function costOf(body: GraphqlBody): QueryCost | null {
  const { requestedQueryCost, throttleStatus } = body.extensions?.cost ?? {}
  const { maximumAvailable, currentlyAvailable, restoreRate } = throttleStatus ?? {}
  if (requestedQueryCost === undefined || maximumAvailable === undefined) return null
  if (currentlyAvailable === undefined || !restoreRate) return null
  return { requested: requestedQueryCost, maximumAvailable, currentlyAvailable, restoreRate }
}

interface GraphqlError {
  message: string
  code: string
}

/** Null when the answer is whole: data without any error. */
export function refusalOf(status: number, body: GraphqlBody): AdminRefusal | null {
  const errors = readErrors(body.errors)
  const first = errors[0]
  if (!first) {
    if (status === 200 && body.data !== undefined && body.data !== null) return null
    return { ok: false, reason: 'invalid', message: `Shopify answered ${status} without data.` }
  }
  const message = errors.map((error) => error.message).join('; ')
  const codes = new Set(errors.map((error) => error.code))
  if (codes.has('THROTTLED')) return { ok: false, reason: 'throttled', retryAfterMs: 0 }
  if (codes.has('ACCESS_DENIED')) return { ok: false, reason: 'access_denied', message }
  if (codes.has('INTERNAL_SERVER_ERROR') || codes.has('TIMEOUT')) {
    return { ok: false, reason: 'unavailable', message }
  }
  if (status === 403) return { ok: false, reason: 'unauthorized', message }
  return { ok: false, reason: 'invalid', message }
}

function readErrors(errors: unknown): GraphqlError[] {
  if (errors === undefined || errors === null) return []
  if (!Array.isArray(errors)) {
    return [{ message: typeof errors === 'string' ? errors : JSON.stringify(errors), code: '' }]
  }
  return errors.map((error: { message?: unknown; extensions?: { code?: unknown } }) => ({
    message: String(error.message ?? 'unknown error'),
    code: String(error.extensions?.code ?? ''),
  }))
}
