// What is sold in a drop reaches the books under the drop's agreement, to the cent, and stays so when it is decided or written anew.
import { expect, test } from 'vitest'
import { createDiscount } from '#sandbox/commerce/create-discount.ts'
import { placeOrder } from '#sandbox/commerce/place-order.ts'
import { refundOrder } from '#sandbox/commerce/refund-order.ts'
import { createAgreement, createCode, createCreator, makeTerms } from '#tests/factories/creator.ts'
import {
  DROP_SHOP,
  type DropStage,
  minutes,
  openDropStage,
  planOf,
  playUntil,
  scheduleDrop,
} from '#tests/factories/drops.ts'
import { readDropReport } from '../drops/report-view.server.ts'
import { replayLedger } from './replay-ledger.server.ts'
import { runRerate, startRerate } from './rerate-agreement.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

/** Sells one hero at that minute of the drop; whatever Shopify tells of it is worked off. */
async function sell(
  stage: DropStage,
  from: number,
  { codes = [] as string[], piece = 0 } = {},
): Promise<bigint> {
  const { running, house, context, pieces } = stage
  house.clock.moveTo(minutes(from))
  running.sandbox.clock.setOffset(minutes(from).getTime() - Date.now())
  const placed = placeOrder(running.sandbox, DROP_SHOP, {
    lines: [{ variantId: pieces[piece]?.variantId ?? '', quantity: 1 }],
    happenedAt: minutes(from).toISOString(),
    discountCodes: codes,
  })
  if (!placed.ok) throw new Error(placed.message)
  await hear(stage)
  expect(context.shop.id).toBeGreaterThan(0)
  return BigInt(placed.order.id)
}

async function hear({ running, house, context }: DropStage): Promise<void> {
  const told = running.webhooks.deliveries().filter(({ topic }) => /^(orders|refunds)\//.test(topic))
  running.webhooks.clear()
  for (const delivery of told) expect(await house.receive(delivery)).toMatchObject({ ok: true })
  await house.drain(context.shop.id)
}

function entriesOf({ context: { db, shop } }: DropStage) {
  return db.inShop(shop.id, (tx) => tx.royaltyEntry.findMany({ orderBy: { journalSeq: 'asc' } }))
}

test('a sale in the window pays the drop’s creator under its agreement; before and after it pays as ever', async () => {
  await using stage = await openDropStage()
  const { context } = stage
  const { db, shop } = context
  const noor = await createCreator(db, shop, { handle: 'NOOR' })
  const ines = await createCreator(db, shop, { handle: 'INES' })
  const terms = makeTerms({ currency: 'EUR', shareBps: 1250 })
  const agreement = await createAgreement(db, shop, noor.id, terms)
  await createAgreement(db, shop, noor.id, makeTerms({ currency: 'EUR', shareBps: 300 }))
  await createAgreement(db, shop, ines.id, makeTerms({ currency: 'EUR', shareBps: 500 }))
  await createCode(db, shop, ines.id, 'INES10')
  const code = { code: 'INES10', percentage: '0.1', startsAt: minutes(-1000).toISOString() }
  expect(createDiscount(stage.running.sandbox, DROP_SHOP, code)).toMatchObject({ ok: true })
  const { id } = await scheduleDrop(stage, planOf(stage, { creatorId: noor.id, agreementId: agreement.id }))
  await playUntil(stage, id, -60)
  await sell(stage, -1)
  await sell(stage, 0)
  await sell(stage, 19.99, { codes: ['INES10'] })
  await sell(stage, 20)
  await sell(stage, 20.5, { codes: ['INES10'], piece: 1 })
  const told = (await entriesOf(stage)).map((entry) => ({
    creatorId: entry.creatorId,
    agreementId: entry.agreementId,
    dropId: entry.dropId,
    royalty: entry.royaltyMinor,
    net: entry.netMinor,
  }))
  const [first, second, later] = told
  expect(told).toHaveLength(3)
  for (const sale of [first, second]) expect(sale).toMatchObject({ agreementId: agreement.id, dropId: id })
  expect(first?.royalty).toBe((12_000n * 1250n) / 10_000n)
  expect(later).toMatchObject({ creatorId: ines.id, dropId: null })
  await playUntil(stage, id, 21)
  const reported = await readDropReport(context, id)
  const report = reported.ok ? reported.report : null
  expect(report).toMatchObject({
    soldInAll: 2,
    planned: 20,
    returned: 20,
    creatorsMinor: String((first?.royalty ?? 0n) + (second?.royalty ?? 0n)),
  })
  expect(report?.acts.map(({ kind, sold, outcome }) => [kind, sold, outcome])).toEqual([
    ['teaser', 0, 'done'],
    ['open', 1, 'skipped'],
    ['wave', 0, 'skipped'],
    ['wave', 1, 'skipped'],
    ['close', 0, 'done'],
    ['after', 0, null],
  ])
  const lines = await db.inShop(shop.id, (tx) => tx.lineAttribution.findMany({ orderBy: { soldAt: 'asc' } }))
  expect(
    lines.map(({ circumstances }) => (circumstances as { drop?: { id: string } }).drop?.id ?? null),
  ).toEqual([null, id, id, null, null])
  expect(lines[2]?.candidates).toMatchObject([
    { outcome: 'won', evidence: { kind: 'drop', dropId: id } },
    { outcome: 'lost', reason: 'lower_precedence', evidence: { kind: 'discount_code' } },
  ])
})

test('what comes back, is decided anew or written anew keeps its drop', async () => {
  await using stage = await openDropStage()
  const { context } = stage
  const { db, shop } = context
  const noor = await createCreator(db, shop, { handle: 'NOOR' })
  const agreement = await createAgreement(db, shop, noor.id, makeTerms({ currency: 'EUR', shareBps: 1250 }))
  const { id } = await scheduleDrop(stage, planOf(stage, { creatorId: noor.id, agreementId: agreement.id }))
  await playUntil(stage, id, 0)
  const orderId = await sell(stage, 1)
  await sell(stage, 2)
  await playUntil(stage, id, 20)
  // Whatever becomes of the drop's own row, the line keeps what was true at its sale.
  await db.inShop(shop.id, (tx) =>
    tx.drop.update({ where: { id }, data: { agreementId: null, creatorId: null } }),
  )
  const [version] = agreement.versions
  await db.inShop(shop.id, (tx) =>
    tx.agreementVersion.create({
      data: {
        id: crypto.randomUUID(),
        shopId: shop.id,
        agreementId: agreement.id,
        number: 2,
        status: 'accepted',
        terms: makeTerms({ currency: 'EUR', shareBps: 2000 }) as unknown as object,
        termsHash: 'test-2',
        effectiveFrom: version?.effectiveFrom ?? new Date(),
        retroactive: true,
        decidedAt: context.clock.now(),
        createdAt: context.clock.now(),
      },
    }),
  )
  const versions = await db.inShop(shop.id, (tx) => tx.agreementVersion.findMany({ where: { number: 2 } }))
  const asked = await startRerate(context, { agreementVersionId: versions[0]?.id ?? '' }, 'owner')
  if (!asked.ok) throw new Error(asked.reason)
  await runRerate(context, asked.taskId)
  const { running } = stage
  const state = running.sandbox.shops[DROP_SHOP]
  const order = state?.orders[String(orderId)]
  const refunded = refundOrder(running.sandbox, DROP_SHOP, String(orderId), {
    lines: [{ lineItemId: order?.lineItems[0]?.id ?? '', quantity: 1, restock: 'RETURN' }],
  })
  if (!refunded.ok) throw new Error(refunded.message)
  await hear(stage)
  const entries = await entriesOf(stage)
  expect(entries.length).toBeGreaterThan(4)
  expect(entries.every(({ dropId }) => dropId === id)).toBe(true)
  const sum = entries.reduce((total, { royaltyMinor }) => total + royaltyMinor, 0n)
  expect(sum).toBe((12_000n * 2000n) / 10_000n)
  expect(await verifyLedger(db, shop.id)).toMatchObject({ ok: true, findings: [] })
  expect(await replayLedger(db, shop.id)).toMatchObject({ ok: true, firstDifference: null })
})
