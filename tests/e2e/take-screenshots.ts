// npm run screenshots      Pictures for the README and the guides, taken from a house that has just lived through the demo's year.
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { connectApp } from '#sandbox/demo/app-client.ts'
import { buildApp } from '#sandbox/demo/build-app.ts'
import { type ControlClient, connectControl } from '#sandbox/demo/control-client.ts'
import { playStory } from '#sandbox/demo/play-story.ts'
import { openProgress } from '#sandbox/demo/progress.ts'
import { startHouse } from '#sandbox/demo/start-house.ts'
import { CREATORS, SHOP } from '#sandbox/demo/story-cast.ts'
import { urlsOf } from '#sandbox/demo/url-panel.ts'
import { type WorkWatch, watchWork } from '#sandbox/demo/wait-until-done.ts'
import { launchBrowser, openVisitor } from '../harness/browser.ts'
import { adminUrl, appFrame, untilAlive } from '../harness/e2e-house.ts'

const FOLDER = 'docs/screenshots'
const TODAY = new Date('2026-11-15T12:00:00Z')
const LARGEST_BYTES = 200_000

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-pictures-'))
// The embedded server runs as a user of its own when we are root: it must be able to enter.
fs.chmodSync(temporary, 0o755)
const progress = openProgress(process.stderr)
await buildApp((line) => progress.say(line))
const house = await startHouse({ folder: temporary, ports: { app: 0, sandbox: 0, smtp: 0 } })
const browser = await launchBrowser()
try {
  await playStory(house, { seed: 1, today: TODAY, progress })
  const urls = urlsOf(house)
  const control = connectControl(house.sandboxUrl)
  const app = connectApp(house.appUrl, control, SHOP.domain)
  const { page } = await openVisitor(browser)
  fs.mkdirSync(FOLDER, { recursive: true })

  const admin = async (name: string, appPath: string) => {
    await page.goto(adminUrl(urls, appPath))
    await untilAlive(appFrame(page))
    await take(page, name)
  }
  await admin('home', '/app')
  await admin('creators', '/app/creators')
  await admin('creator', await firstLink(app, '/app/creators', 'creators'))
  await admin('agreements', '/app/agreements')
  await admin('agreement', await firstLink(app, '/app/agreements', 'agreements'))
  await admin('ledger', '/app/ledger')
  await admin('journal', await journalWithRoyalty(app))
  await admin('statements', '/app/statements')
  await admin('statement', await firstLink(app, '/app/statements', 'statements'))
  await admin('settings', '/app/settings')

  await page.goto(`${urls.storefront}/products/tidal-signet`)
  await take(page, 'storefront')
  const [creator] = CREATORS
  const mails = await control.mails(creator?.email)
  const statement = mails.find(({ attachments }) => attachments.length > 0)
  await page.goto(`${urls.mailbox}/${statement?.id}`)
  await take(page, 'statement-mail')
  await page.goto(await openInvitation(app, control, await watchWork(house.env.DATABASE_URL ?? '', control)))
  await take(page, 'invitation')
  const link = /https?:\/\/\S+\/c\/statements\/[\w.~-]+/.exec(statement?.text ?? '')?.[0]
  await page.goto(link ?? urls.mailbox)
  await take(page, 'creator-statement')
} finally {
  await browser.close()
  await house.stop()
  fs.rmSync(temporary, { recursive: true, force: true })
}

/** Errors: throws when a picture stays too large for a README. */
async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(300)
  const file = path.join(FOLDER, `${name}.png`)
  await page.screenshot({ path: file })
  const { size } = fs.statSync(file)
  if (size > LARGEST_BYTES)
    throw new Error(`${file} has ${size} bytes; at most ${LARGEST_BYTES} belong in the README`)
  process.stderr.write(`${file} ${Math.round(size / 1000)} kB\n`)
}

/** A fifth creator is offered an agreement, so that the picture shows what one sees before the answer. */
async function openInvitation(
  app: ReturnType<typeof connectApp>,
  control: ControlClient,
  work: WorkWatch,
): Promise<string> {
  const email = 'noor@haddad-atelier.example'
  const who = { name: 'Noor Haddad', email, handle: 'noor', locale: 'en', channels: '[]', notes: '' }
  const added = await app.submit('/app/creators/new', { formId: randomUUID(), revision: '0', ...who })
  const terms = {
    basedOn: '',
    title: 'Winter pieces',
    role: 'promoter',
    scopeKind: 'everything_attributed',
    productIds: '[]',
    collectionIds: '[]',
    share: '12.5',
    paymentFee: '2.9',
    period: 'monthly',
    minimumPayout: '25.00',
    holdDays: '30',
    startsOn: '2026-11-20',
    endsOn: '',
  }
  const creatorId = added.to.split('/').at(-1) ?? ''
  const { to } = await app.submit('/app/agreements/new', { ...terms, formId: randomUUID(), creatorId })
  const { view } = (await app.load(to)) as { view: { versions: Array<{ termsHash: string }> } }
  await app.submit(to, { intent: 'offer', termsHash: view.versions[0]?.termsHash ?? '' })
  await work.untilDone()
  await work.close()
  const [mail] = await control.mails(email)
  const link = /https?:\/\/\S+\/c\/agreements\/[\w.~-]+/.exec(mail?.text ?? '')?.[0]
  if (!link) throw new Error(`${email} got no invitation`)
  return link
}

interface Row {
  id?: string
  creatorId?: string
}

async function firstLink(
  app: ReturnType<typeof connectApp>,
  listPath: string,
  noun: string,
): Promise<string> {
  const data = JSON.stringify(await app.load(listPath))
  const row = /"rows":\[(\{.*?\})[,\]]/.exec(data)?.[1]
  const id = /"(?:id|creatorId)":"([0-9a-f-]{36})"/.exec(row ?? data)?.[1]
  if (!id) throw new Error(`${listPath} lists no ${noun}`)
  return `${listPath}/${id}`
}

async function journalWithRoyalty(app: ReturnType<typeof connectApp>): Promise<string> {
  const { view } = (await app.load('/app/ledger?kind=sale')) as {
    view: { rows: Array<Row & { seq: string; creators: string[] }> }
  }
  const row =
    view.rows.find(({ creators }) => creators.length > 1) ??
    view.rows.find(({ creators }) => creators.length > 0)
  if (!row) throw new Error('no journal pays a creator')
  return `/app/ledger/journals/${row.seq}`
}
