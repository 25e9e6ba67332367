// npm run screenshots      Pictures for the README and the guides, taken from a house that has just lived through the demo's year.
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { type AppClient, connectApp } from '#sandbox/demo/app-client.ts'
import { buildApp } from '#sandbox/demo/build-app.ts'
import { buyOnStorefront } from '#sandbox/demo/buy-on-storefront.ts'
import { type ControlClient, connectControl } from '#sandbox/demo/control-client.ts'
import { CINDERS, LONG_NIGHT, WINDFALL } from '#sandbox/demo/drop-cast.ts'
import { playStory } from '#sandbox/demo/play-story.ts'
import { openProgress } from '#sandbox/demo/progress.ts'
import { startHouse } from '#sandbox/demo/start-house.ts'
import { CREATORS, CUSTOMER_NAMES, customerEmail, SHOP } from '#sandbox/demo/story-cast.ts'
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

  for (const [name, appPath] of Object.entries(await adminPages(app))) {
    await page.goto(adminUrl(urls, appPath))
    await untilAlive(appFrame(page))
    await take(page, name)
  }

  await page.goto(`${urls.storefront}/products/tidal-signet`)
  await take(page, 'storefront')
  await takeStorefront(page, 'long-night-lanterns', '.fil-countdown[data-now=before]', 'storefront-countdown')
  const [creator] = CREATORS
  const mails = await control.mails(creator?.email)
  const statement = mails.find(({ attachments }) => attachments.length > 0)
  for (const [name, mail] of [
    ['statement-mail', statement],
    ['payout-mail', mails.find(({ subject }) => / sent you /.test(subject))],
  ] as const) {
    if (!mail) throw new Error(`${creator?.name} got no mail for ${name}`)
    await page.goto(`${urls.mailbox}/${mail.id}`)
    await take(page, name)
  }
  await page.goto(await openInvitation(app, control, await watchWork(house.env.DATABASE_URL ?? '', control)))
  await take(page, 'invitation')
  await page.goto(linkTo('statements', statement))
  await take(page, 'creator-statement')
  const answered = mails.find(({ subject }) => subject.startsWith('Answer to your question'))
  await page.goto(`${linkTo('statements', answered)}#questions`)
  await take(page, 'creator-question')
  await takeOpenDrop(page, app, control)
} finally {
  await browser.close()
  await house.stop()
  fs.rmSync(temporary, { recursive: true, force: true })
}

/** The drop that waits in the demo, opened, with its first buyers: in the admin and on the storefront. */
async function takeOpenDrop(page: Page, app: AppClient, control: ControlClient): Promise<void> {
  const urls = urlsOf(house)
  const work = await watchWork(house.env.DATABASE_URL ?? '', control)
  const id = await dropCalled(app, CINDERS.title)
  await app.submit(`/app/drops/${id}`, { intent: 'open_soon', revision: '1' })
  await work.untilDone()
  const { view } = (await app.load(`/app/drops/${id}`)) as {
    view: { drop: { acts: Array<{ kind: string; at: string }>; offers: Array<{ variantId: string }> } }
  }
  const opensAt = Date.parse(view.drop.acts.find(({ kind }) => kind === 'open')?.at ?? '')
  await control.call('/control/clock', { to: new Date(opensAt).toISOString() })
  await work.untilDone()
  for (const name of CUSTOMER_NAMES.slice(0, 4)) {
    const [firstName = '', lastName = ''] = name.split(' ')
    const buyer = { email: customerEmail(name), firstName, lastName }
    await buyOnStorefront(urls, { variantId: view.drop.offers[0]?.variantId ?? '', buyer })
  }
  await work.untilDone()
  await work.close()
  await page.goto(adminUrl(urls, `/app/drops/${id}/live`))
  await untilAlive(appFrame(page))
  // Its stream never ends: there is no quiet network to wait for.
  await appFrame(page).getByText('#', { exact: false }).first().waitFor()
  await take(page, 'drop-live', 'load')
  await takeStorefront(page, 'cinder-ring', '.fil-stock .fil-on:has-text("more follow")', 'storefront-open')
}

/** A little narrower than the admin: pictures of pieces weigh more than pages of figures. With running digits, as most people see them. */
async function takeStorefront(page: Page, handle: string, shown: string, name: string): Promise<void> {
  const wide = page.viewportSize() ?? { width: 1280, height: 800 }
  await page.setViewportSize({ width: 1080, height: 800 })
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.goto(`${urlsOf(house).storefront}/products/${handle}`)
  await page.locator(shown).waitFor()
  await page.locator('.fil-stock').evaluate((block) => block.scrollIntoView({ block: 'end' }))
  await take(page, name)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.setViewportSize(wide)
}

/** Errors: throws when the shop has no such drop. */
async function dropCalled(app: AppClient, wanted: string): Promise<string> {
  return firstOf(app, '/app/drops', ({ title }) => title === wanted)
}

/** Errors: throws when a picture stays too large for a README. */
async function take(page: Page, name: string, until: 'load' | 'networkidle' = 'networkidle'): Promise<void> {
  await page.waitForLoadState(until)
  await page.waitForTimeout(300)
  const file = path.join(FOLDER, `${name}.png`)
  await page.screenshot({ path: file })
  const { size } = fs.statSync(file)
  if (size > LARGEST_BYTES)
    throw new Error(`${file} has ${size} bytes; at most ${LARGEST_BYTES} belong in the README`)
  process.stderr.write(`${file} ${Math.round(size / 1000)} kB\n`)
}

/** A fifth creator is offered an agreement, so that the picture shows what one sees before the answer. */
async function openInvitation(app: AppClient, control: ControlClient, work: WorkWatch): Promise<string> {
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
  return linkTo('agreements', mail)
}

/** Errors: throws when the mail has no link of the kind. */
function linkTo(kind: string, mail: { text: string } | undefined): string {
  const link = new RegExp(`https?://\\S+/c/${kind}/[\\w.~-]+`).exec(mail?.text ?? '')?.[0]
  if (!link) throw new Error(`no link to ${kind} in the mail`)
  return link
}

/** The admin's pages by the names of their pictures. */
async function adminPages(app: AppClient): Promise<Record<string, string>> {
  const creator = await firstOf(app, '/app/creators', ({ name }) => name === CREATORS[0]?.name)
  const agreement = await firstOf(
    app,
    '/app/agreements?role=promoter',
    ({ creatorName }) => creatorName === CREATORS[1]?.name,
  )
  const run = await firstOf(app, '/app/payouts', ({ failed }) => (failed ?? 0) > 0)
  return {
    home: '/app',
    drops: '/app/drops',
    'drop-calendar': '/app/drops/calendar',
    'drop-editor': `/app/drops/${await dropCalled(app, CINDERS.title)}/edit`,
    'drop-preflight': `/app/drops/${await dropCalled(app, CINDERS.title)}`,
    'drop-scheduled': `/app/drops/${await dropCalled(app, LONG_NIGHT.title)}`,
    drop: `/app/drops/${await dropCalled(app, WINDFALL.title)}`,
    'drop-report': `/app/drops/${await dropCalled(app, WINDFALL.title)}/report`,
    claims: '/app/drops/claims',
    'drop-setup': '/app/drops/setup',
    creators: '/app/creators',
    creator: `/app/creators/${creator}`,
    agreements: '/app/agreements',
    agreement: `/app/agreements/${agreement}`,
    simulator: `/app/agreements/${await simulated(app)}/simulate`,
    rerate: `/app/agreements/${agreement}/rerate`,
    ledger: '/app/ledger',
    explorer: `/app/ledger?creator=${creator}&account=available`,
    journal: await journalWithRoyalty(app),
    balances: '/app/ledger/balances',
    'balance-history': '/app/ledger/history',
    maturities: '/app/ledger/maturities',
    suspense: '/app/ledger/suspense',
    statements: '/app/statements',
    statement: `/app/statements/${await firstOf(app, '/app/statements')}`,
    questions: '/app/statements/questions',
    payouts: '/app/payouts',
    'payout-preview': '/app/payouts/new',
    'payout-run': `/app/payouts/${run}`,
    'payout-creator': `/app/payouts/creators/${creator}`,
    adjustments: '/app/payouts/adjustments',
    gifts: '/app/payouts/gifts',
    advances: '/app/payouts/advances',
    'tax-facts': '/app/payouts/tax',
    tasks: '/app/agreements/tasks',
    settings: '/app/settings',
  }
}

interface Row {
  id: string
  name?: string
  title?: string
  creatorName?: string
  failed?: number
}

/** Errors: throws when a list has no such row. */
async function firstOf(
  app: AppClient,
  listPath: string,
  isMeant: (row: Row) => unknown = () => true,
): Promise<string> {
  const { view } = (await app.load(listPath)) as { view: { rows: Row[] } }
  const row = view.rows.find(isMeant)
  if (!row) throw new Error(`${listPath} lists nothing to open`)
  return row.id
}

/** The agreement whose terms were tried last. */
async function simulated(app: AppClient): Promise<string> {
  const { view } = (await app.load('/app/agreements/tasks')) as {
    view: { tasks: Array<{ kind: string; agreementId: string | null }> }
  }
  const task = view.tasks.find(({ kind }) => kind === 'simulate')
  if (!task?.agreementId) throw new Error('nothing was simulated')
  return task.agreementId
}

async function journalWithRoyalty(app: AppClient): Promise<string> {
  const { view } = (await app.load('/app/ledger?kind=sale')) as {
    view: { rows: Array<{ seq: string; creators: string[] }> }
  }
  const row =
    view.rows.find(({ creators }) => creators.length > 1) ??
    view.rows.find(({ creators }) => creators.length > 0)
  if (!row) throw new Error('no journal pays a creator')
  return `/app/ledger/journals/${row.seq}`
}
