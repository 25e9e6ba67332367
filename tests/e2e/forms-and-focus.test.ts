// What a person does with a keyboard, on a slow line, or beside a colleague: nothing that they typed is lost, and the focus is where they left it.
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takePicture } from '../harness/browser.ts'
import { appFrame, type E2eHouse, openAdmin, openE2eHouse, SHOP, untilAlive } from '../harness/e2e-house.ts'

let open: E2eHouse

beforeAll(async () => {
  open = await openE2eHouse()
  await open.control.call(`/control/shops/${SHOP.domain}/install`)
  await open.app.open('/app')
  await open.work.untilDone()
  await addAgreement()
})
afterAll(() => open?.[Symbol.asyncDispose]())

test('a dialog that is closed by Escape or by its own button gives the focus back to what opened it', async () => {
  const { page } = await open.visit()
  const app = await openAdmin(page, open.urls, await firstRow('/app/agreements'))
  const opener = app.getByRole('button', { name: 'End agreement' }).first()
  await opener.focus()
  await page.keyboard.press('Enter')
  await app.getByRole('dialog').getByRole('button', { name: 'Keep it' }).waitFor()
  await page.waitForTimeout(700)
  await page.keyboard.press('Escape')
  await app.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => isFocused(opener)).toBe(true)

  await opener.click()
  await app.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click()
  await app.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => isFocused(opener)).toBe(true)
}, 60_000)

test('a dialog that was opened from a folded menu gives the focus back to the menu, on a phone too', async () => {
  const { page } = await open.visit({ width: 390, height: 844 })
  const app = await openAdmin(page, open.urls, await firstRow('/app/agreements'))
  const menu = app.getByRole('button', { name: /actions/i }).first()
  await menu.click()
  await app.getByRole('button', { name: 'End agreement' }).last().click()
  await app.getByRole('dialog').getByRole('button', { name: 'Keep it' }).waitFor()
  await page.waitForTimeout(700)
  await takePicture(page, 'phone-dialog')
  await page.keyboard.press('Escape')
  await app.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => isFocused(menu)).toBe(true)
}, 60_000)

test('what was typed and chosen before the scripts arrived is kept, and can be saved', async () => {
  const { page, errors } = await open.visit()
  const scripts = await holdScripts(page)
  await page.goto(adminUrlOf('/app/creators/new'), { waitUntil: 'commit' })
  const app = appFrame(page)
  const name = app.getByLabel('Name', { exact: false }).first()
  await name.pressSequentially('Noor Early')
  await name.press('Enter')
  await app.getByLabel('Email').first().pressSequentially('noor@early.example')
  await app.getByLabel('Handle').first().pressSequentially('noor-early')
  await app.getByLabel(/language/i).selectOption('de')
  await app.getByLabel('Notes').pressSequentially('Typed on a slow line.')
  scripts.release()
  await untilAlive(app)
  expect(await name.inputValue()).toBe('Noor Early')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.getByRole('heading', { name: 'Noor Early' }).first().waitFor()
  expect(await app.getByLabel(/language/i).inputValue()).toBe('de')
  expect(await app.getByLabel('Notes').inputValue()).toBe('Typed on a slow line.')
  expect(errors).toEqual([])
}, 90_000)

test('notes that were continued before the scripts arrived are kept over the stored ones', async () => {
  const { page } = await open.visit()
  const creator = await firstRow('/app/creators')
  let app = await openAdmin(page, open.urls, creator)
  await app.getByLabel('Notes').fill('Stored')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()

  const scripts = await holdScripts(page)
  await page.goto(adminUrlOf(creator), { waitUntil: 'commit' })
  app = appFrame(page)
  await app.getByLabel('Notes').pressSequentially(' and more')
  const typed = await app.getByLabel('Notes').inputValue()
  scripts.release()
  await untilAlive(app)
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor()
  expect(await app.getByLabel('Notes').inputValue()).toBe(typed)
  expect(typed).toContain('and more')
}, 90_000)

test('a new creator and a new agreement are said to be saved on the page that they lead to', async () => {
  const { page } = await open.visit()
  const app = await openAdmin(page, open.urls, '/app/creators/new')
  await app.getByLabel('Name', { exact: false }).first().fill('Toasted Maker')
  await app.getByLabel('Handle').first().fill('toasted')
  await app.getByLabel('Email').first().fill('maker at toasted')
  // Refused first: the refusal must not be taken for the answer to the second try.
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(() => isFocused(app.getByLabel('Email').first())).toBe(true)
  expect(await page.getByText('Saved', { exact: true }).count()).toBe(0)
  await app.getByLabel('Email').first().fill('maker@toasted.example')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.getByRole('heading', { name: 'Toasted Maker' }).first().waitFor()
  expect(await page.getByText('Saved', { exact: true }).count()).toBe(1)

  await openAdmin(page, open.urls, '/app/agreements/new')
  await app.getByLabel('Creator').first().selectOption({ label: 'Toasted Maker' })
  await app.getByLabel('Name of the agreement').fill('Toasted pieces')
  await app.getByLabel('Share of net').fill('9')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.getByRole('heading', { name: 'Toasted pieces' }).first().waitFor()
  expect(await page.getByText('Saved', { exact: true }).count()).toBe(1)
}, 90_000)

test('two people who edit one agreement choose between their values, and nothing typed is lost', async () => {
  const edit = `${await agreementNamed('Toasted pieces')}/edit`
  const [mine, theirs] = [await open.visit(), await open.visit()]
  const app = await openAdmin(mine.page, open.urls, edit)
  await app.getByLabel('Share of net').fill('12')
  await app.getByLabel('Wait for returns').fill('45')

  const other = await openAdmin(theirs.page, open.urls, edit)
  await other.getByLabel('Share of net').fill('11')
  await other.getByLabel('Smallest payout').fill('40')
  await theirs.page.getByRole('button', { name: 'Save', exact: true }).click()
  await other.getByRole('heading', { name: 'Toasted pieces' }).first().waitFor()

  await mine.page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.getByText('Someone else saved this meanwhile').waitFor()
  await takePicture(mine.page, 'agreement-clash')
  const share = app.getByRole('group', { name: 'Share of net' })
  expect(await share.getByRole('button').allTextContents()).toEqual(['Yours: 12%', 'Theirs: 11%'])
  await app.getByText('shown in the form now: Smallest payout').waitFor()
  expect(await app.getByLabel('Smallest payout').inputValue()).toBe('40.00')
  expect(await app.getByLabel('Wait for returns').inputValue()).toBe('45')
  expect(await app.getByLabel('Share of net').first().inputValue()).toBe('12')
  await share.getByRole('button', { name: 'Theirs: 11%' }).click()
  expect(await app.getByLabel('Share of net').first().inputValue()).toBe('11')

  await mine.page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.getByText('45 days').first().waitFor()
  await app.getByText('11%').first().waitFor()
  expect([...mine.errors, ...theirs.errors]).toEqual([])
}, 120_000)

/** A creator with the draft of an agreement, over HTTP. */
async function addAgreement(): Promise<void> {
  const who = { name: 'Ida Lind', email: 'ida@lind.example', handle: 'ida', locale: 'en' }
  const rest = { channels: '[]', notes: '', revision: '0', intent: 'create' }
  const added = await open.app.submit('/app/creators/new', { ...who, ...rest, formId: randomUUID() })
  await open.app.submit('/app/agreements/new', {
    formId: randomUUID(),
    creatorId: added.to.split('/').at(-1) ?? '',
    basedOn: '',
    title: 'Quiet pieces',
    role: 'promoter',
    scopeKind: 'everything_attributed',
    productIds: '[]',
    collectionIds: '[]',
    share: '10',
    paymentFee: '0',
    period: 'monthly',
    minimumPayout: '25.00',
    holdDays: '30',
    startsOn: '2026-03-03',
    endsOn: '',
  })
}

function adminUrlOf(appPath: string): string {
  return open.urls.admin.replace(/\/app$/, appPath)
}

function isFocused(target: { evaluate: (read: (element: Element) => boolean) => Promise<boolean> }) {
  return target.evaluate((element) => element === element.ownerDocument.activeElement)
}

/** The app's own scripts wait until they are released: the page that the server drew stands there without them. */
async function holdScripts(page: Page): Promise<{ release: () => void }> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(
    (url) => url.origin === open.house.appUrl && url.pathname.endsWith('.js'),
    async (route) => {
      await released
      await route.continue().catch(() => {})
    },
  )
  return { release }
}

async function firstRow(list: string): Promise<string> {
  const { view } = (await open.app.load(list)) as { view: { rows: Array<{ id: string }> } }
  return `${list}/${view.rows[0]?.id}`
}

async function agreementNamed(title: string): Promise<string> {
  const { view } = (await open.app.load(`/app/agreements?q=${encodeURIComponent(title)}`)) as {
    view: { rows: Array<{ id: string; title: string }> }
  }
  return `/app/agreements/${view.rows.find((row) => row.title === title)?.id}`
}
