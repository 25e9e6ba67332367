import { expect, test } from 'vitest'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { handleSettleAwards } from '#app/features/ledger/awards/settle-due-awards.server.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { createAgreement, createCode, createCreator, makeTerms } from '#tests/factories/creator.ts'
import { bookOrders, createBookedShop } from '#tests/factories/ledger.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { closePeriods } from './close-periods.server.ts'
import { rebuildStatement } from './rebuild-statement.server.ts'

async function rebuildAll(ctx: PartnerTestContext) {
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const statements = await tx.statement.findMany({ orderBy: [{ creatorId: 'asc' }, { sequence: 'asc' }] })
    const rebuilt = []
    for (const { id, number } of statements) {
      const again = await rebuildStatement(tx, ctx.shop, id)
      rebuilt.push([number, again.ok ? again.matches : again.reason])
    }
    return rebuilt
  })
}

test('every issued statement is rebuilt from the ledger byte for byte, after late facts, releases and returns of three months', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  // Known late: a sale of March and a return of it, both after April was closed.
  await bookOrders(ctx, [
    {
      orderId: 5n,
      placedAt: '2026-03-28T15:00:00.000Z',
      codes: ['MAYA10'],
      lines: [{ lineItemId: 51n, netMinor: 12_345n, quantity: 3 }],
      later: [{ at: '2026-04-11T15:00:00.000Z', lineItemId: 51n, netMinor: -4_115n }],
    },
  ])
  ctx.clock.moveTo('2026-06-01T05:00:00Z')
  await matureHolds(ctx)
  await closePeriods(ctx)
  ctx.clock.moveTo('2026-08-01T05:00:00Z')
  await matureHolds(ctx)
  await closePeriods(ctx)
  const rebuilt = await rebuildAll(ctx)
  expect(rebuilt.length).toBeGreaterThanOrEqual(5)
  expect(rebuilt.filter(([, result]) => result !== true)).toEqual([])
})

test('statements with tiers and a reserve are rebuilt as well, though returns and late sales moved both since', async () => {
  await using ctx = await createPartnerContext('2026-03-20T12:00:00Z')
  const maya = await createCreator(ctx.db, ctx.shop, { name: 'Maya Linden', handle: 'MAYA' })
  const tiers = {
    basis: 'net' as const,
    window: 'agreement' as const,
    mode: 'marginal' as const,
    steps: [{ from: '10000', shareBps: 2_000 }],
  }
  const terms = makeTerms({ holdDays: 10, tiers, reserve: { bps: 1_000, days: 20 } })
  await createAgreement(ctx.db, ctx.shop, maya.id, terms)
  await createCode(ctx.db, ctx.shop, maya.id, 'MAYA10')
  const order = (
    orderId: bigint,
    placedAt: string,
    netMinor: bigint,
    later: Array<{ at: string; netMinor: bigint }> = [],
  ) => ({
    orderId,
    placedAt,
    codes: ['MAYA10'],
    lines: [{ lineItemId: orderId * 10n, netMinor, quantity: 2 }],
    later: later.map((change) => ({ ...change, lineItemId: orderId * 10n })),
  })
  const close = async (now: string) => {
    ctx.clock.moveTo(now)
    await matureHolds(ctx)
    await handleSettleAwards(ctx)
    await closePeriods(ctx)
  }
  await bookOrders(ctx, [
    order(1n, '2026-03-10T15:00:00.000Z', 30_000n),
    order(2n, '2026-03-25T15:00:00.000Z', 8_000n),
  ])
  await close('2026-04-01T05:00:00Z')
  ctx.clock.moveTo('2026-04-10T12:00:00Z')
  await bookOrders(ctx, [
    order(1n, '2026-03-10T15:00:00.000Z', 30_000n, [{ at: '2026-04-09T15:00:00.000Z', netMinor: -15_000n }]),
    order(3n, '2026-03-28T15:00:00.000Z', 5_000n),
  ])
  await close('2026-05-01T05:00:00Z')
  await close('2026-06-01T05:00:00Z')
  const bonuses = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.statement.findMany({ orderBy: { sequence: 'asc' }, select: { document: true } }),
  )
  const [march] = bonuses.map(({ document }) => document as unknown as StatementDocument)
  // 380.00 net: a tenth of it, and another tenth of what lies above 100.00.
  expect(march).toMatchObject({ royaltiesMinor: '3800', bonusesMinor: '2800' })
  expect(march?.bonuses).toMatchObject([{ rule: 'tier_marginal', metric: 'net', window: '2026-03' }])
  const rebuilt = await rebuildAll(ctx)
  expect(rebuilt).toEqual(rebuilt.map(([number]) => [number, true]))
  expect(rebuilt).toHaveLength(3)
})
