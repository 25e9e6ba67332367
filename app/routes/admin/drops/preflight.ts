import type { LoaderFunctionArgs } from '@remix-run/node'
import { readPreflight } from '#app/features/drops/preflight-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const view = await readPreflight(await requireShop(request), params.id ?? '')
  if (!view) throw new Response('No such drop', { status: 404 })
  return view
}
