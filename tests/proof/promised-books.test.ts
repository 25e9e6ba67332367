// One story with every promise that rests on stock, products and drops: what the random ones reach by chance is there for certain.
import { expect, test } from 'vitest'
import { replayLedger } from '#app/features/ledger/replay-ledger.server.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { hledgerIsInstalled, judgedByHledger } from './hledger-judge.ts'
import { codeOf } from './proof-shop.ts'
import { WorldOrder } from './shop-world.ts'
import { Story } from './story.ts'

const DAY = 86_400_000

test('restocks, ladders by product and ladders by drop come out as the model says, with what proves them', async () => {
  await using database = await createTestDatabase()
  const story = await Story.begin(database)
  const { real, stock, model } = story
  try {
    await stock.change(2n, 1n, 3n, 'at_once')
    await stock.change(2n, 1n, 6n, 'twice')
    await stock.change(2n, 2n, 2n, 'later')
    await stock.change(2n, 2n, 4n, 'later')
    await stock.change(2n, 1n, -5n, 'lost')
    await stock.change(2n, 1n, 7n, 'at_once')
    await stock.change(4n, 1n, 1n, 'at_once')
    await stock.change(4n, 1n, 20n, 'at_once')
    await story.plan(5, [2n], { begins: story.now + 1000, ends: story.now + 20 * DAY })
    await story.plan(6, [4n, 3n], { begins: story.now + 1000, ends: story.now + 30 * DAY })
    story.pass(DAY)
    const inDrop = await sell(story, { productId: 2n, quantity: 4, code: 1 })
    await sell(story, { productId: 4n, quantity: 3, code: 1 })
    await sell(story, { productId: 1n, quantity: 3, code: 1 })
    story.pass(3 * DAY)
    const [, second] = story.drops
    if (second) await story.abort(second)
    await sell(story, { productId: 4n, quantity: 2, code: 1 })
    story.pass(DAY)
    inDrop.takeBack(story.now, 0, 1, 'return')
    await story.tell(inDrop, 'at_once')
    await story.settle()
    expect(await real.balances()).toBe(model.text())
    const early = await awards(story)
    expect(new Set(kindsOf(early))).toEqual(new Set(['drop', 'product']))
    expect(kindsOf(early).filter((kind) => kind === 'drop')).toHaveLength(2)

    // Partner 1's window ends first; counts that were left in the post prove pieces after it.
    story.pass(70 * DAY)
    await story.mature()
    await story.settle()
    expect(await real.balances()).toBe(model.text())
    const before = await restockOf(story, 1)
    await story.deliver(1)
    await story.settle()
    expect(await real.balances()).toBe(model.text())
    const after = await restockOf(story, 1)
    // Six and two; then four more from the second place.
    expect([before?.facts.restockedUnits, after?.facts.restockedUnits]).toEqual(['8', '12'])
    expect(after?.steps.map(({ measured }) => measured).sort()).toEqual(['2', '4', '6'])

    story.pass(60 * DAY)
    await story.close()
    expect(await real.balances()).toBe(model.text())
    expect(kindsOf(await awards(story))).toContain('restock')
    expect((await restockOf(story, 7))?.facts).toMatchObject({ restockedUnits: '20', countedUnits: '20' })
    const sold = await database.db.inShop(real.shop.id, (tx) =>
      tx.royaltyEntry.groupBy({ by: ['dropId'], where: { awardId: null }, _sum: { units: true } }),
    )
    expect(sold.map(({ dropId, _sum }) => [dropId, _sum.units])).toEqual(
      expect.arrayContaining([[story.drops[0]?.id, 3]]),
    )
    expect(sold.map(({ dropId }) => dropId)).toContain(null)
    expect((await verifyLedger(database.db, real.shop.id)).findings).toEqual([])
    expect(await replayLedger(database.db, real.shop.id)).toMatchObject({ ok: true, firstDifference: null })
    if (hledgerIsInstalled()) expect(await judgedByHledger(database.db, real.shop)).toBeGreaterThan(10)
  } finally {
    await real.end()
  }
}, 240_000)

function awards({ real: { context, shop } }: Story) {
  return context.db.inShop(shop.id, (tx) =>
    tx.award.findMany({ where: { shopId: shop.id, targetMinor: { not: 0 } }, orderBy: { key: 'asc' } }),
  )
}

/** By the names of their windows. */
function kindsOf(rows: ReadonlyArray<{ key: string }>): string[] {
  return rows.flatMap(({ key }) => /\/(drop|product|restock)-/.exec(key)?.[1] ?? []).sort()
}

interface Proven {
  facts: Record<string, string>
  steps: Array<{ measured: string }>
}

async function restockOf(story: Story, partner: number): Promise<Proven | undefined> {
  const creatorId = story.people.creator(partner)
  const found = (await awards(story)).find(
    (row) => row.creatorId === creatorId && row.key.includes('/restock-'),
  )
  return found?.evidence as Proven | undefined
}

async function sell(
  story: Story,
  { productId, quantity, code }: { productId: bigint; quantity: number; code: number },
): Promise<WorldOrder> {
  const order = new WorldOrder({
    orderId: BigInt(story.orders.length + 1),
    at: story.now,
    currency: 'EUR',
    presentment: { currency: 'EUR', rate: 10_000n },
    codes: [codeOf(code)],
    lines: [{ productId, quantity, unitNetMinor: 12_345n, discountMinor: 0n }],
    taxBps: 1900n,
    shippingMinor: 0n,
    tipMinor: 0n,
    giftCardMinor: 0n,
    status: 'PAID',
    isTest: false,
  })
  story.orders.push(order)
  await story.tell(order, 'at_once')
  story.pass(1000)
  return order
}
