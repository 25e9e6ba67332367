// The readers of the screens, on a shop with something in every list. Each must stay one or few statements, however many rows.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createAgreement, createCreator } from '#tests/factories/creator.ts'
import {
  approvedRun,
  chosen,
  createEuroShop,
  createPayable,
  credit,
  draftRun,
  revisionOf,
} from '#tests/factories/payouts.ts'
import { readAdjustmentForm, readAdjustments } from '../adjustments/adjustment-list-view.server.ts'
import { readAdvances } from '../advances/advance-list-view.server.ts'
import { decideAdvance } from '../advances/decide-advance.server.ts'
import { payAdvance } from '../advances/pay-advance.server.ts'
import { proposeAdvance } from '../advances/propose-advance.server.ts'
import { readJournal } from '../ledger/journal-view.server.ts'
import { closePeriods } from '../statements/close-periods.server.ts'
import { createRun } from './create-run.server.ts'
import { readCreatorPayouts } from './creator-payouts-view.server.ts'
import { readPreview } from './preview-view.server.ts'
import { readRunList } from './run-list-view.server.ts'
import { readRun } from './run-view.server.ts'
import { sendRun } from './send-run.server.ts'
import { failPayout } from './settle-payout.server.ts'

test('every list shows what stands there', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 12_000n, { name: 'Maya' })
  const noah = await createPayable(ctx, 8_000n, { name: 'Noah' })
  const ines = await createCreator(ctx.db, ctx.shop, { name: 'Ines' })
  await credit(ctx, ines.id, -500n)
  const runId = await approvedRun(ctx, [maya.id])
  await sendRun(ctx, { runId, revision: await revisionOf(ctx, runId), actor: 'user/1' })
  const [payout] = await ctx.db.inShop(ctx.shop.id, (tx) => tx.payout.findMany({ where: { runId } }))
  await failPayout(ctx, { payoutId: payout?.id ?? '', actor: 'user/1', failure: 'AC04 closed' })
  const draft = await draftRun(ctx, [noah.id])
  const told = await readJournal(ctx, String(payout?.journalSeq))
  expect(told).toMatchObject({ ok: true, journal: { payoutRun: { id: runId, number: 1 } } })

  const preview = await readPreview(ctx, null)
  expect(preview.rows.map((row) => [row.creatorName, row.grossMinor, row.verdict, row.exceptions])).toEqual([
    ['Ines', '0', 'blocked', ['negative', 'no_method']],
    ['Maya', '12000', 'ready', []],
    ['Noah', '0', 'blocked', ['nothing_due']],
  ])
  const list = await readRunList(ctx, 1)
  expect(list.rows).toMatchObject([
    { number: 2, status: 'draft', payouts: 1, netMinor: '8000', onItsWay: 0, failed: 0 },
    { number: 1, status: 'finished', payouts: 1, netMinor: '12000', failed: 1 },
  ])
  expect(list.due).toEqual([{ currency: 'EUR', amountMinor: '12000', creators: 1 }])
  const run = await readRun(ctx, runId, 'user/1')
  expect(run).toMatchObject({
    status: 'finished',
    approvedByMe: true,
    // Its only payout came back: no file is to pay anybody any more.
    formats: [],
    payouts: [{ status: 'failed', failureReason: 'AC04 closed', creatorName: 'Maya', mailStatus: 'queued' }],
  })
  expect(run?.events.map(({ kind }) => kind).sort()).toEqual(
    ['payout_failed', 'run_approved', 'run_created', 'run_sent'].sort(),
  )
  expect(await readRun(ctx, 'nothing', 'user/1')).toBeNull()
  expect((await readRun(ctx, draft, 'user/2'))?.approvedByMe).toBe(false)
  expect(await readCreatorPayouts(ctx, maya.id)).toMatchObject({
    methods: [{ kind: 'sepa', ending: '3000', currency: 'EUR', holdUntil: null }],
    riskHold: null,
    balances: [{ bucket: 'available', amountMinor: '12000' }],
    payouts: [{ runNumber: 1, status: 'failed' }],
  })
  expect(await readCreatorPayouts(ctx, randomUUID())).toBeNull()
  const adjustments = await readAdjustments(
    ctx,
    { status: 'posted', kind: 'creator_correction', page: 1 },
    'user/1',
  )
  expect(adjustments.rows).toHaveLength(3)
  expect(adjustments.rows.every(({ mayDecide, journalSeq }) => !mayDecide && journalSeq !== null)).toBe(true)
  expect((await readAdjustmentForm(ctx, '12')).suspense).toBeNull()
})

test('an advance is open until it is recouped, paid once, and may be taken back only before it was paid', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop, { name: 'Maya' })
  const advance = {
    creatorId: maya.id,
    agreementId: null,
    currency: 'EUR',
    recoupBps: 5_000,
    note: '',
    actor: 'u',
  }
  const [first, second] = [randomUUID(), randomUUID()]
  await proposeAdvance(ctx, { ...advance, formId: first, amountMinor: 5_000n })
  await proposeAdvance(ctx, { ...advance, formId: first, amountMinor: 5_000n })
  await proposeAdvance(ctx, { ...advance, formId: second, amountMinor: 700n })
  expect(await proposeAdvance(ctx, { ...advance, formId: randomUUID(), amountMinor: 0n })).toMatchObject({
    reason: 'amount_not_positive',
  })
  const pay = (advanceId: string) => payAdvance(ctx, { advanceId, withheldMinor: 0n, actor: 'u' })
  const reject = (advanceId: string) => decideAdvance(ctx, { advanceId, decision: 'reject', actor: 'u' })
  expect(await pay(first)).toEqual({ ok: true, changed: true })
  expect(await pay(first)).toEqual({ ok: true, changed: false })
  expect(await reject(first)).toEqual({ ok: false, reason: 'advance_is_paid' })
  expect(await reject(second)).toMatchObject({ ok: true, changed: true })
  expect(await reject(second)).toMatchObject({ ok: true, changed: false })
  expect(await pay(second)).toEqual({ ok: false, reason: 'already_rejected' })
  const view = await readAdvances(ctx, { page: 1 }, 'u')
  const rows = view.rows.map(({ amountMinor, status, paidAt }) => [amountMinor, status, paidAt !== null])
  expect(rows.sort()).toEqual([
    ['5000', 'agreed', true],
    ['700', 'rejected', false],
  ])
  expect(view.unrecouped).toEqual([
    { creatorId: maya.id, creatorName: 'Maya', amountMinor: '5000', currency: 'EUR' },
  ])
})

test('a payout says what was earned and what of it went to advances, since the payout before', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 10_000n, { name: 'Maya' })
  await createAgreement(ctx.db, ctx.shop, maya.id)
  const formId = randomUUID()
  const terms = { agreementId: null, currency: 'EUR', recoupBps: 5_000, note: '', actor: 'user/1' }
  await proposeAdvance(ctx, { ...terms, formId, creatorId: maya.id, amountMinor: 4_000n })
  await payAdvance(ctx, { advanceId: formId, withheldMinor: 0n, actor: 'user/1' })
  const closeMonth = async (at: string) => {
    ctx.clock.moveTo(at)
    await closePeriods(ctx)
  }
  const payoutOf = async (runId: string) => {
    const [payout] = (await readRun(ctx, runId, 'user/1'))?.payouts ?? []
    return [payout?.grossMinor, payout?.recoupedMinor]
  }
  await closeMonth('2026-07-01T12:00:00.000Z')
  const runOn = async (executeOn: string) => {
    const runId = randomUUID()
    const asked = { formId: runId, currency: 'EUR', executeOn, actor: 'user/1' }
    expect(await createRun(ctx, { ...asked, chosen: await chosen(ctx, [maya.id]) })).toMatchObject({
      ok: true,
    })
    return runId
  }
  const first = await runOn('2026-07-03')
  expect(await payoutOf(first)).toEqual(['6000', '4000'])
  ctx.clock.moveTo('2026-07-02T12:00:00.000Z')
  await credit(ctx, maya.id, 3_000n)
  const second = await runOn('2026-07-03')
  // What went to the advance stands with the payout that it made smaller.
  expect(await payoutOf(second)).toEqual(['3000', '0'])
  expect(await payoutOf(first)).toEqual(['6000', '4000'])
})
