import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { API_KEY, API_SECRET, SHOP, seedShop } from '#sandbox/admin/app-bridge/toy-app.test-support.ts'
import { type RunningSandbox, startSandbox } from '#sandbox/server.ts'
import { launchBrowser, newProfile } from '#tests/harness/browser.ts'

let browser: Browser
let running: RunningSandbox

beforeAll(async () => {
  running = await startSandbox({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: 'http://127.0.0.1:9',
    appTomlPath: 'shopify.app.toml',
  })
  seedShop(running.sandbox)
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await running?.stop()
})

async function openPanel(): Promise<{ page: Page; press(name: string): Promise<void> }> {
  const context = await newProfile(browser)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${running.port}/`)
  return { page, press: (name) => page.getByRole('button', { name, exact: true }).click() }
}

test('a random order can be placed, refunded and disputed from the panel', async () => {
  const { page, press } = await openPanel()
  await press('Place a random order')
  await page.getByRole('status').getByText('was placed').waitFor()
  const [order] = Object.values(running.sandbox.shop(SHOP).orders)
  await press(`Dispute ${order?.name}`)
  await page.getByRole('status').getByText('is disputed').waitFor()
  await press(`Refund ${order?.name}`)
  await page.getByRole('status').getByText('was refunded').waitFor()
  expect(order?.currentTotal.shop).toBe('0.00')
})

test('the clock moves and comes back', async () => {
  const { page, press } = await openPanel()
  await press('+7 days')
  await page.getByText('7 days ahead').waitFor()
  await press('Real time')
  await page.getByText(', real time').waitFor()
  expect(Math.abs(running.sandbox.clock.offsetMs)).toBeLessThan(1000)
})

test('faults that are typed in are in force, and refusals are shown in words', async () => {
  const { page } = await openPanel()
  const form = page.locator('form[data-faults="/control/webhooks/faults"]')
  await expect.poll(() => form.locator('[name=seed]').inputValue()).not.toBe('')
  await form.locator('[name=duplicate]').fill('0.5')
  await form.getByRole('button').click()
  await page.getByText('The faults are in force.').waitFor()
  expect(running.webhooks.faults().duplicate).toBe(0.5)
  await form.evaluate((element) => element.setAttribute('novalidate', ''))
  await form.locator('[name=duplicate]').fill('7')
  await form.getByRole('button').click()
  await page.locator('#note[data-error]', { hasText: 'duplicate' }).waitFor()
  running.webhooks.setFaults({ duplicate: 0 })
})

test('deliveries are listed with what came of them', async () => {
  const { page, press } = await openPanel()
  await press('Install app')
  await page.getByText('App installed').waitFor()
  await press('Place a random order')
  await page.locator('#deliveries tr', { hasText: 'orders/create' }).first().waitFor()
})
