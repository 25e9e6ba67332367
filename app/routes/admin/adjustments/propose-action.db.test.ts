import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createCreator } from '#tests/factories/creator.ts'
import { createEuroShop } from '#tests/factories/payouts.ts'
import { proposeFromForm } from './propose-action.server.ts'

test('the place on a statement is kept without what a database refuses, whatever was pasted', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const form = new FormData()
  const fields = {
    formId: randomUUID(),
    kind: 'creator_correction',
    creatorId: maya.id,
    account: 'correction-expense',
    amount: '12,50',
    direction: 'credit',
    reason: 'Counted twice',
    statementNumber: `${'M'.repeat(59)}\u{1F48D}`,
    statementLine: 'Moon ring\u0000 40',
  }
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  expect(await proposeFromForm(ctx, form, 'user/1')).toEqual({ ok: true })
  const row = await ctx.db.inShop(ctx.shop.id, (tx) => tx.adjustment.findFirstOrThrow())
  expect(row.facts).toEqual({ statementNumber: 'M'.repeat(59), line: 'Moon ring 40' })
})
