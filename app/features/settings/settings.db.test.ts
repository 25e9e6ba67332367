import { expect, test } from 'vitest'
import { createCreator } from '#tests/factories/creator.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { saveSettings } from './save-settings.server.ts'
import { readSettings } from './settings-view.server.ts'

test('what is saved is what the page shows next', async () => {
  await using ctx = await createPartnerContext()
  const input = {
    returnWindowDays: '14',
    maxTotalShare: '33.33',
    senderName: 'Lumen',
    replyTo: 'studio@lumen.example',
  }
  expect((await saveSettings(ctx, input)).ok).toBe(true)
  expect((await readSettings(ctx)).values).toEqual(input)
})

test('a refused form changes nothing', async () => {
  await using ctx = await createPartnerContext()
  const before = (await readSettings(ctx)).values
  const result = await saveSettings(ctx, { ...before, returnWindowDays: '14', replyTo: 'nowhere' })
  expect(result).toEqual({ ok: false, fields: { replyTo: 'not_an_address' } })
  expect((await readSettings(ctx)).values).toEqual(before)
})

test('a plan that allows fewer creators than are active is marked', async () => {
  await using ctx = await createPartnerContext()
  for (let count = 0; count < 6; count += 1) await createCreator(ctx.db, ctx.shop)
  const { plans, activeCreators } = await readSettings(ctx)
  expect(activeCreators).toBe(6)
  expect(plans.map((plan) => [plan.key, plan.isCurrent, plan.isTooSmall])).toEqual([
    ['free', true, true],
    ['studio', false, false],
    ['atelier', false, false],
  ])
})
