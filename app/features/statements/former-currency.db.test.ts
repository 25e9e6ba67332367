import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { expect, test } from 'vitest'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { payAdvance } from '#app/features/advances/pay-advance.server.ts'
import { proposeAdvance } from '#app/features/advances/propose-advance.server.ts'
import type { ShopContext } from '#app/features/context.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { approveRun } from '#app/features/payouts/approve-run.server.ts'
import { createRun } from '#app/features/payouts/create-run.server.ts'
import { holdPayouts } from '#app/features/payouts/hold-payouts.server.ts'
import { readCandidates, shownText } from '#app/features/payouts/payout-candidates.server.ts'
import { savePayoutMethod } from '#app/features/payouts/save-payout-method.server.ts'
import { sendRun } from '#app/features/payouts/send-run.server.ts'
import { createAgreement, createCode, createCreator, makeTerms } from '#tests/factories/creator.ts'
import { bookOrders } from '#tests/factories/ledger.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { METHOD_KEYS, SEPA_METHOD } from '#tests/factories/payouts.ts'
import { matureHolds } from '../ledger/mature-holds.server.ts'
import { closePeriods } from './close-periods.server.ts'
import { rebuildStatement } from './rebuild-statement.server.ts'

const sale = (orderId: bigint, placedAt: string, netMinor: bigint, currency: string) => ({
  orderId,
  codes: ['MAYA10'],
  placedAt,
  currency,
  lines: [{ lineItemId: orderId * 10n, netMinor }],
})

/** Sold in dollars in March; from April on the shop sells in euro. */
async function changedShop(terms: Partial<Parameters<typeof makeTerms>[0]> = {}) {
  const base = await createPartnerContext('2026-03-02T12:00:00Z')
  const maya = await createCreator(base.db, base.shop, { handle: 'MAYA' })
  await createAgreement(base.db, base.shop, maya.id, makeTerms({ holdDays: 0, ...terms }))
  await createCode(base.db, base.shop, maya.id, 'MAYA10')
  return { base, maya }
}

async function inEuro(base: PartnerTestContext): Promise<PartnerTestContext> {
  const shop = await base.db.inShop(base.shop.id, (tx) =>
    tx.shop.update({ where: { id: base.shop.id }, data: { currency: 'EUR' } }),
  )
  return { ...base, shop }
}

async function closeAt(ctx: PartnerTestContext, instant: string) {
  ctx.clock.moveTo(instant)
  await matureHolds(ctx)
  await closePeriods(ctx)
}

async function statementsOf(ctx: PartnerTestContext) {
  const rows = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.statement.findMany({ orderBy: { sequence: 'asc' }, include: { periods: true } }),
  )
  const rebuilt = await ctx.db.inShop(ctx.shop.id, async (tx) => {
    const results = []
    for (const row of rows) results.push(await rebuildStatement(tx, ctx.shop, row.id))
    return results
  })
  expect(rebuilt.map((result) => result.ok && result.matches)).toEqual(rows.map(() => true))
  expect((await verifyLedger(ctx.db, ctx.shop.id)).findings).toEqual([])
  return rows.map((row) => row.document as unknown as StatementDocument)
}

async function payOut(ctx: ShopContext, creatorId: string, currency: string) {
  const [row] = await ctx.db.inShop(ctx.shop.id, (tx) =>
    readCandidates(tx, ctx.shop, currency, ctx.clock.now(), [creatorId]),
  )
  if (!row) throw new Error('nobody to pay')
  expect(row.exceptions).toEqual([])
  const runId = randomUUID()
  const executeOn = ctx.clock.now().toISOString().slice(0, 10)
  const chosen = [{ creatorId, shown: shownText(row) }]
  const made = await createRun(ctx, { formId: runId, currency, executeOn, chosen, actor: 'user/1' })
  expect(made).toEqual({ ok: true, runId })
  await approveRun(ctx, { runId, revision: 1, actor: 'user/1' })
  expect(await sendRun(ctx, { runId, revision: 2, actor: 'user/1' })).toEqual({ ok: true, changed: true })
}

test('what stands in a former currency has statements of its own, numbered and chained, until it is nothing', async () => {
  const { base, maya } = await changedShop()
  await using _ = base
  await bookOrders(base, [sale(1n, '2026-03-10T15:00:00.000Z', 30_000n, 'USD')])
  await closeAt(base, '2026-04-01T05:00:00Z')
  const ctx = await inEuro(base)
  await bookOrders(ctx, [sale(2n, '2026-04-10T15:00:00.000Z', 50_000n, 'EUR')])
  await closeAt(ctx, '2026-05-01T05:00:00Z')
  const may = await statementsOf(ctx)
  expect(
    may.map(({ number, currency, openingMinor, closingMinor }) => [
      number,
      currency,
      openingMinor,
      closingMinor,
    ]),
  ).toEqual([
    ['MAYA-0001', 'USD', '0', '3000'],
    ['MAYA-0002', 'EUR', '0', '5000'],
    ['MAYA-0003', 'USD', '3000', '3000'],
  ])
  expect(may.map(({ previousStatement }) => previousStatement?.number ?? null)).toEqual([
    null,
    'MAYA-0001',
    'MAYA-0002',
  ])
  expect(may[2]?.payableMinor).toBe('3000')

  const save = (method: Parameters<typeof savePayoutMethod>[2]['method']) =>
    savePayoutMethod(ctx, METHOD_KEYS, {
      creatorId: maya.id,
      formId: randomUUID(),
      method,
      by: 'merchant',
      actor: 'user/1',
    })
  await save({ kind: 'paypal', currency: 'USD', email: 'maya@pay.example' })
  // A method for the other currency stands beside it, and is no way around the wait.
  expect(await save(SEPA_METHOD)).toMatchObject({ ok: true, holdUntil: expect.any(String) })
  ctx.clock.moveTo('2026-05-12T12:00:00Z')
  await payOut(ctx, maya.id, 'USD')
  await payOut(ctx, maya.id, 'EUR')
  await closeAt(ctx, '2026-06-01T05:00:00Z')
  await closeAt(ctx, '2026-07-01T05:00:00Z')
  const all = await statementsOf(ctx)
  expect(all.slice(3).map(({ number, currency, closingMinor }) => [number, currency, closingMinor])).toEqual([
    ['MAYA-0004', 'EUR', '0'],
    ['MAYA-0005', 'USD', '0'],
  ])
  expect(all[4]?.payments).toHaveLength(1)
})

test('details that changed in one currency pause nothing in another, and a hold pauses all', async () => {
  const { base, maya } = await changedShop()
  await using _ = base
  await bookOrders(base, [sale(1n, '2026-03-10T15:00:00.000Z', 30_000n, 'USD')])
  await closeAt(base, '2026-04-01T05:00:00Z')
  const ctx = await inEuro(base)
  await bookOrders(ctx, [sale(2n, '2026-04-10T15:00:00.000Z', 50_000n, 'EUR')])
  const by = { creatorId: maya.id, by: 'merchant', actor: 'user/1' } as const
  const dollars = { kind: 'paypal', currency: 'USD', email: 'maya@pay.example' }
  ctx.clock.moveTo('2026-04-28T12:00:00Z')
  for (const method of [dollars, SEPA_METHOD])
    await savePayoutMethod(ctx, METHOD_KEYS, { ...by, formId: randomUUID(), method })
  await closeAt(ctx, '2026-05-01T05:00:00Z')
  const waitsFor = async () =>
    (await statementsOf(ctx))
      .slice(-2)
      .map(({ currency, carryForward }) => [currency, carryForward.map(({ reason }) => reason)])
  expect(await waitsFor()).toEqual([
    ['EUR', ['payouts_paused']],
    ['USD', []],
  ])
  await holdPayouts(ctx, { creatorId: maya.id, reason: 'Asked by phone' })
  await closeAt(ctx, '2026-06-01T05:00:00Z')
  expect(await waitsFor()).toEqual([
    ['EUR', ['payouts_paused']],
    ['USD', ['payouts_paused']],
  ])
})

test('a return of a sale in the former currency is stated there, beside the statement on which the sale stood', async () => {
  const { base } = await changedShop()
  await using _ = base
  const sold = sale(1n, '2026-03-10T15:00:00.000Z', 30_000n, 'USD')
  await bookOrders(base, [sold])
  await closeAt(base, '2026-04-01T05:00:00Z')
  const ctx = await inEuro(base)
  const later = [{ at: '2026-04-12T10:00:00.000Z', lineItemId: 10n, netMinor: -10_000n }]
  await bookOrders(ctx, [{ ...sold, later }, sale(2n, '2026-04-10T15:00:00.000Z', 50_000n, 'EUR')])
  await closeAt(ctx, '2026-05-01T05:00:00Z')
  const [, euro, dollars] = await statementsOf(ctx)
  expect(euro?.lines.map(({ royaltyMinor }) => royaltyMinor)).toEqual(['5000'])
  expect(dollars).toMatchObject({ currency: 'USD', openingMinor: '3000', closingMinor: '2000' })
  expect(dollars?.lines[0]?.earlierReturns[0]?.statement).toBe('MAYA-0001')
})

test('an advance in the former currency is taken back from what is earned there', async () => {
  const { base, maya } = await changedShop({ holdDays: 40 })
  await using _ = base
  const advanceId = randomUUID()
  const advance = { creatorId: maya.id, agreementId: null, currency: 'USD', note: '', actor: 'user/1' }
  await proposeAdvance(base, { formId: advanceId, amountMinor: 2_000n, recoupBps: 5_000, ...advance })
  await payAdvance(base, { advanceId, withheldMinor: 0n, actor: 'user/1' })
  await bookOrders(base, [sale(1n, '2026-03-10T15:00:00.000Z', 30_000n, 'USD')])
  await closeAt(base, '2026-04-01T05:00:00Z')
  const ctx = await inEuro(base)
  await closeAt(ctx, '2026-05-01T05:00:00Z')
  const april = (await statementsOf(ctx)).at(-1)
  expect(april).toMatchObject({
    currency: 'USD',
    advance: { openingMinor: '2000', recoupedMinor: '1500', closingMinor: '500' },
    closingMinor: '1500',
  })
})

test('each currency whose statement does not meet the ledger has an alert of its own', async () => {
  const { base, maya } = await changedShop()
  await using _ = base
  await bookOrders(base, [sale(1n, '2026-03-10T15:00:00.000Z', 30_000n, 'USD')])
  await closeAt(base, '2026-04-01T05:00:00Z')
  const ctx = await inEuro(base)
  await bookOrders(ctx, [sale(2n, '2026-04-10T15:00:00.000Z', 50_000n, 'EUR')])
  const admin = new pg.Client({ connectionString: base.adminUrl })
  await admin.connect()
  await admin.query('set session_replication_role = replica')
  await admin.query(
    "update account_movement set movement_minor = movement_minor - 5 where account_id in (select id from account where code like 'creator/%')",
  )
  await admin.end()
  ctx.clock.moveTo('2026-05-01T05:00:00Z')
  await closePeriods(ctx)
  const alerts = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.alert.findMany({ where: { kind: 'ledger_broken' }, orderBy: { key: 'asc' } }),
  )
  const key = `ledger_broken/statement/${maya.id}/2026-04`
  expect(alerts.map((alert) => [alert.key, alert.facts])).toEqual([
    [`${key}/EUR`, expect.objectContaining({ creatorId: maya.id, period: '2026-04', currency: 'EUR' })],
    [`${key}/USD`, expect.objectContaining({ creatorId: maya.id, period: '2026-04', currency: 'USD' })],
  ])
})
