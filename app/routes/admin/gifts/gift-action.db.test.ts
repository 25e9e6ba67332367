import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createCreator } from '#tests/factories/creator.ts'
import { createEuroShop } from '#tests/factories/payouts.ts'
import { answerGiftForm } from './gift-action.server.ts'

test('everything that is wrong with a gift is said at once, and a day to come is none', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const post = (fields: Record<string, string>) => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ formId: randomUUID(), ...fields })) form.set(name, value)
    return answerGiftForm(ctx, { actor: 'user/1', form })
  }
  expect(await post({ creatorId: '', description: ' ', givenOn: '2026-05-05', amount: '-5' })).toEqual({
    ok: false,
    fields: {
      creatorId: 'payouts.problem.unknown_creator',
      description: 'payouts.problem.required',
      givenOn: 'payouts.problem.date_in_future',
      amount: 'payouts.problem.amount_malformed',
    },
  })
  const gift = { creatorId: maya.id, description: 'Ring', givenOn: '2026-05-04', amount: '120,50' }
  expect(await post(gift)).toEqual({ ok: true })
  expect(await post({ ...gift, creatorId: randomUUID() })).toMatchObject({
    ok: false,
    fields: { form: { key: 'payouts.refused.unknown_creator' } },
  })
  const noted = await ctx.db.inShop(ctx.shop.id, (tx) => tx.adjustment.findMany())
  expect(noted.map(({ amountMinor }) => amountMinor)).toEqual([12_050n])
})
