// The report of a drop against the books: bought at the real checkout at the drop's price, edited and refunded after the close. Every sum must be
// the ledger's, to the cent.
import { expect, test } from 'vitest'
import { refreshClaims } from '#app/adapters/db/claim-store.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { editOrder } from '#sandbox/commerce/edit-order.ts'
import { refundOrder } from '#sandbox/commerce/refund-order.ts'
import { tryToBuy } from '#sandbox/demo/buy-on-storefront.ts'
import { createAgreement, createCreator, makeTerms } from '#tests/factories/creator.ts'
import {
  DROP_SHOP,
  type DropStage,
  minutes,
  openDropStage,
  planOf,
  playUntil,
  readDrop,
  scheduleDrop,
} from '#tests/factories/drops.ts'
import { verifyLedger } from '../ledger/verify-ledger.server.ts'
import { closePeriods } from '../statements/close-periods.server.ts'
import { rebuildStatement } from '../statements/rebuild-statement.server.ts'
import { pressDrop } from './press-drop.server.ts'
import { readDropReport } from './report-view.server.ts'

async function at(stage: DropStage, from: number): Promise<void> {
  stage.house.clock.moveTo(minutes(from))
  stage.running.sandbox.clock.setOffset(minutes(from).getTime() - Date.now())
}

async function buy(stage: DropStage, from: number, quantity = 1, piece = 0): Promise<string> {
  await at(stage, from)
  const storefront = `${stage.running.url}/storefront/${DROP_SHOP.split('.')[0]}`
  const variantId = stage.pieces[piece]?.variantId ?? ''
  const bought = await tryToBuy(storefront, { variantId, quantity })
  if (!bought.ok) throw new Error(bought.message)
  await hear(stage)
  return bought.orderId
}

async function hear({ running, house, context }: DropStage): Promise<void> {
  const told = running.webhooks.deliveries().filter(({ topic }) => /^(orders|refunds)\//.test(topic))
  running.webhooks.clear()
  for (const delivery of told) expect(await house.receive(delivery)).toMatchObject({ ok: true })
  await house.drain(context.shop.id)
}

async function reportOf({ context }: DropStage, dropId: string) {
  const read = await readDropReport(context, dropId)
  if (!read.ok) throw new Error(read.reason)
  return read.report
}

/** What the accounts themselves say of the lines that were decided in the drop. */
async function booksOf({ context: { db, shop } }: DropStage, dropId: string) {
  const [row] = await db.inShop(
    shop.id,
    (tx) => tx.$queryRaw<Array<{ revenue: bigint; royalties: bigint; owed: bigint }>>`
      select coalesce(-sum(p.amount_minor) filter (where c.code = 'revenue/product'), 0)::bigint as revenue,
        coalesce(sum(p.amount_minor) filter (where c.code = 'royalty-expense'), 0)::bigint as royalties,
        coalesce(-sum(p.amount_minor) filter (where c.creator_id is not null), 0)::bigint as owed
      from line_attribution a
      join journal j on j.shop_id = a.shop_id and j.line_item_id = a.line_item_id
      join posting p on p.shop_id = j.shop_id and p.journal_seq = j.seq
      join account c on c.id = p.account_id
      where a.shop_id = ${shop.id} and a.revision = 1 and a.circumstances->'drop'->>'id' = ${dropId}`,
  )
  return row
}

const sumOf = (texts: string[]) => texts.reduce((total, text) => total + BigInt(text), 0n)

/** A drop of Noor's at a tenth off, with early access for nobody: told, opened. */
async function openDrop(stage: DropStage, given: Parameters<typeof planOf>[1] = {}) {
  const { db, shop } = stage.context
  const noor = await createCreator(db, shop, { handle: 'NOOR' })
  const agreement = await createAgreement(db, shop, noor.id, makeTerms({ currency: 'EUR', shareBps: 1250 }))
  const plan = planOf(stage, {
    creatorId: noor.id,
    agreementId: agreement.id,
    price: { kind: 'percent', bps: 1_000 },
    ...given,
  })
  const { id } = await scheduleDrop(stage, plan)
  for (const from of [-299, -60, 0]) {
    await at(stage, from)
    await playUntil(stage, id, from)
  }
  return { id, noor, agreement }
}

test('bought at the drop’s price, edited and refunded after the close: each sum is the ledger’s to the cent', async () => {
  await using stage = await openDropStage()
  const { context, running } = stage
  const { id, noor, agreement } = await openDrop(stage)
  const first = await buy(stage, 1)
  await at(stage, 6.01)
  await playUntil(stage, id, 6.01)
  const second = await buy(stage, 7, 2)
  await at(stage, 12)
  await playUntil(stage, id, 12)
  await at(stage, 20)
  await playUntil(stage, id, 20)

  const entries = await context.db.inShop(context.shop.id, (tx) => tx.royaltyEntry.findMany())
  expect(entries).toHaveLength(2)
  for (const entry of entries)
    expect(entry).toMatchObject({ creatorId: noor.id, agreementId: agreement.id, dropId: id, shareBps: 1250 })
  // 120.00 less a tenth.
  expect(entries[0]).toMatchObject({ listMinor: 12_000n, discountMinor: 1_200n, netMinor: 10_800n })
  const lines = await context.db.inShop(context.shop.id, (tx) =>
    tx.lineAttribution.findMany({ orderBy: { soldAt: 'asc' } }),
  )
  for (const { dropId, candidates } of lines) {
    expect(dropId).toBe(id)
    expect(candidates).toMatchObject([{ outcome: 'won', evidence: { kind: 'drop', dropId: id } }])
  }

  // After the close: one comes back, one more of the same line, and another piece that is no sale of the drop.
  await at(stage, 90)
  const orders = running.sandbox.shops[DROP_SHOP]?.orders ?? {}
  const lineOf = (order: string) => orders[order]?.lineItems[0]?.id ?? ''
  const refunded = refundOrder(running.sandbox, DROP_SHOP, first, {
    lines: [{ lineItemId: lineOf(first), quantity: 1, restock: 'RETURN' }],
  })
  expect(refunded).toMatchObject({ ok: true })
  const edited = editOrder(running.sandbox, DROP_SHOP, second, {
    increase: [{ lineItemId: lineOf(second), quantity: 1 }],
    add: [{ variantId: stage.pieces[1]?.variantId ?? '', quantity: 1 }],
  })
  expect(edited).toMatchObject({ ok: true })
  await hear(stage)

  const report = await reportOf(stage, id)
  const books = await booksOf(stage, id)
  expect(report).toMatchObject({ soldInAll: 4, back: 1 })
  expect(
    report.acts.filter(({ sold }) => sold > 0).map(({ kind, sold, back }) => [kind, sold, back]),
  ).toEqual([
    ['open', 1, 1],
    ['wave', 3, 0],
  ])
  expect(BigInt(report.netMinor)).toBe(books?.revenue)
  expect(BigInt(report.creatorsMinor)).toBe(books?.royalties)
  expect(books?.owed).toBe(books?.royalties)
  expect(sumOf(report.acts.map(({ netMinor }) => netMinor))).toBe(books?.revenue)
  expect(sumOf(report.acts.map(({ creatorsMinor }) => creatorsMinor))).toBe(books?.royalties)
  expect(report.creators).toEqual([
    { creatorId: noor.id, name: noor.name, shareMinor: report.creatorsMinor, awardsMinor: '0' },
  ])
  // What came back earns nothing: the refunded act is at nothing, to the cent.
  expect(report.acts.find(({ kind }) => kind === 'open')).toMatchObject({ netMinor: '0', creatorsMinor: '0' })
  expect(books?.revenue).toBeGreaterThan(0n)
  expect(await verifyLedger(context.db, context.shop.id)).toMatchObject({ ok: true, findings: [] })

  // The month's statement names the drop, with the same pieces and the same cents.
  stage.house.clock.moveTo('2027-01-01T12:00:00.000Z')
  expect(await closePeriods(context)).toMatchObject({ statements: 1 })
  const [statement] = await context.db.inShop(context.shop.id, (tx) => tx.statement.findMany())
  const printed = statement?.document as unknown as StatementDocument | undefined
  expect(printed?.lines).toMatchObject([
    {
      netUnits: 3,
      royaltyMinor: report.creatorsMinor,
      drops: { titles: ['Rose signet'], units: 3, royaltyMinor: report.creatorsMinor },
    },
  ])
  const again = await context.db.inShop(context.shop.id, (tx) =>
    rebuildStatement(tx, context.shop, statement?.id ?? ''),
  )
  expect(again).toMatchObject({ ok: true, matches: true })
}, 180_000)

test('a sale of the drop’s pieces that the books attribute to another drop, or to none, is not reported', async () => {
  await using stage = await openDropStage()
  const { id } = await openDrop(stage)
  await buy(stage, 1)
  const { db, shop } = stage.context
  // A later drop with the same piece: whoever buys then buys in that one.
  const plan = planOf(stage, { handle: 'second-night', waves: [] })
  const acts = plan.acts
    .filter(({ kind }) => kind === 'open' || kind === 'close')
    .map((act) => ({ ...act, at: minutes(act.kind === 'open' ? 2 : 15).toISOString() }))
  stage.house.clock.moveTo(minutes(1.5 - 60))
  await scheduleDrop(stage, { ...plan, acts })
  await buy(stage, 3)
  const reported = await reportOf(stage, id)
  expect(reported.soldInAll).toBe(1)
  const lines = await db.inShop(shop.id, (tx) => tx.lineAttribution.findMany({ orderBy: { soldAt: 'asc' } }))
  expect(lines.map(({ dropId }) => dropId === id)).toEqual([true, false])
})

test('what was asked for in vain: sign-ups by piece, holds that lapsed, minutes sold out by the claim log', async () => {
  await using stage = await openDropStage()
  const { id } = await openDrop(stage)
  const { db, shop } = stage.context
  const variantId = BigInt(stage.pieces[0]?.variantId ?? 0)
  await db.inShop(shop.id, async (tx) => {
    const [wave] = await tx.wave.findMany({ where: { dropId: id } })
    const signup = async (position: number, status: string) => {
      const signupId = newRowId()
      await tx.restockSignup.create({
        data: {
          id: signupId,
          shopId: shop.id,
          dropId: id,
          variantId,
          locale: 'en',
          position,
          idempotencyKey: newRowId(),
          consentVersion: 1,
          consentAt: minutes(-100),
          status,
        },
      })
      return signupId
    }
    const hold = (signupId: string, status: string) =>
      tx.claimHold.create({
        data: {
          id: newRowId(),
          shopId: shop.id,
          dropId: id,
          waveId: wave?.id ?? '',
          variantId,
          signupId,
          status,
          askedAt: minutes(6),
          endedAt: minutes(12),
        },
      })
    await hold(await signup(1, 'noticed'), 'bought')
    await hold(await signup(2, 'noticed'), 'lapsed')
    await signup(3, 'waiting')
    await signup(4, 'left')
  })
  // Gone from minute 3 to the restock at minute 6, and for good from minute 14 on.
  await counted(stage, id, 3, 0)
  await at(stage, 6)
  await playUntil(stage, id, 6)
  await counted(stage, id, 6, 12)
  await at(stage, 12)
  await playUntil(stage, id, 12)
  await counted(stage, id, 14, 0)
  await at(stage, 20)
  await playUntil(stage, id, 20)
  const { demand, claims } = await reportOf(stage, id)
  expect(demand.pieces[0]).toMatchObject({
    soldOutMs: 9 * 60_000,
    soldOutAfterMs: 14 * 60_000,
    asked: 3,
    served: 1,
  })
  expect(demand.pieces[1]).toMatchObject({ soldOutMs: 0, soldOutAfterMs: null, asked: 0 })
  expect(demand.signups).toEqual({ asked: 3, served: 1, lapsed: 1 })
  expect(claims.kinds.find(({ kind }) => kind === 'sold_out')?.count).toBe(2)
  expect(claims.shown).toBeGreaterThan(2)
})

test('of a drop that was aborted: what each restock brought, and which acts came no more', async () => {
  await using stage = await openDropStage()
  const { id: dropId } = await scheduleDrop(stage, planOf(stage))
  for (const from of [-60, 0, 6]) await playUntil(stage, dropId, from)
  const { revision } = await readDrop(stage, dropId)
  const pressed = await pressDrop(stage.context, { dropId, press: { kind: 'abort' }, revision }, 'user/1')
  expect(pressed).toMatchObject({ ok: true, changed: true })
  await playUntil(stage, dropId, 8)
  const { acts } = await reportOf(stage, dropId)
  expect(acts.map(({ kind, outcome, released }) => [kind, outcome, released])).toEqual([
    ['teaser', 'done', null],
    ['open', 'done', null],
    ['wave', 'done', 12],
    ['wave', 'skipped', 0],
    ['close', 'skipped', null],
    ['after', 'skipped', null],
  ])
}, 120_000)

/** Shopify counts so many of the hero at that minute, and the log follows. */
async function counted(stage: DropStage, dropId: string, from: number, available: number): Promise<void> {
  await at(stage, from)
  const { db, shop } = stage.context
  const [hero] = stage.pieces
  const key = { shopId: shop.id, inventoryItemId: BigInt(hero?.inventoryItemId ?? 0) }
  const locationId = BigInt(stage.locationId)
  const level = { available, observedAt: minutes(from), confirmedAt: minutes(from), readAt: minutes(from) }
  await db.inShop(shop.id, async (tx) => {
    const item = { ...key, variantId: BigInt(hero?.variantId ?? 0), isCounted: true, sellsBeyondStock: false }
    await tx.stockItem.upsert({
      where: { shopId_inventoryItemId: key },
      create: item,
      update: {},
    })
    await tx.stockLevel.upsert({
      where: { shopId_inventoryItemId_locationId: { ...key, locationId } },
      create: { ...key, locationId, ...level, reserved: 20 },
      update: level,
    })
    await refreshClaims(tx, shop.id, dropId, minutes(from))
  })
}
