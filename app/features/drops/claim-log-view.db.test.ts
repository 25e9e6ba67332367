import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { refreshClaims } from '#app/adapters/db/claim-store.ts'
import { createDrop, tellStock } from '#tests/factories/live-drops.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { createShop } from '#tests/factories/shop.ts'
import { CLAIMS_PER_PAGE, parseClaimLogQuery, readClaimLog } from './claim-log-view.server.ts'

const NOW = new Date('2026-12-04T18:05:00.000Z')

const read = (ctx: PartnerTestContext, query = '') =>
  readClaimLog(ctx, parseClaimLogQuery(new URLSearchParams(query)))

/** A drop whose stock falls to nothing and rises again, `turns` times a row. */
async function claimed(ctx: PartnerTestContext, given: { handle: string; variant: bigint; turns: number }) {
  const { db, shop } = ctx
  const drop = await createDrop(db, shop, { handle: given.handle, variants: [given.variant] })
  for (let turn = 0; turn < given.turns; turn++) {
    const at = new Date(NOW.getTime() + turn * 1000)
    await tellStock(db, shop, given.variant, turn % 2 === 0 ? 4 : 9, at)
    await db.inShop(shop.id, (tx) => refreshClaims(tx, shop.id, drop.id, at))
  }
  return drop
}

test('a shop that claimed nothing has an empty log', async () => {
  await using ctx = await createPartnerContext()
  expect(await read(ctx)).toMatchObject({ rows: [], checks: [], total: '0', head: null, drops: [] })
})

test('each claim says what was shown, of what, until when, and what it rested on', async () => {
  await using ctx = await createPartnerContext()
  const drop = await claimed(ctx, { handle: 'moon-ring', variant: 41n, turns: 2 })
  const { rows, total, head, drops } = await read(ctx)
  expect([total, drops]).toEqual(['3', [{ id: drop.id, title: 'Moon ring' }]])
  expect(rows).toMatchObject([
    { seq: '3', claim: '2', event: 'ended', kind: 'low_stock', available: null, ruleVersion: null },
    {
      seq: '2',
      claim: '2',
      event: 'shown',
      kind: 'low_stock',
      pieceTitle: 'Piece 41',
      available: 4,
      ruleVersion: 1,
      to: '2026-12-04T18:20:00.000Z',
      why: 'at_most_low',
      adjustment: null,
    },
    { seq: '1', event: 'shown', kind: 'ends', pieceTitle: null, dropId: drop.id, dropTitle: 'Moon ring' },
  ])
  expect(head?.slice(0, 8)).toBe(rows[0]?.hash)
})

test('a long log is read in pages, forwards and back, and none of them has a row twice or none', async () => {
  await using ctx = await createPartnerContext()
  const { db, shop } = ctx
  // Each announced by a row before it comes, and taken back by another when it is there.
  const waves = Array.from({ length: CLAIMS_PER_PAGE + 4 }, (_, index) => ({
    at: new Date(NOW.getTime() + (index + 60) * 1000).toISOString(),
    units: 1,
  }))
  const drop = await createDrop(db, shop, { waves })
  await tellStock(db, shop, 41n, 9, NOW, { reserved: waves.length })
  for (const seconds of [0, 600]) {
    const at = new Date(NOW.getTime() + seconds * 1000)
    await db.inShop(shop.id, (tx) => refreshClaims(tx, shop.id, drop.id, at))
  }
  const seen: string[] = []
  const places: Array<Record<string, string>> = [{}]
  for (const place of places) {
    const page = await read(ctx, new URLSearchParams(place).toString())
    seen.push(...page.rows.map(({ seq }) => seq))
    if (page.older) places.push(page.older)
  }
  const total = 2 * waves.length + 1
  expect(seen).toEqual(Array.from({ length: total }, (_, index) => String(total - index)))
  expect(places).toHaveLength(3)
  for (const [index, place] of places.entries()) {
    const { newer } = await read(ctx, new URLSearchParams(place).toString())
    expect(newer).toEqual(index === 0 ? null : places[index - 1])
  }
})

test('one drop’s claims alone, with its checks; what is no drop of the shop has none, and other shops stay apart', async () => {
  await using ctx = await createPartnerContext()
  const moon = await claimed(ctx, { handle: 'moon-ring', variant: 41n, turns: 2 })
  const sun = await claimed(ctx, { handle: 'sun-ring', variant: 42n, turns: 1 })
  const done = {
    name: 'one_minute',
    attempt: 1,
    dueAt: NOW,
    checkedAt: NOW,
    verdict: 'ended',
    observations: [],
  }
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.claimCheck.createMany({
      data: [moon, sun].map(({ id }) => ({ id: randomUUID(), shopId: ctx.shop.id, dropId: id, ...done })),
    }),
  )
  const ofSun = await read(ctx, `drop=${sun.id}`)
  expect(ofSun.rows.map(({ dropId }) => dropId)).toEqual([sun.id, sun.id])
  expect(ofSun.checks.map(({ dropId, verdict }) => [dropId, verdict])).toEqual([[sun.id, 'ended']])
  // The proof is of the whole log.
  expect(ofSun.total).toBe('5')
  expect((await read(ctx, `drop=${randomUUID()}`)).rows).toEqual([])
  expect((await read(ctx, 'drop=nonsense&before=-1')).rows).toHaveLength(5)

  const other = await createShop(ctx.db)
  const theirs = ctx.forShop(other)
  expect(
    await readClaimLog(theirs, parseClaimLogQuery(new URLSearchParams(`drop=${moon.id}`))),
  ).toMatchObject({ rows: [], checks: [], total: '0', drops: [] })
})
