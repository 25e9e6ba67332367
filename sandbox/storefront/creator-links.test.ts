import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { HANDLE, startToyWorld, type ToyWorld } from '#sandbox/admin/app-bridge/toy-app.test-support.ts'
import { launchBrowser, newProfile } from '#tests/harness/browser.ts'

const REFERENCE = 'MARA.abcdEF12-_'
let browser: Browser
let world: ToyWorld

beforeAll(async () => {
  world = await startToyWorld()
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

/** A new shopper's tab, and the calls of cart/update.js that it makes. */
async function shopper(): Promise<{
  page: Page
  open(path: string): Promise<void>
  updates: string[]
  reference(): Promise<unknown>
}> {
  const context = await newProfile(browser)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const updates: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/cart/update.js')) updates.push(request.postData() ?? '')
  })
  const root = `/storefront/${HANDLE}`
  return {
    page,
    updates,
    open: async (path) => {
      await page.goto(`${world.sandboxUrl}${root}${path}`, { waitUntil: 'networkidle' })
    },
    reference: () =>
      page.evaluate(
        `fetch('${root}/cart.js').then((answer) => answer.json()).then((cart) => cart.attributes._filigree_ref)`,
      ),
  }
}

test("a creator's link is noted in the cart at once", async () => {
  const { open, updates, reference } = await shopper()
  await open(`/products/fern-ring?fil=${REFERENCE}`)
  await expect.poll(reference, { timeout: 10_000 }).toBe(REFERENCE)
  expect(updates).toHaveLength(1)
  await open('/products/fern-ring')
  expect(updates).toHaveLength(1)
})

test('a shopper without a link causes no request at all, nor does a malformed one', async () => {
  const { open, updates } = await shopper()
  await open('/products/fern-ring')
  await open('/products/fern-ring?fil=%3Cscript%3E')
  expect(updates).toEqual([])
})

test('a remembered link reaches a cart that begins later, and is forgotten after 30 days', async () => {
  const { page, open, updates, reference } = await shopper()
  await open(`/?fil=${REFERENCE}`)
  await page.context().clearCookies()
  await open('/products/tide-necklace')
  expect(updates).toHaveLength(1)
  await page.getByRole('button', { name: 'Add to bag' }).click()
  await expect.poll(reference, { timeout: 10_000 }).toBe(REFERENCE)

  await page.context().clearCookies()
  await page.evaluate(`localStorage.setItem('_filigree_ref', (Date.now() - 1000) + ' ${REFERENCE}')`)
  await open('/products/tide-necklace')
  await page.getByRole('button', { name: 'Add to bag' }).click()
  await page.getByText('In your bag').waitFor()
  expect(await reference()).toBeUndefined()
  expect(await page.evaluate("localStorage.getItem('_filigree_ref')")).toBeNull()
})

test('without consent nothing is kept or sent; with it, the link counts', async () => {
  const { page, open, updates, reference } = await shopper()
  await page.addInitScript(`let allowed = false
    addEventListener('DOMContentLoaded', () => undefined)
    Object.defineProperty(window, 'allow', { value: () => { allowed = true; document.dispatchEvent(new Event('visitorConsentCollected')) } })
    let facts; Object.defineProperty(window, 'Shopify', { get: () => facts, set: (value) => { facts = { ...value, customerPrivacy: { marketingAllowed: () => allowed } } } })`)
  await open(`/?fil=${REFERENCE}`)
  expect(updates).toEqual([])
  expect(await page.evaluate("localStorage.getItem('_filigree_ref')")).toBeNull()
  await page.evaluate('window.allow()')
  await expect.poll(reference, { timeout: 10_000 }).toBe(REFERENCE)
})
