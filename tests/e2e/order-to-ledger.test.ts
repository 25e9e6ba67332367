// A shopper buys with a creator's code: the ledger shows it within seconds, with its reasons. The refund brings every leg back to zero.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SignedCreator } from '#sandbox/demo/sign-up-creators.ts'
import { takePicture } from '../harness/browser.ts'
import { appFrame, type E2eHouse, openAdmin, openE2eHouse, SHOP } from '../harness/e2e-house.ts'

const WITHIN_MS = 5000
let open: E2eHouse
let creators: SignedCreator[]
let orderId = ''

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

test('an order on the storefront is in the ledger within seconds, and says whose it is and why', async () => {
  const { page, errors } = await open.visit()
  const { name, code } = creatorWithCode()
  await page.goto(`${open.urls.storefront}/discount/${code}?redirect=/products/ember-hoops`)
  await takePicture(page, 'order-product-page')
  await page.getByRole('button', { name: 'Add to bag' }).click()
  await page.waitForTimeout(500)
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
  await takePicture(page, 'order-checkout')
  await page.getByRole('button', { name: /^Pay/ }).click()
  await page.waitForURL(/\/orders\/\d+\//)
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

test('the full refund brings every creator and every account of the order back to zero', async () => {
  await open.control.call(`/control/shops/${SHOP.domain}/orders/${orderId}/refunds`, { full: true })
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
  await app.getByText('Return').first().waitFor()
  await takePicture(page, 'refund-in-ledger')
}, 90_000)
