// One shop's Admin API: typed operations in, named outcomes out. Waits where Shopify asks to wait, and retries what may be retried.
import type { TypedDocumentString } from './generated/operations.ts'
import { costOf, type GraphqlBody, refusalOf } from './graphql-answer.ts'
import type { TokenSource } from './offline-token.ts'
import { ThrottleBudget } from './throttle-budget.ts'

export type AdminRefusal =
  /** The shop has no living token: never installed, uninstalled, or the token was refused for good. */
  | { ok: false; reason: 'not_installed' }
  | { ok: false; reason: 'unauthorized'; message: string }
  /** A scope is missing; the message names it. */
  | { ok: false; reason: 'access_denied'; message: string }
  /** Shopify asked for more waiting than is reasonable. */
  | { ok: false; reason: 'throttled'; retryAfterMs: number }
  /** Network trouble or 5xx, after retries. */
  | { ok: false; reason: 'unavailable'; message: string }
  /** The operation itself is refused: a defect of ours, or too dear. */
  | { ok: false; reason: 'invalid'; message: string }

export type AdminResult<Data> = { ok: true; data: Data } | AdminRefusal

export interface AdminApi {
  readonly shopDomain: string
  request<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<AdminResult<Data>>
}

/** Sends one request. Errors: a broken wire is thrown. */
export type AdminTransport = (request: {
  shopDomain: string
  accessToken: string
  body: string
}) => Promise<{ status: number; body: unknown; retryAfterSeconds: number | null }>

export interface AdminApiOptions {
  shopDomain: string
  tokens: TokenSource
  transport: AdminTransport
  sleep?: (ms: number) => Promise<void>
  nowMs?: () => number
  random?: () => number
}

const ATTEMPTS = 5
const BACKOFF_MS = 250
/** A single job may wait this long for the bucket to refill, all waits of one request together. */
const LONGEST_WAIT_MS = 60_000

type Attempt<Data> =
  | AdminResult<Data>
  | { ok: 'again'; afterMs: number; refusal: AdminRefusal; throttled?: true }

export function createAdminApi(options: AdminApiOptions): AdminApi {
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)))
  const random = options.random ?? Math.random
  const budget = new ThrottleBudget(options.nowMs ?? Date.now)

  async function attempt<Data>(query: string, variables: unknown, number: number): Promise<Attempt<Data>> {
    const token = await options.tokens.current(options.shopDomain)
    if (!token.ok) return token
    const body = JSON.stringify({ query, variables })
    const backoffMs = BACKOFF_MS * 2 ** number * (0.5 + random())
    let answer: Awaited<ReturnType<AdminTransport>>
    try {
      answer = await options.transport({
        shopDomain: options.shopDomain,
        accessToken: token.accessToken,
        body,
      })
    } catch (error) {
      return { ok: 'again', afterMs: backoffMs, refusal: unavailable((error as Error).message) }
    }
    if (answer.status === 401) {
      const renewed = await options.tokens.replaceRefused(options.shopDomain, token.accessToken)
      if (!renewed.ok) return renewed
      return { ok: 'again', afterMs: 0, refusal: unauthorized('Shopify refuses the access token.') }
    }
    if (answer.status === 429) {
      const afterMs = (answer.retryAfterSeconds ?? 2) * 1000
      return { ok: 'again', throttled: true, afterMs, refusal: throttled(afterMs) }
    }
    if (answer.status >= 500 || answer.status === 408) {
      return { ok: 'again', afterMs: backoffMs, refusal: unavailable(`Shopify answered ${answer.status}.`) }
    }
    return readAnswer<Data>(query, answer.status, answer.body, backoffMs)
  }

  function readAnswer<Data>(
    query: string,
    status: number,
    answer: unknown,
    backoffMs: number,
  ): Attempt<Data> {
    if (typeof answer !== 'object' || answer === null)
      return unavailable(`Shopify answered ${status} without JSON.`)
    const body = answer as GraphqlBody
    const cost = costOf(body)
    if (cost) budget.learn(query, cost)
    const refusal = refusalOf(status, body)
    if (refusal === null) return { ok: true, data: body.data as Data }
    if (refusal.reason === 'throttled') {
      const afterMs = Math.max(budget.waitMs(query), 100)
      return { ok: 'again', throttled: true, afterMs, refusal: throttled(afterMs) }
    }
    return refusal.reason === 'unavailable' ? { ok: 'again', afterMs: backoffMs, refusal } : refusal
  }

  return {
    shopDomain: options.shopDomain,
    async request(document, variables) {
      const query = document.toString()
      let waitedMs = 0
      let failures = 0
      for (;;) {
        // Waiting before asking is cheaper than being refused: a refused request is a request too.
        const aheadMs = Math.min(budget.waitMs(query), LONGEST_WAIT_MS - waitedMs)
        if (aheadMs > 0) {
          waitedMs += aheadMs
          await sleep(aheadMs)
        }
        const outcome = await attempt<never>(query, variables, failures)
        if (outcome.ok !== 'again') return outcome
        if (!outcome.throttled) failures += 1
        if (failures >= ATTEMPTS || waitedMs + outcome.afterMs > LONGEST_WAIT_MS) return outcome.refusal
        waitedMs += outcome.afterMs
        if (outcome.afterMs > 0) await sleep(outcome.afterMs)
      }
    },
  }
}

function unavailable(message: string): AdminRefusal {
  return { ok: false, reason: 'unavailable', message }
}

function unauthorized(message: string): AdminRefusal {
  return { ok: false, reason: 'unauthorized', message }
}

function throttled(retryAfterMs: number): AdminRefusal {
  return { ok: false, reason: 'throttled', retryAfterMs }
}
