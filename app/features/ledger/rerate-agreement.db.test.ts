import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { requestStop, resumeTask } from '#app/adapters/db/long-task-store.ts'
import type { SimulationResult } from '#app/domain/simulation/simulation.ts'
import { createAgreement, createCode, createCreator, makeTerms } from '#tests/factories/creator.ts'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { acceptVersion, rerate } from '#tests/factories/rerates.ts'
import { matureHolds } from './mature-holds.server.ts'
import { recordDispute } from './record-dispute.server.ts'
import { recordFetchedOrders } from './record-fetched-orders.server.ts'
import { replayLedger } from './replay-ledger.server.ts'
import { runRerate, startRerate } from './rerate-agreement.server.ts'
import { runSimulation, startSimulation } from './simulate-terms.server.ts'
import { readTrialBalance } from './trial-balance.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

interface RatedShop {
  agreementId: string
  creatorId: string
}

/** Ten sales of Maya, one returned in part, one without a code; half of the holds have ended. */
async function sellSome(context: PartnerTestContext): Promise<RatedShop> {
  const { db, shop, clock } = context
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  const agreement = await createAgreement(db, shop, maya.id)
  await createCode(db, shop, maya.id, 'MAYA10')
  const orders = Array.from({ length: 10 }, (_, index) => {
    const orderId = BigInt(index + 1)
    const placedAt = new Date(Date.UTC(2026, 1, 1 + index * 5, 15)).toISOString()
    const later =
      index === 3 ? [{ at: '2026-03-30T12:00:00.000Z', lineItemId: orderId * 10n, netMinor: -2_000n }] : []
    return makeFetchedOrder({
      orderId,
      placedAt,
      codes: index === 5 ? [] : ['MAYA10'],
      lines: [{ lineItemId: orderId * 10n, netMinor: 10_001n }],
      later,
    })
  })
  clock.moveTo('2026-04-01T12:00:00Z')
  await db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, context.linkSecret, orders, clock.now()))
  await matureHolds(context)
  return { agreementId: agreement.id, creatorId: maya.id }
}

test('a change that reaches back posts the difference, again nothing, and back again the old balances', async () => {
  await using context = await createPartnerContext()
  const { agreementId, creatorId } = await sellSome(context)
  const before = await readTrialBalance(context.db, context.shop.id)
  const raised = await acceptVersion(context, agreementId, { number: 2, terms: { shareBps: 1500 } })
  const first = await rerate(context, raised)
  // Sales from 11 February on: seven with the code, of which one went back in part.
  expect(first.journals).toBe(7)
  expect(first.creators).toEqual([{ creatorId, differenceMinor: String(6 * 500 + 400) }])
  const again = await rerate(context, raised)
  expect(again.journals).toBe(0)
  const lowered = await acceptVersion(context, agreementId, { number: 3, terms: { shareBps: 1000 } })
  const back = await rerate(context, lowered)
  expect(back.journals).toBe(7)
  expect(await readTrialBalance(context.db, context.shop.id)).toEqual(before)
  expect((await verifyLedger(context.db, context.shop.id)).findings).toEqual([])
})

test('a refund after a re-rating gives back what the new share was worth', async () => {
  await using context = await createPartnerContext()
  const { agreementId } = await sellSome(context)
  await rerate(context, await acceptVersion(context, agreementId, { number: 2, terms: { shareBps: 1500 } }))
  const { db, shop, clock } = context
  const order = makeFetchedOrder({
    orderId: 10n,
    placedAt: new Date(Date.UTC(2026, 1, 46, 15)).toISOString(),
    codes: ['MAYA10'],
    lines: [{ lineItemId: 100n, netMinor: 10_001n }],
    later: [{ at: '2026-04-02T12:00:00.000Z', lineItemId: 100n, netMinor: -10_001n }],
  })
  await db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, context.linkSecret, [order], clock.now()))
  const [row] = await db.inShop(
    shop.id,
    (tx) => tx.$queryRaw<Array<{ royalty: bigint; net: bigint }>>`
      select sum(royalty_minor)::bigint as royalty, sum(net_minor)::bigint as net from royalty_entry where line_item_id = 100`,
  )
  expect(row).toEqual({ royalty: 0n, net: 0n })
})

const chargeback = (orderId: bigint, status: string, at: string) => ({
  disputeId: orderId,
  orderId,
  type: 'CHARGEBACK',
  status,
  amountMinor: 10_001n,
  currency: 'USD',
  at,
  initiatedAt: at,
  finalizedAt: null,
})

test('whoever is paid for the first time by a re-rating waits with the order: disputed, or paid in part', async () => {
  await using context = await createPartnerContext()
  await sellSome(context)
  const { db, shop, clock } = context
  const partly = makeFetchedOrder({
    orderId: 11n,
    placedAt: '2026-02-15T15:00:00.000Z',
    financialStatus: 'PARTIALLY_PAID',
    codes: ['MAYA10'],
    lines: [{ lineItemId: 110n, netMinor: 10_001n }],
  })
  await db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, context.linkSecret, [partly], clock.now()))
  const dispute = chargeback(4n, 'NEEDS_RESPONSE', '2026-03-20T12:00:00.000Z')
  await db.inShop(shop.id, (tx) => recordDispute(tx, shop, dispute, clock.now()))
  const owner = await createCreator(db, shop, { handle: 'OWNER' })
  const terms = makeTerms({ role: 'design_owner', scope: { kind: 'products', productIds: ['1'] } })
  const agreement = await createAgreement(db, shop, owner.id, terms, '2026-04-01T00:00:00Z')
  await rerate(context, await acceptVersion(context, agreement.id, { number: 2, terms }))
  await matureHolds(context)
  const holds = await db.inShop(shop.id, (tx) =>
    tx.royaltyHold.findMany({
      where: { creatorId: owner.id, orderId: { in: [4n, 5n, 11n] } },
      orderBy: { orderId: 'asc' },
    }),
  )
  expect(
    holds.map(({ orderId, disputed, unpaid, releasedAt }) => [
      orderId,
      disputed,
      unpaid,
      releasedAt !== null,
    ]),
  ).toEqual([
    [4n, true, false, false],
    [5n, false, false, true],
    [11n, false, true, false],
  ])
})

test('a line that arrives after the dispute of its order waits for it', async () => {
  await using context = await createPartnerContext()
  const { db, shop, clock } = context
  const dispute = chargeback(20n, 'UNDER_REVIEW', '2026-03-20T12:00:00.000Z')
  await db.inShop(shop.id, (tx) => recordDispute(tx, shop, dispute, clock.now()))
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  await createAgreement(db, shop, maya.id)
  await createCode(db, shop, maya.id, 'MAYA10')
  const order = makeFetchedOrder({
    orderId: 20n,
    codes: ['MAYA10'],
    lines: [{ lineItemId: 200n, netMinor: 10_001n }],
  })
  await db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, context.linkSecret, [order], clock.now()))
  await matureHolds(context)
  expect(await db.inShop(shop.id, (tx) => tx.royaltyHold.findFirstOrThrow())).toMatchObject({
    disputed: true,
    releasedAt: null,
  })
})

test('a ladder that reaches back counts earlier sales also when the base share stays', async () => {
  await using context = await createPartnerContext()
  const { agreementId, creatorId } = await sellSome(context)
  const { db, shop, clock } = context
  const steps = [{ from: '50000', shareBps: 2000 }]
  const tiers = { basis: 'net' as const, window: 'agreement' as const, mode: 'retroactive' as const, steps }
  const version = await acceptVersion(context, agreementId, { number: 2, terms: { tiers } })
  const balance = () => readTrialBalance(db, shop.id)
  expect(await rerate(context, version)).toMatchObject({
    journals: 7,
    creators: [{ creatorId, differenceMinor: '0' }],
  })
  const awards = await db.inShop(shop.id, (tx) => tx.award.findMany({ where: { kind: 'tier' } }))
  // 680.06 of goods kept since 11 February pay ten percent more.
  expect(awards.reduce((sum, award) => sum + award.targetMinor, 0n)).toBe(6_801n)
  const standing = await balance()
  expect((await rerate(context, version)).journals).toBe(0)
  expect(await balance()).toEqual(standing)
  clock.moveTo('2026-04-03T12:00:00Z')
  const refunded = makeFetchedOrder({
    orderId: 10n,
    placedAt: new Date(Date.UTC(2026, 1, 46, 15)).toISOString(),
    codes: ['MAYA10'],
    lines: [{ lineItemId: 100n, netMinor: 10_001n }],
    later: [{ at: '2026-04-02T12:00:00.000Z', lineItemId: 100n, netMinor: -10_001n }],
  })
  await db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, context.linkSecret, [refunded], clock.now()))
  const [row] = await db.inShop(
    shop.id,
    (tx) => tx.$queryRaw<Array<{ royalty: bigint; net: bigint }>>`
      select sum(royalty_minor)::bigint as royalty, sum(net_minor)::bigint as net from royalty_entry where line_item_id = 100`,
  )
  expect(row).toEqual({ royalty: 0n, net: 0n })
  expect((await verifyLedger(db, shop.id)).findings).toEqual([])
  expect(await replayLedger(db, shop.id)).toMatchObject({ ok: true, firstDifference: null })
})

test('only an accepted change that reaches back is rated anew, and only one at a time', async () => {
  await using context = await createPartnerContext()
  const { agreementId } = await sellSome(context)
  const forward = await acceptVersion(context, agreementId, { number: 2, terms: {}, retroactive: false })
  expect(await startRerate(context, { agreementVersionId: forward }, 'owner')).toEqual({
    ok: false,
    reason: 'version_not_retroactive',
  })
  const back = await acceptVersion(context, agreementId, { number: 3, terms: {} })
  const first = await startRerate(context, { agreementVersionId: back }, 'owner')
  expect(await startRerate(context, { agreementVersionId: back }, 'owner')).toMatchObject({
    reason: 'already_running',
    taskId: first.ok ? first.taskId : '',
  })
  expect(await startRerate(context, { agreementVersionId: randomUUID() }, 'owner')).toEqual({
    ok: false,
    reason: 'version_not_found',
  })
})

test('a run that was stopped posts nothing more until it is resumed', async () => {
  await using context = await createPartnerContext()
  const { agreementId } = await sellSome(context)
  const { db, shop, clock } = context
  const version = await acceptVersion(context, agreementId, { number: 2, terms: { shareBps: 2000 } })
  const started = await startRerate(context, { agreementVersionId: version }, 'owner')
  if (!started.ok) throw new Error(started.reason)
  const { taskId } = started
  await db.inShop(shop.id, (tx) => requestStop(tx, shop.id, taskId))
  await runRerate(context, taskId)
  const count = () => db.inShop(shop.id, (tx) => tx.journal.count({ where: { kind: 'rerate' } }))
  expect(await count()).toBe(0)
  expect(await db.inShop(shop.id, (tx) => resumeTask(tx, shop.id, taskId, clock.now()))).toEqual({ ok: true })
  await runRerate(context, taskId)
  expect(await count()).toBe(7)
})

test('the simulator says what the re-rating then posts', async () => {
  await using context = await createPartnerContext()
  const { agreementId, creatorId } = await sellSome(context)
  const { db, shop } = context
  const started = await startSimulation(
    context,
    { agreementId, creatorId, terms: makeTerms({ shareBps: 1500 }) },
    'owner',
  )
  await runSimulation(context, started.taskId)
  const task = await db.inShop(shop.id, (tx) =>
    tx.longTask.findUniqueOrThrow({ where: { id: started.taskId } }),
  )
  const result = task.result as unknown as SimulationResult
  expect({ lines: result.lines, changed: result.linesChanged }).toEqual({ lines: 10, changed: 9 })
  const sum = (of: (row: SimulationResult['creators'][number]) => string) =>
    result.creators.reduce((total, row) => total + BigInt(of(row)), 0n)
  expect(sum((row) => row.actualMinor)).toBe(8n * 1000n + 800n)
  expect(sum((row) => row.simulatedMinor)).toBe(8n * 1500n + 1200n)
  const kept = result.months.reduce((total, month) => total + BigInt(month.keptSimulatedMinor), 0n)
  expect(kept).toBe(10n * 10_001n - 2_000n - 13_200n)
  expect(result.worstLine?.creatorsBps).toBe(1500)
  // Nothing of it stands in the books.
  expect(await db.inShop(shop.id, (tx) => tx.journal.count({ where: { kind: 'rerate' } }))).toBe(0)
})

test('replay dates a re-rating by its start, and names its journals when they are dated otherwise', async () => {
  await using context = await createPartnerContext()
  const { db, shop } = context
  const { agreementId } = await sellSome(context)
  await rerate(context, await acceptVersion(context, agreementId, { number: 2, terms: { shareBps: 1500 } }))
  expect(await replayLedger(db, shop.id)).toMatchObject({ ok: true, firstDifference: null })
  await db.inShop(
    shop.id,
    (tx) => tx.$executeRaw`
      update long_task set input = jsonb_set(input, '{at}', '"2026-04-02T12:00:00.000Z"') where kind = 'rerate'`,
  )
  expect(await replayLedger(db, shop.id)).toMatchObject({
    ok: false,
    firstDifference: expect.stringMatching(/rerate\//),
  })
})
