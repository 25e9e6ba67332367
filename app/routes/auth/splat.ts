// Pages that Shopify's library renders itself: the bounce page that fetches a session token, and the way out of the iframe.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { webServices } from '../web-services.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await webServices().shopify.authenticateAdmin(request)
  return redirect(`/app${new URL(request.url).search}`)
}
