import { expect, test } from 'vitest'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
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
