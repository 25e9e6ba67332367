// Every state of every block before axe, in both directions of writing, enlarged, and by keyboard.
import { source as AXE } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { launchBrowser } from '#tests/harness/browser.ts'
import {
  CLOSE,
  type DropWorld,
  OPEN,
  type ShopperOptions,
  shownIn,
  startDropWorld,
  visit,
} from './drop-world.test-support.ts'

vi.setConfig({ testTimeout: 90_000 })

let browser: Browser
let world: DropWorld

beforeAll(async () => {
  browser = await launchBrowser()
}, 60_000)

afterAll(() => browser?.close())

beforeEach(async () => {
  world = await startDropWorld()
  onTestFinished(() => world.stop())
  world.tell({ gate: ['tag', 'tier', 'past', 'pass'], early: OPEN - 1800, price: { bps: 1250 } })
})

async function shopper(options?: ShopperOptions) {
  const tab = await visit(browser, world, options)
  onTestFinished(() => tab.close())
  return tab
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const found = (await page.evaluate(`axe.run({ include: ['.shopify-app-block'] })`)) as {
    violations: Array<{ id: string; nodes: Array<{ html: string }> }>
    passes: unknown[]
  }
  expect(found.passes.length).toBeGreaterThan(8)
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

const soldOut = (k: 'low' | 'gone') => ({
  s: 'open',
  stale: false,
  o: [{ v: world.variant, k, c: 3 }],
  w: [{ at: OPEN + 360, ok: true }],
})

test.each([
  ['before the opening', OPEN - 3000, 'scheduled'],
  ['in early access', OPEN - 600, 'scheduled'],
  ['open, with few left', OPEN + 60, 'low'],
  ['open and sold out', OPEN + 60, 'gone'],
  ['after the close', CLOSE + 60, 'closed'],
  ['on hold', OPEN + 60, 'held'],
  ['called off', OPEN - 60, 'aborted'],
])('axe finds nothing %s', async (_name, second, what) => {
  world.at(second)
  if (what === 'low' || what === 'gone') world.state = soldOut(what)
  else world.tell({ gate: ['tag', 'tier', 'past', 'pass'], early: OPEN - 1800, state: what })
  const { page, run } = await shopper()
  await run(9)
  await page.locator('.fil-signup summary').click()
  expect(await violations(page)).toEqual([])
})

test('axe finds nothing in the editor, in another language, from right to left, on a phone', async () => {
  for (const path of [
    '/products/iris-brooch?design_mode=1',
    '/fr/products/fern-ring',
    '/ar/products/fern-ring',
  ]) {
    const { page } = await shopper({ path, width: 390, height: 844 })
    expect(await violations(page), path).toEqual([])
  }
})

test('axe does look: a field without a name is found', async () => {
  const { page } = await shopper()
  await page.evaluate(
    `document.querySelector('.fil-pass label').replaceWith(document.querySelector('.fil-pass input'))`,
  )
  expect((await violations(page)).join()).toContain('label')
})

test.each([
  ['from right to left on a phone', '/ar/products/fern-ring', 390],
  // A window of 640 at 200 %.
  ['at 200 % in a small window', '/de/products/fern-ring', 320],
])('%s nothing is cut off or sticks out', async (_name, path, width) => {
  const { page } = await shopper({ path, width, height: 700 })
  const wide = await page.$$eval(
    '.fil, .fil *',
    (parts, limit) =>
      parts
        .filter(
          (part) => getComputedStyle(part).visibility === 'visible' && !part.closest('.fil-status, [hidden]'),
        )
        .filter((part) => {
          const { left, right, width: size } = part.getBoundingClientRect()
          return size > 0 && (left < -0.5 || right > Number(limit) + 0.5)
        })
        .map((part) => part.outerHTML.slice(0, 120)),
    width,
  )
  expect(wide).toEqual([])
})

test('by keyboard: every control is reached in its order, and hidden ones are not', async () => {
  const { page } = await shopper()
  await page.locator('.fil a, .fil button, .fil input, .fil summary').first().focus()
  const seen: string[] = []
  for (let count = 0; count < 14; count++) {
    const name = await page.evaluate(
      `(() => { const it = document.activeElement; return it.closest('.fil') && (it.innerText || it.name) })()`,
    )
    if (name) seen.push(String(name).trim())
    await page.keyboard.press('Tab')
  }
  expect(seen.slice(0, 7)).toEqual([
    'Sign in so that the checkout knows you',
    'attributes[_filigree_pass]',
    'Use pass',
    'Fern Ring',
    'Buy',
    'Tide necklace',
    'Buy',
  ])
  expect(seen).not.toContain('Go to checkout')
  // A timer is silent by itself; what is told is told in one place.
  expect(await page.locator('[role=timer]').getAttribute('aria-live')).toBeNull()
  expect(await page.locator('.fil-status').getAttribute('role')).toBe('status')
  expect((await shownIn(page, '.fil-countdown'))[0]).toBe('Opens in')
})
