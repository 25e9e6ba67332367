// One statement as issued, with the log of its mails.
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import type { ShopContext } from '../context.ts'

export interface StatementMail {
  id: string
  toAddress: string
  status: string
  attempts: number
  lastError: string | null
  requestedAt: string
  sentAt: string | null
}

export interface StatementView {
  id: string
  creatorId: string
  creatorName: string
  document: StatementDocument
  /** Hex of the document's canonical text; the creator's copy prints the same. */
  documentHash: string
  mails: StatementMail[]
  timeZone: string
}

export type StatementResult =
  | { ok: true; statement: StatementView }
  | { ok: false; reason: 'statement_not_found' }

export async function readStatement(ctx: ShopContext, id: string): Promise<StatementResult> {
  if (!isRowId(id)) return { ok: false, reason: 'statement_not_found' }
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx) => {
    const row = await tx.statement.findFirst({ where: { shopId, id } })
    if (!row) return { ok: false, reason: 'statement_not_found' }
    const creator = await tx.creator.findFirst({
      where: { shopId, id: row.creatorId },
      select: { name: true },
    })
    const mails = await tx.mailDelivery.findMany({
      where: { shopId, subjectId: id, kind: 'statement' },
      orderBy: [{ requestedAt: 'desc' }, { id: 'asc' }],
      take: 50,
    })
    return {
      ok: true,
      statement: {
        id: row.id,
        creatorId: row.creatorId,
        creatorName: creator?.name ?? '',
        // Written by the close from this very type and immutable since.
        document: row.document as unknown as StatementDocument,
        documentHash: row.documentHash,
        mails: mails.map((mail) => ({
          id: mail.id,
          toAddress: mail.toAddress,
          status: mail.status,
          attempts: mail.attempts,
          lastError: mail.lastError,
          requestedAt: mail.requestedAt.toISOString(),
          sentAt: mail.sentAt?.toISOString() ?? null,
        })),
        timeZone: ctx.shop.timeZone,
      },
    }
  })
}
