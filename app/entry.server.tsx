import { PassThrough } from 'node:stream'
import { createReadableStreamFromReadable, type EntryContext } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import { requestScope, webServices } from './routes/web-services.server.ts'

export const streamTimeout = 5000

export default async function handleRequest(
  request: Request,
  responseStatusCode: number,
  responseHeaders: Headers,
  remixContext: EntryContext,
): Promise<Response> {
  frameRules(request, responseHeaders)
  responseHeaders.set('Content-Type', 'text/html; charset=utf-8')
  // Pages carry the shop's own figures and, in their address, its session token.
  if (!responseHeaders.has('Cache-Control')) responseHeaders.set('Cache-Control', 'private, no-store')
  const whole = isbot(request.headers.get('user-agent') ?? '')
  return new Promise((resolve, reject) => {
    let status = responseStatusCode
    const answer = () => {
      const body = new PassThrough()
      const headers = responseHeaders
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status }))
      pipe(body)
    }
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={remixContext} url={request.url} />, {
      ...(whole ? { onAllReady: answer } : { onShellReady: answer }),
      onShellError: reject,
      onError(error) {
        status = 500
        webServices().services.log.error({ error, requestId: requestScope()?.requestId }, 'rendering failed')
      },
    })
    setTimeout(abort, streamTimeout + 1000)
  })
}

/** Data of a page, fetched by the page that is open, is as private as its document. */
export function handleDataRequest(response: Response): Response {
  if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'private, no-store')
  return response
}

/** The admin's pages belong into Shopify's frames, all others into none. */
function frameRules(request: Request, headers: Headers): void {
  const { pathname } = new URL(request.url)
  if (/^\/(app|auth)(\/|$)/.test(pathname)) {
    headers.set('Content-Security-Policy', 'frame-ancestors https://admin.shopify.com;')
    webServices().shopify.addDocumentHeaders(request, headers)
    return
  }
  headers.set(
    'Content-Security-Policy',
    "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'",
  )
}

/**
 * What loaders and actions throw, but for refusals and for readers who went away. Refusals of the router quote the address, which may
 * hold a creator's link: their status stands in the request's own line.
 */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted || error instanceof Response) return
  if (isRouteErrorResponse(error) && error.status < 500) return
  webServices().services.log.error({ error, requestId: requestScope()?.requestId }, 'request failed')
}
