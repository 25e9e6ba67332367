// What a creator's signed link opens: one frozen statement of one shop, and nothing else.
import { readLink } from '#app/adapters/crypto/signed-link.ts'
import { generationMark, signStatementLink } from '#app/adapters/crypto/statement-link.ts'
import { readLinkGeneration } from '#app/adapters/db/link-generation.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { presentStatement, type StatementFacts } from '#app/adapters/email/presentation/statement-facts.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import type { ServiceContext } from '../context.ts'
import { verifyUrlOf } from './statement-file.server.ts'

export interface CreatorStatementView {
  document: StatementDocument
  documentHash: string
  /** The document written out in the creator's language. */
  facts: StatementFacts
  verifyUrl: string
  /** The shop and statement that the link is for. */
  shopId: number
  statementId: string
}

export type CreatorStatementResult =
  | { ok: true; statement: CreatorStatementView }
  | { ok: false; reason: 'malformed' | 'forged' | 'expired' | 'revoked' | 'statement_not_found' }

/** The link that a statement's mail carries. `linkGeneration`: the creator's of this moment, as `readLinkGeneration` tells. */
export function statementUrl(
  services: Pick<ServiceContext, 'appUrl' | 'linkSecret' | 'clock'>,
  statement: { id: string; shopId: number },
  linkGeneration: number,
): string {
  return signStatementLink(services, statement, linkGeneration).url
}

export async function readCreatorStatement(
  services: Pick<ServiceContext, 'db' | 'clock' | 'linkSecret' | 'appUrl'>,
  token: string,
): Promise<CreatorStatementResult> {
  const read = readLink(token, services.linkSecret, services.clock.now(), 'statement')
  if (!read.ok) return { ok: false, reason: read.reason }
  const { shopId, subjectId, nonce } = read.link
  if (!isRowId(subjectId)) return { ok: false, reason: 'malformed' }
  const found = await services.db.inShop(shopId, async (tx) => {
    const row = await tx.statement.findFirst({
      where: { shopId, id: subjectId },
      select: { document: true, documentHash: true, creatorId: true },
    })
    if (!row) return null
    const { domain } = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { domain: true } })
    return { row, domain, generation: await readLinkGeneration(tx, row.creatorId) }
  })
  if (!found) return { ok: false, reason: 'statement_not_found' }
  if (nonce !== generationMark(found.generation).nonce) return { ok: false, reason: 'revoked' }
  const { row } = found
  // Written by the close from this very type and immutable since.
  const document = row.document as unknown as StatementDocument
  const { documentHash } = row
  return {
    ok: true,
    statement: {
      document,
      documentHash,
      facts: presentStatement(document, { hash: documentHash }),
      verifyUrl: verifyUrlOf(services.appUrl, found.domain),
      shopId,
      statementId: subjectId,
    },
  }
}
