import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { readYearlyIncome } from '#app/features/tax/yearly-income.server.ts'
import { createAgreement, createCreator } from '#tests/factories/creator.ts'
import { noteWithholding } from '#tests/factories/facts.ts'
import { balances, createEuroShop, credit } from '#tests/factories/payouts.ts'
import { createShop } from '#tests/factories/shop.ts'
import { replayLedger } from '../ledger/replay-ledger.server.ts'
import { verifyLedger } from '../ledger/verify-ledger.server.ts'
import { closePeriods } from '../statements/close-periods.server.ts'
import { rebuildStatement } from '../statements/rebuild-statement.server.ts'
import { readAdvances } from './advance-list-view.server.ts'
import { decideAdvance } from './decide-advance.server.ts'
import { payAdvance } from './pay-advance.server.ts'
import { proposeAdvance } from './propose-advance.server.ts'
import { undoAdvance } from './undo-advance.server.ts'

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

async function pay(ctx: Ctx, creatorId: string, actor = 'user/1', amountMinor = 10_000n, withheldMinor = 0n) {
  const { advanceId } = await propose(ctx, creatorId, amountMinor)
  await decideAdvance(ctx, { advanceId, decision: 'agree', actor: 'user/2' })
  expect(await payAdvance(ctx, { advanceId, withheldMinor, actor })).toEqual({ ok: true, changed: true })
  return advanceId
}
const REASON = 'The transfer was never made'

test('the page says who agreed to an advance and who marked it as paid', async () => {
  const { base, ctx } = await createEuroShop({ adjustmentsNeedSecond: true })
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  await pay(ctx, maya.id, 'user/3')
  const [row] = (await readAdvances(ctx, { page: 1 }, 'user/1')).rows
  expect(row).toMatchObject({ proposedBy: 'user/1', decidedBy: 'user/2', paidBy: 'user/3', journalSeq: '1' })
})

test('an advance that was marked as paid by mistake is undone by a journal of its own, with the reason', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  await noteWithholding(ctx, maya.id, '24')
  const advanceId = await pay(ctx, maya.id, 'user/1', 10_000n, 2_400n)
  const undo = (reason: string) => undoAdvance(ctx, { advanceId, reason, actor: 'user/1' })
  expect(await undo('  ')).toEqual({ ok: false, reason: 'reason_missing' })
  expect(await undo('x'.repeat(301))).toEqual({ ok: false, reason: 'reason_malformed' })
  const twice = await Promise.all([undo(REASON), undo(REASON)])
  expect(twice.map((result) => result.ok && result.changed).sort()).toEqual([false, true])
  expect(await balances(ctx)).toEqual({})
  const reversal = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.journal.findFirstOrThrow({ where: { kind: 'reversal' } }),
  )
  expect(reversal).toMatchObject({
    reversesSeq: 1n,
    arithmetic: { advanceId, reason: 'advance_undone', undoneBy: 'user/1', explanation: REASON },
  })
  const view = await readAdvances(ctx, { page: 1 }, 'user/1')
  expect(view.unrecouped).toEqual([])
  expect(view.rows[0]).toMatchObject({
    mayUndo: false,
    undone: { by: 'user/1', reason: REASON, reversalSeq: '2' },
  })
  const year = await ctx.db.inShop(ctx.shop.id, (tx) =>
    readYearlyIncome(tx, ctx.shop, ctx.clock.now().getUTCFullYear()),
  )
  expect(year).toEqual([])
  expect((await verifyLedger(ctx.db, ctx.shop.id)).findings).toEqual([])
  expect(await replayLedger(ctx.db, ctx.shop.id)).toMatchObject({
    ok: true,
    firstDifference: null,
    takenAsStored: 0,
  })
})

test('where the shop wants two, whoever marked it as paid does not undo it, and the database says so too', async () => {
  const { base, ctx } = await createEuroShop({ adjustmentsNeedSecond: true })
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const advanceId = await pay(ctx, maya.id, 'user/1')
  const undo = (actor: string) => undoAdvance(ctx, { advanceId, reason: REASON, actor })
  expect(await undo('user/1')).toEqual({ ok: false, reason: 'undo_needs_second' })
  expect(await undo('user/unknown')).toEqual({ ok: false, reason: 'person_unknown' })
  expect((await readAdvances(ctx, { page: 1 }, 'user/1')).rows[0]?.mayUndo).toBe(false)
  const data = { undoneAt: ctx.clock.now(), undoneBy: 'user/1', undoneReason: REASON, reversalSeq: 9n }
  const bypass = ctx.db.inShop(ctx.shop.id, (tx) => tx.advance.updateMany({ data }))
  await expect(bypass).rejects.toThrow(/advance_undone_by_second/)
  expect((await readAdvances(ctx, { page: 1 }, 'user/2')).rows[0]?.mayUndo).toBe(true)
  expect(await undo('user/2')).toEqual({ ok: true, changed: true })
})

test('what is not paid, of another shop, or recouped in part is not undone', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const undo = (advanceId: string, context = ctx) =>
    undoAdvance(context, { advanceId, reason: REASON, actor: 'user/2' })
  expect(await undo((await propose(ctx, maya.id)).advanceId)).toEqual({
    ok: false,
    reason: 'advance_not_paid',
  })
  expect(await undo('no id')).toEqual({ ok: false, reason: 'unknown_advance' })
  const advanceId = await pay(ctx, maya.id)
  const other = { ...ctx, shop: await createShop(ctx.db) }
  expect(await undo(advanceId, other)).toEqual({ ok: false, reason: 'unknown_advance' })
  await createAgreement(ctx.db, ctx.shop, maya.id)
  await credit(ctx, maya.id, 4_000n)
  ctx.clock.moveTo('2026-07-01T12:00:00.000Z')
  await closePeriods(ctx)
  expect(await undo(advanceId)).toEqual({ ok: false, reason: 'advance_recouped' })
})

test('an advance that was undone takes nothing of what is earned, also of a month that closes late', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  await createAgreement(ctx.db, ctx.shop, maya.id)
  const paid = await pay(ctx, maya.id, 'user/1', 1_000n)
  ctx.clock.moveTo(new Date(ctx.clock.now().getTime() + 60_000).toISOString())
  const mistaken = await pay(ctx, maya.id, 'user/1', 3_000n)
  await credit(ctx, maya.id, 9_000n)
  ctx.clock.moveTo('2026-07-02T12:00:00.000Z')
  expect(await undoAdvance(ctx, { advanceId: mistaken, reason: REASON, actor: 'user/1' })).toMatchObject({
    ok: true,
  })
  await closePeriods(ctx)
  const recoup = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.journal.findFirstOrThrow({ where: { kind: 'recoup' } }),
  )
  expect(recoup.arithmetic).toMatchObject({
    unrecoupedBeforeMinor: '1000',
    parts: [{ advanceId: paid, amountMinor: '1000' }],
  })
  expect(await balances(ctx)).toMatchObject({ [`creator/${maya.id}/available`]: -8_000n, bank: -1_000n })
  expect((await balances(ctx))[`creator/${maya.id}/advance`] ?? 0n).toBe(0n)
  expect((await verifyLedger(ctx.db, ctx.shop.id)).findings).toEqual([])
  expect(await replayLedger(ctx.db, ctx.shop.id)).toMatchObject({
    ok: true,
    firstDifference: null,
    takenAsStored: 0,
  })
  const rebuilt = await ctx.db.inShop(ctx.shop.id, async (tx) => {
    const issued = await tx.statement.findMany()
    expect(issued.length).toBeGreaterThan(0)
    return Promise.all(issued.map((row) => rebuildStatement(tx, ctx.shop, row.id)))
  })
  expect(rebuilt.every((result) => result.ok && result.matches)).toBe(true)
})
