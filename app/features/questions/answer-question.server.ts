// The shop answers a creator's question, once. A correction that comes with the answer is posted by who calls, under the question's own id, so
// that answering twice corrects once.
import { resolveAlert } from '#app/adapters/db/alert-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { hasUnreadable } from '#app/domain/plain-text.ts'
import { type QuestionedLine, questionedLine } from '#app/domain/statements/questioned-line.ts'
import type { ShopContext } from '../context.ts'
import { queueQuestionMail } from './queue-question-mail.server.ts'

export const LONGEST_ANSWER = 4_000

export type AnswerRefusal =
  | 'question_not_found'
  | 'already_answered'
  | 'empty'
  | 'too_long'
  | 'unreadable'
  | 'adjustment_not_found'

export interface OpenQuestion {
  questionId: string
  creatorId: string
  currency: string
  statementNumber: string
  line: QuestionedLine
}

/** Whether this answer could be given now. Call it before posting a correction: a refused answer then leaves the books alone. */
export async function checkAnswer(
  ctx: ShopContext,
  input: { questionId: string; answer: string },
): Promise<{ ok: true; question: OpenQuestion } | { ok: false; reason: AnswerRefusal }> {
  const refusal = refuseText(input.answer)
  if (refusal) return { ok: false, reason: refusal }
  if (!isRowId(input.questionId)) return { ok: false, reason: 'question_not_found' }
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx) => {
    const row = await tx.statementQuestion.findFirst({ where: { shopId, id: input.questionId } })
    if (!row) return { ok: false, reason: 'question_not_found' }
    if (row.status !== 'open') return { ok: false, reason: 'already_answered' }
    const statement = await tx.statement.findUniqueOrThrow({
      where: { id: row.statementId },
      select: { number: true, currency: true },
    })
    return {
      ok: true,
      question: {
        questionId: row.id,
        creatorId: row.creatorId,
        currency: statement.currency,
        statementNumber: statement.number,
        line: questionedLine(row.line),
      },
    }
  })
}

export type AnswerResult =
  | { ok: true; status: 'answered' | 'adjusted' }
  | { ok: false; reason: AnswerRefusal }

/** `adjustmentId`: what was asked for in the books as the outcome; null when the answer is words only. */
export async function answerQuestion(
  ctx: ShopContext,
  input: { questionId: string; answer: string; adjustmentId: string | null; actor: string },
): Promise<AnswerResult> {
  const answer = input.answer.trim()
  const refusal = refuseText(answer)
  if (refusal) return { ok: false, reason: refusal }
  if (!isRowId(input.questionId)) return { ok: false, reason: 'question_not_found' }
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx): Promise<AnswerResult> => {
    const { adjustmentId } = input
    if (adjustmentId !== null && (await tx.adjustment.count({ where: { shopId, id: adjustmentId } })) === 0)
      return { ok: false, reason: 'adjustment_not_found' }
    const now = ctx.clock.now()
    const status = adjustmentId === null ? 'answered' : 'adjusted'
    // The state is part of the condition: of two answers at once, one is given.
    const changed = await tx.statementQuestion.updateMany({
      where: { shopId, id: input.questionId, status: 'open' },
      data: { status, answer, answeredBy: input.actor, answeredAt: now, adjustmentId },
    })
    const row = await tx.statementQuestion.findFirst({ where: { shopId, id: input.questionId } })
    if (!row) return { ok: false, reason: 'question_not_found' }
    if (changed.count === 0) return { ok: false, reason: 'already_answered' }
    await resolveAlert(tx, shopId, overdueKey(row.id), now)
    const creator = await tx.creator.findFirstOrThrow({
      where: { shopId, id: row.creatorId },
      select: { email: true },
    })
    const statement = await tx.statement.findUniqueOrThrow({
      where: { id: row.statementId },
      select: { number: true },
    })
    await queueQuestionMail(ctx, tx, {
      shopId,
      kind: 'question_answered',
      questionId: row.id,
      creatorId: row.creatorId,
      toAddress: creator.email,
      subject: statement.number,
      now,
    })
    return { ok: true, status }
  })
}

export function overdueKey(questionId: string): string {
  return `question_overdue/${questionId}`
}

function refuseText(text: string): AnswerRefusal | null {
  const answer = text.trim()
  if (answer === '') return 'empty'
  if (answer.length > LONGEST_ANSWER) return 'too_long'
  return hasUnreadable(answer) ? 'unreadable' : null
}
