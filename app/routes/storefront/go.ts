// A creator's short link, as a shopper follows it: /apps/filigree/go/REFERENCE on the shop, sent here by Shopify's app proxy.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { readProxyRequest } from '#app/adapters/shopify/proxy-request.ts'
import { followCreatorLink } from '#app/features/attribution/follow-creator-link.server.ts'
import { webServices } from '../web-services.server.ts'

/** Always a redirect within the shop: a link that is void leads to its front page. Unsigned requests are refused with the reason. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { services, environment } = webServices()
  const visit = await readProxyRequest(request, environment.shopify)
  if (!visit.ok) {
    services.log.warn({ reason: visit.reason }, 'app proxy request refused')
    return new Response(visit.message, {
      status: visit.reason === 'forged' ? 401 : 400,
      headers: { 'cache-control': 'no-store' },
    })
  }
  const followed = await followCreatorLink(services, visit.shopDomain, params.reference ?? '')
  if (!followed.ok)
    services.log.info({ shop: visit.shopDomain, reason: followed.reason }, 'creator link leads nowhere')
  const location = followed.ok ? followed.path : '/'
  // A link can be taken back at any time: no browser may remember where it led.
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } })
}
