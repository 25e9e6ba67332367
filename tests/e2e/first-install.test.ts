// The first thing that a merchant does: opens the app in the admin, grants what it asks for, and sees what to do next.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takePicture } from '../harness/browser.ts'
import { appFrame, type E2eHouse, openAdmin, openE2eHouse } from '../harness/e2e-house.ts'

let open: E2eHouse

beforeAll(async () => {
  open = await openE2eHouse()
})
afterAll(() => open?.[Symbol.asyncDispose]())

test('the first visit asks for access, and leads to a home page that says what to do next', async () => {
  const { page, errors } = await open.visit()
  await page.goto(open.urls.admin)
  await page.getByRole('heading', { name: 'Install Filigree' }).waitFor()
  await takePicture(page, 'install-asks')
  await page.getByRole('button', { name: 'Install' }).click()
  const app = appFrame(page)
  await app.getByRole('heading', { name: 'Home' }).first().waitFor()
  await app.getByText('0 of 5 done').waitFor()
  await page.waitForLoadState('networkidle')
  await takePicture(page, 'first-install')
  expect(errors).toEqual([])
}, 90_000)

test('every screen opens from the menu, and an empty one says how to begin', async () => {
  const { page, errors } = await open.visit()
  await page.goto(open.urls.admin)
  const app = appFrame(page)
  await app.getByRole('heading', { name: 'Home' }).first().waitFor()
  for (const [name, words] of [
    ['Creators', 'Sign up your first creator'],
    ['Agreements', 'Agree on something'],
    ['Ledger', 'Nothing is booked yet'],
    ['Statements', 'No statements yet'],
    ['Settings', 'Return window'],
  ] as const) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
    await app.getByRole('heading', { name, exact: true }).first().waitFor()
    await app.getByText(words).first().waitFor()
    await page.waitForTimeout(300)
    await takePicture(page, `empty-${name.toLowerCase()}`)
  }
  expect(errors).toEqual([])
}, 120_000)

test('a deep link survives a reload', async () => {
  const { page } = await open.visit()
  await openAdmin(page, open.urls, '/app/creators/new')
  const app = appFrame(page)
  await app.getByLabel('Name').first().waitFor()
  await page.reload()
  await app.getByLabel('Name').first().waitFor()
  expect(page.url()).toMatch(/\/app\/creators\/new/)
}, 60_000)

test('on a phone nothing is wider than the screen', async () => {
  const { page } = await open.visit({ width: 390, height: 844 })
  for (const path of [
    '/app',
    '/app/creators',
    '/app/agreements',
    '/app/ledger',
    '/app/statements',
    '/app/settings',
  ]) {
    await openAdmin(page, open.urls, path)
    const app = appFrame(page)
    await app.locator('h1').first().waitFor()
    await page.waitForLoadState('networkidle')
    const overflow = await app.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
    expect([path, overflow]).toEqual([path, 0])
    await takePicture(page, `phone${path.replaceAll('/', '-')}`)
  }
}, 120_000)
