import { ReadableStream } from 'node:stream/web'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportClaims } from '#app/features/claims/export-claims.server.ts'
import { requireShop } from '../require-shop.server.ts'

/** The claim log as newline-delimited JSON, row by row as it is read. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, shop } = await requireShop(request)
  const lines = exportClaims(db, shop.id)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await lines.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(`${next.value}\n`))
    },
    async cancel() {
      await lines.return(undefined)
    },
  })
  return new Response(body as unknown as BodyInit, {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': 'attachment; filename="claim-log.ndjson"',
      'cache-control': 'private, no-store',
    },
  })
}
