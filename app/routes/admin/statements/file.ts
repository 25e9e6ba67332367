import type { LoaderFunctionArgs } from '@remix-run/node'
import { renderStatementFile, statementFormat } from '#app/features/statements/statement-file.server.ts'
import { readStatement } from '#app/features/statements/statement-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

/** The statement's bytes, rendered from its frozen document: `?format=pdf` or `?format=csv`. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const format = statementFormat(new URL(request.url).searchParams.get('format'))
  if (!format) throw new Response('format must be pdf or csv', { status: 400 })
  const result = await readStatement(ctx, params.id ?? '')
  if (!result.ok) throw new Response(result.reason, { status: 404 })
  const file = await renderStatementFile(result.statement, format)
  return new Response(file.bytes as BodyInit, {
    headers: {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${file.fileName}"`,
      'cache-control': 'private, no-store',
    },
  })
}
