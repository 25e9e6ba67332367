// The shop's answer to a question, with the correction that comes of it. The correction carries the question's id: sent twice, it is posted once.
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import { proposeAdjustment } from '#app/features/adjustments/propose-adjustment.server.ts'
import type { ShopContext } from '#app/features/context.ts'
import {
  answerQuestion,
  checkAnswer,
  type OpenQuestion,
} from '#app/features/questions/answer-question.server.ts'

export type AnswerOutcome = { ok: true; status: string } | { ok: false; reason: string }

export async function answerFromForm(
  ctx: ShopContext,
  form: FormData,
  actor: string,
): Promise<AnswerOutcome> {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  if (text('intent') !== 'answer') throw new Response('unknown intent', { status: 400 })
  const input = { questionId: text('questionId'), answer: text('answer') }
  const checked = await checkAnswer(ctx, input)
  if (!checked.ok) return checked
  const { question } = checked
  const correction = form.has('amount')
    ? await correct(ctx, question, text('amount'), input.answer, actor)
    : null
  if (correction && !correction.ok) return correction
  const adjustmentId = correction?.adjustmentId ?? null
  return answerQuestion(ctx, { ...input, adjustmentId, actor })
}

type Correction = { ok: true; adjustmentId: string } | { ok: false; reason: string }

async function correct(
  ctx: ShopContext,
  question: OpenQuestion,
  typed: string,
  answer: string,
  actor: string,
): Promise<Correction> {
  const amount = parseAmount(typed.trim().replace(',', '.'), question.currency)
  if (!amount.ok) return { ok: false, reason: amount.reason }
  if (amount.minor === 0n) return { ok: false, reason: 'zero_amount' }
  const { line } = question
  const result = await proposeAdjustment(ctx, {
    formId: question.questionId,
    actor,
    kind: 'answer',
    creatorId: question.creatorId,
    orderId: null,
    account: 'correction-expense',
    amountMinor: amount.minor,
    currency: question.currency,
    incomeType: null,
    reason: answer.trim().slice(0, 1_000),
    facts: {
      questionId: question.questionId,
      statementNumber: question.statementNumber,
      lineKey: line.key,
      ...(line.position === null ? {} : { line: String(line.position) }),
    },
  })
  if (!result.ok) return { ok: false, reason: result.reason }
  // Refused by the second person since: the words must not promise it.
  if (result.status === 'rejected') return { ok: false, reason: 'correction_rejected' }
  return { ok: true, adjustmentId: result.adjustmentId }
}
