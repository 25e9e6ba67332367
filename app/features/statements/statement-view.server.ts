// One statement as issued, with the log of its mails.
import { isRowId } from '#app/adapters/db/row-id.ts'
import { questionedLine } from '#app/domain/statements/questioned-line.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { verificationCode } from '#app/domain/statements/verification-code.ts'
import type { ShopContext } from '../context.ts'
import { verifyUrlOf } from './statement-file.server.ts'

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
  verifyUrl: string
  code: string
  /** How and when a self-billed statement was accepted. */
  acceptance: { how: string; acceptedAt: string } | null
  questions: StatementQuestionRow[]
  mails: StatementMail[]
  timeZone: string
}

export interface StatementQuestionRow {
  id: string
  label: string
  question: string
  status: string
  askedAt: string
  answerDueAt: string
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
    const acceptance = await tx.statementAcceptance.findFirst({ where: { shopId, statementId: id } })
    const questions = await tx.statementQuestion.findMany({
      where: { shopId, statementId: id },
      orderBy: [{ askedAt: 'desc' }, { id: 'asc' }],
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
        verifyUrl: verifyUrlOf(ctx.appUrl, ctx.shop.domain),
        code: verificationCode(row.documentHash),
        acceptance: acceptance && { how: acceptance.how, acceptedAt: acceptance.acceptedAt.toISOString() },
        questions: questions.map((question) => ({
          id: question.id,
          label: questionedLine(question.line).label,
          question: question.question,
          status: question.status,
          askedAt: question.askedAt.toISOString(),
          answerDueAt: question.answerDueAt.toISOString(),
        })),
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
