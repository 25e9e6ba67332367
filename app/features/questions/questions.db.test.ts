import { expect, test } from 'vitest'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { createBookedShop } from '#tests/factories/ledger.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { answerQuestion, checkAnswer } from './answer-question.server.ts'
import { askQuestion, MOST_OPEN } from './ask-question.server.ts'
import { readCreatorQuestions } from './creator-questions-view.server.ts'
import { readQuestions } from './question-list-view.server.ts'
import { remindOverdueQuestions } from './remind-overdue.server.ts'
import { sendQuestionMail } from './send-question-mail.server.ts'

async function statementOf(ctx: PartnerTestContext, number: string) {
  const row = await ctx.db.inShop(ctx.shop.id, (tx) => tx.statement.findFirstOrThrow({ where: { number } }))
  const document = row.document as unknown as StatementDocument
  const line = document.lines[0]
  if (!line) throw new Error('the statement has no line')
  return { link: { shopId: ctx.shop.id, statementId: row.id }, key: line.key, creatorId: row.creatorId }
}

const mailsOf = (ctx: PartnerTestContext, kind: string) =>
  ctx.db.inShop(ctx.shop.id, (tx) => tx.mailDelivery.findMany({ where: { kind } }))

test('a question is kept with what the line said, the shop is told, and its answer reaches the creator', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const { link, key } = await statementOf(ctx, 'MAYA-0001')
  const asked = await askQuestion(ctx, link, { key, question: '  Why two units only?  ' })
  if (!asked.ok) throw new Error(asked.reason)
  const [toShop] = await mailsOf(ctx, 'question_asked')
  expect(toShop?.toAddress).toBe(ctx.shop.email)
  if (!toShop) throw new Error('no mail was asked for')
  expect(await sendQuestionMail(ctx, toShop)).toEqual({ tryAgain: false })
  expect(ctx.outbox[0]?.text).toContain('Why two units only?')

  const open = await readQuestions(ctx, { state: 'open', page: 1 })
  expect(open).toMatchObject({
    openCount: 1,
    overdueCount: 0,
    rows: [{ statementNumber: 'MAYA-0001', isOverdue: false }],
  })
  const input = { questionId: asked.questionId, answer: 'One of them was exchanged.' }
  expect(await checkAnswer(ctx, input)).toMatchObject({
    ok: true,
    question: { statementNumber: 'MAYA-0001' },
  })
  expect(await answerQuestion(ctx, { ...input, adjustmentId: null, actor: 'user/1' })).toEqual({
    ok: true,
    status: 'answered',
  })
  const [toCreator] = await mailsOf(ctx, 'question_answered')
  if (!toCreator) throw new Error('no answer was mailed')
  await sendQuestionMail(ctx, toCreator)
  const answer = ctx.outbox.at(-1)
  expect(answer?.to).toBe('maya@creators.example')
  expect(answer?.text).toContain('One of them was exchanged.')
  expect(answer?.text).toMatch(/\/c\/statements\/[\w.-]+/)
  const { questions } = await readCreatorQuestions(ctx, link)
  expect(questions).toMatchObject([
    { status: 'answered', question: 'Why two units only?', adjustmentMinor: null },
  ])
})

test('of two answers at once one is given, and one mail goes out', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const { link, key } = await statementOf(ctx, 'MAYA-0001')
  const asked = await askQuestion(ctx, link, { key, question: 'Why?' })
  if (!asked.ok) throw new Error(asked.reason)
  const answer = (text: string) =>
    answerQuestion(ctx, { questionId: asked.questionId, answer: text, adjustmentId: null, actor: 'user/1' })
  const results = await Promise.all([answer('First'), answer('Second')])
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(results.find((result) => !result.ok)).toEqual({ ok: false, reason: 'already_answered' })
  expect(await mailsOf(ctx, 'question_answered')).toHaveLength(1)
})

test.each([
  ['empty', { question: '   ' }],
  ['too_long', { question: 'x'.repeat(2_001) }],
  ['unreadable', { question: 'a\u0000b' }],
  ['unknown_line', { key: 'not/a/line', question: 'Why?' }],
] as const)('what cannot be asked is refused: %s', async (reason, changes) => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const { link, key } = await statementOf(ctx, 'MAYA-0001')
  expect(await askQuestion(ctx, link, { key, ...changes })).toEqual({ ok: false, reason })
  expect(await mailsOf(ctx, 'question_asked')).toEqual([])
})

test('one click too many asks once, and open questions have a bound', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const { link, key } = await statementOf(ctx, 'MAYA-0001')
  const twice = await Promise.all([1, 2].map(() => askQuestion(ctx, link, { key, question: 'Why?' })))
  expect(twice.map((result) => result.ok || result.reason).sort()).toEqual(['already_asked', true])
  for (let count = 1; count < MOST_OPEN; count += 1)
    expect((await askQuestion(ctx, link, { key, question: `Why ${count}?` })).ok).toBe(true)
  expect(await askQuestion(ctx, link, { key: 'whole', question: 'One more?' })).toEqual({
    ok: false,
    reason: 'too_many_open',
  })
})

test('the time for questions ends, and a statement of another shop cannot be asked about', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const { link, key } = await statementOf(ctx, 'MAYA-0001')
  const stranger = { ...link, shopId: link.shopId + 1 }
  expect(await askQuestion(ctx, stranger, { key, question: 'Why?' })).toEqual({
    ok: false,
    reason: 'statement_not_found',
  })
  ctx.clock.moveTo('2026-09-01T12:00:00Z')
  expect(await askQuestion(ctx, link, { key, question: 'Why?' })).toEqual({
    ok: false,
    reason: 'window_closed',
  })
})

test('a question that waits too long becomes one alert, which its answer resolves', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const { link, key } = await statementOf(ctx, 'MAYA-0001')
  const asked = await askQuestion(ctx, link, { key, question: 'Why?' })
  if (!asked.ok) throw new Error(asked.reason)
  const alerts = () =>
    ctx.db.inShop(ctx.shop.id, (tx) =>
      tx.alert.findMany({ where: { kind: 'question_overdue', resolvedAt: null } }),
    )
  // Monday 4 May and five working days.
  expect(await remindOverdueQuestions(ctx)).toEqual({
    overdue: 0,
    nextAt: new Date('2026-05-12T04:00:00.000Z'),
  })
  ctx.clock.moveTo('2026-05-12T04:00:00Z')
  expect(await remindOverdueQuestions(ctx)).toEqual({ overdue: 1, nextAt: null })
  await remindOverdueQuestions(ctx)
  expect(await alerts()).toHaveLength(1)
  expect((await readQuestions(ctx, { state: 'open', page: 1 })).overdueCount).toBe(1)
  await answerQuestion(ctx, {
    questionId: asked.questionId,
    answer: 'So.',
    adjustmentId: null,
    actor: 'user/1',
  })
  expect(await alerts()).toEqual([])
})

test('of questions that are due on one day, whoever asked first comes first', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const { link, key } = await statementOf(ctx, 'MAYA-0001')
  const words = ['first', 'second', 'third', 'fourth', 'fifth']
  for (const [minute, question] of words.entries()) {
    ctx.clock.moveTo(`2026-05-04T15:0${minute}:00Z`)
    expect((await askQuestion(ctx, link, { key, question })).ok).toBe(true)
  }
  const { rows } = await readQuestions(ctx, { state: 'open', page: 1 })
  expect(rows.map(({ question }) => question)).toEqual(words)
})
