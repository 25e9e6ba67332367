// What fails before a page is reached: a request that is none gets a plain refusal, everything else is ours and is logged. Neither is
// told anything of the inside.
import type { NextFunction, Request, Response } from 'express'
import type { Log } from '#app/config/logger.ts'

export function answerErrors(log: Log) {
  // Express knows a handler of errors by its four parameters.
  return (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const { requestId } = response.locals
    if (response.headersSent) {
      log.warn({ error, requestId }, 'an answer broke off')
      response.destroy()
      return
    }
    const status = statusOf(error, request.method)
    if (status === 500) log.error({ error, requestId }, 'request failed')
    response.status(status).set('cache-control', 'no-store').type('text/plain')
    response.send(status === 500 ? 'Something went wrong.' : 'This is no request for Filigree.')
  }
}

function statusOf(error: unknown, method: string): number {
  // Pages cannot be asked for with it, which is only found out when it is tried.
  if (method === 'TRACE') return 405
  const { code, status } = (error ?? {}) as { code?: unknown; status?: unknown }
  // An address or a Host header that is none.
  if (code === 'ERR_INVALID_URL') return 400
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500
}
