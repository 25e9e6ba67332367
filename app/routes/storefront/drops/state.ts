// GET /storefront/drops/HANDLE/state: the public live state of a drop, for thousands at once. Answered on the bare server, before anything that
// pages need; the same for everybody, so that caches between may keep it.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { observeRequest } from '#app/adapters/http/http-metrics.ts'
import type { ProxyIdentity } from '#app/adapters/shopify/proxy-request.ts'
import { readProxyQuery } from '#app/adapters/shopify/proxy-signature.ts'
import type { Log } from '#app/config/logger.ts'
import type { StateAnswer, StateSnapshots } from '#app/features/claims/state-snapshots.server.ts'

const ADDRESS = /^\/storefront\/drops\/([^/?]{1,200})\/state(?:\?(.*))?$/s
const HANDLE = /^[a-z0-9-]{3,40}$/
const KEPT = 'public, s-maxage=2, stale-while-revalidate=10, stale-if-error=60'

export interface StateRouteOptions {
  snapshots: StateSnapshots
  identity: Pick<ProxyIdentity, 'apiSecret' | 'previousApiSecret'>
  log: Log
}

/** Returns false for every other address, which it leaves alone. */
export function answerDropState(options: StateRouteOptions) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const address = ADDRESS.exec(request.url ?? '')
    if (!address) return false
    const started = performance.now()
    const [, handle = '', query = ''] = address
    const done = () => observe(request, response, started)
    const answer = decide(options, request, handle, new URLSearchParams(query))
    if (!(answer instanceof Promise)) {
      send(request, response, answer)
      done()
      return true
    }
    answer
      .catch((error: unknown): Answer => {
        options.log.error({ error }, 'live state of a drop could not be read')
        return problem(503, 'unavailable')
      })
      .then((settled) => {
        send(request, response, settled)
        done()
      })
    return true
  }
}

type Answer = { status: 200; state: NonNullable<StateAnswer> } | Problem
interface Problem {
  status: 400 | 401 | 404 | 405 | 503
  body: string
}

function decide(
  { snapshots, identity, log }: StateRouteOptions,
  request: IncomingMessage,
  handle: string,
  query: URLSearchParams,
): Answer | Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return problem(405, 'method')
  const visit = readProxyQuery(query, identity, Date.now())
  if (!visit.ok) {
    log.warn({ reason: visit.reason }, 'app proxy request refused')
    return problem(visit.reason === 'forged' ? 401 : 400, visit.reason)
  }
  if (!HANDLE.test(handle)) return problem(404, 'no_such_drop')
  const state = snapshots.get(visit.shopDomain, handle)
  return state instanceof Promise ? state.then(toAnswer) : toAnswer(state)
}

function toAnswer(state: StateAnswer): Answer {
  return state ? { status: 200, state } : problem(404, 'no_such_drop')
}

function problem(status: Problem['status'], reason: string): Problem {
  return { status, body: `{"v":1,"error":"${reason}"}` }
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  // HTTP/1.1 keeps connections open without being told; what is not said is not sent thousands of times.
  if (request.httpVersion === '1.1') response.removeHeader('connection')
  const isHead = request.method === 'HEAD'
  if (answer.status !== 200) {
    response.writeHead(answer.status, {
      'Content-Type': 'application/json',
      'Content-Length': answer.body.length,
      // An error is nobody's to keep.
      'Cache-Control': 'no-store',
      ...(answer.status === 405 ? { Allow: 'GET, HEAD' } : {}),
    })
    response.end(isHead ? undefined : answer.body)
    return
  }
  const { body, etag } = answer.state
  if (isKnown(request.headers['if-none-match'], etag)) {
    response.writeHead(304, { ETag: etag, 'Cache-Control': KEPT })
    response.end()
    return
  }
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    ETag: etag,
    'Cache-Control': KEPT,
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(isHead ? undefined : body)
}

/** Caches on the way may have weakened it. */
function isKnown(told: string | undefined, etag: string): boolean {
  if (told === undefined) return false
  if (told === etag || told === '*') return true
  return told.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
}

function observe(request: IncomingMessage, response: ServerResponse, started: number): void {
  observeRequest({
    area: 'storefront',
    method: request.method ?? 'GET',
    status: response.statusCode,
    seconds: (performance.now() - started) / 1000,
  })
}
