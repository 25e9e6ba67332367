// Awards on a real database: whatever order facts come in, the books end where the facts say.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Database } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { AgreementTerms, TierTerms } from '#app/domain/agreements/terms.ts'
import { readAwardList } from '#app/features/ledger/awards/award-list-view.server.ts'
import { recordInventory } from '#app/features/ledger/awards/record-inventory.server.ts'
import { settleAwards } from '#app/features/ledger/awards/settle-awards.server.ts'
import { settleDueAwards } from '#app/features/ledger/awards/settle-due-awards.server.ts'
import { redactCustomer } from '#app/features/privacy/redact-customer.server.ts'
import { type AwardSale, bookSales, type PaidAgreement } from '#tests/factories/awards.ts'
import { createAgreement, createCreator, makeTerms } from '#tests/factories/creator.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'

const NOW = new Date('2026-03-20T12:00:00.000Z')
const at = (text: string) => ({ now: () => new Date(text) })
const TIERS: TierTerms = {
  basis: 'net',
  window: 'agreement',
  mode: 'marginal',
  steps: [{ from: '100000', shareBps: 1500 }],
}
const RETENTION = {
  withinDays: 60,
  minimumNetMinor: '5000',
  reward: { kind: 'fixed' as const, amountMinor: '1500' },
}

async function shopWith(db: Database, terms: Partial<AgreementTerms>, over: Partial<Shop> = {}) {
  const shop = await createShop(db, over)
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  const agreement = await createAgreement(db, shop, maya.id, makeTerms(terms))
  const [version] = agreement.versions
  if (!version) throw new Error('no version')
  const paid: PaidAgreement = {
    creatorId: maya.id,
    agreementId: agreement.id,
    agreementVersionId: version.id,
    shareBps: 1000,
  }
  return { shop, maya, agreement, paid }
}

/** What stands on the accounts of creators and awards; the journals' rows and the awards' own must say the same. */
async function standing(db: Database, shop: Shop): Promise<Record<string, bigint>> {
  return db.inShop(shop.id, async (tx) => {
    const rows = await tx.$queryRaw<Array<{ code: string; balance: bigint }>>`
      select coalesce(replace(a.code, a.creator_id::text, c.handle), a.code) as code, sum(p.amount_minor)::bigint as balance
      from posting p join account a on a.id = p.account_id left join creator c on c.id = a.creator_id
      where a.code like 'creator/%' or a.code = 'award-expense'
      group by 1 having sum(p.amount_minor) <> 0 order by 1`
    const [sums] = await tx.$queryRaw<Array<{ awards: bigint; entries: bigint; expense: bigint }>>`
      select (select coalesce(sum(target_minor), 0)::bigint from award) as awards,
             (select coalesce(sum(royalty_minor), 0)::bigint from royalty_entry where award_id is not null) as entries,
             (select coalesce(sum(p.amount_minor), 0)::bigint from posting p join account a on a.id = p.account_id where a.code = 'award-expense') as expense`
    expect(sums?.entries).toBe(sums?.expense)
    expect(sums?.awards).toBe(sums?.expense)
    return Object.fromEntries(rows.map((row) => [row.code, row.balance]))
  })
}

async function awardsOf(db: Database, shop: Shop) {
  return db.inShop(shop.id, (tx) =>
    tx.award.findMany({ where: { shopId: shop.id }, orderBy: { key: 'asc' } }),
  )
}

/** Shopify, asked whose stock an item counts: the first product's. */
function whoseStock(shop: Shop) {
  const asked: unknown[] = []
  const shopify = {
    shopDomain: shop.domain,
    async request<Data>(_document: unknown, variables: unknown) {
      asked.push(variables)
      const variant = { id: 'gid://shopify/ProductVariant/7', product: { id: 'gid://shopify/Product/1' } }
      return {
        ok: true as const,
        data: { inventoryItem: { id: 'gid://shopify/InventoryItem/5', variant } } as Data,
      }
    },
  }
  return { shopify, asked }
}

function textOf(rows: unknown): string {
  return JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  )
}

test('a ladder pays its extra in the month that climbs, held until the month and the waiting time are over', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { shop, paid } = await shopWith(db, { tiers: TIERS })
  await bookSales(
    db,
    shop,
    [{ orderId: 1n, lineItemId: 11n, at: '2026-03-10T15:00:00.000Z', netMinor: 90_000n, paid }],
    NOW,
  )
  expect(await standing(db, shop)).toEqual({ 'creator/MAYA/held': -9_000n })
  await bookSales(
    db,
    shop,
    [{ orderId: 2n, lineItemId: 21n, at: '2026-03-12T15:00:00.000Z', netMinor: 50_000n, paid }],
    NOW,
  )
  // 5 % of the 400.00 above the step.
  expect(await standing(db, shop)).toEqual({ 'award-expense': 2_000n, 'creator/MAYA/held': -16_000n })
  const [award] = await awardsOf(db, shop)
  expect(award).toMatchObject({
    key: `tier/${paid.agreementId}/lifetime/2026-03`,
    targetMinor: 2_000n,
    releasedAt: null,
    // The end of March in New York, and 30 days.
    maturesAt: new Date('2026-05-01T04:00:00.000Z'),
    evidence: { rule: 'tier_marginal', measured: '140000', threshold: '100000' },
  })
  const due = await db.inShop(shop.id, (tx) => tx.dueDate.findFirst({ where: { kind: 'settle-awards' } }))
  expect(due?.dueAt).toEqual(new Date('2026-05-01T04:00:00.000Z'))
  expect(await settleDueAwards({ db, shop, clock: at('2026-05-01T03:59:59Z') })).toEqual({
    posted: 0,
    released: 0,
  })
  expect(await settleDueAwards({ db, shop, clock: at('2026-05-03T00:00:00Z') })).toEqual({
    posted: 0,
    released: 1,
  })
  expect(await settleDueAwards({ db, shop, clock: at('2026-05-03T00:00:00Z') })).toEqual({
    posted: 0,
    released: 0,
  })
  expect(await standing(db, shop)).toMatchObject({
    'creator/MAYA/held': -14_000n,
    'creator/MAYA/available': -2_000n,
  })
})

test('a return walks down the same stairs, also when the extra has been released', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { shop, paid } = await shopWith(db, { tiers: { ...TIERS, mode: 'retroactive' } })
  const sale = { orderId: 1n, lineItemId: 11n, at: '2026-03-10T15:00:00.000Z', netMinor: 120_000n, paid }
  await bookSales(db, shop, [sale], NOW)
  expect(await standing(db, shop)).toMatchObject({ 'award-expense': 6_000n })
  await settleDueAwards({ db, shop, clock: at('2026-05-03T00:00:00Z') })
  const back = { ...sale, soldAt: sale.at, at: '2026-05-10T15:00:00.000Z' }
  await bookSales(db, shop, [{ ...back, netMinor: -30_000n }], new Date('2026-05-11T00:00:00Z'))
  expect(await standing(db, shop)).toEqual({ 'creator/MAYA/held': -9_000n })
  await bookSales(db, shop, [{ ...back, netMinor: -90_000n }], new Date('2026-05-12T00:00:00Z'))
  expect(await standing(db, shop)).toEqual({})
})

test('the order in which sales and returns arrive does not change where tiers end', async () => {
  const facts: Array<Omit<AwardSale, 'paid'>> = [
    { orderId: 1n, lineItemId: 11n, at: '2026-02-10T15:00:00.000Z', netMinor: 80_001n, units: 3 },
    { orderId: 2n, lineItemId: 21n, at: '2026-03-10T15:00:00.000Z', netMinor: 70_003n, units: 2 },
    {
      orderId: 1n,
      lineItemId: 11n,
      at: '2026-03-15T15:00:00.000Z',
      soldAt: '2026-02-10T15:00:00.000Z',
      netMinor: -20_000n,
    },
    { orderId: 3n, lineItemId: 31n, at: '2026-03-16T15:00:00.000Z', netMinor: 9_999n, productId: 2n },
  ]
  await using database = await createTestDatabase()
  const { db } = database
  const ends = new Set<string>()
  for (const order of permutations(facts)) {
    const { shop, paid } = await shopWith(db, { tiers: TIERS })
    for (const fact of order) await bookSales(db, shop, [{ ...fact, paid }], NOW)
    const awards = (await awardsOf(db, shop)).map(
      (award) => `${award.key.split('/')[3]} ${award.targetMinor}`,
    )
    const { 'award-expense': expense, 'creator/MAYA/held': held } = await standing(db, shop)
    ends.add(
      JSON.stringify({
        awards: awards.filter((text) => !text.endsWith(' 0')),
        expense: String(expense),
        held: String(held),
      }),
    )
  }
  expect(ends.size).toBe(1)
})

test('the cap leaves a line its room and no more: frozen with it, else what the cap of today leaves', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { shop, paid } = await shopWith(
    db,
    { tiers: { ...TIERS, mode: 'retroactive' } },
    { maxTotalShareBps: 1200 },
  )
  const sale = { at: '2026-03-10T15:00:00.000Z', netMinor: 100_000n }
  await bookSales(db, shop, [{ ...sale, orderId: 1n, lineItemId: 11n, paid }], NOW)
  expect(await standing(db, shop)).toMatchObject({ 'award-expense': 2_000n })
  await bookSales(
    db,
    shop,
    [{ ...sale, orderId: 2n, lineItemId: 21n, paid: { ...paid, headroomBps: 450 } }],
    NOW,
  )
  expect(await standing(db, shop)).toMatchObject({ 'award-expense': 2_000n + 4_500n })
})

test('a lost chargeback takes the goods off the ladder', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { shop, paid } = await shopWith(db, { tiers: TIERS })
  const sales = [1n, 2n].map((orderId) => ({
    orderId,
    lineItemId: orderId * 10n,
    at: '2026-03-10T15:00:00.000Z',
    netMinor: 100_000n,
    paid,
  }))
  await bookSales(db, shop, sales, NOW)
  expect(await standing(db, shop)).toMatchObject({ 'award-expense': 5_000n })
  await dispute(db, shop, 2n, 'lost')
  await bookSales(
    db,
    shop,
    [{ ...sales[0], orderId: 3n, lineItemId: 30n, netMinor: 1n, at: NOW.toISOString(), paid }],
    NOW,
  )
  expect(await standing(db, shop)).not.toHaveProperty('award-expense')
})

async function dispute(db: Database, shop: Shop, orderId: bigint, status: string) {
  const facts = {
    orderId,
    type: 'chargeback',
    status,
    amountMinor: 1n,
    currency: 'USD',
    initiatedAt: NOW,
    updatedAt: NOW,
  }
  await db.inShop(shop.id, (tx) =>
    tx.dispute.upsert({
      where: { shopId_disputeId: { shopId: shop.id, disputeId: orderId } },
      create: { ...facts, shopId: shop.id, disputeId: orderId },
      update: { status },
    }),
  )
}

test('a customer who comes back earns the bonus once, in whatever order the orders arrive', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const ends = new Set<string>()
  const first = {
    orderId: 1n,
    lineItemId: 11n,
    at: '2026-03-01T12:00:00.000Z',
    netMinor: 9_000n,
    customerKey: 'k1',
  }
  const facts = (paid: PaidAgreement): AwardSale[] => [
    { ...first, paid },
    { ...first, orderId: 2n, lineItemId: 21n, at: '2026-03-05T12:00:00.000Z', netMinor: 6_000n },
    { ...first, orderId: 3n, lineItemId: 31n, at: '2026-03-08T12:00:00.000Z', netMinor: 7_000n, paid },
    {
      ...first,
      orderId: 4n,
      lineItemId: 41n,
      at: '2026-03-09T12:00:00.000Z',
      netMinor: 7_000n,
      paid,
      customerKey: 'k2',
    },
  ]
  for (const order of permutations([0, 1, 2, 3])) {
    const { shop, paid } = await shopWith(db, { retention: RETENTION })
    for (const index of order) await bookSales(db, shop, [facts(paid)[index] ?? fail()], NOW)
    const awards = (await awardsOf(db, shop)).filter((award) => award.targetMinor !== 0n)
    expect(awards.map(({ key, targetMinor }) => [key, targetMinor])).toEqual([
      [`retention/${paid.agreementId}/1`, 1_500n],
    ])
    expect(textOf(awards)).not.toContain('k1')
    ends.add(
      JSON.stringify(await standing(db, shop), (_, value) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
    )
  }
  expect([...ends]).toHaveLength(1)
})

function fail(): never {
  throw new Error('no such fact')
}

test('a return below the minimum takes the bonus back; the next order that deserves it has it', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { shop, paid } = await shopWith(db, { retention: RETENTION })
  const first = {
    orderId: 1n,
    lineItemId: 11n,
    at: '2026-03-01T12:00:00.000Z',
    netMinor: 9_000n,
    customerKey: 'k1',
  }
  const repeat = { ...first, orderId: 2n, lineItemId: 21n, at: '2026-03-05T12:00:00.000Z', netMinor: 6_000n }
  await bookSales(db, shop, [{ ...first, paid }, repeat], NOW)
  expect(await standing(db, shop)).toMatchObject({ 'award-expense': 1_500n })
  const back = { ...repeat, soldAt: repeat.at, at: '2026-03-15T12:00:00.000Z', netMinor: -1_001n }
  await bookSales(db, shop, [back], NOW)
  expect(await standing(db, shop)).toEqual({ 'creator/MAYA/held': -900n })
  await bookSales(
    db,
    shop,
    [{ ...repeat, orderId: 3n, lineItemId: 31n, at: '2026-03-18T12:00:00.000Z' }],
    NOW,
  )
  expect(await standing(db, shop)).toMatchObject({ 'award-expense': 1_500n })
  // All of the first order returned: nobody was brought by it.
  await bookSales(
    db,
    shop,
    [{ ...first, soldAt: first.at, at: '2026-03-19T12:00:00.000Z', netMinor: -9_000n, paid }],
    NOW,
  )
  expect(await standing(db, shop)).toEqual({})
})

test('an order that is not paid in full earns no bonus until it is', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { shop, paid } = await shopWith(db, { retention: RETENTION })
  const first = {
    orderId: 1n,
    lineItemId: 11n,
    at: '2026-03-01T12:00:00.000Z',
    netMinor: 9_000n,
    customerKey: 'k1',
  }
  const repeat = { ...first, orderId: 2n, lineItemId: 21n, at: '2026-03-05T12:00:00.000Z' }
  await bookSales(
    db,
    shop,
    [
      { ...first, paid },
      { ...repeat, financialStatus: 'PARTIALLY_PAID' },
    ],
    NOW,
  )
  expect(await awardsOf(db, shop)).toEqual([])
  await bookSales(db, shop, [{ ...repeat, lineItemId: 22n, netMinor: 1n, financialStatus: 'PAID' }], NOW)
  expect(await standing(db, shop)).toMatchObject({ 'award-expense': 1_500n })
})

test('a bonus whose customer has been forgotten is still taken back, and no row leads to the customer', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { shop, paid } = await shopWith(db, { retention: RETENTION })
  const first = {
    orderId: 1n,
    lineItemId: 11n,
    at: '2026-03-01T12:00:00.000Z',
    netMinor: 9_000n,
    customerKey: 'key-of-one',
  }
  const repeat = { ...first, orderId: 2n, lineItemId: 21n, at: '2026-03-05T12:00:00.000Z', netMinor: 6_000n }
  await bookSales(db, shop, [{ ...first, paid }, repeat], NOW)
  await db.inShop(shop.id, (tx) =>
    redactCustomer(tx, {
      shopId: shop.id,
      facts: { customerKey: 'key-of-one', orderIds: [] },
      receivedAt: NOW,
      now: NOW,
    }),
  )
  const rows = await db.inShop(shop.id, (tx) =>
    Promise.all([tx.award.findMany(), tx.journal.findMany(), tx.order.findMany()]),
  )
  expect(textOf(rows)).not.toContain('key-of-one')
  const back = {
    ...repeat,
    customerKey: null,
    soldAt: repeat.at,
    at: '2026-03-15T12:00:00.000Z',
    netMinor: -6_000n,
  }
  await bookSales(db, shop, [back], NOW)
  expect(await standing(db, shop)).toEqual({ 'creator/MAYA/held': -900n })
})

test('two bonuses of one forgotten customer are taken back together, and no third one appears', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { shop, paid, maya } = await shopWith(db, { retention: RETENTION })
  const other = await createAgreement(db, shop, maya.id, makeTerms({ retention: RETENTION }))
  const second = {
    ...paid,
    agreementId: other.id,
    agreementVersionId: other.versions[0]?.id ?? fail(),
  }
  const first = { at: '2026-03-01T12:00:00.000Z', netMinor: 9_000n, customerKey: 'k1' }
  const orders: AwardSale[] = [
    { ...first, orderId: 1n, lineItemId: 11n, paid },
    { ...first, orderId: 2n, lineItemId: 21n, at: '2026-03-03T12:00:00.000Z', paid },
    { ...first, orderId: 2n, lineItemId: 22n, at: '2026-03-03T12:00:00.000Z', paid: second },
    { ...first, orderId: 3n, lineItemId: 31n, at: '2026-03-05T12:00:00.000Z' },
  ]
  await bookSales(db, shop, orders, NOW)
  expect((await awardsOf(db, shop)).map(({ targetMinor }) => targetMinor)).toEqual([1_500n, 1_500n])
  await db.inShop(shop.id, (tx) =>
    redactCustomer(tx, {
      shopId: shop.id,
      facts: { customerKey: 'k1', orderIds: [] },
      receivedAt: NOW,
      now: NOW,
    }),
  )
  const back = { soldAt: '2026-03-05T12:00:00.000Z', at: '2026-03-15T12:00:00.000Z', netMinor: -9_000n }
  await bookSales(db, shop, [{ ...back, orderId: 3n, lineItemId: 31n }], NOW)
  // The first agreement's customer still came back with order 2; the second one's did not.
  const awards = await awardsOf(db, shop)
  expect(awards).toHaveLength(2)
  const amounts = new Map(awards.map((award) => [award.agreementId, award.targetMinor]))
  expect([amounts.get(paid.agreementId), amounts.get(other.id)]).toEqual([1_500n, 0n])
})

test('the screens list what stands of a creator or an agreement, with reasons', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { shop, paid } = await shopWith(db, { tiers: TIERS, retention: RETENTION })
  const sale = { orderId: 1n, lineItemId: 11n, at: '2026-03-10T15:00:00.000Z', netMinor: 140_000n, paid }
  await bookSales(db, shop, [sale], NOW)
  const view = await readAwardList({ db, shop }, { creatorId: paid.creatorId }, 'en')
  expect(view).toMatchObject({ leftOut: 0, timeZone: shop.timeZone })
  expect(view.awards).toMatchObject([
    {
      kind: 'tier',
      amountMinor: '2000',
      releasedAt: null,
      agreement: { id: paid.agreementId, title: 'Agreement' },
      name: { text: 'Tier extra, sales of March 2026' },
      why: {
        text: '$1,400.00 sold: what lies above $1,000.00 pays 15% instead of 10%, which makes $20.00 for the sales of March 2026.',
      },
    },
  ])
  expect((await readAwardList({ db, shop }, { agreementId: paid.agreementId }, 'en')).awards).toHaveLength(1)
  expect((await readAwardList({ db, shop }, { agreementId: 'none' }, 'en')).awards).toEqual([])
  await bookSales(
    db,
    shop,
    [{ ...sale, soldAt: sale.at, at: '2026-03-12T15:00:00.000Z', netMinor: -140_000n }],
    NOW,
  )
  expect((await readAwardList({ db, shop }, { creatorId: paid.creatorId }, 'en')).awards).toEqual([])
})

test('settling everything again, all agreements or named ones, changes nothing', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const guarantee = { kind: 'minimum' as const, amountMinor: '90000', window: 'month' as const }
  const { shop, paid } = await shopWith(db, { tiers: TIERS, retention: RETENTION, guarantee })
  const first = { orderId: 1n, lineItemId: 11n, at: '2026-03-01T12:00:00.000Z', customerKey: 'k1', paid }
  const repeat = { ...first, orderId: 2n, lineItemId: 21n, at: '2026-03-05T12:00:00.000Z' }
  await bookSales(
    db,
    shop,
    [
      { ...first, netMinor: 90_000n },
      { ...repeat, netMinor: 60_000n },
    ],
    NOW,
  )
  const now = new Date('2026-05-06T00:00:00Z')
  await settleDueAwards({ db, shop, clock: { now: () => now } })
  for (const agreementIds of ['all' as const, [paid.agreementId], []]) {
    const scope = { agreementIds, customerKeys: ['k1', null], orderIds: [1n, 2n], now }
    expect(await db.inShop(shop.id, (tx) => settleAwards(tx, shop, scope))).toEqual({
      journals: [],
      rows: [],
    })
  }
})

test('a bonus waits while its order is disputed, and matures afterwards', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { shop, paid } = await shopWith(db, { retention: RETENTION })
  const first = {
    orderId: 1n,
    lineItemId: 11n,
    at: '2026-03-01T12:00:00.000Z',
    netMinor: 9_000n,
    customerKey: 'k1',
  }
  const repeat = { ...first, orderId: 2n, lineItemId: 21n, at: '2026-03-05T12:00:00.000Z', netMinor: 6_000n }
  await bookSales(db, shop, [{ ...first, paid }, repeat], NOW)
  await dispute(db, shop, 2n, 'needs_response')
  expect(await settleDueAwards({ db, shop, clock: at('2026-05-01T00:00:00Z') })).toMatchObject({
    released: 0,
  })
  const due = await db.inShop(shop.id, (tx) => tx.dueDate.findFirst({ where: { kind: 'settle-awards' } }))
  expect(due?.dueAt).toEqual(new Date('2026-05-02T00:00:00Z'))
  await dispute(db, shop, 2n, 'won')
  expect(await settleDueAwards({ db, shop, clock: at('2026-05-02T00:00:00Z') })).toMatchObject({
    released: 1,
  })
  expect(await standing(db, shop)).toMatchObject({ 'creator/MAYA/available': -1_500n })
})

test('a monthly minimum is topped up when the month has ended, also without a sale, and follows late returns', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const guarantee = { kind: 'minimum' as const, amountMinor: '10000', window: 'month' as const }
  const { shop, paid } = await shopWith(db, { guarantee, startsOn: '2026-03-01', tiers: TIERS })
  await settleDueAwards({ db, shop, clock: { now: () => NOW } })
  const dueAt = async () =>
    (await db.inShop(shop.id, (tx) => tx.dueDate.findFirst({ where: { kind: 'settle-awards' } })))?.dueAt
  expect(await dueAt()).toEqual(new Date('2026-04-01T04:00:00.000Z'))
  const sale = { orderId: 1n, lineItemId: 11n, at: '2026-03-10T15:00:00.000Z', netMinor: 40_000n, paid }
  await bookSales(db, shop, [sale], NOW)
  expect(await awardsOf(db, shop)).toEqual([])
  expect(await settleDueAwards({ db, shop, clock: at('2026-04-01T04:00:00Z') })).toEqual({
    posted: 1,
    released: 0,
  })
  expect(await settleDueAwards({ db, shop, clock: at('2026-04-01T04:00:00Z') })).toEqual({
    posted: 0,
    released: 0,
  })
  expect(await standing(db, shop)).toMatchObject({ 'award-expense': 6_000n, 'creator/MAYA/held': -10_000n })
  // The first of what is due next: the end of April, or March's top-up after 30 days.
  expect(await dueAt()).toEqual(new Date('2026-05-01T04:00:00.000Z'))
  const back = { ...sale, soldAt: sale.at, at: '2026-04-05T15:00:00.000Z', netMinor: -40_000n }
  await bookSales(db, shop, [back], new Date('2026-04-06T00:00:00Z'))
  expect(await standing(db, shop)).toMatchObject({ 'award-expense': 10_000n, 'creator/MAYA/held': -10_000n })
})

test('tier extras and bonuses count as earned against a guarantee', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const guarantee = { kind: 'minimum' as const, amountMinor: '20000', window: 'month' as const }
  const { shop, paid } = await shopWith(db, {
    guarantee,
    startsOn: '2026-03-01',
    tiers: TIERS,
    retention: RETENTION,
  })
  const first = {
    orderId: 1n,
    lineItemId: 11n,
    at: '2026-03-01T15:00:00.000Z',
    netMinor: 120_000n,
    customerKey: 'k1',
  }
  const repeat = { ...first, orderId: 2n, lineItemId: 21n, at: '2026-03-05T12:00:00.000Z', netMinor: 6_000n }
  await bookSales(db, shop, [{ ...first, paid }, repeat], NOW)
  await settleDueAwards({ db, shop, clock: at('2026-04-01T05:00:00Z') })
  // 120.00 share, 10.00 extra, 15.00 bonus: 55.00 are missing to 200.00.
  const awards = await awardsOf(db, shop)
  expect(awards.map(({ kind, targetMinor }) => [kind, targetMinor])).toEqual([
    ['guarantee', 5_500n],
    ['retention', 1_500n],
    ['tier', 1_000n],
  ])
  // The bonus goes: the guarantee makes up for it, though no sale of the agreement changed.
  const back = { ...repeat, soldAt: repeat.at, at: '2026-04-02T12:00:00.000Z', netMinor: -6_000n }
  await bookSales(db, shop, [back], new Date('2026-04-03T00:00:00Z'))
  expect((await awardsOf(db, shop)).map(({ kind, targetMinor }) => [kind, targetMinor])).toEqual([
    ['guarantee', 7_000n],
    ['retention', 0n],
    ['tier', 1_000n],
  ])
  expect(await standing(db, shop)).toMatchObject({ 'creator/MAYA/held': -20_000n })
})

test('a restock guarantee pays by counts of stock, each delivery once', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const guarantee = {
    kind: 'restock' as const,
    units: 20,
    perUnitMinor: '700',
    productIds: ['1'],
    until: '2026-03-31',
  }
  const { shop, paid } = await shopWith(db, { guarantee })
  await bookSales(
    db,
    shop,
    [{ orderId: 1n, lineItemId: 11n, at: '2026-03-10T15:00:00.000Z', netMinor: 20_000n, paid }],
    NOW,
  )
  const { shopify, asked } = whoseStock(shop)
  const tell = (updatedAt: string, available: string, over: object = {}) =>
    recordInventory(
      { db, shop, shopify, clock: at(NOW.toISOString()) },
      {
        eventId: randomUUID(),
        resourceId: 5n,
        facts: { locationId: '9', available, updatedAt, ...over },
        receivedAt: NOW,
      },
    )
  expect(await tell('2026-03-05T10:00:00-05:00', '15')).toEqual({ ok: true, stored: true })
  expect(await tell('2026-03-05T15:00:00Z', '15')).toEqual({ ok: true, stored: false })
  expect(await tell('2026-03-01T10:00:00Z', '3')).toEqual({ ok: true, stored: true })
  expect(await tell('2026-03-06T10:00:00Z', '', { available: undefined })).toEqual({
    ok: true,
    stored: false,
  })
  expect(asked).toEqual([{ id: 'gid://shopify/InventoryItem/5' }])
  await settleDueAwards({ db, shop, clock: at('2026-04-01T05:00:00Z') })
  const [award] = await awardsOf(db, shop)
  // 12 pieces at 7.00, less the 20.00 that were earned with the product.
  expect(award).toMatchObject({
    key: `guarantee/${paid.agreementId}/restock-2026-03-31`,
    targetMinor: 6_400n,
    evidence: { steps: [{ name: 'restock', from: '3', to: '15' }], facts: { countedUnits: '12' } },
  })
})

test('a count of stock that arrives after its window has ended is settled by the next due work, without waiting for a sale', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const guarantee = {
    kind: 'restock' as const,
    units: 20,
    perUnitMinor: '700',
    productIds: ['1'],
    until: '2026-03-31',
  }
  const { shop } = await shopWith(db, { guarantee })
  const { shopify } = whoseStock(shop)
  const tell = (updatedAt: string, available: string, now: string) =>
    recordInventory(
      { db, shop, shopify, clock: at(now) },
      {
        eventId: randomUUID(),
        resourceId: 5n,
        facts: { locationId: '9', available, updatedAt },
        receivedAt: new Date(now),
      },
    )
  const dueAt = async () =>
    (await db.inShop(shop.id, (tx) => tx.dueDate.findFirst({ where: { kind: 'settle-awards' } })))?.dueAt
  await tell('2026-03-02T15:00:00Z', '3', '2026-03-02T15:00:01Z')
  await settleDueAwards({ db, shop, clock: at('2026-04-01T05:00:00Z') })
  expect(await standing(db, shop)).toEqual({})
  expect(await dueAt()).toBeUndefined()
  // The webhook of the last evening (in New York), a day late.
  await tell('2026-04-01T03:30:00Z', '13', '2026-04-02T03:30:00Z')
  expect(await dueAt()).toEqual(new Date('2026-04-02T03:30:00Z'))
  await settleDueAwards({ db, shop, clock: at('2026-04-02T03:31:00Z') })
  expect(await standing(db, shop)).toEqual({ 'award-expense': 7_000n, 'creator/MAYA/held': -7_000n })
  // What is told in time brings no work of its own: the window's end does.
  await settleDueAwards({ db, shop, clock: at('2026-06-01T03:31:00Z') })
  await tell('2026-06-01T15:00:00Z', '20', '2026-06-01T15:00:01Z')
  expect(await dueAt()).toBeUndefined()
})

test('shops without such terms ask nobody whose stock it is, and settle nothing', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { shop, paid } = await shopWith(db, {})
  await bookSales(
    db,
    shop,
    [
      {
        orderId: 1n,
        lineItemId: 11n,
        at: '2026-03-10T15:00:00.000Z',
        netMinor: 900_000n,
        paid,
        customerKey: 'k',
      },
    ],
    NOW,
  )
  const shopify = {
    shopDomain: shop.domain,
    request(): Promise<never> {
      throw new Error('asked')
    },
  }
  const facts = { locationId: '9', available: '4', updatedAt: '2026-03-05T10:00:00Z' }
  const told = await recordInventory(
    { db, shop, shopify, clock: at(NOW.toISOString()) },
    { eventId: 'e', resourceId: 5n, facts, receivedAt: NOW },
  )
  expect(told).toEqual({ ok: true, stored: true })
  expect(await settleDueAwards({ db, shop, clock: at('2027-01-01T00:00:00Z') })).toEqual({
    posted: 0,
    released: 0,
  })
  expect(await standing(db, shop)).toEqual({ 'creator/MAYA/held': -90_000n })
})

test('when the books change under an award, one journal moves the difference and the newest facts date it', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { shop, paid } = await shopWith(db, { tiers: TIERS })
  const sale = { orderId: 1n, lineItemId: 11n, at: '2026-03-10T15:00:00.000Z', netMinor: 150_000n, paid }
  await bookSales(db, shop, [sale], NOW)
  await bookSales(
    db,
    shop,
    [{ ...sale, orderId: 2n, lineItemId: 21n, at: '2026-03-11T15:00:00.000Z', netMinor: 10_000n }],
    NOW,
  )
  const journals = await db.inShop(shop.id, (tx) =>
    tx.journal.findMany({ where: { kind: 'award' }, orderBy: { seq: 'asc' } }),
  )
  expect(
    journals.map(({ factKey, effectiveAt }) => [factKey.split('/').at(-1), effectiveAt.toISOString()]),
  ).toEqual([
    ['1', '2026-03-10T15:00:00.000Z'],
    ['2', '2026-03-11T15:00:00.000Z'],
  ])
})
