import http from 'node:http'
import type { AddressInfo } from 'node:net'
import net from 'node:net'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { ManualClock } from '#app/adapters/clock/clock.ts'
import { refreshClaims } from '#app/adapters/db/claim-store.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { Log } from '#app/config/logger.ts'
import { signProxyQuery } from '#sandbox/storefront/app-proxy.ts'
import { CLOSES, createDrop, OPENS, tellStock } from '#tests/factories/live-drops.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts'
import { openLiveState } from './open-live-state.ts'

const SECRET = 'a secret of the app under test'
const NOW = '2026-12-04T18:05:00.000Z'

async function openEndpoint(database: TestDatabase, given: { shop: Shop }) {
  const clock = new ManualClock(NOW)
  const logged: string[] = []
  const write = (facts: unknown) => void logged.push(JSON.stringify(facts))
  const log = { info: write, warn: write, error: write, debug: write } as unknown as Log
  const live = openLiveState(
    { db: database.db, clock, log },
    { apiSecret: SECRET, previousApiSecret: undefined },
  )
  const server = http
    .createServer((request, response) => {
      if (!live.answer(request, response)) response.writeHead(418).end()
    })
    .listen(0, '127.0.0.1')
  await vi.waitFor(() => expect(live.isHearing()).toBe(true))
  const { port } = server.address() as AddressInfo
  const address = (handle: string, query: URLSearchParams) => `/storefront/drops/${handle}/state?${query}`
  const ask = async (handle = 'moon-ring', init: RequestInit = {}, query = signed(given.shop.domain)) => {
    const answer = await fetch(`http://127.0.0.1:${port}${address(handle, query)}`, init)
    const text = await answer.text()
    return { answer, text, json: text === '' ? null : JSON.parse(text) }
  }
  return {
    live,
    clock,
    logged,
    port,
    ask,
    address,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await live.stop()
    },
  }
}

function signed(shop: string, given: Record<string, string> = {}): URLSearchParams {
  const query = new URLSearchParams({
    shop,
    logged_in_customer_id: '',
    path_prefix: '/apps/filigree',
    timestamp: String(Math.floor(Date.now() / 1000)),
    ...given,
  })
  query.set('signature', signProxyQuery(query, SECRET))
  return query
}

/** Everything that the server sends on one connection for one request, as bytes. */
function raw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(request))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
      if (text.includes('\r\n\r\n')) socket.end()
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}

async function openDrop() {
  const database = await createTestDatabase()
  const shop = await createShop(database.db)
  const drop = await createDrop(database.db, shop)
  await tellStock(database.db, shop, 41n, 3, new Date(NOW))
  return { database, shop, drop, db: database.db }
}

test('a drop’s state goes out small, public, cacheable and with an ETag; asked with it, the answer is 200 bytes at most', async () => {
  const { database, shop } = await openDrop()
  await using _ = database
  await using endpoint = await openEndpoint(database, { shop })
  const { answer, json, text } = await endpoint.ask()
  expect(answer.status).toBe(200)
  expect(json).toEqual({ v: 1, s: 'open', stale: false, o: [{ v: '41', k: 'open', c: null }], w: [] })
  expect(text.length).toBeLessThanOrEqual(600)
  expect(answer.headers.get('cache-control')).toBe(
    'public, s-maxage=2, stale-while-revalidate=10, stale-if-error=60',
  )
  expect(answer.headers.get('set-cookie')).toBeNull()
  expect(answer.headers.get('vary')).toBeNull()
  expect(Date.parse(answer.headers.get('date') ?? '')).not.toBeNaN()
  const etag = answer.headers.get('etag') ?? ''
  expect(etag).toMatch(/^"[\w-]{12}"$/)
  const known = await raw(
    endpoint.port,
    `GET ${endpoint.address('moon-ring', signed(shop.domain))} HTTP/1.1\r\nhost: x\r\nif-none-match: W/"other", W/${etag}\r\n\r\n`,
  )
  expect(known).toMatch(/^HTTP\/1.1 304 /)
  expect(known).toContain(`ETag: ${etag}`)
  expect(known).toContain('Cache-Control: public, s-maxage=2')
  expect(known).toContain('Date: ')
  expect(Buffer.byteLength(known)).toBeLessThanOrEqual(200)
  const head = await endpoint.ask('moon-ring', { method: 'HEAD' })
  expect([head.answer.status, head.text]).toEqual([200, ''])
})

test('asked again and again, the database is not asked at all', async () => {
  const { database, shop, db } = await openDrop()
  await using _ = database
  await using endpoint = await openEndpoint(database, { shop })
  await endpoint.ask()
  const queries = vi.spyOn(db.pool, 'connect')
  for (let n = 0; n < 50; n++) expect((await endpoint.ask()).answer.status).toBe(200)
  expect(queries).not.toHaveBeenCalled()
  expect(endpoint.live.snapshots.reads()).toBe(1)
})

test('a change in any of the tables is told by the transaction that makes it, and seen by every process', async () => {
  const { database, shop, drop, db } = await openDrop()
  await using _ = database
  await using first = await openEndpoint(database, { shop })
  await using second = await openEndpoint(database, { shop })
  await first.ask()
  await second.ask()
  await db.inShop(shop.id, (tx) => refreshClaims(tx, shop.id, drop.id, new Date(NOW)))
  for (const endpoint of [first, second])
    await expect.poll(async () => (await endpoint.ask()).json.o).toMatchObject([{ v: '41', k: 'low' }])
  await db.inShop(shop.id, (tx) =>
    tx.drop.update({
      where: { id: drop.id },
      data: { status: 'held', heldAt: new Date(), heldFrom: 'live' },
    }),
  )
  for (const endpoint of [first, second])
    await expect.poll(async () => (await endpoint.ask()).json.s).toBe('held')
})

test('what was rolled back is not shown', async () => {
  const { database, shop, drop, db } = await openDrop()
  await using _ = database
  await using endpoint = await openEndpoint(database, { shop })
  await endpoint.ask()
  const rolledBack = db.inShop(shop.id, async (tx) => {
    await tx.drop.update({ where: { id: drop.id }, data: { status: 'aborted' } })
    throw new Error('on second thoughts')
  })
  await expect(rolledBack).rejects.toThrow('second thoughts')
  expect((await endpoint.ask()).json.s).toBe('open')
  expect(endpoint.live.snapshots.reads()).toBe(1)
})

test('counts that nobody confirmed for a minute are stale: the urgency goes, by the clock alone', async () => {
  const { database, shop, drop, db } = await openDrop()
  await using _ = database
  await db.inShop(shop.id, (tx) => refreshClaims(tx, shop.id, drop.id, new Date(NOW)))
  await using endpoint = await openEndpoint(database, { shop })
  expect((await endpoint.ask()).json).toMatchObject({ stale: false, o: [{ k: 'low' }] })
  endpoint.clock.moveTo('2026-12-04T18:06:00.001Z')
  expect((await endpoint.ask()).json).toMatchObject({ stale: true, o: [{ k: 'open', c: null }] })
  expect(endpoint.live.snapshots.reads()).toBe(1)
})

test('no such drop, a draft, another shop’s drop, a shop that left: the same small answer that nobody keeps', async () => {
  const { database, shop, db } = await openDrop()
  await using _ = database
  await using endpoint = await openEndpoint(database, { shop })
  await createDrop(db, shop, { handle: 'not-yet', status: 'draft' })
  const other = await createShop(db)
  await createDrop(db, other, { handle: 'theirs' })
  const gone = await createShop(db, { uninstalledAt: new Date() })
  await createDrop(db, gone, { handle: 'gone' })
  const asked: Array<[string, string]> = [
    [shop.domain, 'nothing'],
    [shop.domain, 'not-yet'],
    [shop.domain, 'theirs'],
    [gone.domain, 'gone'],
    ['nobody.myshopify.com', 'moon-ring'],
    [shop.domain, 'UPPER'],
    [shop.domain, 'a'.repeat(60)],
    [shop.domain, 'moon%2Fring'],
  ]
  for (const [domain, handle] of asked) {
    const { answer, text } = await endpoint.ask(handle, {}, signed(domain))
    expect([handle, answer.status, text]).toEqual([handle, 404, '{"v":1,"error":"no_such_drop"}'])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('etag')).toBeNull()
  }
})

test('what Shopify did not sign just now for this shop is refused by name and kept by nobody', async () => {
  const { database, shop } = await openDrop()
  await using _ = database
  await using endpoint = await openEndpoint(database, { shop })
  const now = Math.floor(Date.now() / 1000)
  const unsigned = signed(shop.domain)
  unsigned.delete('signature')
  const otherShop = signed('other.myshopify.com')
  otherShop.set('shop', shop.domain)
  const twice = signed(shop.domain)
  twice.append('shop', shop.domain)
  const cases: Array<[string, URLSearchParams, number]> = [
    ['unsigned', unsigned, 400],
    ['forged', otherShop, 401],
    ['repeated', twice, 400],
    ['stale', signed(shop.domain, { timestamp: String(now - 95) }), 400],
    ['stale', signed(shop.domain, { timestamp: String(now + 95) }), 400],
  ]
  for (const [reason, query, status] of cases) {
    const { answer, json } = await endpoint.ask('moon-ring', {}, query)
    expect([answer.status, json]).toEqual([status, { v: 1, error: reason }])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  }
  expect(endpoint.live.snapshots.reads()).toBe(0)
  const posted = await endpoint.ask('moon-ring', { method: 'POST', body: '{}' })
  expect([posted.answer.status, posted.answer.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  const elsewhere = await fetch(`http://127.0.0.1:${endpoint.port}/storefront/drops/moon-ring/states`)
  expect(elsewhere.status).toBe(418)
})

async function asAdmin({ adminUrl }: TestDatabase, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}

test('when the database cannot answer, what was known goes out; what was not is an error that nobody keeps', async () => {
  const { database, shop, db } = await openDrop()
  await using _ = database
  await using endpoint = await openEndpoint(database, { shop })
  await createDrop(db, shop, { handle: 'another', opensAt: OPENS, closesAt: CLOSES })
  await endpoint.ask()
  await asAdmin(database, 'alter table drop rename to drop_elsewhere')
  endpoint.live.snapshots.allChanged()
  expect((await endpoint.ask()).json.s).toBe('open')
  const unknown = await endpoint.ask('another')
  expect([unknown.answer.status, unknown.text]).toEqual([503, '{"v":1,"error":"unavailable"}'])
  expect(unknown.answer.headers.get('cache-control')).toBe('no-store')
  await asAdmin(database, 'alter table drop_elsewhere rename to drop')
  expect((await endpoint.ask('another')).answer.status).toBe(200)
})

test('a listening connection that is cut is opened again, and what happened meanwhile is seen', async () => {
  const { database, shop, drop, db } = await openDrop()
  await using _ = database
  await using endpoint = await openEndpoint(database, { shop })
  await endpoint.ask()
  const { rows } = await db.pool.query<{ cut: boolean }>(
    `select pg_terminate_backend(pid) as cut from pg_stat_activity where datname = current_database() and query ilike 'listen filigree%'`,
  )
  expect(rows).toEqual([{ cut: true }])
  await vi.waitFor(() => expect(endpoint.live.isHearing()).toBe(false))
  await db.inShop(shop.id, (tx) => tx.drop.update({ where: { id: drop.id }, data: { status: 'aborted' } }))
  await vi.waitFor(() => expect(endpoint.live.isHearing()).toBe(true), { timeout: 5_000 })
  expect((await endpoint.ask()).json.s).toBe('aborted')
})
