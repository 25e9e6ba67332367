// Nineteen defects that programmes of this kind have had, each held against ours.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import type { Candidate } from '#app/domain/attribution/attribution.ts'
import { formatMoney, toDecimalText } from '#app/domain/money/format-amount.ts'
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import type { ShopContext } from '#app/features/context.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { recordDispute } from '#app/features/ledger/record-dispute.server.ts'
import { recordFetchedOrders } from '#app/features/ledger/record-fetched-orders.server.ts'
import { readTrialBalance } from '#app/features/ledger/trial-balance.server.ts'
import { readCandidates } from '#app/features/payouts/payout-candidates.server.ts'
import { savePayoutMethod } from '#app/features/payouts/save-payout-method.server.ts'
import { sendRun } from '#app/features/payouts/send-run.server.ts'
import { confirmRun } from '#app/features/payouts/settle-payout.server.ts'
import { closePeriods } from '#app/features/statements/close-periods.server.ts'
import { openReceiptWriter } from '#app/features/webhooks/receipt-writer.server.ts'
import { receiveDelivery } from '#app/features/webhooks/receive-delivery.server.ts'
import { deliveryHeaders } from '#sandbox/webhooks/sign-delivery.ts'
import { createAgreement, createCode, createCreator, makeTerms } from './factories/creator.ts'
import { type FetchedOrderInput, makeFetchedOrder } from './factories/fetched-order.ts'
import { createPartnerContext, type PartnerTestContext } from './factories/partner-context.ts'
import { carriedReference, createPartners, LINK_SECRET } from './factories/partners.ts'
import { approvedRun, METHOD_KEYS, revisionOf, SEPA_METHOD } from './factories/payouts.ts'
import { createShop } from './factories/shop.ts'

/** One database for all; each test opens a shop of its own. */
let database: PartnerTestContext
beforeAll(async () => {
  database = await createPartnerContext()
})
afterAll(() => database?.[Symbol.asyncDispose]())

interface Atelier {
  shop: Shop
  creatorId: string
  agreementId: string
  context: ShopContext
  record(orders: FetchedOrderInput[], now?: string): Promise<void>
  /** Of maya, by bucket; zero ones left out. */
  owed(): Promise<Record<string, bigint>>
  close(now: string): Promise<void>
  statements(): Promise<StatementDocument[]>
}

/** A shop of its own with maya, who gets 10 % on her code after 30 days. */
async function openAtelier(
  terms: Partial<AgreementTerms> = {},
  overrides: { currency?: string } = {},
): Promise<Atelier> {
  const { db } = database
  const shop = await createShop(db, overrides)
  const currency = shop.currency
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  const agreement = await createAgreement(db, shop, maya.id, makeTerms({ currency, ...terms }))
  await createCode(db, shop, maya.id, 'MAYA10')
  const context = database.forShop(shop)
  database.clock.moveTo('2026-03-10T16:00:00.000Z')
  return {
    shop,
    creatorId: maya.id,
    agreementId: agreement.id,
    context,
    async record(orders, now = '2026-03-10T16:00:00.000Z') {
      const fetched = orders.map((order) => makeFetchedOrder({ currency, ...order }))
      await db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, LINK_SECRET, fetched, new Date(now)))
    },
    async owed() {
      const totals = await readTrialBalance(db, shop.id)
      const own = totals.filter(({ account }) => account.startsWith(`creator/${maya.id}/`))
      return Object.fromEntries(
        own
          .filter(({ balanceMinor }) => balanceMinor !== 0n)
          .map(({ account, balanceMinor }) => [account.split('/')[2] ?? '', -balanceMinor]),
      )
    },
    async close(now) {
      database.clock.moveTo(now)
      await matureHolds(context)
      await closePeriods(context)
    },
    async statements() {
      const rows = await db.inShop(shop.id, (tx) => tx.statement.findMany({ orderBy: { sequence: 'asc' } }))
      return rows.map((row) => row.document as unknown as StatementDocument)
    },
  }
}

let nextOrder = 0n
/** 100.00 net under maya's code on 10 March. */
function sold(more: Partial<FetchedOrderInput> = {}): FetchedOrderInput & { lineId: bigint } {
  nextOrder += 1n
  const lineId = nextOrder * 10n
  return {
    orderId: nextOrder,
    codes: ['MAYA10'],
    placedAt: '2026-03-10T15:00:00.000Z',
    lines: [{ lineItemId: lineId, netMinor: 10_000n }],
    lineId,
    ...more,
  }
}

const back = (order: { lineId: bigint }, netMinor: bigint, at: string, quantity = -1) => ({
  at,
  lineItemId: order.lineId,
  netMinor,
  quantity,
})

test('partial refund voids all: a refund of a quarter takes back a quarter', async () => {
  const atelier = await openAtelier()
  const order = sold()
  await atelier.record([order])
  await atelier.record([{ ...order, later: [back(order, -2_500n, '2026-03-12T10:00:00.000Z')] }])
  expect(await atelier.owed()).toEqual({ held: 750n })
})

test('refund after paid ignored: what became payable is owed back', async () => {
  const atelier = await openAtelier()
  const order = sold()
  await atelier.record([order])
  await atelier.close('2026-05-01T05:00:00.000Z')
  expect(await atelier.owed()).toEqual({ available: 1_000n })
  const refunded = { ...order, later: [back(order, -10_000n, '2026-05-02T10:00:00.000Z')] }
  await atelier.record([refunded], '2026-05-02T11:00:00.000Z')
  expect(await atelier.owed()).toEqual({})
})

test('re-rate at today’s terms: a refund takes back what the sale paid, whatever is agreed by then', async () => {
  const atelier = await openAtelier()
  const order = sold()
  await atelier.record([order])
  await database.db.inShop(atelier.shop.id, (tx) =>
    tx.agreementVersion.create({
      data: {
        id: crypto.randomUUID(),
        shopId: atelier.shop.id,
        agreementId: atelier.agreementId,
        number: 2,
        status: 'accepted',
        terms: makeTerms({ shareBps: 3000 }) as unknown as object,
        termsHash: 'two',
        effectiveFrom: new Date('2026-03-11T00:00:00Z'),
        decidedAt: new Date('2026-03-11T00:00:00Z'),
        createdAt: new Date('2026-03-11T00:00:00Z'),
      },
    }),
  )
  const refunded = { ...order, later: [back(order, -5_000n, '2026-03-20T10:00:00.000Z')] }
  await atelier.record([refunded], '2026-03-20T11:00:00.000Z')
  expect(await atelier.owed()).toEqual({ held: 500n })
})

test('all of a customer’s orders reversed: one refund touches one order', async () => {
  const atelier = await openAtelier()
  const [first, second] = [sold(), sold()]
  const ofOneCustomer = [first, second].map((order) => ({ ...order, customerKey: 'the same' }))
  await atelier.record(ofOneCustomer)
  await atelier.record([{ ...first, later: [back(first, -10_000n, '2026-03-12T10:00:00.000Z')] }])
  expect(await atelier.owed()).toEqual({ held: 1_000n })
})

test('negative needs hand approval: the refund itself books it, and nobody is asked', async () => {
  const atelier = await openAtelier()
  const [first, second] = [sold(), sold()]
  await atelier.record([first, second])
  await atelier.close('2026-05-01T05:00:00.000Z')
  const later = [back(first, -10_000n, '2026-05-02T10:00:00.000Z')]
  await atelier.record([{ ...first, later }], '2026-05-02T11:00:00.000Z')
  expect(await atelier.owed()).toEqual({ available: 1_000n })
  const asked = await database.db.inShop(atelier.shop.id, (tx) =>
    tx.adjustment.count({ where: { shopId: atelier.shop.id } }),
  )
  expect(asked).toBe(0)
})

test('restock-only refunds: money back for goods that stay with the buyer takes the royalty back too', async () => {
  const atelier = await openAtelier()
  const order = sold()
  await atelier.record([order])
  await atelier.record([{ ...order, later: [back(order, -10_000n, '2026-03-12T10:00:00.000Z', 0)] }])
  expect(await atelier.owed()).toEqual({})
})

test('record deleted on refund: sale and return both stand, in the books and on the statement', async () => {
  const atelier = await openAtelier()
  const order = sold()
  await atelier.record([order])
  await atelier.record([{ ...order, later: [back(order, -10_000n, '2026-03-12T10:00:00.000Z')] }])
  const entries = await database.db.inShop(atelier.shop.id, (tx) =>
    tx.royaltyEntry.findMany({ where: { shopId: atelier.shop.id }, orderBy: { journalSeq: 'asc' } }),
  )
  expect(entries.map(({ royaltyMinor, units }) => [royaltyMinor, units])).toEqual([
    [1_000n, 1],
    [-1_000n, -1],
  ])
  await atelier.close('2026-04-01T05:00:00.000Z')
  const [statement] = await atelier.statements()
  expect(statement?.lines).toMatchObject([
    { unitsSold: 1, unitsReturned: 1, netMinor: '10000', returnsMinor: '-10000', royaltyMinor: '0' },
  ])
})

test('locked forever: what comes after the close is booked in the open month, and the closed one stays', async () => {
  const atelier = await openAtelier()
  const order = sold()
  await atelier.record([order])
  await atelier.close('2026-04-01T05:00:00.000Z')
  const [before] = await atelier.statements()
  const later = [back(order, -10_000n, '2026-03-30T10:00:00.000Z')]
  await atelier.record([{ ...order, later }], '2026-04-02T11:00:00.000Z')
  expect(await atelier.owed()).toEqual({})
  await atelier.close('2026-05-01T05:00:00.000Z')
  const [first, second] = await atelier.statements()
  expect(first).toEqual(before)
  expect(second).toMatchObject({ openingMinor: '1000', closingMinor: '0' })
  expect(second?.adjustments).toMatchObject([
    { kind: 'late_return', at: '2026-03-30', amountMinor: '-1000', original: { statement: 'MAYA-0001' } },
  ])
})

test('double subtract: parts, the rest, a lost dispute and a late copy of it take the royalty once', async () => {
  const atelier = await openAtelier()
  const { shop, record, owed } = atelier
  const order = sold()
  const part = back(order, -4_000n, '2026-03-12T10:00:00.000Z')
  const rest = back(order, -6_000n, '2026-03-14T10:00:00.000Z')
  await record([order])
  await record([{ ...order, later: [part] }])
  const lost = {
    disputeId: order.orderId,
    orderId: order.orderId,
    type: 'chargeback',
    status: 'lost',
    amountMinor: 6_000n,
    currency: 'USD',
    at: '2026-03-13T10:00:00.000Z',
    initiatedAt: '2026-03-13T10:00:00.000Z',
    finalizedAt: '2026-03-13T10:00:00.000Z',
  }
  for (let time = 0; time < 2; time++)
    await database.db.inShop(shop.id, (tx) => recordDispute(tx, shop, lost, new Date('2026-03-13T11:00:00Z')))
  expect(await owed()).toEqual({})
  await record([{ ...order, later: [part, rest] }])
  await record([{ ...order, later: [part, rest] }])
  expect(await owed()).toEqual({})
})

test('JPY x100: yen have no cents on any way', async () => {
  expect(parseAmount('12000', 'JPY')).toEqual({ ok: true, minor: 12_000n })
  expect(parseAmount('12000.0', 'JPY')).toEqual({ ok: true, minor: 12_000n })
  expect(parseAmount('12000.5', 'JPY')).toMatchObject({ ok: false, reason: 'too_many_decimals' })
  expect(toDecimalText(12_000n, 'JPY')).toBe('12000')
  expect(formatMoney(12_000n, 'JPY', 'en')).toBe('¥12,000')
  const atelier = await openAtelier({}, { currency: 'JPY' })
  const lines = [{ lineItemId: 900n, netMinor: 12_000n }]
  await atelier.record([{ ...sold(), lines }])
  expect(await atelier.owed()).toEqual({ held: 1_200n })
})

test('mixed-currency sum: each currency has accounts of its own, and a statement adds up one', async () => {
  const atelier = await openAtelier()
  await atelier.record([sold(), { ...sold(), currency: 'EUR' }])
  const totals = await readTrialBalance(database.db, atelier.shop.id)
  const held = totals.filter(({ account }) => account.endsWith('/held'))
  expect(held.map(({ currency, balanceMinor }) => [currency, balanceMinor]).sort()).toEqual([
    ['EUR', -1_000n],
    ['USD', -1_000n],
  ])
  await atelier.close('2026-04-01T05:00:00.000Z')
  const [statement] = await atelier.statements()
  expect(statement).toMatchObject({ currency: 'USD', royaltiesMinor: '1000', closingMinor: '1000' })
})

test('200 on failure: a delivery that cannot be written down is not taken', async () => {
  const atelier = await openAtelier()
  const { context, shop } = atelier
  const receipts = openReceiptWriter(database.db, context.queue, context.log)
  const secret = 'a secret of the app under test'
  const intake = {
    receipts,
    clock: context.clock,
    log: context.log,
    apiSecret: secret,
    linkSecret: LINK_SECRET,
  }
  const body = JSON.stringify({ id: 1 })
  const delivery = {
    topic: 'orders/paid',
    shop: shop.domain,
    apiVersion: '2026-10',
    webhookId: 'one',
    eventId: 'one',
    triggeredAt: '2026-03-10T15:00:00.000Z',
  }
  const headers = new Headers(deliveryHeaders(delivery, body, secret))
  const raw = { header: (name: string) => headers.get(name), rawBody: Buffer.from(body) }
  const connect = database.db.pool.connect
  database.db.pool.connect = () => Promise.reject(new Error('the database is away')) as never
  try {
    await expect(receiveDelivery(intake, 'orders/paid', raw)).rejects.toThrow('the database is away')
  } finally {
    database.db.pool.connect = connect
  }
  expect(await receiveDelivery(intake, 'orders/paid', raw)).toMatchObject({ ok: true, outcome: 'stored' })
  await receipts.close()
})

test('idempotency before write: what failed half-way has left no mark, and the second try books it', async () => {
  const atelier = await openAtelier()
  const order = makeFetchedOrder(sold())
  const { shop } = atelier
  const now = new Date('2026-03-10T16:00:00.000Z')
  const failing = database.db.inShop(shop.id, async (tx) => {
    await recordFetchedOrders(tx, shop, LINK_SECRET, [order], now)
    throw new Error('the power went')
  })
  await expect(failing).rejects.toThrow('the power went')
  expect(await atelier.owed()).toEqual({})
  await database.db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, LINK_SECRET, [order], now))
  expect(await atelier.owed()).toEqual({ held: 1_000n })
})

test('hold recomputed after group change: the day was frozen with the sale', async () => {
  const atelier = await openAtelier()
  const { shop, agreementId } = atelier
  await atelier.record([sold()])
  const holdOf = () =>
    database.db.inShop(shop.id, (tx) => tx.royaltyHold.findFirstOrThrow({ where: { shopId: shop.id } }))
  const before = await holdOf()
  await database.db.inShop(shop.id, async (tx) => {
    await tx.shop.update({ where: { id: shop.id }, data: { returnWindowDays: 90 } })
    await tx.agreement.update({
      where: { id: agreementId },
      data: { endedAt: new Date('2026-03-11T00:00:00Z') },
    })
  })
  await atelier.record([sold({ placedAt: '2026-03-12T17:00:00.000Z' })], '2026-03-12T18:00:00.000Z')
  expect(await holdOf()).toEqual(before)
  await atelier.close('2026-04-10T05:00:00.000Z')
  expect(await atelier.owed()).toEqual({ available: 1_000n })
})

test('cents vs percent comparison: the newer agreement counts, not the larger number', async () => {
  const atelier = await openAtelier({ shareBps: 2000 })
  const { shop, creatorId } = atelier
  const newer = makeTerms({ shareBps: 500, minimumPayoutMinor: '50000' })
  await createAgreement(database.db, shop, creatorId, newer, '2026-02-01T00:00:00Z')
  await atelier.record([sold()])
  expect(await atelier.owed()).toEqual({ held: 500n })
})

test('negative payout deleted: the balance carries over, blocks a payout, and is earned back', async () => {
  const atelier = await openAtelier({}, { currency: 'EUR' })
  const { shop, creatorId, context } = atelier
  const order = sold()
  await atelier.record([order])
  await atelier.close('2026-05-01T05:00:00.000Z')
  await pay(atelier)
  const later = [back(order, -10_000n, '2026-05-05T10:00:00.000Z')]
  await atelier.record([{ ...order, later }], '2026-05-05T11:00:00.000Z')
  expect(await atelier.owed()).toEqual({ available: -1_000n })
  const [candidate] = await database.db.inShop(shop.id, (tx) =>
    readCandidates(tx, shop, 'EUR', context.clock.now(), [creatorId]),
  )
  expect([candidate?.verdict, candidate?.exceptions]).toEqual([
    'blocked',
    expect.arrayContaining(['negative']),
  ])
  await atelier.close('2026-06-01T05:00:00.000Z')
  const statement = (await atelier.statements()).at(-1)
  expect(statement).toMatchObject({ closingMinor: '-1000' })
  const june = sold({ placedAt: '2026-06-02T15:00:00.000Z' })
  await atelier.record([june, sold({ placedAt: '2026-06-02T15:00:00.000Z' })], '2026-06-02T16:00:00.000Z')
  await atelier.close('2026-08-01T05:00:00.000Z')
  expect(await atelier.owed()).toEqual({ available: 1_000n })
})

test('code beats or loses to link silently: the one that lost stands there with its reason', async () => {
  const { db } = database
  const shop = await createShop(db)
  // Ids of these partners are the same in every database: one test may use them.
  await createPartners(db, shop, '77')
  const order = makeFetchedOrder({
    ...sold(),
    codes: ['INES10'],
    linkReference: carriedReference(shop.domain),
  })
  await db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, LINK_SECRET, [order], new Date()))
  const row = await db.inShop(shop.id, (tx) =>
    tx.lineAttribution.findFirstOrThrow({ where: { shopId: shop.id } }),
  )
  const candidates = row.candidates as unknown as Candidate[]
  expect(candidates.map(({ evidence, outcome, reason }) => [evidence.kind, outcome, reason])).toEqual([
    ['discount_code', 'won', 'first_valid_code'],
    ['link', 'lost', 'lower_precedence'],
  ])
})

test('risk group expires and pays: time alone never ends the wait of a disputed order', async () => {
  const atelier = await openAtelier()
  const { shop, context } = atelier
  const order = sold()
  await atelier.record([order])
  const dispute = {
    disputeId: order.orderId,
    orderId: order.orderId,
    type: 'inquiry',
    status: 'needs_response',
    amountMinor: 10_000n,
    currency: 'USD',
    at: '2026-03-12T10:00:00.000Z',
    initiatedAt: '2026-03-12T10:00:00.000Z',
    finalizedAt: null,
  }
  await database.db.inShop(shop.id, (tx) =>
    recordDispute(tx, shop, dispute, new Date('2026-03-12T11:00:00Z')),
  )
  database.clock.moveTo('2031-01-01T05:00:00.000Z')
  expect(await matureHolds(context)).toEqual({ released: 0 })
  expect(await atelier.owed()).toEqual({ held: 1_000n })
})

test('clawback not notified: a refund after the payout stands on the next statement, which goes out by mail', async () => {
  const atelier = await openAtelier({}, { currency: 'EUR' })
  const { shop } = atelier
  const order = sold()
  await atelier.record([order])
  await atelier.close('2026-05-01T05:00:00.000Z')
  await pay(atelier)
  const later = [back(order, -10_000n, '2026-05-05T10:00:00.000Z')]
  await atelier.record([{ ...order, later }], '2026-05-05T11:00:00.000Z')
  await atelier.close('2026-06-01T05:00:00.000Z')
  const statement = (await atelier.statements()).at(-1)
  const [line] = statement?.lines ?? []
  expect(line?.earlierReturns).toMatchObject([{ soldIn: '2026-03', units: 1, royaltyMinor: '-1000' }])
  const mails = await database.db.inShop(shop.id, (tx) =>
    tx.mailDelivery.findMany({ where: { shopId: shop.id, kind: 'statement' } }),
  )
  expect(mails).toHaveLength((await atelier.statements()).length)
})

/** Everything payable leaves by bank, and the bank confirms it. */
async function pay({ creatorId, context }: Atelier): Promise<void> {
  const saved = await savePayoutMethod(context, METHOD_KEYS, {
    creatorId,
    formId: crypto.randomUUID(),
    method: SEPA_METHOD,
    by: 'merchant',
    actor: 'user/1',
  })
  expect(saved).toMatchObject({ ok: true })
  const runId = await approvedRun(context, [creatorId])
  const revision = await revisionOf(context, runId)
  expect(await sendRun(context, { runId, revision, actor: 'user/1' })).toMatchObject({ ok: true })
  expect(await confirmRun(context, { runId, actor: 'user/1' })).toMatchObject({ ok: true })
}
