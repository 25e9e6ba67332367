// The blocks of a drop in a browser, from the teaser to the replay, on clocks that are moved.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { SHOP } from '#sandbox/admin/app-bridge/toy-app.test-support.ts'
import { launchBrowser } from '#tests/harness/browser.ts'
import {
  CLOSE,
  type DropWorld,
  OPEN,
  ROOT,
  type ShopperOptions,
  shownIn,
  startDropWorld,
  visit,
  WAVE,
} from './drop-world.test-support.ts'

const STATE = 'GET /storefront/drops/winter-fern/state'
const COUNTDOWN = '.fil-countdown'
const STOCK = '.fil-stock'
// Whole drops, second by second.
vi.setConfig({ testTimeout: 180_000 })

let browser: Browser
let world: DropWorld

beforeAll(async () => {
  browser = await launchBrowser()
}, 60_000)

afterAll(() => browser?.close())

beforeEach(async () => {
  world = await startDropWorld()
  onTestFinished(() => world.stop())
})

async function shopper(options?: ShopperOptions) {
  const tab = await visit(browser, world, options)
  onTestFinished(() => tab.close())
  return tab
}

const product = (block: string, settings = {}) => ({ block, template: 'product', settings })

test('where a piece comes in several kinds, each restock says of which', async () => {
  const ring = Object.values(world.sandbox.shop(SHOP).products).find(({ handle }) => handle === 'fern-ring')
  const [first, second] = ring?.variants ?? []
  world.tell({
    variants: [first?.id, second?.id],
    waves: [
      { at: WAVE, variant: first?.id, units: 12 },
      { at: WAVE, variant: second?.id, units: 1 },
    ],
  })
  world.place([product('drop-stock')])
  const { page } = await shopper()
  expect((await shownIn(page, STOCK)).slice(1)).toEqual([
    `${first?.title}, 15:26: 12 more pieces are set aside for you`,
    `${second?.title}, 15:26: one more piece is set aside for you`,
  ])
})

test('teaser, opening without a request, wave, close: each at its second, and the page never moves', async () => {
  world.place([product('drop-countdown'), product('drop-stock')])
  const { page, run, requests, errors } = await shopper()
  await page.evaluate(`globalThis.moved = []
    new PerformanceObserver((list) => moved.push(...list.getEntries().map((entry) => entry.value))).observe({ type: 'layout-shift', buffered: true })`)
  expect((await shownIn(page, COUNTDOWN))[0]).toBe('Opens in')
  expect(await shownIn(page, STOCK)).toEqual([
    'Made in a small number',
    '15:26: 12 more pieces are set aside for you',
  ])
  const before = requests.length
  await run(OPEN - world.sandbox.clock.now().getTime() / 1000 + 1)
  expect((await shownIn(page, COUNTDOWN))[0]).toBe('Open now. Closes in')
  expect(await page.locator('.fil-status').textContent()).toBe('The drop is open.')
  expect(requests.slice(before).filter((request) => !request.endsWith('/state'))).toEqual([])
  await run(8)
  await expect.poll(() => world.asked).toEqual([STATE])

  world.state = {
    s: 'open',
    stale: false,
    o: [{ v: world.variant, k: 'low', c: 4 }],
    w: [{ at: WAVE, ok: true }],
  }
  await run(20)
  await expect
    .poll(() => shownIn(page, STOCK))
    .toEqual(['5 or fewer left for now; more follow', '15:26: 12 more pieces are set aside for you'])
  world.state = { s: 'open', stale: false, o: [{ v: world.variant, k: 'last', c: 5 }], w: [] }
  await run(WAVE - world.sandbox.clock.now().getTime() / 1000 + 20)
  await expect
    .poll(() => shownIn(page, STOCK))
    .toEqual(['The last 2 or fewer', '15:26: 12 more pieces were planned'])
  const asked = world.asked.length
  // 380 s at most once in 15.
  expect(asked).toBeLessThanOrEqual(1 + 400 / 15)

  world.state = { s: 'closed', stale: false, o: [], w: [] }
  await run(CLOSE - world.sandbox.clock.now().getTime() / 1000 + 30)
  expect((await shownIn(page, COUNTDOWN)).slice(0, 2)).toEqual(['This drop', 'Closed'])
  expect((await shownIn(page, STOCK))[0]).toBe('This drop is not open')
  const atClose = world.asked.length
  await run(120)
  expect(world.asked.length).toBe(atClose)
  expect(await page.evaluate('moved')).toEqual([])
  expect(errors).toEqual([])
})

test('before the opening a page costs two files of the CDN, and asks nothing where it tells the time itself', async () => {
  const second = Math.floor(Date.now() / 1000)
  world.sandbox.clock.setOffset(0)
  world.tell({ open: second + 60, close: second + 600 })
  const { requests, page } = await shopper({ isRealTime: true })
  await page.waitForTimeout(1500)
  expect((await shownIn(page, COUNTDOWN))[0]).toBe('Opens in')
  const added = requests.filter((request) => /extensions|apps|^HEAD|\.js$/.test(request))
  expect(added.sort()).toEqual([
    `GET ${ROOT}/assets/theme.js`,
    `GET ${ROOT}/extensions/filigree-theme/assets/filigree.css`,
    `GET ${ROOT}/extensions/filigree-theme/assets/filigree.js`,
  ])
  expect(world.asked).toEqual([])
})

test('a claim that is not in the log, is stale, or of a failing server is not shown', async () => {
  world.place([product('drop-stock')])
  world.at(OPEN + 60)
  const offer = { v: world.variant, k: 'last' as const, c: 9 as number | null }
  world.state = { s: 'open', stale: false, o: [{ ...offer, c: null }], w: [] }
  const { page, run } = await shopper()
  const line = () => expect.poll(async () => (await shownIn(page, STOCK))[0], { timeout: 5000 })
  await run(8)
  await expect.poll(() => world.asked).toEqual([STATE])
  await line().toBe('Made in a small number')
  world.state = { s: 'open', stale: false, o: [offer], w: [] }
  await run(19)
  await line().toBe('The last 2 or fewer for now; more follow')
  world.state = { s: 'open', stale: true, o: [offer], w: [] }
  await run(19)
  await line().toBe('Made in a small number')
  world.state = { s: 'open', stale: false, o: [offer], w: [] }
  await run(19)
  await line().toBe('The last 2 or fewer for now; more follow')
  world.state = 503
  await run(19)
  await line().toBe('Made in a small number')
  // It asks less and less often, and the way to buy stays.
  const asked = world.asked.length
  await run(150)
  expect(world.asked.length - asked).toBeLessThanOrEqual(3)
  expect(await page.getByRole('button', { name: 'Add to bag' }).isEnabled()).toBe(true)
})

test('a restock whose pieces are not there is no longer announced', async () => {
  world.place([product('drop-stock')])
  world.at(OPEN + 60)
  world.state = { s: 'open', stale: false, o: [], w: [{ at: WAVE, ok: false }] }
  const { page, run } = await shopper()
  await run(8)
  await expect.poll(async () => (await shownIn(page, STOCK))[1]).toBe('15:26: this restock is not certain')
})

test.each([
  ['two minutes slow', -120],
  ['an hour fast', 3600],
])('a device that is %s counts by the shop’s time', async (_name, off) => {
  world.place([product('drop-countdown')])
  const { page, requests } = await shopper({ off })
  const left = () =>
    page.$$eval('[data-unit]', ([days, hours, minutes, seconds]) =>
      [days, hours, minutes, seconds].reduce(
        (sum, part, index) => sum + Number(part?.textContent) * ([86_400, 3600, 60, 1][index] ?? 0),
        0,
      ),
    )
  await expect
    .poll(async () => Math.abs(OPEN - world.sandbox.clock.now().getTime() / 1000 - (await left())), {
      timeout: 15_000,
    })
    .toBeLessThanOrEqual(1)
  expect(world.asked).toEqual([])
  // Asked of the shop's own page, a handful of times.
  expect(requests.filter((request) => request.startsWith('HEAD')).length).toBeLessThanOrEqual(4)
})

test('a page that was written minutes ago opens on the second', async () => {
  world.place([product('drop-countdown')])
  const shop = world.sandbox.shop(SHOP)
  shop.theme = { ...shop.theme, pageCacheSeconds: 900 }
  const first = await shopper()
  const html = await first.page.content()
  world.at(OPEN - 30)
  const { page, run } = await shopper()
  expect((await shownIn(page, COUNTDOWN))[0]).toBe('Opens in')
  await run(31)
  expect((await shownIn(page, COUNTDOWN))[0]).toBe('Open now. Closes in')
  expect(html).toContain(`data-open="${OPEN}"`)
})

test('without script: the time, a plain buy button, forms that post', async () => {
  world.tell({ gate: ['pass'], early: OPEN - 1800 })
  const { page } = await shopper({ javaScript: false })
  expect(await shownIn(page, COUNTDOWN)).toEqual([
    'Opens',
    '15:20',
    'December 1, 2026 at 3:20 PM, Paris time',
    'The checkout keeps to this time.',
  ])
  expect(await page.locator(`${COUNTDOWN} time`).first().getAttribute('datetime')).toBe(
    '2026-12-01T15:20:00+0100',
  )
  await page.getByText('Tell me when more pieces come').click()
  const form = page.locator('.fil-signup form')
  expect(await form.locator('[type=checkbox]').isChecked()).toBe(false)
  await form.getByLabel('Email').fill('noor@post.example')
  await form.getByRole('checkbox').check()
  await form.getByRole('button', { name: 'Tell me' }).click()
  await page.waitForURL(/signups/)
  expect(Object.fromEntries(world.signups[0] ?? [])).toEqual({
    variant: world.variant,
    locale: 'en',
    key: '',
    email: 'noor@post.example',
    consent: 'yes',
  })
  await page.goBack()
  await page.getByLabel('Your pass').fill('v1.winter-fern.0123456789abcdef.1796138400.1z.ff')
  await page.getByRole('button', { name: 'Use pass' }).click()
  await page.waitForURL(/cart/)
  await page.goto(`${world.sandboxUrl}${ROOT}/products/fern-ring`)
  await page.getByRole('button', { name: 'Add to bag' }).click()
  await page.waitForURL(/cart/)
})

test('signing up answers on the page, and a double press is one sign-up', async () => {
  const { page } = await shopper({ path: '/de/products/fern-ring' })
  await page.getByText('Sagt mir Bescheid').click()
  await page.getByLabel('E-Mail').fill('noor@post.example')
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Bescheid geben' }).dblclick()
  await page.getByText('Danke. Wir schreiben dir').waitFor()
  expect(world.signups).toHaveLength(1)
  expect(world.signups[0]?.get('locale')).toBe('de')
})

test('early access: refused before, said while it runs; a pass from its link waits in the cart', async () => {
  const pass = `v1.winter-fern.0123456789abcdef.1796138400.1z.${'ab'.repeat(32)}`
  world.place([product('drop-gate')])
  world.tell({ gate: ['tag', 'pass'], early: OPEN - 1800 })
  const { page, run } = await shopper({ path: `/products/fern-ring?fil_pass=${pass}` })
  await page.getByText('Your pass is in your cart').waitFor()
  const cart = await page.evaluate(`fetch('${ROOT}/cart.js').then((answer) => answer.json())`)
  expect((cart as { attributes: unknown }).attributes).toMatchObject({ _filigree_pass: pass })
  expect((await shownIn(page, '.fil-gate'))[0]).toMatch(/^From December 1, 2026 at 2:50 PM/)
  await run(1801)
  expect((await shownIn(page, '.fil-gate'))[0]).toMatch(/^Open now for those named here/)
  expect(world.asked).toEqual([])
  await run(1800)
  expect((await shownIn(page, '.fil-gate'))[0]).toBe('The drop is open to everyone.')
})

test('held, called off and moved drops say so and count nothing', async () => {
  world.place([product('drop-countdown'), product('drop-stock')])
  world.tell({ state: 'held' })
  const held = await shopper()
  expect((await shownIn(held.page, COUNTDOWN)).slice(0, 2)).toEqual(['This drop', 'On hold'])
  world.tell({ state: 'aborted' })
  const aborted = await shopper()
  expect((await shownIn(aborted.page, COUNTDOWN))[1]).toBe('Called off')
  expect((await shownIn(aborted.page, STOCK))[1]).toBe('15:26: this restock is not certain')

  // Held after the page was written: the server's word is newer.
  world.tell()
  world.at(OPEN + 60)
  world.state = { s: 'held', stale: false, o: [], w: [] }
  const later = await shopper()
  await later.run(8)
  await expect.poll(async () => (await shownIn(later.page, COUNTDOWN))[1]).toBe('On hold')
  // Extended beyond the close that the page knows.
  world.state = { s: 'open', stale: false, o: [], w: [] }
  await later.run(CLOSE - OPEN)
  await expect.poll(async () => (await shownIn(later.page, COUNTDOWN))[1]).toBe('Open now')
})

test('beside a stream: two presses to the checkout, sold out within five seconds, a replay without urgency', async () => {
  const stream = '<iframe title="Stream" srcdoc="<p>A stream</p>"></iframe>'
  world.place([{ block: 'drop-live', template: 'page', settings: { product: 'fern-ring', stream } }])
  world.at(OPEN + 60)
  const { page, run } = await shopper({ path: '/pages/live' })
  await page.getByRole('button', { name: 'Buy Tide necklace' }).click()
  await page.getByText('It is in your cart').waitFor()
  const offer = page.locator('.fil-offer').nth(1)
  await offer.getByRole('link', { name: 'Go to checkout' }).click()
  await page.waitForURL(/checkout/)

  await page.goBack()
  const shop = world.sandbox.shop(SHOP)
  for (const level of Object.values(shop.inventoryLevels)) level.available = 0
  await run(4)
  await page.locator('.fil-offer').first().getByText('Sold out').waitFor({ timeout: 1000 })
  const hero = page.locator('.fil-offer').first()
  expect(await hero.getByText('Sold out').evaluate((text) => getComputedStyle(text).visibility)).toBe(
    'visible',
  )
  expect(await hero.locator('button').evaluate((button) => getComputedStyle(button).visibility)).toBe(
    'hidden',
  )

  for (const level of Object.values(shop.inventoryLevels)) level.available = 4
  world.at(CLOSE + 60)
  const replay = await shopper({ path: '/pages/live' })
  expect((await shownIn(replay.page, '.fil-live'))[0]).toBe('Recording')
  expect(await replay.page.getByRole('button', { name: 'Buy Fern Ring' }).isVisible()).toBe(true)
})

test('one tick a second on the second; none where motion is reduced, but for milestones', async () => {
  world.place([product('drop-countdown')])
  const { page, run } = await shopper()
  await page.evaluate(`globalThis.ticks = 0
    new MutationObserver(() => ticks++).observe(document.querySelector('[data-unit]:last-child, .fil-unit:last-child [data-unit]'), { childList: true, characterData: true, subtree: true })`)
  await page.clock.pauseAt(new Date(world.sandbox.clock.now().getTime() + 2000))
  await page.evaluate('ticks = 0')
  await run(10)
  expect(await page.evaluate('ticks')).toBe(10)

  const calm = await shopper({ animated: false })
  expect((await shownIn(calm.page, COUNTDOWN)).slice(0, 2)).toEqual(['Opens', '15:20'])
  await calm.page.clock.pauseAt(new Date(world.sandbox.clock.now().getTime() + 2000))
  await calm.page.evaluate(`globalThis.changes = 0
    new MutationObserver((list) => { changes += list.length }).observe(document.querySelector('.fil-countdown'), { attributes: true, childList: true, characterData: true, subtree: true })`)
  await calm.run(60)
  expect(await calm.page.evaluate('changes')).toBe(0)
  await calm.run(OPEN - 600 - world.sandbox.clock.now().getTime() / 1000 + 1)
  expect(await calm.page.locator('.fil-status').textContent()).toBe('Opens in 10 minutes.')
})

test('twice on a page both work; a product in no drop loads nothing; a shop without drops shows nothing', async () => {
  world.place([product('drop-countdown'), product('drop-countdown', { heading: 'Again' })])
  const { page, run, errors, requests } = await shopper()
  await run(3601)
  expect(await page.locator('.fil-countdown[data-now=open]').count()).toBe(2)
  await run(8)
  await expect.poll(() => world.asked).toEqual([STATE])
  expect(requests.filter((request) => request.endsWith('filigree.js'))).toHaveLength(1)
  expect(errors).toEqual([])

  const none = await shopper({ path: '/products/iris-brooch' })
  expect(none.requests.filter((request) => /extensions|apps/.test(request))).toEqual([])
  expect(await none.page.content()).not.toContain('fil ')

  const metafields = world.sandbox.shop(SHOP).shop.installation?.metafields ?? []
  for (const metafield of metafields) if (metafield.key === 'live') metafield.value = 'false'
  const off = await shopper()
  expect(off.requests.filter((request) => /extensions|apps/.test(request))).toEqual([])
  expect(await off.page.locator('.fil').count()).toBe(0)
})

test('the theme editor shows a sample where there is no drop, and asks nothing', async () => {
  const { page } = await shopper({ path: '/products/iris-brooch?design_mode=1' })
  expect(await page.getByText('Sample: this product is in no drop yet').count()).toBeGreaterThan(4)
  expect((await shownIn(page, COUNTDOWN))[0]).toBe('Opens in')
  expect(await page.locator('[data-shopify-editor-block]').count()).toBeGreaterThan(5)
  expect(world.asked).toEqual([])
})

test("the viewer's own time stands beside the shop's where they differ", async () => {
  world.place([product('drop-countdown')])
  const timeIn = async (timeZone: string) =>
    (await shownIn((await shopper({ timeZone })).page, COUNTDOWN)).at(-1)
  expect(await timeIn('America/New_York')).toBe('Your time: 09:20')
  expect(await timeIn('Pacific/Auckland')).toBe('Your time: 2026-12-02 03:20')
  expect(await timeIn('Europe/Berlin')).toBe('The checkout keeps to this time.')
})
