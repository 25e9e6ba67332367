// The doors of the pages about drops: another shop's ids, no proof of who asks, words that mean nothing. And the live view as it is streamed.
import { randomUUID } from 'node:crypto'
import type { ActionFunctionArgs } from '@remix-run/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workExclusively } from '#app/adapters/db/exclusive-work.ts'
import { readEvents } from '#app/components/drops/use-live.ts'
import { recordFetchedOrders } from '#app/features/ledger/record-fetched-orders.server.ts'
import { loader as claimsFile } from '#app/routes/admin/drops/claims-file.ts'
import { loader as detail, action as press } from '#app/routes/admin/drops/detail.tsx'
import { action as changePlan, loader as editForm } from '#app/routes/admin/drops/edit.tsx'
import { loader as events } from '#app/routes/admin/drops/events.ts'
import { action as changeGuests, loader as guests } from '#app/routes/admin/drops/guests.tsx'
import { loader as live } from '#app/routes/admin/drops/live.tsx'
import { action as newDrop } from '#app/routes/admin/drops/new.tsx'
import { loader as pieces } from '#app/routes/admin/drops/pieces.ts'
import { loader as preflight } from '#app/routes/admin/drops/preflight.ts'
import { loader as preview } from '#app/routes/admin/drops/preview.ts'
import { loader as rehearsal, action as rehearse } from '#app/routes/admin/drops/rehearsal.tsx'
import { loader as report } from '#app/routes/admin/drops/report.tsx'
import { loader as setup, action as switchOn } from '#app/routes/admin/drops/setup.tsx'
import { mintSessionToken } from '#sandbox/oauth/session-token.ts'
import type { RunningSandbox } from '#sandbox/server.ts'
import { makeFetchedOrder } from './factories/fetched-order.ts'
import { LINK_SECRET } from './factories/partners.ts'
import { createShop } from './factories/shop.ts'
import { BUSY_SHOP, openBusyShop } from './harness/busy-shop.ts'
import { startQuietSandbox } from './harness/house-in-process.ts'
import { openWebInProcess, type WebInProcess } from './harness/web-in-process.ts'

const OPENS = new Date('2026-05-05T16:00:00Z')
const CLOSES = new Date('2026-05-05T16:20:00Z')

let sandbox: RunningSandbox
let web: WebInProcess
let mine: { dropId: string; shopId: number }
let theirs: string

beforeAll(async () => {
  sandbox = await startQuietSandbox()
  openBusyShop(sandbox.sandbox, 1)
  web = await openWebInProcess({ sandboxUrl: sandbox.url })
  // The first visit installs the shop.
  await ask(pieces, await get('/app/drops/pieces?variants='))
  const shop = await web.db.byDomain(BUSY_SHOP, async (_, found) => found)
  if (!shop) throw new Error('the shop was not installed')
  mine = { dropId: await makeDrop(shop.id), shopId: shop.id }
  theirs = await makeDrop((await createShop(web.db)).id)
})
afterAll(async () => {
  await web?.[Symbol.asyncDispose]()
  await sandbox?.stop()
})

async function makeDrop(shopId: number): Promise<string> {
  const dropId = randomUUID()
  await web.db.inShop(shopId, async (tx) => {
    const named = { handle: 'rose-signet', title: 'Rose signet', timeZone: 'America/New_York' }
    const scarcity = { version: 1, lowAt: 5, lastAt: 2 }
    const made = { createdAt: OPENS, createdBy: 'user/1', status: 'live' }
    await tx.drop.create({ data: { id: dropId, shopId, ...named, scarcity, ...made } })
    await tx.act.createMany({
      data: [
        { id: randomUUID(), shopId, dropId, kind: 'open', at: OPENS, status: 'done' },
        { id: randomUUID(), shopId, dropId, kind: 'close', at: CLOSES },
      ],
    })
    const ids = { productId: 1n, variantId: 11n, inventoryItemId: 111n }
    await tx.dropOffer.create({
      data: { shopId, dropId, position: 0, ...ids, role: 'hero', title: 'Signet' },
    })
  })
  return dropId
}

type Route = (args: ActionFunctionArgs) => unknown

async function ask(route: Route, request: Request, params: Record<string, string> = {}): Promise<unknown> {
  try {
    return await route({ request, params, context: {} })
  } catch (thrown) {
    if (thrown instanceof Response) return thrown
    throw thrown
  }
}

function statusOf(answer: unknown): unknown {
  return answer instanceof Response ? answer.status : answer
}

async function headers(): Promise<Record<string, string>> {
  const token = await mintSessionToken(sandbox.sandbox, BUSY_SHOP)
  return { authorization: `Bearer ${token}`, 'user-agent': 'Mozilla/5.0 Chrome/140.0' }
}

async function get(path: string, signal?: AbortSignal): Promise<Request> {
  return new Request(`https://filigree.example${path}`, {
    headers: await headers(),
    ...(signal ? { signal } : {}),
  })
}

async function post(path: string, fields: Record<string, string>): Promise<Request> {
  const body = new URLSearchParams(fields)
  return new Request(`https://filigree.example${path}`, { method: 'POST', body, headers: await headers() })
}

describe('every page of another shop’s drop is as if there were none', () => {
  test.each<[string, Route, string]>([
    ['the page', detail, ''],
    ['its form', editForm, '/edit'],
    ['its live view', live, '/live'],
    ['its stream', events, '/events'],
    ['its rehearsal', rehearsal, '/rehearsal'],
    ['its report', report, '/report'],
    ['its guests', guests, '/guests'],
    ['its preflight', preflight, '/preflight'],
    ['the preview of a press', preview, '/preview?press=hold'],
    ['the preview of an extension', preview, '/preview?press=extend&closeLocal=2026-05-05T12:30:00'],
  ])('%s', async (_, route, path) => {
    for (const id of [theirs, randomUUID(), "x' or '1'='1"]) {
      const status = statusOf(await ask(route, await get(`/app/drops/x${path}`), { id }))
      expect([id, [400, 404].includes(Number(status))]).toEqual([id, true])
    }
  })
  test('passes to it are neither given, taken back nor mailed', async () => {
    const guestsOf = async (fields: Record<string, string>) =>
      ask(changeGuests, await post('/app/drops/x/guests', fields), { id: theirs })
    const refused = (reason: string) => ({ key: `passes.refused.${reason}`, params: { reason } })
    expect(await guestsOf({ intent: 'give-passes', guests: 'noor@post.example', mailed: 'true' })).toEqual({
      ok: false,
      fields: { guests: refused('unknown_drop') },
    })
    for (const intent of ['revoke-pass', 'mail-pass'])
      expect(await guestsOf({ intent, passId: randomUUID() })).toEqual({
        ok: false,
        fields: { form: refused('unknown_pass') },
      })
    expect(statusOf(await guestsOf({ intent: 'give-everything' }))).toBe(400)
  })
  test('a press, and a change of its plan', async () => {
    const pressed = await ask(press, await post('/app/drops/x', { intent: 'abort', revision: '1' }), {
      id: theirs,
    })
    expect(pressed).toMatchObject({ ok: false, fields: { form: 'drops.refused.unknown_drop' } })
    const opened = await ask(press, await post('/app/drops/x', { intent: 'open_soon', revision: '1' }), {
      id: theirs,
    })
    expect(opened).toEqual(pressed)
    const changed = await ask(
      changePlan,
      await post('/app/drops/x/edit', { revision: '1', title: 'x', handle: 'xyz', lowAt: '5', lastAt: '2' }),
      { id: theirs },
    )
    expect(changed).toMatchObject({ ok: false, summary: 'drops.problem.unknown_drop' })
    const path = '/app/drops/x/rehearsal'
    const rehearsed = await ask(rehearse, await post(path, { intent: 'rehearse' }), { id: theirs })
    expect(rehearsed).toMatchObject({ ok: false, summary: 'drops.rehearsal.notStarted.unknown_drop' })
  })
})

test.each<[string, Route]>([
  ['a page', detail],
  ['a stream', events],
  ['the claim log', claimsFile],
  ['the set-up', setup],
  ['the switch of the checkout rule', switchOn],
  ['a rehearsal', rehearse],
])('%s without a session token is not shown', async (_, route) => {
  const request = new Request('https://filigree.example/app/drops/x', {
    headers: { 'user-agent': 'Mozilla/5.0 Chrome/140.0' },
  })
  const status = Number(statusOf(await ask(route, request, { id: mine.dropId })))
  expect([302, 401, 410]).toContain(status)
})

describe('what means nothing is answered in words', () => {
  test('an empty form keeps every place with its reason', async () => {
    const answer = await ask(newDrop, await post('/app/drops/new', {}))
    expect(answer).toMatchObject({
      ok: false,
      fields: { handle: 'drops.problem.handle_malformed', lowAt: 'drops.problem.not_whole_pieces' },
    })
  })
  test('lists that are none, rows that are none, numbers that are none', async () => {
    const fields = {
      title: 'Rose',
      handle: 'rose',
      lowAt: '5',
      lastAt: '2',
      acts: '[{"id":1,"kind":"open","local":"soon"},null,7,{"kind":"party"}]',
      pieces: '{"variantId":"1"}',
      waves: '[{"id":"w","actId":"","variantId":"1; drop table wave","units":"-3"}]',
      limit: '1e9',
      priceKind: 'percent',
      priceOff: '∞',
    }
    const answer = await ask(newDrop, await post('/app/drops/new', fields))
    expect(answer).toMatchObject({
      ok: false,
      fields: {
        'act.': 'drops.problem.act_time_malformed',
        'wave.w': 'drops.problem.wave_without_piece',
        limit: 'drops.problem.limit_out_of_range',
        priceOff: 'drops.problem.price_out_of_range',
      },
    })
  })
  test('a press that is none', async () => {
    const { dropId: id } = mine
    expect(statusOf(await ask(press, await post('/app/drops/x', { intent: 'delete' }), { id }))).toBe(400)
    expect(statusOf(await ask(rehearse, await post('/app/drops/x', { intent: 'play' }), { id }))).toBe(400)
    expect(statusOf(await ask(preview, await get('/app/drops/x/preview?press=__proto__'), { id }))).toBe(400)
  })
  test('a new close at an hour that the clock skips', async () => {
    const path = '/app/drops/x/preview?press=extend&closeLocal=2026-03-08T02:30:00'
    expect(await ask(preview, await get(path), { id: mine.dropId })).toEqual({
      ok: false,
      reason: 'close_malformed',
    })
  })
  test('a press on a drop that changed since it was shown', async () => {
    const answer = await ask(press, await post('/app/drops/x', { intent: 'hold', revision: '99' }), {
      id: mine.dropId,
    })
    expect(answer).toMatchObject({ ok: false, fields: { form: 'drops.refused.changed_meanwhile' } })
  })
})

describe('the checkout rule', () => {
  const rules = () => Object.values(sandbox.sandbox.shops[BUSY_SHOP]?.validations ?? {})
  const switchOnNow = async () => ask(switchOn, await post('/app/drops/setup', { intent: 'switch-on-gate' }))
  const gate = async () => ask(setup, await get('/app/drops/setup'))

  test('is not there at first, is switched on by one press, and is one however often it is pressed', async () => {
    expect(await gate()).toMatchObject({ gate: { state: 'missing' } })
    expect(await switchOnNow()).toEqual({ ok: true })
    expect(await switchOnNow()).toEqual({ ok: true })
    expect(await gate()).toMatchObject({ gate: { state: 'live' } })
    expect(rules()).toMatchObject([{ enabled: true, blockOnFailure: true }])
  })
  test('that somebody weakened or switched off is seen, and put right by the press', async () => {
    for (const [change, state] of [
      [{ blockOnFailure: false }, 'lets_pass'],
      [{ enabled: false }, 'off'],
    ] as const) {
      Object.assign(rules()[0] ?? {}, change)
      expect(await gate()).toMatchObject({ gate: { state } })
      expect(await switchOnNow()).toEqual({ ok: true })
      expect(await gate()).toMatchObject({ gate: { state: 'live' } })
    }
  })
  test('names the drops of this shop only, and what checkout was told of them', async () => {
    const answer = (await gate()) as { gate: { drops: object[] } }
    expect(answer.gate.drops).toEqual([
      { id: mine.dropId, title: 'Rose signet', revision: 1, toldRevision: 0 },
    ])
  })
  test('tells why it could not be switched on', async () => {
    const told = await workExclusively(web.db, `filigree-checkout/${mine.shopId}`, switchOnNow)
    expect(told).toMatchObject({
      result: { ok: false, fields: { form: { key: 'drops.setup.gate.refused.checkout_is_being_told' } } },
    })
  })
  test('is not switched on by another word', async () => {
    expect(statusOf(await ask(switchOn, await post('/app/drops/setup', { intent: 'switch-off' })))).toBe(400)
  })
})

test('the live view is streamed: as it stands, then whenever it changes, until nobody looks', async () => {
  const { dropId, shopId } = mine
  const control = new AbortController()
  const answer = await ask(events, await get(`/app/drops/${dropId}/events`, control.signal), { id: dropId })
  if (!(answer instanceof Response) || !answer.body) throw new Error('no stream')
  expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/)
  // A compressor on the way would gather the events up.
  expect(answer.headers.get('cache-control')).toContain('no-transform')
  const stream = readEvents(answer.body)
  const next = async () => {
    const { value } = await stream.next()
    return JSON.parse(value ?? 'null') as { view: { orders: object; pieces: object[]; lastOrders: object[] } }
  }
  expect((await next()).view).toMatchObject({
    status: 'live',
    orders: { count: 0, units: 0, netMinor: '0' },
    pieces: [{ title: 'Signet', sold: 0, available: null }],
  })
  await sell(shopId, { orderId: 1n, at: new Date(OPENS.getTime() + 60_000), units: 2 })
  expect((await next()).view).toMatchObject({
    orders: { count: 1, units: 2, netMinor: '20000' },
    pieces: [{ sold: 2 }],
    lastOrders: [{ name: '#1', units: 2 }],
  })
  // Before the opening and after the close it is no sale of the drop.
  await sell(shopId, { orderId: 2n, at: new Date(OPENS.getTime() - 1), units: 3 })
  await sell(shopId, { orderId: 3n, at: CLOSES, units: 4 })
  await sell(shopId, { orderId: 4n, at: new Date(CLOSES.getTime() - 1), units: 1 })
  let last = await next()
  while (last.view.lastOrders.length < 2) last = await next()
  expect(last.view).toMatchObject({ orders: { count: 2, units: 3, netMinor: '30000' } })
  control.abort()
  expect((await stream.next()).done).toBe(true)
  // The report counts the same, by act.
  const reported = await ask(report, await get(`/app/drops/${dropId}/report`), { id: dropId })
  expect(reported).toMatchObject({
    report: {
      status: 'live',
      timeZone: 'America/New_York',
      soldInAll: 3,
      acts: [
        { kind: 'open', sold: 3, netMinor: '30000', outcome: null },
        { kind: 'close', sold: 0, netMinor: '0', outcome: null },
      ],
    },
  })
})

/** As the worker records what Shopify tells of it: the books decide whether it was sold in the drop. */
async function sell(shopId: number, sale: { orderId: bigint; at: Date; units: number }): Promise<void> {
  const { orderId, at, units } = sale
  const order = makeFetchedOrder({
    orderId,
    placedAt: at.toISOString(),
    lines: [
      {
        lineItemId: orderId,
        quantity: units,
        netMinor: BigInt(units) * 10_000n,
        taxMinor: BigInt(units) * 800n,
      },
    ],
  })
  const ofPiece = order.sales.map((each) => ({ ...each, variantId: 11n }))
  await web.db.inShop(shopId, async (tx) => {
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } })
    await recordFetchedOrders(tx, shop, LINK_SECRET, [{ ...order, sales: ofPiece }], at)
  })
}
