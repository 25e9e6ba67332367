// A bookkeeper pays a creator: details in, run drafted, approved, handed to the bank, confirmed; the creator is told.
// Every step waits for what the page shows. The limits only end a test that hangs: a machine under load takes its time.
import type { BrowserContext, FrameLocator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buyOnStorefront } from '#sandbox/demo/buy-on-storefront.ts'
import type { SignedCreator } from '#sandbox/demo/sign-up-creators.ts'
import { takePicture } from '../harness/browser.ts'
import { type E2eHouse, openAdmin, openE2eHouse } from '../harness/e2e-house.ts'

let open: E2eHouse
let earner: SignedCreator

beforeAll(async () => {
  open = await openE2eHouse()
  const creators = await open.signUp()
  const found = creators.find(({ story }) => story.code)
  if (!found) throw new Error('the story has no creator with a code')
  earner = found
  const [variantId = ''] = open.ids.variants.get('ember-hoops') ?? []
  for (let sale = 0; sale < 3; sale += 1) {
    await buyOnStorefront(open.urls, { variantId, code: earner.story.code?.code ?? '' })
  }
  await open.work.untilDone()
  await open.moveClock('2026-05-06T12:00:00Z')
  await open.work.untilDone(300_000)
}, 600_000)
afterAll(() => open?.[Symbol.asyncDispose]())

test('a run is drafted, approved, sent and confirmed, and the creator gets the advice', async () => {
  const { page } = await open.visit({ width: 1400, height: 1000 })
  const app = await openAdmin(page, open.urls, '/app/payouts/new')
  await app.getByText('No payout details yet.').first().waitFor()
  await takePicture(page, 'payout-preview-blocked')
  await app.getByRole('link', { name: earner.story.name }).click()
  await app.getByRole('button', { name: 'Enter details' }).click()
  await app.getByLabel('Way of payment').selectOption('paypal')
  await app.getByLabel('Email address of the PayPal account').fill('not an address')
  await app.getByRole('button', { name: 'Save', exact: true }).first().click()
  await app.getByText('Not an email address').waitFor()
  await app.getByLabel('Email address of the PayPal account').fill('paid@creators.example')
  await app.getByRole('button', { name: 'Save', exact: true }).first().click()
  await app.getByText('PayPal p…d@creators.example').waitFor()
  await takePicture(page, 'payout-creator')

  const preview = await openAdmin(page, open.urls, '/app/payouts/new')
  await preview.getByRole('checkbox', { name: earner.story.name }).waitFor()
  const box = preview.getByRole('checkbox', { name: earner.story.name })
  if (!(await box.isChecked())) await box.check()
  await takePicture(page, 'payout-preview')
  await preview.getByRole('button', { name: 'Create draft' }).click()
  await preview.getByRole('heading', { name: 'Run 1' }).waitFor()

  const step = async (name: string, status: string) => {
    await preview.getByRole('button', { name, exact: true }).first().click()
    const dialog = preview.getByRole('dialog')
    await dialog.waitFor()
    await takePicture(page, `payout-ask-${status}`)
    await dialog.getByRole('button', { name, exact: true }).dblclick()
    await dialog.waitFor({ state: 'hidden' })
    await preview.getByText(status, { exact: true }).first().waitFor()
  }
  await step('Approve', 'Approved')
  // Somebody else holds this creator's payouts meanwhile: the page, which was opened before, says why there is no file.
  const { page: elsewhere } = await open.visit({ width: 1400, height: 1000 })
  const creator = await openAdmin(elsewhere, open.urls, '/app/payouts/new')
  await creator.getByRole('link', { name: earner.story.name }).first().click()
  await creator.getByLabel('Reason').fill('The account looks odd')
  await creator.getByRole('button', { name: 'Hold', exact: true }).click()
  await creator.getByRole('button', { name: 'Lift the hold' }).waitFor()
  await preview.getByRole('button', { name: 'PayPal Payouts (CSV)' }).click()
  await preview.getByText('No file was made').waitFor()
  await preview.getByText(`On hold: ${earner.story.name}.`).waitFor()
  await takePicture(page, 'payout-file-refused')
  await creator.getByRole('button', { name: 'Lift the hold' }).click()
  await creator.getByRole('button', { name: 'Hold', exact: true }).waitFor()
  const downloading = page.waitForEvent('download')
  await preview.getByRole('button', { name: 'PayPal Payouts (CSV)' }).click()
  const file = await downloading
  expect(file.suggestedFilename()).toBe('payout-run-0001-paypal.csv')
  await preview.getByText('No file was made').waitFor({ state: 'hidden' })
  await step('Mark as sent', 'Sent')
  await step('Confirm all', 'Finished')
  await preview.getByText('How it comes about').first().click()
  for (const part of ['Earned', 'To advances', 'Withheld', 'To pay'])
    await preview.locator('details[open]').getByText(part, { exact: true }).waitFor()
  await takePicture(page, 'payout-run')

  await open.work.untilDone()
  const mails = await open.control.mails(earner.story.email)
  const advices = mails.filter(({ subject }) => /sent you|gesendet|envoyé|inviato|enviado/.test(subject))
  expect(advices).toHaveLength(1)
  await page.goto(`${open.urls.mailbox}/${advices[0]?.id}`)
  await page
    .getByText(advices[0]?.subject ?? '')
    .first()
    .waitFor()
  await takePicture(page, 'payout-advice')
}, 600_000)

test('the other pages of payouts open and hold what was done', async () => {
  const { page } = await open.visit({ width: 1400, height: 1000 })
  for (const [path, words] of [
    ['/app/payouts', 'Run 1'],
    ['/app/payouts/tax', earner.story.name],
    ['/app/payouts/settings', 'Who approves a payout run'],
    ['/app/payouts/adjustments', 'No adjustments'],
    ['/app/payouts/adjustments/new', 'Correct a creator’s balance'],
    ['/app/payouts/gifts', 'Note a gift'],
    ['/app/payouts/advances', 'Note an advance'],
  ] as const) {
    const app = await openAdmin(page, open.urls, path)
    await app.getByText(words).first().waitFor()
    await takePicture(page, `payouts${path.replaceAll('/', '-')}`)
  }
}, 600_000)

test('a creator is asked by email, enters the details without any login, and the link is used up', async () => {
  const { page, errors } = await open.visit({ width: 1400, height: 1000 })
  const app = await openAdmin(page, open.urls, '/app/payouts/tax')
  await app.getByRole('link', { name: 'Priya Raman' }).click()
  await app.getByRole('button', { name: 'Ask the creator by email' }).click()
  await page.getByText('The creator gets a link by email').waitFor()
  await open.work.untilDone()
  const mails = await open.control.mails('priya@raman-edit.example')
  const link = mails
    .map(({ text }) => /https?:\/\/\S+\/c\/payout-details\/[\w.-]+/.exec(text)?.[0])
    .find(Boolean)
  await page.goto(link ?? '')
  await page.getByRole('heading', { name: 'Wohin dürfen wir zahlen?' }).waitFor()
  await page.getByLabel('E-Mail-Adresse des Kontos').fill('kein konto')
  await page.getByRole('button', { name: 'Auszahlungsdaten speichern' }).click()
  await page.getByRole('alert').waitFor()
  await takePicture(page, 'payout-details-refused')
  await page.getByLabel('E-Mail-Adresse des Kontos').fill('priya@pay.example')
  await page.getByRole('button', { name: 'Auszahlungsdaten speichern' }).click()
  await page.getByRole('heading', { name: 'Gespeichert' }).waitFor()
  await takePicture(page, 'payout-details-saved')
  await page.goto(link ?? '')
  await page.getByRole('heading', { name: 'This link was used already' }).waitFor()
  expect(errors).toEqual([])
}, 600_000)

/** As whom of the shop's people somebody works from now on. */
function worksAs(context: BrowserContext, person: string) {
  const url = `${open.urls.admin.split('/apps/')[0]}`
  return context.addCookies([{ name: 'sandbox_staff', value: person, url }])
}

test('a rule of approval is lowered by two people, never by one', async () => {
  const { page, context, errors } = await open.visit({ width: 1400, height: 1000 })
  const settings = async (people: '1' | '2') => {
    const app = await openAdmin(page, open.urls, '/app/payouts/settings')
    await app.getByLabel('Who approves a payout run').selectOption(people)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    return app
  }
  const raised = await settings('2')
  await page.getByText('Saved', { exact: true }).waitFor()
  expect(await raised.getByText('Somebody asks for a less strict rule').count()).toBe(0)
  const asked = await settings('1')
  await asked.getByText('Somebody else must agree.').waitFor()
  expect(await asked.getByLabel('Who approves a payout run').inputValue()).toBe('2')
  await takePicture(page, 'payout-rule-asked')

  await worksAs(context, '43')
  const other = await openAdmin(page, open.urls, '/app/payouts/settings')
  await other.getByRole('button', { name: 'Confirm: Payout runs are to be approved by 1 person' }).click()
  await other.getByText('Somebody asks for a less strict rule').waitFor({ state: 'hidden' })
  expect(await other.getByLabel('Who approves a payout run').inputValue()).toBe('1')
  expect(errors).toEqual([])
}, 600_000)

test('an advance is agreed to by another person, and its buttons say whose it is', async () => {
  const { page, context, errors } = await open.visit({ width: 1400, height: 1000 })
  const settings = await openAdmin(page, open.urls, '/app/payouts/settings')
  await settings.getByLabel('Adjustments and advances need a second person').check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved', { exact: true }).waitFor()
  const { name } = earner.story
  const button = (app: FrameLocator, label: string) =>
    app.getByRole('button', { name: `${label}: ${name}`, exact: true })

  const asked = await openAdmin(page, open.urls, '/app/payouts/advances')
  await asked.getByLabel('Creator').selectOption({ label: name })
  await asked.getByLabel('Amount').fill('12.50')
  await asked.getByRole('button', { name: 'Note an advance' }).click()
  await button(asked, 'Withdraw').waitFor()
  expect(await button(asked, 'Agree').count()).toBe(0)

  await worksAs(context, '43')
  const other = await openAdmin(page, open.urls, '/app/payouts/advances')
  await button(other, 'Agree').click()
  await button(other, 'Mark as paid').click()
  await button(other, 'Mark as paid').waitFor({ state: 'hidden' })
  await other.getByText('Paid', { exact: true }).waitFor()
  await takePicture(page, 'payout-advance-paid')

  // Whoever marked it as paid does not undo it.
  expect(await button(other, 'Undo the payment').count()).toBe(0)
  await worksAs(context, '42')
  const undoing = await openAdmin(page, open.urls, '/app/payouts/advances')
  await undoing.getByText('Agreed by:').waitFor()
  await button(undoing, 'Undo the payment').click()
  const dialog = undoing.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Undo the payment', exact: true }).click()
  await dialog.getByText('Say why.').waitFor()
  await dialog.getByLabel('Why was it marked as paid?').fill('The transfer was never made')
  await takePicture(page, 'payout-advance-undo')
  await dialog.getByRole('button', { name: 'Undo the payment', exact: true }).click()
  await undoing.getByText('Payment undone', { exact: true }).waitFor()
  await undoing.getByText('The transfer was never made').waitFor()
  await takePicture(page, 'payout-advance-undone')
  expect(errors).toEqual([])
}, 600_000)
