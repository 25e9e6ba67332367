// LCP, CLS and INP of the admin's pages, inside the admin's frame, on the demo shop's year.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core'
import { connectApp } from '../../sandbox/demo/app-client.ts'
import { buildApp } from '../../sandbox/demo/build-app.ts'
import { connectControl } from '../../sandbox/demo/control-client.ts'
import { CINDERS, LONG_NIGHT, type StoryDrop, WINDFALL } from '../../sandbox/demo/drop-cast.ts'
import { playStory } from '../../sandbox/demo/play-story.ts'
import { openProgress } from '../../sandbox/demo/progress.ts'
import { type House, startHouse } from '../../sandbox/demo/start-house.ts'
import { SHOP } from '../../sandbox/demo/story-cast.ts'
import { urlsOf } from '../../sandbox/demo/url-panel.ts'
import { launchBrowser, newProfile } from '../harness/browser.ts'
import { COLLECT, interact, type PageVitals, readVitals } from './read-vitals.ts'
import type { Benchmark } from './run.ts'

const LOADS = 5
const SETTLED_MS = 700
const TODAY = new Date('2026-11-15T12:00:00Z')

interface PageFigures {
  page: string
  path: string
  lcpMs: number
  cls: number
  inpMs: number
  /** What moved, where something did. */
  shifted?: string[]
}

export const benchmark: Benchmark = {
  says: `largest contentful paint, layout shift and slowest interaction of every admin page: p75 of ${LOADS} loads, the first one with an empty cache`,
  async run(progress) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-vitals-'))
    fs.chmodSync(folder, 0o755)
    await buildApp(progress)
    const house = await startHouse({ folder, ports: { app: 0, sandbox: 0, smtp: 0 }, onStep: progress })
    let browser: Browser | undefined
    try {
      await playStory(house, { seed: 1, today: TODAY, progress: openProgress(process.stderr) })
      browser = await launchBrowser()
      const pages: PageFigures[] = []
      for (const { page, path: address } of wanted(await pagesToMeasure(house))) {
        pages.push(await measure(browser, house, page, address))
        progress(JSON.stringify(pages.at(-1)))
      }
      return {
        sizes: { loads: LOADS, pages: pages.length, browser: browser.version(), viewport: '1280x800' },
        figures: {
          lcpMs: Math.max(...pages.map((page) => page.lcpMs)),
          cls: Math.max(...pages.map((page) => page.cls)),
          inpMs: Math.max(...pages.map((page) => page.inpMs)),
          pages,
        },
      }
    } finally {
      await browser?.close()
      await house.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** The lists lead to the pages of single things: the first one of each is measured. */
async function pagesToMeasure(house: House): Promise<Array<{ page: string; path: string }>> {
  const app = connectApp(house.appUrl, connectControl(house.sandboxUrl), SHOP.domain)
  const firstIn = async (list: string, prefix: string) => {
    const text = JSON.stringify(await app.load(list))
    const id = new RegExp(`"(?:id|seq)":"(${prefix})"`).exec(text)?.[1]
    if (!id) throw new Error(`${list} lists nothing to open`)
    return id
  }
  const uuid = '[0-9a-f]{8}-[0-9a-f-]{27}'
  const { view } = (await app.load('/app/drops')) as { view: { rows: Array<{ id: string; title: string }> } }
  const drop = ({ title }: StoryDrop) => {
    const row = view.rows.find((known) => known.title === title)
    if (!row) throw new Error(`the demo has no drop ${title}`)
    return `/app/drops/${row.id}`
  }
  return [
    { page: 'Home', path: '/app' },
    { page: 'Creators', path: '/app/creators' },
    { page: 'Creator', path: `/app/creators/${await firstIn('/app/creators', uuid)}` },
    { page: 'Agreements', path: '/app/agreements' },
    { page: 'Agreement form', path: '/app/agreements/new' },
    { page: 'Drops', path: '/app/drops' },
    { page: 'Drop calendar', path: '/app/drops/calendar' },
    { page: 'Drop editor', path: `${drop(CINDERS)}/edit` },
    { page: 'Drop with preflight', path: drop(CINDERS) },
    { page: 'Scheduled drop', path: drop(LONG_NIGHT) },
    { page: 'Live view', path: `${drop(LONG_NIGHT)}/live` },
    { page: 'Drop report', path: `${drop(WINDFALL)}/report` },
    { page: 'Claim log', path: '/app/drops/claims' },
    { page: 'Drop set-up', path: '/app/drops/setup' },
    { page: 'Ledger', path: '/app/ledger' },
    { page: 'Journal', path: `/app/ledger/journals/${await firstIn('/app/ledger', '\\d+')}` },
    { page: 'Statements', path: '/app/statements' },
    { page: 'Statement', path: `/app/statements/${await firstIn('/app/statements', uuid)}` },
    { page: 'Simulator', path: `/app/agreements/${await firstIn('/app/agreements', uuid)}/simulate` },
    { page: 'Balances', path: '/app/ledger/balances' },
    { page: 'Balances over time', path: '/app/ledger/history' },
    { page: 'Maturities', path: '/app/ledger/maturities' },
    { page: 'Suspense', path: '/app/ledger/suspense' },
    { page: 'Questions', path: '/app/statements/questions' },
    { page: 'Payouts', path: '/app/payouts' },
    { page: 'Payout run', path: `/app/payouts/${await firstIn('/app/payouts', uuid)}` },
    { page: 'New payout run', path: '/app/payouts/new' },
    { page: 'Creator’s payouts', path: `/app/payouts/creators/${await firstIn('/app/creators', uuid)}` },
    { page: 'Payout settings', path: '/app/payouts/settings' },
    { page: 'Tax facts', path: '/app/payouts/tax' },
    { page: 'Adjustments', path: '/app/payouts/adjustments' },
    { page: 'Gifts', path: '/app/payouts/gifts' },
    { page: 'Advances', path: '/app/payouts/advances' },
    { page: 'Tasks', path: '/app/agreements/tasks' },
    { page: 'Settings', path: '/app/settings' },
  ]
}

/** All pages, or those that `--page NAME,NAME` asks for. */
function wanted<Named extends { page: string }>(pages: Named[]): Named[] {
  const at = process.argv.indexOf('--page')
  if (at < 0) return pages
  const names = (process.argv[at + 1] ?? '').split(',')
  const chosen = pages.filter(({ page }) => names.includes(page))
  if (chosen.length === names.length) return chosen
  throw new Error(`--page wants some of: ${pages.map(({ page }) => page).join(', ')}`)
}

async function measure(browser: Browser, house: House, name: string, address: string): Promise<PageFigures> {
  const context = await newProfile(browser, { animated: true })
  await context.addInitScript(COLLECT)
  const loads: PageVitals[] = []
  try {
    for (let load = 0; load < LOADS; load++) loads.push(await loadOnce(context, house, address))
  } finally {
    await context.close()
  }
  const shifted = [...new Set(loads.flatMap((load) => load.shifted))]
  return {
    page: name,
    path: address,
    lcpMs: p75(loads.map((load) => load.lcpMs)),
    cls: p75(loads.map((load) => load.cls)),
    // What was too fast to be reported took less than the shortest that is.
    inpMs: p75(loads.map((load) => load.inpMs ?? 16)),
    ...(shifted.length > 0 ? { shifted } : {}),
  }
}

async function loadOnce(context: BrowserContext, house: House, address: string): Promise<PageVitals> {
  const page = await context.newPage()
  try {
    await page.goto(urlsOf(house).admin.replace(/\/app$/, address), { waitUntil: 'domcontentloaded' })
    const frame = await appFrame(page, house)
    const before = await settled(page, frame, address)
    await interact(page, frame)
    return { ...before, inpMs: (await readVitals(frame)).inpMs }
  } finally {
    await page.close()
  }
}

/** Asks the collected figures only: asking the page for its boxes would lay it out before its styles are there, and count as shifts. */
async function settled(page: Page, frame: Frame, address: string): Promise<PageVitals> {
  const until = Date.now() + 30_000
  while (Date.now() < until) {
    await page.waitForTimeout(SETTLED_MS)
    const vitals = await readVitals(frame).catch(() => null)
    if (!vitals || vitals.lcpMs === 0) continue
    await page.waitForTimeout(SETTLED_MS)
    return readVitals(frame)
  }
  throw new Error(`${address} painted nothing`)
}

async function appFrame(page: Page, house: House): Promise<Frame> {
  const until = Date.now() + 20_000
  while (Date.now() < until) {
    const frame = page.frames().find((candidate) => candidate.url().startsWith(house.appUrl))
    if (frame) return frame
    await page.waitForTimeout(20)
  }
  throw new Error(`the app did not open in the admin: ${page.url()}`)
}

/** Nearest rank. */
function p75(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.75) - 1] ?? 0
}
