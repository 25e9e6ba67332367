import { expect, test } from 'vitest'
import { raiseAlert, resolveAlert } from '#app/adapters/db/alert-store.ts'
import { createLongTask } from '#app/adapters/db/long-task-store.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { createBookedShop } from '#tests/factories/ledger.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { createShop } from '#tests/factories/shop.ts'
import { dismissSetup } from './dismiss-setup.server.ts'
import { readHome } from './home-view.server.ts'

test('a shop on its first day has an open guide, zeros everywhere and twelve empty months', async () => {
  await using ctx = await createPartnerContext('2026-05-04T15:00:00Z')
  const home = await readHome(ctx)
  expect(home.setup).toMatchObject({ doneCount: 0 })
  expect(home.thisMonth).toEqual({ month: '2026-05', netMinor: '0', royaltyMinor: '0' })
  expect(home.months.map(({ month }) => month)).toEqual([
    '2025-06',
    '2025-07',
    '2025-08',
    '2025-09',
    '2025-10',
    '2025-11',
    '2025-12',
    '2026-01',
    '2026-02',
    '2026-03',
    '2026-04',
    '2026-05',
  ])
  expect([home.heldMinor, home.payableMinor, home.alertCount, home.topCreators]).toEqual(['0', '0', 0, []])
  // The month ends at midnight in New York.
  expect(home.nextCloseAt).toBe('2026-06-01T04:00:00.000Z')
})

test('figures are what was booked: returns in their month, nobody’s sales left out, held apart from payable', async () => {
  await using ctx = await createPartnerContext()
  const { maya, noah } = await createBookedShop(ctx)
  const home = await readHome(ctx)
  expect(home.thisMonth).toEqual({ month: '2026-05', netMinor: '3000', royaltyMinor: '300' })
  expect(home.lastMonth).toEqual({ month: '2026-04', netMinor: '-10000', royaltyMinor: '-1500' })
  expect(home.months.at(-3)).toEqual({ month: '2026-03', netMinor: '29000', royaltyMinor: '3900' })
  expect(home.heldMinor).toBe('300')
  expect(home.payableMinor).toBe('2400')
  expect(home.topCreators).toEqual([
    { id: maya.id, name: 'Maya Linden', netMinor: '22000', royaltyMinor: '2200', units: 3 },
    { id: noah.id, name: 'Noah Okafor', netMinor: '10000', royaltyMinor: '500', units: 1 },
  ])
  expect(home.setup?.steps.filter(({ done }) => !done).map(({ step }) => step)).toEqual(['send_agreement'])
})

test('another shop sees none of it, and what leaves the server is JSON', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const other = await createShop(ctx.db)
  const home = await readHome(ctx.forShop(other))
  expect(home.topCreators).toEqual([])
  expect(home.months.every(({ netMinor }) => netMinor === '0')).toBe(true)
  expect(() => JSON.stringify(home)).not.toThrow()
})

test('alerts show until they are resolved', async () => {
  await using ctx = await createPartnerContext()
  const shopId = ctx.shop.id
  const raisedAt = new Date('2026-05-01T00:00:00Z')
  await ctx.db.inShop(shopId, (tx) =>
    raiseAlert(tx, {
      shopId,
      key: 'mail_failed/1',
      kind: 'mail_failed',
      severity: 'warning',
      facts: { deliveryId: '1', retried: true },
      raisedAt,
    }),
  )
  expect((await readHome(ctx)).alerts).toEqual([
    {
      id: expect.any(String),
      kind: 'mail_failed',
      severity: 'warning',
      raisedAt: raisedAt.toISOString(),
      facts: { deliveryId: '1' },
    },
  ])
  await ctx.db.inShop(shopId, (tx) => resolveAlert(tx, shopId, 'mail_failed/1', raisedAt))
  expect((await readHome(ctx)).alertCount).toBe(0)
})

test('the guide stays away once it is put away', async () => {
  await using ctx = await createPartnerContext()
  await dismissSetup(ctx)
  const shop = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.shop.findUniqueOrThrow({ where: { id: ctx.shop.id } }),
  )
  expect((await readHome(ctx.forShop(shop))).setup).toBeNull()
})

test('what waits for a person is counted, by kind, and only of this shop', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const before = (await readHome(ctx)).waiting
  const shopId = ctx.shop.id
  const at = new Date('2026-05-01T00:00:00Z')
  await ctx.db.inShop(shopId, async (tx) => {
    const run = { shopId, currency: 'USD', executeOn: at, createdBy: 'user/1', createdAt: at }
    await tx.payoutRun.createMany({
      data: (['draft', 'draft', 'sent', 'finished', 'voided'] as const).map((status, index) => ({
        ...run,
        id: newRowId(),
        number: index + 1,
        status,
      })),
    })
    await createLongTask(tx, { shopId, kind: 'simulate', input: {}, startedBy: 'merchant', at })
  })
  expect((await readHome(ctx)).waiting).toEqual([
    { kind: 'runs_to_approve', count: 2 },
    { kind: 'runs_to_confirm', count: 1 },
    ...before,
    { kind: 'tasks_running', count: 1 },
  ])
  expect((await readHome(ctx.forShop(await createShop(ctx.db)))).waiting).toEqual([])
})
