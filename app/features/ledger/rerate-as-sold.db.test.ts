// A line that is decided anew is decided by what was true at its sale, whatever the shop has changed since.
import { expect, test } from 'vitest'
import { signReference } from '#app/adapters/crypto/signed-reference.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import type { SimulationResult } from '#app/domain/simulation/simulation.ts'
import type { ShopContext } from '#app/features/context.ts'
import { createAgreement, createCode, createCreator, makeTerms } from '#tests/factories/creator.ts'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { acceptVersion, rerate } from '#tests/factories/rerates.ts'
import { recordDispute } from './record-dispute.server.ts'
import { recordFetchedOrders } from './record-fetched-orders.server.ts'
import { replayLedger } from './replay-ledger.server.ts'
import { runSimulation, startSimulation } from './simulate-terms.server.ts'
import { readTrialBalance } from './trial-balance.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

const IN_COLLECTION: AgreementTerms['scope'] = { kind: 'collections', collectionIds: ['70'] }
const OWNER: Partial<AgreementTerms> = { role: 'design_owner', scope: IN_COLLECTION, shareBps: 2000 }

async function setProduct({ db, shop }: ShopContext, collectionIds: bigint[]): Promise<void> {
  const row = { collectionIds, title: 'Ring', handle: 'ring', status: 'ACTIVE', refreshedAt: new Date() }
  await db.inShop(shop.id, (tx) =>
    tx.product.upsert({
      where: { shopId_productId: { shopId: shop.id, productId: 1n } },
      create: { ...row, shopId: shop.id, productId: 1n },
      update: row,
    }),
  )
}

async function book(
  { db, shop, clock, linkSecret }: ShopContext,
  orders: ReturnType<typeof makeFetchedOrder>[],
) {
  await db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, linkSecret, orders, clock.now()))
}

const sold = (orderId: bigint, more: Partial<Parameters<typeof makeFetchedOrder>[0]> = {}) =>
  makeFetchedOrder({
    orderId,
    codes: ['MAYA10'],
    lines: [{ lineItemId: orderId * 10n, netMinor: 10_000n }],
    ...more,
  })

/** A ring of collection 70, designed by Noor (20 %); Maya brings buyers by code and by link (10 %). */
async function sellRings(context: ShopContext) {
  const { db, shop, linkSecret } = context
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  await createAgreement(db, shop, maya.id, makeTerms({ scope: IN_COLLECTION }))
  await createCode(db, shop, maya.id, 'MAYA10')
  await db.inShop(shop.id, (tx) =>
    tx.creatorLink.create({
      data: {
        id: '0190a000-0000-7000-8000-000000000001',
        shopId: shop.id,
        creatorId: maya.id,
        reference: 'maya1',
        createdAt: new Date('2026-01-01T00:00:00Z'),
      },
    }),
  )
  const noor = await createCreator(db, shop, { handle: 'NOOR' })
  const agreement = await createAgreement(db, shop, noor.id, makeTerms(OWNER))
  await setProduct(context, [70n])
  const linkReference = signReference(shop.domain, 'maya1', linkSecret)
  await book(context, [sold(1n), sold(2n, { codes: [], linkReference })])
  return { maya, noor, agreementId: agreement.id }
}

/** Everything that a decision looks at beside agreements, changed. */
async function changeTheShop(context: ShopContext, creatorId: string): Promise<ShopContext> {
  const { db } = context
  const other = await createCreator(db, context.shop, { handle: 'OTHER' })
  await createAgreement(db, context.shop, other.id)
  await setProduct(context, [71n])
  const shop = await db.inShop(context.shop.id, async (tx) => {
    await tx.creatorCode.updateMany({ where: { creatorId }, data: { creatorId: other.id } })
    await tx.creatorLink.updateMany({ where: { creatorId }, data: { creatorId: other.id } })
    return tx.shop.update({
      where: { id: context.shop.id },
      data: { maxTotalShareBps: 1500, returnWindowDays: 3 },
    })
  })
  return { ...context, shop, linkSecret: 'another secret of more than thirty-two characters' }
}

test('a re-rating of one agreement posts for it alone, though collection, cap, code, link and secret have changed since', async () => {
  await using context = await createPartnerContext()
  const { maya, noor, agreementId } = await sellRings(context)
  const changed = await changeTheShop(context, maya.id)
  const version = await acceptVersion(context, agreementId, {
    number: 2,
    terms: { ...OWNER, shareBps: 2500 },
  })
  expect(await rerate(changed, version)).toMatchObject({
    journals: 2,
    creators: [{ creatorId: noor.id, differenceMinor: '1000' }],
  })
  expect((await rerate(changed, version)).journals).toBe(0)
  expect((await verifyLedger(context.db, context.shop.id)).findings).toEqual([])
  expect(await replayLedger(context.db, context.shop.id)).toMatchObject({ ok: true, firstDifference: null })
})

test('the simulator decides by what was true at the sales, as the re-rating does', async () => {
  await using context = await createPartnerContext()
  const { maya, noor, agreementId } = await sellRings(context)
  const changed = await changeTheShop(context, maya.id)
  const terms = makeTerms({ ...OWNER, shareBps: 2500 })
  const { taskId } = await startSimulation(changed, { agreementId, creatorId: noor.id, terms }, 'owner')
  await runSimulation(changed, taskId)
  const task = await context.db.inShop(context.shop.id, (tx) =>
    tx.longTask.findUniqueOrThrow({ where: { id: taskId } }),
  )
  const { creators } = task.result as unknown as SimulationResult
  expect(
    creators
      .map(({ creatorId, actualMinor, simulatedMinor }) => [creatorId, actualMinor, simulatedMinor])
      .sort(),
  ).toEqual(
    [
      [maya.id, '2000', '2000'],
      [noor.id, '4000', '5000'],
    ].sort(),
  )
})

test('terms that reach back to a sale without agreement find who spoke for it then', async () => {
  await using context = await createPartnerContext()
  const { db, shop } = context
  const zoe = await createCreator(db, shop, { handle: 'ZOE' })
  await createCode(db, shop, zoe.id, 'ZOE10')
  await setProduct(context, [70n])
  await book(context, [sold(1n, { codes: ['ZOE10'] })])
  const changed = await changeTheShop(context, zoe.id)
  const agreement = await createAgreement(db, shop, zoe.id, makeTerms(), '2026-04-20T00:00:00Z')
  const version = await acceptVersion(context, agreement.id, { number: 2, terms: { scope: IN_COLLECTION } })
  expect(await rerate(changed, version)).toMatchObject({
    journals: 1,
    creators: [{ creatorId: zoe.id, differenceMinor: '1000' }],
  })
})

test('a creator who was archived at a sale is not paid for it after coming back', async () => {
  await using context = await createPartnerContext()
  const { db, shop } = context
  const { maya, noor, agreementId } = await sellRings(context)
  const archivedAt = (at: Date | null) =>
    db.inShop(shop.id, (tx) => tx.creator.update({ where: { id: maya.id }, data: { archivedAt: at } }))
  await archivedAt(new Date('2026-03-01T00:00:00Z'))
  await book(context, [sold(3n)])
  await archivedAt(null)
  const version = await acceptVersion(context, agreementId, {
    number: 2,
    terms: { ...OWNER, shareBps: 2500 },
  })
  expect(await rerate(context, version)).toMatchObject({
    journals: 3,
    creators: [{ creatorId: noor.id, differenceMinor: '1500' }],
  })
})

const chargeback = (status: string, at: string) => ({
  disputeId: 7n,
  orderId: 1n,
  type: 'CHARGEBACK',
  status,
  amountMinor: 10_000n,
  currency: 'USD',
  at,
  initiatedAt: '2026-04-02T12:00:00.000Z',
  finalizedAt: null,
})

/** Royalty and counted net of a line by creator handle and version number, zeros left out. */
async function standing({ db, shop }: ShopContext, lineItemId: bigint): Promise<string[]> {
  const rows = await db.inShop(
    shop.id,
    (tx) => tx.$queryRaw<Array<{ text: string }>>`
      select c.handle || ' ' || v.number || ': ' || sum(e.royalty_minor) || ' of ' || sum(e.net_minor) as text
      from royalty_entry e join creator c on c.id = e.creator_id join agreement_version v on v.id = e.agreement_version_id
      where e.line_item_id = ${lineItemId} group by c.handle, v.number
      having sum(e.royalty_minor) <> 0 or sum(e.net_minor) <> 0 order by 1`,
  )
  return rows.map((row) => row.text)
}

test('a re-rating under a lost dispute is kept: when it is overturned, the new share comes back', async () => {
  await using context = await createPartnerContext()
  const { db, shop, clock } = context
  const { agreementId, noor } = await sellRings(context)
  const dispute = (status: string, at: string) =>
    db.inShop(shop.id, (tx) => recordDispute(tx, shop, chargeback(status, at), clock.now()))
  await dispute('LOST', '2026-04-10T12:00:00.000Z')
  const before = await readTrialBalance(db, shop.id)
  const raised = await acceptVersion(context, agreementId, { number: 2, terms: { ...OWNER, shareBps: 3000 } })
  // The other order earns the difference; the lost one nothing, and moves all the same.
  expect(await rerate(context, raised)).toMatchObject({
    creators: [{ creatorId: noor.id, differenceMinor: '1000' }],
  })
  expect(await standing(context, 10n)).toEqual(['MAYA 1: 0 of 10000', 'NOOR 2: 0 of 10000'])
  expect((await rerate(context, raised)).journals).toBe(0)

  const lowered = await acceptVersion(context, agreementId, { number: 3, terms: OWNER })
  await rerate(context, lowered)
  expect(await readTrialBalance(db, shop.id)).toEqual(before)

  const again = await acceptVersion(context, agreementId, { number: 4, terms: { ...OWNER, shareBps: 3000 } })
  await rerate(context, again)
  await dispute('WON', '2026-05-10T12:00:00.000Z')
  expect(await standing(context, 10n)).toEqual(['MAYA 1: 1000 of 10000', 'NOOR 4: 3000 of 10000'])
  expect((await verifyLedger(db, shop.id)).findings).toEqual([])
  expect(await replayLedger(db, shop.id)).toMatchObject({ ok: true, firstDifference: null })
})

test('a line whose goods all came back keeps what was decided anew: what is added to it later is paid by that', async () => {
  await using context = await createPartnerContext()
  const { db, shop, clock } = context
  const { agreementId } = await sellRings(context)
  const later = [{ at: '2026-03-20T12:00:00.000Z', lineItemId: 10n, netMinor: -10_000n }]
  clock.moveTo('2026-05-05T12:00:00Z')
  await book(context, [sold(1n, { later })])
  const version = await acceptVersion(context, agreementId, {
    number: 2,
    terms: { ...OWNER, shareBps: 3000 },
  })
  expect((await rerate(context, version)).journals).toBe(1)
  expect((await rerate(context, version)).journals).toBe(0)
  const revisions = () => db.inShop(shop.id, (tx) => tx.lineAttribution.count({ where: { lineItemId: 10n } }))
  expect(await revisions()).toBe(2)
  const added = { at: '2026-05-06T12:00:00.000Z', lineItemId: 10n, netMinor: 5_000n, quantity: 1 }
  await book(context, [sold(1n, { later: [...later, added] })])
  expect(await standing(context, 10n)).toEqual(['MAYA 1: 500 of 5000', 'NOOR 2: 1500 of 5000'])
  expect((await verifyLedger(db, shop.id)).findings).toEqual([])
  expect(await replayLedger(db, shop.id)).toMatchObject({ ok: true, firstDifference: null })
})

test('a base share of nothing moves to a new version too, and its ladder counts the sale', async () => {
  await using context = await createPartnerContext()
  const { db, shop } = context
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  const agreement = await createAgreement(db, shop, maya.id, makeTerms({ shareBps: 0 }))
  await createCode(db, shop, maya.id, 'MAYA10')
  await book(context, [sold(1n), sold(2n)])
  const steps = [{ from: '15000', shareBps: 1000 }]
  const tiers = { basis: 'net' as const, window: 'agreement' as const, mode: 'retroactive' as const, steps }
  const version = await acceptVersion(context, agreement.id, { number: 2, terms: { shareBps: 0, tiers } })
  const before = await readTrialBalance(db, shop.id)
  expect(await rerate(context, version)).toMatchObject({ journals: 2 })
  const awarded = () =>
    db.inShop(shop.id, (tx) => tx.award.aggregate({ _sum: { targetMinor: true }, where: { kind: 'tier' } }))
  expect((await awarded())._sum.targetMinor).toBe(2_000n)
  expect((await rerate(context, version)).journals).toBe(0)
  await rerate(context, await acceptVersion(context, agreement.id, { number: 3, terms: { shareBps: 0 } }))
  expect((await awarded())._sum.targetMinor).toBe(0n)
  const nonZero = (balance: typeof before) =>
    JSON.parse(JSON.stringify(balance, (_, value) => (typeof value === 'bigint' ? `${value}` : value)))
  expect(nonZero(await readTrialBalance(db, shop.id))).toEqual(nonZero(before))
  expect((await verifyLedger(db, shop.id)).findings).toEqual([])
  expect(await replayLedger(db, shop.id)).toMatchObject({ ok: true, firstDifference: null })
})

test('a piece that was given away climbs no ladder, neither when it is booked nor when it is re-rated', async () => {
  await using context = await createPartnerContext()
  const { db, shop } = context
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  const agreement = await createAgreement(db, shop, maya.id)
  await createCode(db, shop, maya.id, 'MAYA10')
  const order = sold(1n)
  const [first] = order.sales
  if (!first) throw new Error('no sale')
  const free = {
    totalMinor: 0n,
    presentmentMinor: 0n,
    discountMinor: 9_000n,
    actionType: 'update',
    quantity: 2,
  }
  await book(context, [{ ...order, sales: [first, { ...first, ...free, saleId: first.saleId + 1n }] }])
  const pieces = () =>
    db.inShop(shop.id, (tx) =>
      tx.royaltyEntry.groupBy({
        by: ['agreementVersionId'],
        _sum: { units: true, listMinor: true, discountMinor: true },
        orderBy: { agreementVersionId: 'asc' },
      }),
    )
  const [booked] = await pieces()
  expect(booked?._sum.units).toBe(1)
  const version = await acceptVersion(context, agreement.id, { number: 2, terms: { shareBps: 1500 } })
  await rerate(context, version)
  const sums = new Map((await pieces()).map((row) => [row.agreementVersionId, row._sum]))
  expect(sums.get(version)).toEqual(booked?._sum)
  expect(sums.get(booked?.agreementVersionId ?? '')).toEqual({ units: 0, listMinor: 0n, discountMinor: 0n })
  expect(await replayLedger(db, shop.id)).toMatchObject({ ok: true, firstDifference: null })
})

test('a ladder forgets what a lost dispute took back also where the base share comes to nothing', async () => {
  await using context = await createPartnerContext()
  const { db, shop, clock } = context
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  const steps = [{ from: '5000', shareBps: 1000 }]
  const tiers = { basis: 'net' as const, window: 'agreement' as const, mode: 'retroactive' as const, steps }
  await createAgreement(db, shop, maya.id, makeTerms({ shareBps: 0, tiers }))
  await createCode(db, shop, maya.id, 'MAYA10')
  await book(context, [sold(1n)])
  const awarded = async () => {
    const { _sum } = await db.inShop(shop.id, (tx) => tx.award.aggregate({ _sum: { targetMinor: true } }))
    return _sum.targetMinor
  }
  expect(await awarded()).toBe(1_000n)
  const at = '2026-05-15T00:00:00.000Z'
  const dispute = {
    ...{ disputeId: 9n, orderId: 1n, type: 'CHARGEBACK', amountMinor: 10_000n, currency: 'USD' },
    ...{ at, initiatedAt: at, finalizedAt: null },
  }
  const tell = (status: string) =>
    db.inShop(shop.id, (tx) => recordDispute(tx, shop, { ...dispute, status }, clock.now()))
  await tell('LOST')
  expect(await awarded()).toBe(0n)
  await tell('WON')
  expect(await awarded()).toBe(1_000n)
})
