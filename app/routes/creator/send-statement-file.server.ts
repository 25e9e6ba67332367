// The PDF or CSV of the statement that a signed link opens.
import type { ServiceContext } from '#app/features/context.ts'
import { readCreatorStatement } from '#app/features/statements/creator-statement-view.server.ts'
import { renderStatementFile, statementFormat } from '#app/features/statements/statement-file.server.ts'
import type { CreatorLimits } from './creator-limits.server.tsx'

/** The address holds a secret: nothing may keep, index or pass it on. */
const PRIVATE = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
}

export async function sendStatementFile(
  services: Pick<ServiceContext, 'db' | 'clock' | 'linkSecret' | 'appUrl'>,
  limits: CreatorLimits,
  request: Request,
  params: { token?: string; format?: string },
): Promise<Response> {
  const token = params.token ?? ''
  const refused = limits.refuse('file', request, token)
  if (refused) return refused
  const format = statementFormat(params.format)
  const result = await readCreatorStatement(services, token)
  if (!format || !result.ok) {
    const hasEnded = !result.ok && (result.reason === 'expired' || result.reason === 'revoked')
    const status = format && hasEnded ? 410 : 404
    return new Response('This link does not open a statement.', { status, headers: PRIVATE })
  }
  const file = await renderStatementFile(result.statement, format)
  return new Response(file.bytes as BodyInit, {
    headers: {
      ...PRIVATE,
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${file.fileName}"`,
    },
  })
}
