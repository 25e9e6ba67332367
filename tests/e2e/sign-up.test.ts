// A creator from the merchant's first keystroke to the creator's own "I accept".
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takePicture } from '../harness/browser.ts'
import { appFrame, type E2eHouse, openAdmin, openE2eHouse, SHOP } from '../harness/e2e-house.ts'

let open: E2eHouse

beforeAll(async () => {
  open = await openE2eHouse()
  await open.control.call(`/control/shops/${SHOP.domain}/install`)
  await open.app.open('/app')
  await open.work.untilDone()
})
afterAll(() => open?.[Symbol.asyncDispose]())

test('a creator is added, offered an agreement, reads it in a mail and accepts it on a page of their own', async () => {
  const { page, errors } = await open.visit()
  const app = appFrame(page)
  await openAdmin(page, open.urls, '/app/creators/new')
  await app.getByLabel('Name', { exact: false }).first().fill('Maya Okafor')
  await app.getByLabel('Email').first().fill('maya@okafor-studio.example')
  await app.getByLabel('Handle').first().fill('maya')
  await takePicture(page, 'sign-up-creator-form')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.getByRole('heading', { name: 'Maya Okafor' }).first().waitFor()

  await openAdmin(page, open.urls, '/app/agreements/new')
  await app.getByLabel('Creator').first().selectOption({ label: 'Maya Okafor' })
  await app.getByLabel('Name of the agreement').fill('Spring with Maya')
  await app.getByLabel('Share of net').fill('12.5')
  // A ring of 200.00 with 10 % off leaves 180.00 net; 12.5 % of it is 22.50.
  await app.getByText('$22.50').first().waitFor()
  await takePicture(page, 'sign-up-agreement-form')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.getByRole('heading', { name: 'Spring with Maya' }).first().waitFor()
  await app.getByRole('button', { name: 'Offer to creator' }).first().click()
  await page.waitForTimeout(300)
  await takePicture(page, 'sign-up-offer-question')
  await app.getByRole('dialog').getByRole('button', { name: /offer/i }).click()
  await app
    .getByText(/waiting for|offered/i)
    .first()
    .waitFor()
  await open.work.untilDone()

  const [mail] = await open.control.mails('maya@okafor-studio.example')
  expect(mail?.subject).toContain(SHOP.name)
  const link = /https?:\/\/\S+\/c\/agreements\/[\w.~-]+/.exec(mail?.text ?? '')?.[0] ?? ''
  const { page: theirs, errors: theirErrors } = await open.visit()
  await theirs.goto(`${open.urls.mailbox}/${mail?.id}`)
  await takePicture(theirs, 'sign-up-invitation-mail')
  await theirs.goto(link)
  await theirs.getByText('12.5%').first().waitFor()
  await takePicture(theirs, 'sign-up-invitation-page')
  await theirs.getByLabel(/name/i).fill('Maya Okafor')
  await theirs.getByRole('checkbox').check()
  await theirs.getByRole('button', { name: /accept/i }).click()
  await theirs
    .getByText(/accepted/i)
    .first()
    .waitFor()
  await takePicture(theirs, 'sign-up-accepted')

  await page.reload()
  await app.getByText('Accepted by Maya Okafor').first().waitFor()
  await takePicture(page, 'sign-up-agreement-in-force')
  expect([...errors, ...theirErrors]).toEqual([])
}, 150_000)

test('the save bar discards, and a refused form keeps what was typed and says what is wrong', async () => {
  const { page } = await open.visit()
  const app = appFrame(page)
  await openAdmin(page, open.urls, '/app/creators/new')
  const name = app.getByLabel('Name', { exact: false }).first()
  await name.fill('Somebody')
  await app.getByLabel('Email').first().fill('not an address')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.locator('.Polaris-InlineError, [id$="Error"]').first().waitFor()
  expect(await name.inputValue()).toBe('Somebody')
  await takePicture(page, 'sign-up-refused-form')
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  await page.waitForTimeout(300)
  expect(await name.inputValue()).toBe('')
}, 60_000)
