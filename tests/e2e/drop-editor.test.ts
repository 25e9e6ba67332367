// A drop from nothing to a plan that stands: typed by hand and by keyboard, wrong hours told where they are typed, nothing lost on the way.
import type { FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takePicture } from '../harness/browser.ts'
import { appFrame, type E2eHouse, openAdmin, openE2eHouse, SHOP, untilAlive } from '../harness/e2e-house.ts'

let open: E2eHouse

beforeAll(async () => {
  open = await openE2eHouse()
  await open.control.call(`/control/shops/${SHOP.domain}/install`)
  await open.app.open('/app')
  await open.work.untilDone()
})
afterAll(() => open?.[Symbol.asyncDispose]())

/** The dialog of Shopify's picker is the admin's own, outside of the app's frame. */
async function pick(page: Page, titles: string[]): Promise<void> {
  const picker = page.locator('#picker')
  await picker.waitFor()
  for (const title of titles) await picker.locator('label', { hasText: title }).first().click()
  await picker.locator('#picker-confirm').click()
}

function act(app: FrameLocator, name: string) {
  return app.getByRole('group', { name, exact: true })
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
}

test('the list teaches before there is a drop', async () => {
  const { page, errors } = await open.visit()
  const app = await openAdmin(page, open.urls, '/app/drops')
  await app.getByRole('heading', { name: 'Plan your first drop' }).waitFor()
  await takePicture(page, 'drops-empty')
  await app.getByRole('link', { name: 'Plan a drop' }).first().click()
  await app.getByRole('heading', { name: 'Timeline', exact: true }).waitFor()
  expect(errors).toEqual([])
}, 90_000)

test('a drop is planned from nothing', async () => {
  const { page, errors } = await open.visit({ width: 1280, height: 1000 })
  const app = await openAdmin(page, open.urls, '/app/drops/new')
  await app.getByLabel('Title', { exact: true }).fill('Rose Signet!')
  expect(await app.getByLabel('Link name').inputValue()).toBe('rose-signet')

  // An incomplete plan may be kept, but not one whose rows say nothing.
  await app.getByRole('button', { name: 'Restock', exact: true }).click()
  await save(page)
  await app.getByText('Choose the piece.').first().waitFor()
  expect(await app.getByLabel('Title', { exact: true }).inputValue()).toBe('Rose Signet!')

  await app.getByRole('button', { name: 'Choose pieces' }).click()
  await pick(page, ['Tidal Signet – Silver', 'Quiet Band – 6'])
  await app.getByText('Hero', { exact: true }).first().waitFor()
  await act(app, 'Restock 1').getByLabel('Piece').selectOption({ index: 1 })
  await act(app, 'Restock 1').getByLabel('Location').selectOption({ index: 1 })
  await act(app, 'Restock 1').getByLabel('Units', { exact: true }).fill('12')

  await app.getByRole('button', { name: 'Early access', exact: true }).click()
  await app.getByLabel('Customer tags').fill('vip, collector')
  await app.getByLabel('Holders of a guest pass').check()
  await app.getByLabel('At most').fill('1')

  await save(page)
  await app.getByRole('heading', { name: 'Rose Signet!' }).first().waitFor()
  await takePicture(page, 'drop-detail')
  expect(errors).toEqual([])
}, 90_000)

test('the other acts move with the opening; hours that clocks skip or repeat are told where they are typed', async () => {
  const { page, errors } = await open.visit({ width: 1280, height: 1000 })
  const app = await openAdmin(page, open.urls, '/app/drops')
  await app.getByRole('link', { name: 'Rose Signet!' }).click()
  await app.getByRole('link', { name: 'Change the plan' }).first().click()
  await app.getByLabel('Title', { exact: true }).waitFor()
  await untilAlive(app)
  const opening = act(app, 'Opening')
  await opening.getByLabel('Date').fill('2026-03-20')
  await opening.getByLabel('Time').fill('19:30:00')
  expect(await act(app, 'Restock 1').getByLabel('Time').inputValue()).toMatch(/^19:36/)
  expect(await act(app, 'Early access').getByLabel('Time').inputValue()).toMatch(/^19:20/)
  expect(await act(app, 'Close').getByLabel('Date').inputValue()).toBe('2026-03-20')
  expect(await act(app, 'Teaser').getByLabel('Date').inputValue()).toBe('2026-03-19')

  // New York: from 1:59:59 to 3:00 on the 8th of March 2026, and 1:00 to 1:59 twice on the 1st of November.
  await opening.getByLabel('Date').fill('2026-03-08')
  await opening.getByLabel('Time').fill('02:30:00')
  await app
    .getByText(/does not exist in America\/New_York: clocks jump from 01:59:59 to 03:00:00/)
    .first()
    .waitFor()
  await takePicture(page, 'drop-skipped-hour')
  await opening.getByLabel('Date').fill('2026-11-01')
  await opening.getByLabel('Time').fill('01:30:00')
  await app
    .getByText(/show this time twice that day, at 05:30 and 06:30 UTC/)
    .first()
    .waitFor()
  await save(page)
  // Refused by the server too, with the keyboard at the field.
  await expect
    .poll(() => opening.getByLabel('Date').evaluate((field) => field === document.activeElement))
    .toBe(true)
  await opening.getByLabel('Time').fill('12:30:00')
  await save(page)
  await app.getByRole('heading', { name: 'Rose Signet!' }).first().waitFor()
  await app.getByText('Sun, Nov 1, 2026, 12:30:00').waitFor()
  expect(errors).toEqual([])
}, 90_000)

test('two people who plan one drop are told, and choose', async () => {
  const [mine, theirs] = [await open.visit(), await open.visit()]
  const list = (await open.app.load('/app/drops')) as { view: { rows: Array<{ id: string }> } }
  const edit = `/app/drops/${list.view.rows[0]?.id}/edit`
  const app = await openAdmin(mine.page, open.urls, edit)
  await app.getByLabel('At most').fill('2')
  const other = await openAdmin(theirs.page, open.urls, edit)
  await other.getByLabel('At most').fill('3')
  await other.getByLabel('Title', { exact: true }).fill('Rose Signet at noon')
  await save(theirs.page)
  await other.getByRole('heading', { name: 'Rose Signet at noon' }).first().waitFor()
  await save(mine.page)
  await app.getByText('Someone else saved this meanwhile').waitFor()
  const limit = app.getByRole('group', { name: 'Pieces for each customer' })
  expect(await limit.getByRole('button').allTextContents()).toEqual(['Yours: 2', 'Theirs: 3'])
  await takePicture(mine.page, 'drop-clash')
  await save(mine.page)
  await app.getByRole('heading', { name: 'Rose Signet at noon' }).first().waitFor()
  await openAdmin(mine.page, open.urls, edit)
  expect(await app.getByLabel('At most').inputValue()).toBe('2')
}, 90_000)

test('the checkout rule is switched on where preflight leads, and the drop is scheduled', async () => {
  const { page, errors } = await open.visit({ width: 1280, height: 1000 })
  const app = await openAdmin(page, open.urls, '/app/drops')
  await app.getByRole('link', { name: 'Rose Signet at noon' }).click()
  await app.getByRole('link', { name: /^Put right: The checkout rule of Filigree is not set up/ }).click()
  await app.getByRole('heading', { name: 'Checkout rule' }).waitFor()
  await app.getByText('Not set up', { exact: true }).waitFor()
  await takePicture(page, 'drop-setup-missing')
  await app.getByRole('button', { name: 'Switch on the rule' }).click()
  await app.getByText('Checkout keeps the times.').waitFor()
  expect(await app.getByRole('button', { name: 'Switch on the rule' }).count()).toBe(0)

  await openAdmin(page, open.urls, '/app/drops')
  await app.getByRole('link', { name: 'Rose Signet at noon' }).click()
  await app.getByText(/^It can be scheduled\.|^Everything is ready\./).waitFor()
  await app.getByRole('button', { name: 'Schedule', exact: true }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Schedule', exact: true }).click()
  await app.getByText('Scheduled', { exact: true }).first().waitFor()
  await open.work.untilDone()
  await openAdmin(page, open.urls, '/app/drops/setup')
  await app.getByText(/checkout knows its newest plan/).waitFor()
  await takePicture(page, 'drop-setup')
  const list = (await open.app.load('/app/drops')) as { view: { rows: Array<{ id: string }> } }
  await openAdmin(page, open.urls, `/app/drops/${list.view.rows[0]?.id}/report`)
  await app.getByRole('heading', { name: 'Nothing to report yet' }).waitFor()
  expect(errors).toEqual([])
}, 90_000)

test('on a phone, and at 200 % zoom, everything is there and nothing lies beside the page', async () => {
  const list = (await open.app.load('/app/drops')) as { view: { rows: Array<{ id: string }> } }
  const id = list.view.rows[0]?.id
  for (const [width, name] of [
    [390, 'phone'],
    [640, 'zoomed'],
  ] as const) {
    const { page } = await open.visit({ width, height: 1200 })
    for (const [address, part] of [
      [`/app/drops/${id}/edit`, 'editor'],
      [`/app/drops/${id}`, 'detail'],
      ['/app/drops', 'list'],
      ['/app/drops/calendar?month=2026-11', 'calendar'],
      ['/app/drops/setup', 'setup'],
    ] as const) {
      await openAdmin(page, open.urls, address)
      await takePicture(page, `drop-${part}-${name}`)
      const overhang = await appFrame(page)
        .locator('html')
        .evaluate((element) => element.scrollWidth - element.clientWidth)
      expect([address, name, overhang]).toEqual([address, name, 0])
    }
  }
  const { page } = await open.visit()
  const app = await openAdmin(page, open.urls, '/app/drops/calendar?month=2026-11')
  await takePicture(page, 'drop-calendar')
  await app.getByRole('link', { name: '12:30 Opening: Rose Signet at noon' }).focus()
  await page.keyboard.press('Enter')
  await app.getByRole('heading', { name: 'Rose Signet at noon' }).first().waitFor()
}, 120_000)

test('it is rehearsed with one press, and the rehearsal says act by act how it would go', async () => {
  const { page, errors } = await open.visit({ width: 1280, height: 1000, timezoneId: 'Europe/Berlin' })
  const app = await openAdmin(page, open.urls, '/app/drops')
  await app.getByRole('link', { name: 'Rose Signet at noon' }).click()
  await app.getByRole('button', { name: 'Rehearse', exact: true }).click()
  await app.getByRole('heading', { name: 'Act by act' }).waitFor()
  // New York before the viewer's own clock.
  await app.getByText('Sun, Nov 1, 2026, 12:30:00').first().waitFor()
  await app.getByText('For you in Berlin: Sun, Nov 1, 2026, 18:30:00').first().waitFor()
  await app.getByText(/^12 units of Tidal Signet.* come on sale\.$/).waitFor()
  await app.getByText('Clocks change during this drop', { exact: false }).waitFor()
  const asked = app.getByRole('table', { name: 'What checkout says' })
  await asked.getByRole('row', { name: /After the opening.*Anybody.*Sells/ }).waitFor()
  await asked.getByRole('row', { name: /Before early access.*Anybody.*Refuses/ }).waitFor()
  // Both pieces were in the online store before the drop.
  await app.getByText(/^Close: After the close this goes on selling at your usual price/).waitFor()
  expect(errors).toEqual([])
  await takePicture(page, 'drop-rehearsal')
}, 90_000)
