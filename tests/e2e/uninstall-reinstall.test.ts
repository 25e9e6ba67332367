// The merchant removes the app and comes back, with and without Shopify telling of it: the books are as they were, and work goes on.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buyOnStorefront } from '#sandbox/demo/buy-on-storefront.ts'
import type { SignedCreator } from '#sandbox/demo/sign-up-creators.ts'
import { takePicture } from '../harness/browser.ts'
import { appFrame, type E2eHouse, openE2eHouse, SHOP, untilAlive } from '../harness/e2e-house.ts'

let open: E2eHouse
let creators: SignedCreator[]

beforeAll(async () => {
  open = await openE2eHouse()
  creators = await open.signUp()
  await buy()
}, 180_000)
afterAll(() => open?.[Symbol.asyncDispose]())

async function buy(): Promise<void> {
  const code = creators.find(({ story }) => story.code)?.story.code?.code ?? ''
  const [variantId = ''] = open.ids.variants.get('ember-hoops') ?? []
  await buyOnStorefront(open.urls, { variantId, code })
  await open.work.untilDone()
}

async function ledgerOrders(): Promise<string[]> {
  const { view } = (await open.app.load('/app/ledger')) as { view: { rows: Array<{ orderName: string }> } }
  return [...new Set(view.rows.map(({ orderName }) => orderName))].sort()
}

async function reinstall(name: string): Promise<string[]> {
  const { page, errors } = await open.visit()
  await page.goto(open.urls.admin)
  await page.getByRole('heading', { name: 'Install Filigree' }).waitFor()
  await page.getByRole('button', { name: 'Install' }).click()
  const app = appFrame(page)
  await app.getByRole('heading', { name: 'Home' }).first().waitFor()
  await untilAlive(app)
  await takePicture(page, name)
  return errors
}

test('uninstalled and installed again: creators, agreements and books are still there, and new orders count', async () => {
  await open.control.call(`/control/shops/${SHOP.domain}/uninstall`)
  await open.work.untilDone()
  expect(await reinstall('reinstall-after-uninstall')).toEqual([])
  await open.work.untilDone()
  await buy()
  expect(await ledgerOrders()).toEqual(['#1001', '#1002'])
}, 120_000)

test('an uninstall that the app never heard of: the stale token is replaced at the next visit', async () => {
  await open.control.call('/control/webhooks/faults', { drop: 1, seed: 1 })
  await open.control.call(`/control/shops/${SHOP.domain}/uninstall`)
  await open.control.call('/control/webhooks/faults', { drop: 0, seed: 1 })
  expect(await reinstall('reinstall-after-missed-uninstall')).toEqual([])
  await open.work.untilDone()
  await buy()
  expect(await ledgerOrders()).toEqual(['#1001', '#1002', '#1003'])
}, 120_000)
