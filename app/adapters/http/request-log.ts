// One log line a request: its id, what was asked, how long it took, for which shop. Queries and long path parts carry tokens and stay out.
import { randomUUID } from 'node:crypto'
import type { NextFunction, Request, Response } from 'express'
import type { Log } from '#app/config/logger.ts'
import { observeRequest } from './http-metrics.ts'

const SHOP = /^[a-z0-9][a-z0-9-]{0,99}\.myshopify\.com$/
const REQUEST_ID = /^[\w-]{8,100}$/
const AREAS = new Set(['app', 'auth', 'webhooks', 'internal', 'c', 'storefront', 'assets'])
/** Signed links are longer than any name of ours. */
const LONGEST_PART = 40

export function requestLog(log: Log) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = process.hrtime.bigint()
    const given = request.get('x-request-id')
    const requestId = given && REQUEST_ID.test(given) ? given : randomUUID()
    response.locals.requestId = requestId
    // Read now: what serves assets shortens the path while it works.
    const { path } = request
    response.setHeader('x-request-id', requestId)
    response.on('close', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9
      const first = path.split('/')[1]?.replace(/\.data$/, '') ?? ''
      const area = AREAS.has(first) ? first : 'other'
      observeRequest({ area, method: request.method, status: response.statusCode, seconds })
      const line = {
        requestId,
        method: request.method,
        path: pathForLog(path),
        status: response.statusCode,
        ms: Math.round(seconds * 1000),
        ...(response.writableFinished ? {} : { aborted: true }),
        ...shopOf(request),
      }
      if (response.statusCode >= 500) log.error(line, 'request')
      else if (area === 'assets' || area === 'internal') log.debug(line, 'request')
      else log.info(line, 'request')
    })
    next()
  }
}

export function pathForLog(path: string): string {
  return path
    .split('/')
    .map((part) => (part.length > LONGEST_PART ? '…' : part))
    .join('/')
}

/** A label only: it has not been proven. */
function shopOf(request: Request): { shop?: string } {
  const told =
    request.get('x-shopify-shop-domain') ?? request.query.shop ?? shopOfToken(request.get('authorization'))
  return typeof told === 'string' && SHOP.test(told) ? { shop: told } : {}
}

function shopOfToken(authorization: string | undefined): string | undefined {
  const payload = authorization?.match(/^Bearer [\w-]+\.([\w-]+)\./)?.[1]
  if (!payload) return undefined
  try {
    const { dest } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { dest?: unknown }
    return typeof dest === 'string' ? new URL(dest).hostname : undefined
  } catch {
    return undefined
  }
}
