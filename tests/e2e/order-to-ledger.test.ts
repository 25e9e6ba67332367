// A shopper buys with a creator's code: the ledger shows it within seconds, with its reasons. The refund brings every leg back to zero.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SignedCreator } from '#sandbox/demo/sign-up-creators.ts'
import { takePicture } from '../harness/browser.ts'
import { appFrame, type E2eHouse, openAdmin, openE2eHouse, SHOP } from '../harness/e2e-house.ts'

const WITHIN_MS = 15_000
let open: E2eHouse
let creators: SignedCreator[]
let orderId = ''
let linkedOrderId = ''

beforeAll(async () => {
  open = await openE2eHouse()
  creators = await open.signUp()
})
afterAll(() => open?.[Symbol.asyncDispose]())

function creatorWithCode(): { name: string; code: string } {
  const found = creators.find(({ story }) => story.code)
  if (!found?.story.code) throw new Error('the story has no creator with a code')
  return { name: found.story.name, code: found.story.code.code }
}

async function checkOut(page: Page, picture?: string): Promise<void> {
  await page.goto(`${open.urls.storefront}/checkout`)
  for (const [label, value] of [
    ['Email', 'nina.cole@shoppers.example'],
    ['First name', 'Nina'],
    ['Last name', 'Cole'],
    ['Address', '12 Harbour Row'],
    ['Postal code', '04101'],
    ['City', 'Portland'],
  ] as const)
    await page.getByLabel(label, { exact: true }).fill(value)
  if (picture) await takePicture(page, picture)
  await page.getByRole('button', { name: /^Pay/ }).click()
  await page.waitForURL(/\/orders\/\d+\//)
}

test('an order on the storefront is in the ledger within seconds, and says whose it is and why', async () => {
  const { page, errors } = await open.visit()
  const { name, code } = creatorWithCode()
  await page.goto(`${open.urls.storefront}/discount/${code}?redirect=/products/ember-hoops`)
  await takePicture(page, 'order-product-page')
  await page.getByRole('button', { name: 'Add to bag' }).click()
  await page.waitForTimeout(500)
  await checkOut(page, 'order-checkout')
  orderId = /\/orders\/(\d+)\//.exec(page.url())?.[1] ?? ''
  await takePicture(page, 'order-thank-you')

  const paidAt = Date.now()
  const admin = (await open.visit()).page
  const app = appFrame(admin)
  for (;;) {
    await openAdmin(admin, open.urls, '/app/ledger')
    await app.getByRole('heading', { name: 'Ledger' }).first().waitFor()
    if ((await app.getByText('#1001').count()) > 0) break
    expect(Date.now() - paidAt).toBeLessThan(WITHIN_MS)
  }
  await app.locator('table').getByText(name).first().waitFor()
  await takePicture(admin, 'order-in-ledger')
  await app
    .getByRole('link', { name: /No\. \d+/ })
    .last()
    .click()
  await app
    .getByRole('heading', { name: /Journal \d+/ })
    .first()
    .waitFor()
  await app.getByText(code).first().waitFor()
  await takePicture(admin, 'order-journal')
  expect(errors).toEqual([])
}, 120_000)

test("a creator's short link marks the cart, and the order that follows is theirs", async () => {
  const linked = creators.find(({ reference }) => reference !== null)
  const [reference = ''] = linked?.reference?.split('.') ?? []
  const { page, errors } = await open.visit()
  await page.goto(`${open.urls.storefront}/apps/filigree/go/${reference}`)
  expect(new URL(page.url()).searchParams.get('fil')).toBe(linked?.reference)
  await page.goto(`${open.urls.storefront}/products/quiet-band`)
  await page.getByRole('button', { name: 'Add to bag' }).click()
  const carried = () =>
    page.evaluate(async (root) => {
      const cart = (await (await fetch(`${root}/cart.js`)).json()) as { attributes: Record<string, string> }
      return cart.attributes._filigree_ref
    }, open.urls.storefront)
  await expect.poll(carried, { timeout: 10_000 }).toBe(linked?.reference)
  await checkOut(page)
  linkedOrderId = /\/orders\/(\d+)\//.exec(page.url())?.[1] ?? ''
  await open.work.untilDone()
  const { view } = (await open.app.load('/app/ledger?order=%231002&kind=sale')) as {
    view: { rows: Array<{ seq: string; creators: string[] }> }
  }
  const paid = view.rows.find((row) => row.creators.length > 0)
  expect(paid?.creators).toEqual([linked?.story.name])
  const admin = (await open.visit()).page
  const app = await openAdmin(admin, open.urls, `/app/ledger/journals/${paid?.seq}`)
  await app.getByText(/link/i).first().waitFor()
  await takePicture(admin, 'order-by-link-journal')
  expect(errors).toEqual([])
}, 90_000)

test('the full refund brings every creator and every account of the order back to zero', async () => {
  for (const id of [orderId, linkedOrderId]) {
    await open.control.call(`/control/shops/${SHOP.domain}/orders/${id}/refunds`, { full: true })
  }
  await open.work.untilDone()
  const { page } = await open.visit()
  const app = appFrame(page)
  await openAdmin(page, open.urls, '/app/ledger/balances')
  await app.getByRole('heading', { name: 'Ledger' }).first().waitFor()
  await takePicture(page, 'refund-balances')
  const { balances } = (await open.app.load('/app/ledger/balances')) as {
    balances: { accounts: Array<{ balanceMinor: string }>; creators: Array<{ totalMinor: string }> }
  }
  expect(balances.accounts.length).toBeGreaterThan(0)
  expect(balances.accounts.filter(({ balanceMinor }) => balanceMinor !== '0')).toEqual([])
  expect(balances.creators.filter(({ totalMinor }) => totalMinor !== '0')).toEqual([])
  await openAdmin(page, open.urls, '/app/ledger')
  await app.getByText('Return ·').first().waitFor()
  await takePicture(page, 'refund-in-ledger')
}, 90_000)
