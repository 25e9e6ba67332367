import type { LoaderFunctionArgs } from '@remix-run/node'
import { readDataExport } from '#app/features/privacy/data-requests-view.server.ts'
import { requireShop } from './require-shop.server.ts'

/** What is held of one customer who asked, as a file for the merchant to hand on. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const result = await readDataExport(ctx, params.id ?? '')
  if (!result.ok) throw new Response(result.reason, { status: 404 })
  return new Response(result.text, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="data-request.json"',
      'cache-control': 'private, no-store',
    },
  })
}
