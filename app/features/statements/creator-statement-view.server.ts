// What a creator's signed link opens: one frozen statement of one shop, and nothing else.
import { readLink, signLink } from '#app/adapters/crypto/signed-link.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import type { ServiceContext } from '../context.ts'

/** Statements are papers that people keep: their links last. */
export const STATEMENT_LINK_DAYS = 400

export interface CreatorStatementView {
  document: StatementDocument
  documentHash: string
}

export type CreatorStatementResult =
  | { ok: true; statement: CreatorStatementView }
  | { ok: false; reason: 'malformed' | 'forged' | 'expired' | 'statement_not_found' }

/** The link that a statement's mail carries. */
export function statementUrl(
  services: Pick<ServiceContext, 'appUrl' | 'linkSecret'>,
  statement: { id: string; shopId: number; issuedAt: Date },
): string {
  const expiresAt = new Date(statement.issuedAt.getTime() + STATEMENT_LINK_DAYS * 86_400_000)
  const token = signLink(
    { kind: 'statement', shopId: statement.shopId, subjectId: statement.id, expiresAt },
    services.linkSecret,
  )
  return `${services.appUrl}/c/statements/${token}`
}

export async function readCreatorStatement(
  services: Pick<ServiceContext, 'db' | 'clock' | 'linkSecret'>,
  token: string,
): Promise<CreatorStatementResult> {
  const read = readLink(token, services.linkSecret, services.clock.now(), 'statement')
  if (!read.ok) return { ok: false, reason: read.reason }
  const { shopId, subjectId } = read.link
  if (!isRowId(subjectId)) return { ok: false, reason: 'malformed' }
  const row = await services.db.inShop(shopId, (tx) =>
    tx.statement.findFirst({
      where: { shopId, id: subjectId },
      select: { document: true, documentHash: true },
    }),
  )
  if (!row) return { ok: false, reason: 'statement_not_found' }
  // Written by the close from this very type and immutable since.
  const document = row.document as unknown as StatementDocument
  return { ok: true, statement: { document, documentHash: row.documentHash } }
}
