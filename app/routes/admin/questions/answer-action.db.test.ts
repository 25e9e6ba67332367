import { expect, test } from 'vitest'
import { askQuestion } from '#app/features/questions/ask-question.server.ts'
import { readCreatorQuestions } from '#app/features/questions/creator-questions-view.server.ts'
import { createBookedShop } from '#tests/factories/ledger.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { answerFromForm } from './answer-action.server.ts'

async function askedAboutFirstLine(ctx: PartnerTestContext) {
  await createBookedShop(ctx)
  const row = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.statement.findFirstOrThrow({ where: { number: 'MAYA-0001' } }),
  )
  const link = { shopId: ctx.shop.id, statementId: row.id }
  const [line] = (row.document as unknown as { lines: Array<{ key: string }> }).lines
  const asked = await askQuestion(ctx, link, { key: line?.key ?? '', question: 'Was the engraving counted?' })
  if (!asked.ok) throw new Error(asked.reason)
  return { link, questionId: asked.questionId }
}

function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

const journalsOf = (ctx: PartnerTestContext) =>
  ctx.db.inShop(ctx.shop.id, (tx) => tx.journal.findMany({ where: { kind: 'correction' } }))

test('an answer that puts something right posts its correction once, however often it is sent', async () => {
  await using ctx = await createPartnerContext()
  const { link, questionId } = await askedAboutFirstLine(ctx)
  const send = () =>
    answerFromForm(
      ctx,
      form({ intent: 'answer', questionId, answer: 'It was not. Here it is.', amount: '2,50' }),
      'user/1',
    )
  const results = await Promise.all([send(), send()])
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(await send()).toEqual({ ok: false, reason: 'already_answered' })
  const journals = await journalsOf(ctx)
  expect(journals).toHaveLength(1)
  expect(journals[0]?.arithmetic).toMatchObject({
    statementNumber: 'MAYA-0001',
    line: '1',
    amountMinor: '250',
  })
  const { questions } = await readCreatorQuestions(ctx, link)
  expect(questions).toMatchObject([{ status: 'adjusted', adjustmentMinor: '250' }])
})

test('a refused answer leaves the books alone', async () => {
  await using ctx = await createPartnerContext()
  const { questionId } = await askedAboutFirstLine(ctx)
  const send = (fields: Record<string, string>) =>
    answerFromForm(ctx, form({ intent: 'answer', questionId, ...fields }), 'user/1')
  expect(await send({ answer: ' ', amount: '5' })).toEqual({ ok: false, reason: 'empty' })
  expect(await send({ answer: 'Here.', amount: 'five' })).toEqual({ ok: false, reason: 'not_a_decimal' })
  expect(await send({ answer: 'Here.', amount: '0' })).toEqual({ ok: false, reason: 'zero_amount' })
  expect(await send({ answer: 'Here.', amount: '1.234' })).toEqual({ ok: false, reason: 'too_many_decimals' })
  expect(await journalsOf(ctx)).toEqual([])
})

test('where a second person is needed, the creator is not promised what nobody has agreed to', async () => {
  await using ctx = await createPartnerContext()
  const { link, questionId } = await askedAboutFirstLine(ctx)
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.shop.update({ where: { id: ctx.shop.id }, data: { adjustmentsNeedSecond: true } }),
  )
  const fields = form({ intent: 'answer', questionId, answer: 'We look into it.', amount: '2.50' })
  expect(await answerFromForm(ctx, fields, 'user/1')).toEqual({ ok: true, status: 'adjusted' })
  expect(await journalsOf(ctx)).toEqual([])
  const { questions } = await readCreatorQuestions(ctx, link)
  expect(questions).toMatchObject([{ status: 'answered', adjustmentMinor: null }])
})
