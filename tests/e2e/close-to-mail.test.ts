// A month ends: the creator gets one mail with PDF and CSV, whose link opens the same figures on a page of their own.
import fs from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buyOnStorefront } from '#sandbox/demo/buy-on-storefront.ts'
import type { ReceivedMail } from '#sandbox/demo/control-client.ts'
import type { SignedCreator } from '#sandbox/demo/sign-up-creators.ts'
import { takePicture } from '../harness/browser.ts'
import { type E2eHouse, openAdmin, openE2eHouse } from '../harness/e2e-house.ts'

const BUYER = /nina|cole|harbour row|shoppers\.example/i
let open: E2eHouse
let creators: SignedCreator[]

beforeAll(async () => {
  open = await openE2eHouse()
  creators = await open.signUp()
  const code = creators.find(({ story }) => story.code)?.story.code?.code ?? ''
  const [variantId = ''] = open.ids.variants.get('ember-hoops') ?? []
  await buyOnStorefront(open.urls, { variantId, code })
  await open.work.untilDone()
  // Over the end of every return window, month by month, as time goes.
  for (const to of ['2026-04-01T12:00:00Z', '2026-05-01T12:00:00Z', '2026-06-01T12:00:00Z']) {
    await open.moveClock(to)
    await open.work.untilDone(120_000)
  }
}, 240_000)
afterAll(() => open?.[Symbol.asyncDispose]())

function earner(): SignedCreator {
  const found = creators.find(({ story }) => story.code)
  if (!found) throw new Error('the story has no creator with a code')
  return found
}

async function statementMails(): Promise<ReceivedMail[]> {
  const mails = await open.control.mails(earner().story.email)
  return mails.filter(({ attachments }) => attachments.length > 0)
}

test('each closed month sends one mail with the statement as PDF and CSV, and tells nothing of the shopper', async () => {
  const mails = await statementMails()
  expect(mails).toHaveLength(3)
  for (const mail of mails) {
    expect(mail.attachments.map(({ name }) => name.split('.').at(-1)).sort()).toEqual(['csv', 'pdf'])
    expect(`${mail.subject} ${mail.text} ${mail.html}`).not.toMatch(BUYER)
  }
  const first = mails.at(-1)
  const index = first?.attachments.findIndex(({ name }) => name.endsWith('.csv'))
  const csv = await (
    await fetch(`${open.urls.mailbox}/api/messages/${first?.id}/attachments/${index}`)
  ).text()
  expect(csv).toContain('Ember Hoops')
  expect(csv).not.toMatch(BUYER)
  const { page } = await open.visit()
  await page.goto(`${open.urls.mailbox}/${first?.id}`)
  await page.waitForLoadState('networkidle')
  await takePicture(page, 'close-statement-mail')
}, 60_000)

test("the mail's link opens the statement, whose PDF and CSV can be taken away", async () => {
  const first = (await statementMails()).at(-1)
  const link = /https?:\/\/\S+\/c\/statements\/[\w.~-]+/.exec(first?.text ?? '')?.[0] ?? ''
  const { page, errors } = await open.visit()
  await page.goto(link)
  await page.getByText('Ember Hoops').first().waitFor()
  await takePicture(page, 'close-creator-page')
  expect(await page.content()).not.toMatch(BUYER)
  for (const format of ['PDF', 'CSV'] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('link', { name: new RegExp(format) })
        .first()
        .click(),
    ])
    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format.toLowerCase()}$`))
    const bytes = fs.readFileSync(await download.path())
    if (format === 'PDF') expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    else expect(bytes.toString('utf8')).toContain('Ember Hoops')
  }
  const dark = await open.browser.newContext({ colorScheme: 'dark', viewport: { width: 390, height: 844 } })
  const onPhone = await dark.newPage()
  await onPhone.goto(link)
  await onPhone.screenshot({ path: 'test-results/close-creator-page-dark-phone.png' })
  expect(await onPhone.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  expect(errors).toEqual([])
}, 60_000)

test('the merchant sees the statement as sent, and can send it again', async () => {
  const { page, errors } = await open.visit()
  const app = await openAdmin(page, open.urls, '/app/statements')
  await takePicture(page, 'close-statements')
  await app.locator('table').getByRole('link').first().click()
  await app.getByRole('heading', { level: 1 }).first().waitFor()
  await app.getByRole('button', { name: 'Send again' }).first().waitFor()
  await takePicture(page, 'close-statement')
  const before = (await open.control.mails()).length
  await app.getByRole('button', { name: 'Send again' }).first().click()
  const confirm = app.getByRole('dialog').getByRole('button', { name: /send/i })
  if (await confirm.count()) await confirm.first().click()
  await expect.poll(async () => (await open.control.mails()).length, { timeout: 15_000 }).toBe(before + 1)
  expect(errors).toEqual([])
}, 60_000)
