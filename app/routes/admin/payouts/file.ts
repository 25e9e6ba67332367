import type { LoaderFunctionArgs } from '@remix-run/node'
import { isPayoutFormat } from '#app/domain/payouts/payout-file.ts'
import { makeRunFile } from '#app/features/payouts/run-file.server.ts'
import { webServices } from '../../web-services.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { actorOf } from './actor.server.ts'
import { refused } from './outcome.ts'

/** The run as a file for a bank or service: `?format=sepa`, `paypal`, `wise` or `csv`. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const format = new URL(request.url).searchParams.get('format')
  if (!isPayoutFormat(format)) throw new Response('unknown format', { status: 400 })
  const { tokenKeys } = webServices().environment
  const file = await makeRunFile(ctx, tokenKeys, { runId: params.id ?? '', format, actor: actorOf(request) })
  if (!file.ok) {
    const status = file.reason === 'unknown_run' ? 404 : 409
    // The page that asked says it in the reader's words.
    return Response.json(refused(file), { status, headers: { 'cache-control': 'no-store' } })
  }
  return new Response(file.bytes as BodyInit, {
    headers: {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${file.fileName}"`,
      'cache-control': 'private, no-store',
    },
  })
}
