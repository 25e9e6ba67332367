// No request may make the process hold more than it needs: too large bodies are refused by what they announce, else by what arrives.
import type { NextFunction, Request, Response } from 'express'

/** Shopify's payloads stay far below this. */
const LARGEST_DELIVERY = 10 * 1024 * 1024
/** The largest form of ours lists some thousand ids. */
const LARGEST_FORM = 1024 * 1024

/** Stands right before what reads bodies: counting must not begin earlier than reading. */
export function bodyLimit(request: Request, response: Response, next: NextFunction): void {
  const most = request.path.startsWith('/webhooks/') ? LARGEST_DELIVERY : LARGEST_FORM
  const refuse = () => {
    if (!response.headersSent)
      response.status(413).set('connection', 'close').type('text/plain').send('The request is too large.')
  }
  if (Number(request.get('content-length') ?? 0) > most) {
    refuse()
    return
  }
  if (request.get('transfer-encoding') !== undefined) {
    let received = 0
    const count = (chunk: Buffer) => {
      received += chunk.length
      if (received <= most) return
      request.off('data', count)
      // The answer first, then whoever reads the body is told that it ends here.
      response.once('close', () => request.destroy(new Error('the request is too large')))
      refuse()
    }
    request.on('data', count)
  }
  next()
}
