import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { noteWithholding } from '#tests/factories/facts.ts'
import {
  approvedRun,
  balances,
  chosen,
  createEuroShop,
  createPayable,
  credit,
  draftRun,
  revisionOf,
} from '#tests/factories/payouts.ts'
import { approveRun } from './approve-run.server.ts'
import { createRun } from './create-run.server.ts'
import { holdPayouts } from './hold-payouts.server.ts'
import { retryPayout } from './retry-payout.server.ts'
import { sendRun } from './send-run.server.ts'
import { confirmPayout, confirmRun, failPayout, voidPayout } from './settle-payout.server.ts'
import { voidRun } from './void-run.server.ts'

type Ctx = Awaited<ReturnType<typeof createEuroShop>>['ctx']

async function payoutsOf(ctx: Ctx, runId: string) {
  return ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.payout.findMany({ where: { runId }, orderBy: { grossMinor: 'desc' } }),
  )
}
async function statusOf(ctx: Ctx, runId: string) {
  return ctx.db.inShop(
    ctx.shop.id,
    async (tx) => (await tx.payoutRun.findUniqueOrThrow({ where: { id: runId } })).status,
  )
}
async function send(ctx: Ctx, runId: string) {
  return sendRun(ctx, { runId, revision: await revisionOf(ctx, runId), actor: 'user/1' })
}

test('a run goes its way: the money leaves the balance when it is sent and the bank when it is confirmed', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 12_345n, { name: 'Maya' })
  await noteWithholding(ctx, maya.id, '10')
  const runId = await approvedRun(ctx, [maya.id])
  expect(await balances(ctx)).toMatchObject({ [`creator/${maya.id}/available`]: -12_345n })
  expect(await send(ctx, runId)).toEqual({ ok: true, changed: true })
  expect(await balances(ctx)).toEqual({
    'correction-expense': 12_345n,
    'payouts-in-transit': -11_110n,
    'withholding-payable': -1_235n,
  })
  const [payout] = await payoutsOf(ctx, runId)
  expect(payout).toMatchObject({
    status: 'sent',
    grossMinor: 12_345n,
    withheldMinor: 1_235n,
    netMinor: 11_110n,
    withholding: { bps: 1_000, reason: 'treaty', note: 'Art. 12' },
  })
  expect(payout?.income).toEqual([{ incomeType: 'commission_service', amountMinor: '12345' }])
  expect(await confirmRun(ctx, { runId, actor: 'user/1' })).toEqual({ ok: true, confirmed: 1 })
  expect(await balances(ctx)).toEqual({
    'correction-expense': 12_345n,
    bank: -11_110n,
    'withholding-payable': -1_235n,
  })
  expect(await statusOf(ctx, runId)).toBe('finished')
  expect(await ctx.queue.pending()).toMatchObject({ 'send-mail': 2 })
})

test('the same form sent twice, at once or later, makes one run', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 5_000n)
  const formId = randomUUID()
  const input = {
    formId,
    currency: 'EUR',
    executeOn: '2026-05-06',
    chosen: await chosen(ctx, [maya.id]),
    actor: 'user/1',
  }
  const results = await Promise.all([createRun(ctx, input), createRun(ctx, input), createRun(ctx, input)])
  expect(results).toEqual(Array(3).fill({ ok: true, runId: formId }))
  expect(await createRun(ctx, input)).toEqual({ ok: true, runId: formId })
  expect(await payoutsOf(ctx, formId)).toHaveLength(1)
})

test('of two people who pay from the same preview, the second is told that it is outdated', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 5_000n, { name: 'Maya' })
  const shown = await chosen(ctx, [maya.id])
  const pay = (actor: string) =>
    createRun(ctx, { formId: randomUUID(), currency: 'EUR', executeOn: '2026-05-06', chosen: shown, actor })
  const results = await Promise.all([pay('user/1'), pay('user/2')])
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(results.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'preview_outdated', creators: ['Maya'] })
  await credit(ctx, maya.id, 700n)
  const runId = await draftRun(ctx, [maya.id])
  expect(await payoutsOf(ctx, runId)).toMatchObject([{ grossMinor: 700n }])
})

test('a run that is marked as sent by everybody at once posts once', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 5_000n)
  const noah = await createPayable(ctx, 3_000n)
  const runId = await approvedRun(ctx, [maya.id, noah.id])
  const revision = await revisionOf(ctx, runId)
  const results = await Promise.all(
    ['user/1', 'user/2', 'user/3'].map((actor) => sendRun(ctx, { runId, revision, actor })),
  )
  expect(results.map((result) => result.ok && result.changed).sort()).toEqual([false, false, true])
  expect((await balances(ctx))['payouts-in-transit']).toBe(-8_000n)
})

test('a balance that fell since the run was made stops it, until that payout is taken out', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 5_000n, { name: 'Maya' })
  const noah = await createPayable(ctx, 3_000n, { name: 'Noah' })
  const runId = await approvedRun(ctx, [maya.id, noah.id])
  await credit(ctx, maya.id, -1n)
  expect(await send(ctx, runId)).toEqual({ ok: false, reason: 'balance_too_small', creators: ['Maya'] })
  const payouts = await payoutsOf(ctx, runId)
  const mine = payouts.find(({ creatorId }) => creatorId === maya.id)
  await voidPayout(ctx, { payoutId: mine?.id ?? '', actor: 'user/1' })
  expect(await send(ctx, runId)).toEqual({ ok: true, changed: true })
  expect(await balances(ctx)).toMatchObject({
    [`creator/${maya.id}/available`]: -4_999n,
    'payouts-in-transit': -3_000n,
  })
})

test('where two people must agree, one of them is not enough, however often they click', async () => {
  const { base, ctx } = await createEuroShop({ payoutApprovals: 2 })
  await using _ = base
  const maya = await createPayable(ctx, 5_000n)
  const runId = await draftRun(ctx, [maya.id])
  expect(await approveRun(ctx, { runId, revision: 1, actor: 'user/1' })).toEqual({
    ok: true,
    complete: false,
  })
  expect(await approveRun(ctx, { runId, revision: 2, actor: 'user/1' })).toEqual({
    ok: false,
    reason: 'second_person_needed',
  })
  expect(await send(ctx, runId)).toEqual({ ok: false, reason: 'run_is_draft' })
  expect(await approveRun(ctx, { runId, revision: 1, actor: 'user/2' })).toEqual({
    ok: false,
    reason: 'changed_meanwhile',
  })
  expect(await approveRun(ctx, { runId, revision: 2, actor: 'user/2' })).toEqual({ ok: true, complete: true })
  expect(await send(ctx, runId)).toEqual({ ok: true, changed: true })
})

test('void and confirm at once: one of them counts, and the books say which', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  for (let round = 0; round < 4; round += 1) {
    const maya = await createPayable(ctx, 5_000n)
    const runId = await approvedRun(ctx, [maya.id])
    await send(ctx, runId)
    const payoutId = (await payoutsOf(ctx, runId))[0]?.id ?? ''
    const input = { payoutId, actor: 'user/1' }
    const [confirmed, voided] = await Promise.all([confirmPayout(ctx, input), voidPayout(ctx, input)])
    expect([confirmed.ok, voided.ok].filter(Boolean)).toHaveLength(1)
    const left = (await balances(ctx))[`creator/${maya.id}/available`] ?? 0n
    expect(left).toBe(confirmed.ok ? 0n : -5_000n)
  }
})

test('a payout that fails, even after it was confirmed, stands on the balance again to the cent', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 5_000n)
  const before = await balances(ctx)
  const runId = await approvedRun(ctx, [maya.id])
  await send(ctx, runId)
  const payoutId = (await payoutsOf(ctx, runId))[0]?.id ?? ''
  await confirmPayout(ctx, { payoutId, actor: 'user/1' })
  expect(await failPayout(ctx, { payoutId, actor: 'user/1', failure: ' ' })).toEqual({
    ok: false,
    reason: 'reason_missing',
  })
  const fail = () => failPayout(ctx, { payoutId, actor: 'user/1', failure: 'AC04 account closed' })
  expect(await Promise.all([fail(), fail()])).toEqual(
    expect.arrayContaining([
      { ok: true, changed: true },
      { ok: true, changed: false },
    ]),
  )
  expect(await balances(ctx)).toEqual(before)
  const reversals = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.journal.findMany({ where: { kind: 'reversal' }, select: { reversesSeq: true } }),
  )
  expect(reversals.map(({ reversesSeq }) => reversesSeq)).not.toContain(null)
  expect(reversals).toHaveLength(2)
})

test('a failed payout is repeated once, with a reference of its own', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 5_000n)
  const runId = await approvedRun(ctx, [maya.id])
  await send(ctx, runId)
  const first = (await payoutsOf(ctx, runId))[0]
  const retry = () => retryPayout(ctx, { payoutId: first?.id ?? '', actor: 'user/1' })
  expect(await retry()).toEqual({ ok: false, reason: 'payout_is_sent' })
  await failPayout(ctx, { payoutId: first?.id ?? '', actor: 'user/1', failure: 'AC01' })
  await credit(ctx, maya.id, 900n)
  const results = await Promise.all([retry(), retry()])
  const runIds = new Set(results.map((result) => (result.ok ? result.runId : result.reason)))
  expect(runIds.size).toBe(1)
  const [again] = await payoutsOf(ctx, [...runIds][0] ?? '')
  expect(again).toMatchObject({ grossMinor: 5_000n, status: 'draft', repeatsId: first?.id })
  expect(again?.reference).not.toBe(first?.reference)
})

test('a risk hold stops a payout at every stage and ends by hand only', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 5_000n, { name: 'Maya' })
  const runId = await approvedRun(ctx, [maya.id])
  await holdPayouts(ctx, { creatorId: maya.id, reason: 'Many returns in one week' })
  expect(await send(ctx, runId)).toEqual({ ok: false, reason: 'on_risk_hold', creators: ['Maya'] })
  await voidRun(ctx, { runId, actor: 'user/1' })
  const shown = await chosen(ctx, [maya.id])
  const input = { formId: randomUUID(), currency: 'EUR', executeOn: '2026-05-06', chosen: shown, actor: 'u' }
  expect(await createRun(ctx, input)).toEqual({ ok: false, reason: 'not_payable', creators: ['Maya'] })
  ctx.clock.moveTo('2026-05-05T15:00:00Z')
  await holdPayouts(ctx, { creatorId: maya.id, reason: null })
  expect(await createRun(ctx, input)).toMatchObject({ ok: true })
})

test('a run that was voided pays nothing and frees what it held', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 5_000n)
  const runId = await draftRun(ctx, [maya.id])
  expect(await voidRun(ctx, { runId, actor: 'user/1' })).toEqual({ ok: true, changed: true })
  expect(await voidRun(ctx, { runId, actor: 'user/1' })).toEqual({ ok: true, changed: false })
  expect(await send(ctx, runId)).toEqual({ ok: false, reason: 'run_is_voided' })
  const next = await draftRun(ctx, [maya.id])
  expect(await payoutsOf(ctx, next)).toMatchObject([{ grossMinor: 5_000n }])
})

test('paying again says in the run’s history what was waived, as any other run does', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 5_000n)
  const runId = await approvedRun(ctx, [maya.id])
  await send(ctx, runId)
  const payoutId = (await payoutsOf(ctx, runId))[0]?.id ?? ''
  await failPayout(ctx, { payoutId, actor: 'user/1', failure: 'AC01' })
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.creator.update({ where: { id: maya.id }, data: { status: 'archived' } }),
  )
  const again = await retryPayout(ctx, { payoutId, actor: 'user/1' })
  const [made] = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.payoutEvent.findMany({ where: { runId: again.ok ? again.runId : '', kind: 'run_created' } }),
  )
  expect(made?.facts).toMatchObject({ waived: [`creator_archived/${maya.id}`] })
})
