import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { proposeAdjustment } from '#app/features/adjustments/propose-adjustment.server.ts'
import { payAdvance } from '#app/features/advances/pay-advance.server.ts'
import { proposeAdvance } from '#app/features/advances/propose-advance.server.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { createAgreement, createCode, createCreator, makeTerms } from '#tests/factories/creator.ts'
import { noteFact, noteWithholding } from '#tests/factories/facts.ts'
import { bookOrders } from '#tests/factories/ledger.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { closePeriods } from './close-periods.server.ts'
import { rebuildStatement } from './rebuild-statement.server.ts'

const ACTOR = 'user/1'

async function creatorUnder(ctx: PartnerTestContext, terms: Parameters<typeof makeTerms>[0]) {
  const maya = await createCreator(ctx.db, ctx.shop, { name: 'Maya Linden', handle: 'MAYA' })
  await createAgreement(ctx.db, ctx.shop, maya.id, makeTerms(terms))
  await createCode(ctx.db, ctx.shop, maya.id, 'MAYA10')
  return maya
}

const sale = (orderId: bigint, placedAt: string, netMinor: bigint) => ({
  orderId,
  placedAt,
  codes: ['MAYA10'],
  lines: [{ lineItemId: orderId * 10n + 1n, netMinor }],
})

async function closeAt(ctx: PartnerTestContext, now: string) {
  ctx.clock.moveTo(now)
  await matureHolds(ctx)
  await closePeriods(ctx)
}

async function documentsOf(ctx: PartnerTestContext): Promise<StatementDocument[]> {
  const rows = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.statement.findMany({ orderBy: { sequence: 'asc' } }),
  )
  const rebuilt = await ctx.db.inShop(ctx.shop.id, async (tx) => {
    const results = []
    for (const row of rows) results.push(await rebuildStatement(tx, ctx.shop, row.id))
    return results
  })
  // Whatever moved: each is what the ledger gives again.
  expect(rebuilt.map((result) => result.ok && result.matches)).toEqual(rows.map(() => true))
  return rows.map((row) => row.document as unknown as StatementDocument)
}

test('half of what became payable goes to the advance, before the statement, once', async () => {
  await using ctx = await createPartnerContext('2026-03-02T12:00:00Z')
  const maya = await creatorUnder(ctx, { holdDays: 0 })
  const advanceId = randomUUID()
  const common = { creatorId: maya.id, agreementId: null, currency: 'USD', note: '', actor: ACTOR }
  await proposeAdvance(ctx, { formId: advanceId, amountMinor: 2_000n, recoupBps: 5_000, ...common })
  expect(await payAdvance(ctx, { advanceId, withheldMinor: 0n, actor: ACTOR })).toMatchObject({ ok: true })
  ctx.clock.moveTo('2026-03-20T12:00:00Z')
  await bookOrders(ctx, [sale(1n, '2026-03-10T15:00:00.000Z', 30_000n)])
  await closeAt(ctx, '2026-04-01T05:00:00Z')
  await bookOrders(ctx, [sale(2n, '2026-04-01T15:00:00.000Z', 30_000n)])
  await closeAt(ctx, '2026-05-01T05:00:00Z')
  await closePeriods(ctx)
  const [march, april] = await documentsOf(ctx)
  expect(march).toMatchObject({
    royaltiesMinor: '3000',
    advance: {
      openingMinor: '0',
      paidMinor: '2000',
      recoupedMinor: '1500',
      closingMinor: '500',
      recoupBps: [5_000],
    },
    closingMinor: '1500',
    payableMinor: '1500',
  })
  expect(march?.tax.paid.commission_service).toBe('2000')
  expect(april).toMatchObject({
    openingMinor: '1500',
    advance: { openingMinor: '500', recoupedMinor: '500', closingMinor: '0' },
    closingMinor: '4000',
  })
})

test('what was withheld from an advance stands on its statement, with rate, reason and payer of that day', async () => {
  await using ctx = await createPartnerContext('2026-03-02T12:00:00Z')
  const maya = await creatorUnder(ctx, { holdDays: 0 })
  const payer = { legalName: 'Lumen LLC', country: 'US', address: '1 Pearl St', companyNumber: '123' }
  await noteFact(ctx, 'payer', null, payer)
  await noteWithholding(ctx, maya.id, '24')
  await noteWithholding(ctx, maya.id, '30', '2026-06-01')
  const advanceId = randomUUID()
  const common = { creatorId: maya.id, agreementId: null, currency: 'USD', note: '', actor: ACTOR }
  await proposeAdvance(ctx, { formId: advanceId, amountMinor: 2_000n, recoupBps: 5_000, ...common })
  expect(await payAdvance(ctx, { advanceId, withheldMinor: 480n, actor: ACTOR })).toMatchObject({ ok: true })
  await closeAt(ctx, '2026-04-01T05:00:00Z')
  const [march] = await documentsOf(ctx)
  expect(march).toMatchObject({
    payer: { legalName: 'Lumen LLC', address: ['1 Pearl St'], country: 'US', companyNumber: '123' },
    advance: { paidMinor: '2000', withheldMinor: '480', closingMinor: '2000' },
    tax: { withholdingBps: 2_400, withholdingReason: 'treaty', payerCountry: 'US' },
  })
})

test('a month that closes late takes no more for an advance than is still there', async () => {
  await using ctx = await createPartnerContext('2026-03-02T12:00:00Z')
  const maya = await creatorUnder(ctx, { holdDays: 0 })
  const advanceId = randomUUID()
  const common = { creatorId: maya.id, agreementId: null, currency: 'USD', note: '', actor: ACTOR }
  await proposeAdvance(ctx, { formId: advanceId, amountMinor: 2_000n, recoupBps: 5_000, ...common })
  expect(await payAdvance(ctx, { advanceId, withheldMinor: 0n, actor: ACTOR })).toMatchObject({ ok: true })
  const sold = sale(1n, '2026-03-10T15:00:00.000Z', 30_000n)
  ctx.clock.moveTo('2026-03-20T12:00:00Z')
  await bookOrders(ctx, [sold])
  await matureHolds(ctx)
  // March has ended and is not closed yet: most of it comes back in April.
  ctx.clock.moveTo('2026-04-02T12:00:00Z')
  const later = [{ at: '2026-04-02T10:00:00.000Z', lineItemId: 11n, netMinor: -28_000n }]
  await bookOrders(ctx, [{ ...sold, later }])
  await closeAt(ctx, '2026-04-03T05:00:00Z')
  const [march] = await documentsOf(ctx)
  expect(march?.advance).toMatchObject({ recoupedMinor: '200', closingMinor: '1800' })
})

test('what is kept back against returns is stated with its rate, and comes back under the month of its sales', async () => {
  await using ctx = await createPartnerContext('2026-03-20T12:00:00Z')
  await creatorUnder(ctx, { holdDays: 10, reserve: { bps: 1_000, days: 30 } })
  await bookOrders(ctx, [sale(1n, '2026-03-10T15:00:00.000Z', 30_000n)])
  await closeAt(ctx, '2026-04-01T05:00:00Z')
  await closeAt(ctx, '2026-05-01T05:00:00Z')
  const [march, april] = await documentsOf(ctx)
  expect(march).toMatchObject({
    reserve: { openingMinor: '0', withheldMinor: '300', releasedMinor: '0', closingMinor: '300' },
    payableMinor: '2700',
    carryForward: [{ reason: 'in_reserve', amountMinor: '300' }],
    agreements: [{ reserve: { bps: 1_000, days: 30 } }],
  })
  expect(april).toMatchObject({
    reserve: {
      openingMinor: '300',
      releasedMinor: '300',
      closingMinor: '0',
      releases: [{ soldIn: '2026-03' }],
    },
    payableMinor: '3000',
    carryForward: [],
  })
})

test('a correction stands on the next statement and names the line that it corrects', async () => {
  await using ctx = await createPartnerContext('2026-03-20T12:00:00Z')
  const maya = await creatorUnder(ctx, { holdDays: 0 })
  await bookOrders(ctx, [sale(1n, '2026-03-10T15:00:00.000Z', 30_000n)])
  await closeAt(ctx, '2026-04-01T05:00:00Z')
  const adjusted = await proposeAdjustment(ctx, {
    formId: randomUUID(),
    actor: ACTOR,
    kind: 'answer',
    creatorId: maya.id,
    orderId: null,
    account: 'correction-expense',
    amountMinor: 250n,
    currency: 'USD',
    incomeType: null,
    reason: 'You are right: the engraving was yours.',
    facts: { statementNumber: 'MAYA-0001', line: '1', lineKey: 'x' },
  })
  expect(adjusted.ok).toBe(true)
  await closeAt(ctx, '2026-05-01T05:00:00Z')
  const april = (await documentsOf(ctx)).at(-1)
  expect(april).toMatchObject({
    adjustmentsMinor: '250',
    closingMinor: '3250',
    adjustments: [
      {
        kind: 'answer',
        reason: 'You are right: the engraving was yours.',
        original: { statement: 'MAYA-0001', position: 1 },
      },
    ],
  })
})
