// Every term of an agreement in the browser: folded out, checked while it is typed, saved whole, read by the creator in their language.
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

test('tiers, reserve, guarantee, bonus and credit are agreed on, and nothing is lost on the way', async () => {
  const { page, errors } = await open.visit({ width: 1280, height: 1400 })
  const app = appFrame(page)
  await openAdmin(page, open.urls, '/app/creators/new')
  await app.getByLabel('Name', { exact: false }).first().fill('Lene Brandt')
  await app.getByLabel('Email').first().fill('lene@brandt.example')
  await app.getByLabel('Handle').first().fill('lene')
  await app.getByLabel('Language').first().selectOption('de')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.getByRole('heading', { name: 'Lene Brandt' }).first().waitFor()

  await openAdmin(page, open.urls, '/app/agreements/new')
  await app.getByLabel('Creator').first().selectOption({ label: 'Lene Brandt' })
  await app.getByLabel('Name of the agreement').fill('Everything with Lene')
  await app.getByLabel('Share of net').fill('10')

  await app.getByLabel('Tiers').check()
  await app.getByLabel('Step 1: net above').fill('10000')
  await app.getByLabel('Step 1 pays').fill('10')
  await app.getByText('Step 1 pays the same as before it.').waitFor()
  await takePicture(page, 'terms-wrong-step')
  await app.getByLabel('Step 1 pays').fill('15')
  await app.getByRole('button', { name: 'Add a step' }).click()
  await app.getByLabel('Step 2: net above').fill('20000')
  await app.getByLabel('Step 2 pays').fill('20')
  // 1,800 a month: 10,000 at 10 %, 10,000 at 15 %, 1,600 at 20 %, of which 2,160 is the share itself.
  await app.getByText('$660.00').first().waitFor()

  await app.getByLabel('Reserve').check()
  await app.getByLabel('Guarantee').check()
  await app.getByLabel('At least').fill('600')
  await app.getByLabel('Retention bonus').check()
  await app.getByLabel('Subscription credit').check()
  await app.getByLabel('Shrinks each time by').fill('12.5')
  await app.getByText('Lene Brandt reads and accepts this in German.').waitFor()
  await takePicture(page, 'terms-form')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.getByRole('heading', { name: 'Everything with Lene' }).first().waitFor()
  await app.getByText('For what lies above $10,000.00 and up to $20,000.00 you get 15%.').waitFor()
  await app.getByText('each time reduced by 12.5% of the share before').waitFor()
  await takePicture(page, 'terms-agreement')

  await app.getByRole('link', { name: 'Edit draft' }).first().click()
  await app.getByLabel('Step 2: net above').waitFor()
  const values = await Promise.all(
    ['Step 1: net above', 'Step 2 pays', 'At least', 'Shrinks each time by', 'Kept back'].map((label) =>
      app.getByLabel(label).first().inputValue(),
    ),
  )
  expect(values).toEqual(['10000.00', '20', '600.00', '12.5', '10'])

  await openAdmin(
    page,
    open.urls,
    page
      .url()
      .replace(/^.*\/app\//, '/app/')
      .replace('/edit', ''),
  )
  await app.getByRole('button', { name: 'Offer to creator' }).first().click()
  await page.waitForTimeout(300)
  await app.getByRole('dialog').getByRole('button', { name: /offer/i }).click()
  await app
    .getByText(/waiting for/i)
    .first()
    .waitFor()
  await open.work.untilDone()
  const [mail] = await open.control.mails('lene@brandt.example')
  expect(mail?.text).toContain('für späte Rückgaben noch 90 Tage')
  const link = /https?:\/\/\S+\/c\/agreements\/[\w.~-]+/.exec(mail?.text ?? '')?.[0] ?? ''
  const { page: theirs, errors: theirErrors } = await open.visit({ width: 900, height: 1400 })
  await theirs.goto(link)
  await theirs.getByText('Für jedes Kalenderquartal').waitFor()
  await takePicture(theirs, 'terms-invitation-german')
  await theirs.getByLabel(/Name/).fill('Lene Brandt')
  await theirs.getByRole('checkbox').check()
  await theirs.getByRole('button', { name: 'Vereinbarung annehmen' }).click()
  await theirs.getByText('Sie haben diese Vereinbarung angenommen').first().waitFor()

  await page.reload()
  await app.getByText('Accepted by Lene Brandt').first().waitFor()
  await app.getByRole('link', { name: 'Change terms' }).first().click()
  await app.getByLabel('Step 2 pays').fill('25')
  await app.getByLabel('Reserve').uncheck()
  await app.getByLabel('Count earlier sales as well').check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.getByText('For what lies above $20,000.00 you get 25%.').first().waitFor()
  // What it said before stands beside what it says now.
  await app.getByText('For what lies above $20,000.00 you get 20%.').waitFor()
  await app.getByText('Not agreed').waitFor()
  await app.getByText('Counts earlier sales', { exact: true }).waitFor()
  await app.getByText(/These terms also count for sales since/).waitFor()
  await takePicture(page, 'terms-changes')
  expect([...errors, ...theirErrors]).toEqual([])
}, 170_000)
