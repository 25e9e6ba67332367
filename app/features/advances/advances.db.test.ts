import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createCreator } from '#tests/factories/creator.ts'
import { noteWithholding } from '#tests/factories/facts.ts'
import { balances, createEuroShop } from '#tests/factories/payouts.ts'
import { verifyLedger } from '../ledger/verify-ledger.server.ts'
import { readAdvances } from './advance-list-view.server.ts'
import { decideAdvance } from './decide-advance.server.ts'
import { payAdvance } from './pay-advance.server.ts'
import { proposeAdvance } from './propose-advance.server.ts'

type Ctx = Awaited<ReturnType<typeof createEuroShop>>['ctx']

async function propose(ctx: Ctx, creatorId: string, amountMinor = 10_000n) {
  const formId = randomUUID()
  const terms = { agreementId: null, currency: 'EUR', recoupBps: 5_000, note: '', actor: 'user/1' }
  const result = await proposeAdvance(ctx, { formId, creatorId, amountMinor, ...terms })
  return { advanceId: formId, status: result.ok ? result.status : result.reason }
}

test('where the shop wants two, nobody pays an advance that the other has not agreed to', async () => {
  const { base, ctx } = await createEuroShop({ adjustmentsNeedSecond: true })
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const { advanceId, status } = await propose(ctx, maya.id)
  expect(status).toBe('proposed')
  const pay = (actor: string) => payAdvance(ctx, { advanceId, withheldMinor: 0n, actor })
  const agree = (actor: string) => decideAdvance(ctx, { advanceId, decision: 'agree', actor })
  expect(await pay('user/2')).toEqual({ ok: false, reason: 'second_person_needed' })
  expect(await agree('user/1')).toEqual({ ok: false, reason: 'second_person_needed' })
  expect((await readAdvances(ctx, { page: 1 }, 'user/1')).rows[0]?.mayAgree).toBe(false)
  expect((await readAdvances(ctx, { page: 1 }, 'user/2')).rows[0]?.mayAgree).toBe(true)
  expect(await agree('user/2')).toEqual({ ok: true, status: 'agreed', changed: true })
  expect(await pay('user/1')).toEqual({ ok: true, changed: true })
  expect(await balances(ctx)).toEqual({ bank: -10_000n, [`creator/${maya.id}/advance`]: 10_000n })
})

test('an advance keeps the rule that it was proposed under', async () => {
  const { base, ctx } = await createEuroShop({ adjustmentsNeedSecond: true })
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const { advanceId } = await propose(ctx, maya.id)
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.shop.update({ where: { id: ctx.shop.id }, data: { adjustmentsNeedSecond: false } }),
  )
  expect(await decideAdvance(ctx, { advanceId, decision: 'agree', actor: 'user/1' })).toEqual({
    ok: false,
    reason: 'second_person_needed',
  })
  expect((await propose(ctx, maya.id)).status).toBe('agreed')
})

test('what was agreed to and not paid can be taken back, and is not paid then', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const { advanceId } = await propose(ctx, maya.id)
  const withdraw = () => decideAdvance(ctx, { advanceId, decision: 'reject', actor: 'user/3' })
  const [paid, taken] = await Promise.all([
    payAdvance(ctx, { advanceId, withheldMinor: 0n, actor: 'user/1' }),
    withdraw(),
  ])
  expect([paid.ok, taken.ok].filter(Boolean)).toHaveLength(1)
  expect(Object.keys(await balances(ctx))).toHaveLength(paid.ok ? 2 : 0)
})

test('a rate in force is withheld from an advance as from a payout, and only what the page said is booked', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const { advanceId } = await propose(ctx, maya.id)
  const shown = (await readAdvances(ctx, { page: 1 }, 'user/1')).rows[0]
  expect(shown).toMatchObject({ withheldMinor: '0', netMinor: '10000' })
  await noteWithholding(ctx, maya.id, '24')
  const pay = (withheldMinor: bigint) => payAdvance(ctx, { advanceId, withheldMinor, actor: 'user/1' })
  expect(await pay(0n)).toEqual({ ok: false, reason: 'withholding_changed' })
  expect((await readAdvances(ctx, { page: 1 }, 'user/1')).rows[0]).toMatchObject({
    withheldMinor: '2400',
    netMinor: '7600',
  })
  expect(await pay(2_400n)).toEqual({ ok: true, changed: true })
  expect(await balances(ctx)).toEqual({
    bank: -7_600n,
    [`creator/${maya.id}/advance`]: 10_000n,
    'withholding-payable': -2_400n,
  })
  const row = await ctx.db.inShop(ctx.shop.id, (tx) => tx.advance.findFirstOrThrow())
  expect(row).toMatchObject({ withheldMinor: 2_400n, withholding: { bps: 2_400, reason: 'treaty' } })
  // What was withheld stays as it was, whatever the rate becomes.
  await noteWithholding(ctx, maya.id, '10')
  expect((await readAdvances(ctx, { page: 1 }, 'user/1')).rows[0]?.withheldMinor).toBe('2400')
  expect((await verifyLedger(ctx.db, ctx.shop.id)).findings).toEqual([])
})
