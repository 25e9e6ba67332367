// Figures of this process for Prometheus, which asks from the own network. The web process vouches for the visitor's address.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { readMetrics } from '#app/adapters/http/http-metrics.ts'
import { isOwnNetwork } from '#app/adapters/http/own-network.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const headers = { 'cache-control': 'no-store' }
  // How busy a house is, and on what it runs, is nobody else's business.
  if (!isOwnNetwork(request.headers.get('x-forwarded-for') ?? ''))
    return new Response('Not Found', { status: 404, headers })
  const { contentType, text } = await readMetrics()
  return new Response(text, { headers: { ...headers, 'content-type': contentType } })
}
