// A whole drop as shoppers live through it: app, worker and sandbox as processes of their own, every act on its second. First on a clock that is
// moved from act to act, then one of which nothing is moved.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { passEmailHash, passKeyOf, signPass } from '#app/adapters/crypto/drop-pass.ts'
import { type PurchaseOutcome, tryToBuy } from '#sandbox/demo/buy-on-storefront.ts'
import { CINDERS, LONG_NIGHT, type StoryDrop, WINDFALL } from '#sandbox/demo/drop-cast.ts'
import {
  draftDrop,
  type PlannedDrop,
  scheduleDrop,
  switchOnGate,
  variantOf,
} from '#sandbox/demo/plan-drop.ts'
import { seededRandom } from '#sandbox/demo/seeded-random.ts'
import type { Stage } from '#sandbox/demo/stage.ts'
import { CIRCLE, CUSTOMER_NAMES, customerEmail } from '#sandbox/demo/story-cast.ts'
import { takePicture } from '../harness/browser.ts'
import { type E2eHouse, openAdmin, openE2eHouse, SHOP } from '../harness/e2e-house.ts'

const OPENS = Date.parse('2026-11-20T23:00:00Z')
/** How long a shopper may wait to see that something is gone or back: the next look at the live state, and the way there. */
const SEEN_WITHIN_MS = 40_000
const GUEST = 'noa.lind@post.example'

let open: E2eHouse
let stage: Stage
let drop: PlannedDrop
const guests = { ...WINDFALL, terms: { ...WINDFALL.terms, earlyPasses: 'true' } } satisfies StoryDrop
const [PENDANT = '', STUDS = ''] = WINDFALL.pieces

beforeAll(async () => {
  open = await openE2eHouse('2026-11-19T15:00:00Z')
  const creators = await open.signUp()
  const { control, app, work, ids } = open
  const today = async () => new Date(OPENS).toISOString().slice(0, 10)
  stage = { control, app, work, ids, today, creators, bookkeeper: app, random: seededRandom(23) }
  await switchOnGate(stage)
  drop = await draftDrop(stage, guests, new Date(OPENS))
  await scheduleDrop(stage, drop)
  await moveTo(-86_400)
}, 180_000)
afterAll(() => open?.[Symbol.asyncDispose]())

/** Seconds from the opening. What is due by then is done. */
async function moveTo(seconds: number): Promise<void> {
  await open.work.untilDone()
  await open.moveClock(new Date(OPENS + seconds * 1000).toISOString())
  await open.work.untilDone()
}

interface Shopper {
  page: Page
  errors: string[]
  /** "GET /path" of what the page asked for since the last call, pictures and pages left out. */
  asked(): string[]
}

/** `isRight`: the device's clock shows what the server's does; else it is off by as much as the sandbox's was moved. */
async function shopper({ width = 1280, height = 1000, isRight = true } = {}): Promise<Shopper> {
  const { page, errors } = await open.visit({ width, height, animated: true, timezoneId: 'America/New_York' })
  const { offsetMs } = await open.control.get<{ offsetMs: number }>('/control/clock')
  if (isRight) await page.addInitScript(setDeviceClock, offsetMs)
  const requests: string[] = []
  page.on('request', (request) => {
    if (['document', 'image'].includes(request.resourceType())) return
    requests.push(`${request.method()} ${new URL(request.url()).pathname}`)
  })
  return { page, errors, asked: () => requests.splice(0) }
}

/** In the page: the device's clock, and the browser's own note of when the page began. */
function setDeviceClock(offsetMs: number): void {
  const Machine = Date
  const machineNow = Date.now
  const { timeOrigin } = performance
  class DeviceDate extends Machine {
    constructor(...given: ConstructorParameters<typeof Date> | []) {
      if (given.length === 0) super(machineNow() + offsetMs)
      else super(...(given as [number]))
    }
    static override now(): number {
      return machineNow() + offsetMs
    }
  }
  globalThis.Date = DeviceDate as DateConstructor
  Object.defineProperty(performance, 'timeOrigin', { get: () => timeOrigin + offsetMs })
}

async function look(page: Page, handle = 'windfall-pendant'): Promise<void> {
  await page.goto(`${open.urls.storefront}/products/${handle}`, { waitUntil: 'networkidle' })
}

async function addToBag(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Add to bag' }).click()
  const note = page.locator('[data-form-note]')
  await expect.poll(() => note.textContent()).not.toBe('')
  return (await note.textContent()) ?? ''
}

async function checkOut(page: Page, email: string): Promise<void> {
  await page.goto(`${open.urls.storefront}/checkout`)
  for (const [label, value] of [
    ['Email', email],
    ['First name', 'Noa'],
    ['Last name', 'Lind'],
    ['Address', '12 Harbour Row'],
    ['Postal code', '04101'],
    ['City', 'Portland'],
  ] as const)
    await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('button', { name: /^Pay/ }).click()
}

async function bought(page: Page): Promise<void> {
  await page.waitForURL(/\/orders\/\d+\//)
}

async function signIn(page: Page, name: string): Promise<void> {
  const form = { email: customerEmail(name) }
  const answer = await page.request.post(`${open.urls.storefront}/account/login`, { form })
  expect(answer.ok()).toBe(true)
}

function buyAs(name: string, piece: string): Promise<PurchaseOutcome> {
  const [firstName = '', ...rest] = name.split(' ')
  const buyer = { email: customerEmail(name), firstName, lastName: rest.join(' ') }
  return tryToBuy(open.urls.storefront, { variantId: variantOf(stage, piece), buyer, signedIn: true })
}

function phaseOf(page: Page): Promise<string | null> {
  return page.locator('.fil-countdown').getAttribute('data-now')
}

async function untilPhase(page: Page, phase: string, timeout = 20_000): Promise<void> {
  await page.locator(`.fil-countdown[data-now=${phase}]`).waitFor({ timeout })
}

/** What the block's line about stock says now. */
function stockLine(page: Page): Promise<string | null> {
  return page.locator('.fil-stock .fil-line .fil-on').textContent()
}

async function orderCount(): Promise<number> {
  const path = `/control/shops/${SHOP.domain}/orders?limit=1`
  return (await open.control.get<{ total: number }>(path)).total
}

test('before the opening the page counts down by itself, and neither the bag nor a link straight to checkout sells', async () => {
  await moveTo(-3600)
  const { page, errors, asked } = await shopper()
  await look(page)
  await untilPhase(page, 'before')
  expect(await stockLine(page)).toBe('Made in a small number')
  await page.getByText('5 more pieces are set aside for you').waitFor()
  await page.getByText('Early access', { exact: false }).first().waitFor()
  await takePicture(page, 'drop-1-teaser')
  expect(asked().filter((request) => /apps\/filigree|\.js$/.test(request))).toEqual(
    expect.not.arrayContaining([expect.stringContaining('apps/filigree')]),
  )
  expect(await addToBag(page)).toMatch(/can be bought from 20 November 2026, 18:00/)

  await page.goto(`${open.urls.storefront}/cart/${variantOf(stage, PENDANT)}:1`)
  await page
    .getByRole('alert')
    .getByText(/can be bought from/)
    .waitFor()
  await checkOut(page, GUEST)
  await page
    .getByRole('alert')
    .getByText(/can be bought from/)
    .waitFor()
  await takePicture(page, 'drop-2-permalink-refused')
  expect(page.url()).toMatch(/\/checkout$/)
  expect(await orderCount()).toBe(0)
  expect(errors).toEqual([])
}, 120_000)

test('early access lets in by tag and by pass, and nobody else', async () => {
  await moveTo(-600)
  const stranger = await shopper({ isRight: false })
  await look(stranger.page)
  // By a device that is weeks ahead, from the first moment on.
  expect(await phaseOf(stranger.page)).toBe('early')
  expect(await addToBag(stranger.page)).toMatch(/is in early access/)
  await takePicture(stranger.page, 'drop-3-early-refused')

  const friend = await shopper()
  await signIn(friend.page, CIRCLE[0] ?? '')
  await look(friend.page)
  expect(await addToBag(friend.page)).toMatch(/In your bag/)
  await checkOut(friend.page, customerEmail(CIRCLE[0] ?? ''))
  await bought(friend.page)

  const key = passKeyOf(SHOP.domain, open.house.env.LINK_SECRET ?? '')
  const claims = { dropHandle: WINDFALL.handle, expiresAt: OPENS / 1000, id: 'k3' }
  const pass = signPass({ ...claims, emailHash: passEmailHash(GUEST, key) }, key)
  const guest = await shopper({ width: 390, height: 844 })
  await guest.page.goto(
    `${open.urls.storefront}/products/windfall-pendant?fil_pass=${pass.replace(/.$/, '0')}0`,
  )
  const answer = guest.page.locator('.fil-pass + .fil-answer')
  await expect.poll(() => answer.textContent()).not.toBe('')
  expect(await addToBag(guest.page)).toMatch(/not valid|early access/)
  await guest.page.goto(`${open.urls.storefront}/products/windfall-pendant?fil_pass=${pass}`)
  await expect.poll(() => answer.textContent()).not.toBe('')
  expect(await addToBag(guest.page)).toMatch(/In your bag/)
  await takePicture(guest.page, 'drop-4-early-pass')
  await checkOut(guest.page, 'somebody.else@post.example')
  await guest.page
    .getByRole('alert')
    .getByText(/belongs to another email address/)
    .waitFor()
  await checkOut(guest.page, GUEST)
  await bought(guest.page)
  expect(await orderCount()).toBe(2)
  for (const { errors } of [stranger, friend, guest]) expect(errors).toEqual([])
}, 180_000)

test('the page opens on its second without a request, and everybody may buy at the drop’s price', async () => {
  await moveTo(-12)
  const { page, errors, asked } = await shopper()
  await look(page)
  expect(await phaseOf(page)).toBe('early')
  await takePicture(page, 'drop-5-seconds-before')
  asked()
  await untilPhase(page, 'open')
  // The first look at the live state is spread over eight seconds: the page itself waits for nobody.
  const clock = await open.control.get<{ now: string }>('/control/clock')
  expect(Date.parse(clock.now) - OPENS).toBeLessThan(3_000)
  expect(asked().filter((request) => !request.includes('/state'))).toEqual([])
  await open.work.untilDone()
  expect(await addToBag(page)).toMatch(/In your bag/)
  await page.goto(`${open.urls.storefront}/cart`)
  await page.getByText('241.20').first().waitFor()
  await checkOut(page, 'ines.roth@post.example')
  await bought(page)
  await takePicture(page, 'drop-6-bought')
  expect(errors).toEqual([])
}, 120_000)

test('who watches sees the pieces go, and the restock come, while nobody gets more than there is', async () => {
  await moveTo(40)
  const { page, errors } = await shopper()
  await look(page)
  await untilPhase(page, 'open')
  const outcomes = await Promise.all(
    CUSTOMER_NAMES.filter((name) => !CIRCLE.includes(name))
      .slice(0, 8)
      .map((name) => buyAs(name, PENDANT)),
  )
  // Eight were there: one went to a friend, one to a guest, one at the opening.
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(5)
  await open.work.untilDone()
  await expect.poll(() => stockLine(page), { timeout: SEEN_WITHIN_MS }).toBe('Sold out for now; more follow')
  await takePicture(page, 'drop-7-sold-out')

  await moveTo(360 - 8)
  const second = await shopper()
  await look(second.page)
  await second.page.getByText('5 more pieces are set aside for you').waitFor()
  await expect
    .poll(() => stockLine(second.page), { timeout: SEEN_WITHIN_MS })
    .toMatch(/^5 or fewer are left$/)
  await takePicture(second.page, 'drop-8-wave')
  await look(second.page)
  expect(await addToBag(second.page)).toMatch(/In your bag/)
  await checkOut(second.page, 'mira.holt@post.example')
  await bought(second.page)
  for (const found of [errors, second.errors]) expect(found).toEqual([])
}, 180_000)

test('it closes on its second, also for a bag that was filled before, and the books have every piece with the drop', async () => {
  await moveTo(1200 - 15)
  const { page, errors } = await shopper()
  await look(page, 'windfall-studs')
  expect(await phaseOf(page)).toBe('open')
  expect(await addToBag(page)).toMatch(/In your bag/)
  await untilPhase(page, 'closed', 30_000)
  await takePicture(page, 'drop-9-closed')
  const before = await orderCount()
  await open.work.untilDone()
  await checkOut(page, 'late.comer@post.example').catch(() => {})
  expect(page.url()).not.toMatch(/\/orders\//)
  await takePicture(page, 'drop-10-late')
  expect(await orderCount()).toBe(before)
  const late = await buyAs(CUSTOMER_NAMES[20] ?? '', STUDS)
  expect(late.ok).toBe(false)
  await moveTo(1300)

  const { view } = (await open.app.load(`/app/drops/${drop.id}`)) as {
    view: { drop: { status: string }; receipts: Array<{ outcome: string }> }
  }
  expect(view.drop.status).toBe('closed')
  expect(view.receipts.map(({ outcome }) => outcome)).toEqual(Array(5).fill('done'))
  const claims = (await open.app.load('/app/drops/claims')) as {
    view: { rows: Array<{ kind: string; event: string }> }
  }
  const shown = claims.view.rows.filter(({ event }) => event === 'shown').map(({ kind }) => kind)
  expect(new Set(shown)).toEqual(new Set(['ends', 'wave', 'low_stock', 'last_pieces', 'sold_out']))
  const admin = await open.visit({ width: 1280, height: 1400 })
  for (const [name, path] of [
    ['detail', ''],
    ['live', '/live'],
  ] as const) {
    await openAdmin(admin.page, open.urls, `/app/drops/${drop.id}${path}`)
    await admin.page.waitForTimeout(500)
    await takePicture(admin.page, `drop-11-admin-${name}`)
  }
  expect(errors).toEqual([])
}, 180_000)

test('one press opens a planned drop in two minutes', async () => {
  const { id } = await draftDrop(stage, CINDERS, new Date(OPENS + 30 * 86_400_000))
  const { page, errors } = await open.visit({ width: 1280, height: 1000 })
  const app = await openAdmin(page, open.urls, `/app/drops/${id}`)
  await app.getByRole('button', { name: 'Open in two minutes' }).click()
  await app.getByRole('dialog').getByText('Its timeline moves').waitFor()
  await takePicture(page, 'drop-12-open-soon')
  await app.getByRole('dialog').getByRole('button', { name: 'Open in two minutes' }).click()
  await app.getByText('Scheduled', { exact: true }).first().waitFor()
  await open.work.untilDone()
  const { view } = (await open.app.load(`/app/drops/${id}`)) as {
    view: { now: string; drop: { acts: Array<{ kind: string; at: string }> } }
  }
  const at = (kind: string) => Date.parse(view.drop.acts.find((act) => act.kind === kind)?.at ?? '')
  expect(at('open') - Date.parse(view.now)).toBeLessThanOrEqual(150_000)
  expect(at('close') - at('open')).toBe(180_000)
  await open.moveClock(new Date(at('open') - 6_000).toISOString())
  await open.work.untilDone()
  const watcher = await shopper({ width: 390, height: 844 })
  await watcher.page.goto(`${open.urls.storefront}/pages/live`, { waitUntil: 'networkidle' })
  await watcher.page.locator('.fil-live[data-now=open]').waitFor({ timeout: 20_000 })
  await open.work.untilDone()
  await takePicture(watcher.page, 'drop-13-live-overlay')
  await watcher.page.locator('.fil-hero').getByRole('button', { name: 'Buy' }).click()
  await watcher.page
    .getByRole('link', { name: /checkout/i })
    .first()
    .click()
  await checkOut(watcher.page, 'viewer@post.example')
  await bought(watcher.page)
  for (const found of [errors, watcher.errors]) expect(found).toEqual([])
  await open.moveClock(new Date(at('close') + 1_000).toISOString())
  await open.work.untilDone()
}, 180_000)

test('in real time: one page stays open from before the opening to the close, and nothing is moved', async () => {
  const now = Date.parse((await open.control.get<{ now: string }>('/control/clock')).now)
  const opensAt = Math.ceil(now / 1000) * 1000 + 90_000
  const [piece = ''] = LONG_NIGHT.pieces
  const short: StoryDrop = {
    ...LONG_NIGHT,
    title: 'The short night',
    handle: 'the-short-night',
    pieces: [piece],
    acts: [
      { kind: 'teaser', at: -15 },
      { kind: 'open', at: 0 },
      { kind: 'wave', at: 15, releases: { [piece]: 15 } },
      { kind: 'close', at: 32 },
    ],
  }
  const planned = await draftDrop(stage, short, new Date(opensAt))
  await scheduleDrop(stage, planned)
  const { page, errors } = await shopper()
  await expect
    .poll(async () => (await page.goto(`${open.urls.storefront}/products/long-night-lanterns`))?.status(), {
      timeout: 100_000,
    })
    .toBe(200)
  await untilPhase(page, 'before')
  const seen: Array<{ phase: string; late: number }> = []
  for (const [phase, at] of [
    ['open', 0],
    ['closed', 32_000],
  ] as const) {
    await untilPhase(page, phase, 120_000)
    const shown = Date.parse((await open.control.get<{ now: string }>('/control/clock')).now)
    seen.push({ phase, late: shown - (opensAt + at) })
    if (phase === 'closed') break
    expect(await buyAs('Grace Lin', piece)).toMatchObject({ ok: true })
    expect(await buyAs('Ruth Adeyemi', piece)).toMatchObject({ ok: true })
    expect(await buyAs('Imogen Hale', piece)).toMatchObject({ ok: true })
    expect(await buyAs('Yuki Tanabe', piece)).toMatchObject({ ok: false })
    // Eighteen were made, fifteen of them came with the restock.
    await expect.poll(() => buyAs('Yuki Tanabe', piece), { timeout: 20_000 }).toMatchObject({ ok: true })
  }
  // Never before its time, and not long after.
  for (const { late } of seen) expect(late).toBeGreaterThan(-500)
  expect(await buyAs('Leila Farouk', piece)).toMatchObject({ ok: false })
  await open.work.untilDone()
  const { view } = (await open.app.load(`/app/drops/${planned.id}`)) as {
    view: { drop: { status: string }; receipts: Array<{ outcome: string }> }
  }
  expect(view.drop.status).toBe('closed')
  expect(view.receipts.every(({ outcome }) => outcome === 'done')).toBe(true)
  expect(errors).toEqual([])
}, 240_000)
