// Weight and vitals of a product's page with the blocks of a drop and without them: a phone at a quarter of this processor's speed, on a slow line.
import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { SHOP } from '../../sandbox/admin/app-bridge/toy-app.test-support.ts'
import { type DropWorld, ROOT, startDropWorld } from '../../sandbox/storefront/drop-world.test-support.ts'
import { launchBrowser } from '../harness/browser.ts'
import type { Benchmark } from './run.ts'

const PAIRS = 9
const SETTLED_MS = 2500
const SLOWDOWN = 4
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 }
const PHONE = {
  viewport: { width: 412, height: 823 },
  deviceScaleFactor: 1.75,
  isMobile: true,
  hasTouch: true,
}
const CHROME_ON_ANDROID =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'
const ASSETS = path.resolve('extensions/filigree-theme/assets')
const BLOCKS = ['drop-countdown', 'drop-stock', 'drop-gate', 'drop-arrival', 'drop-signup', 'drop-story']
/** What devices are off by, s. */
const WRONG_CLOCKS = [-5400, -3600, -600, -90, -17.3, -4.6, -2.2, 2.7, 5.1, 21.8, 120, 480, 3600, 7200]
const RIGHT_CLOCKS = 14

interface Load {
  lcpMs: number
  tbtMs: number
  cls: number
  scriptMs: number
  requests: string[]
}

/** Every shift counts: under an emulated phone the browser marks shifts as caused by input, and the usual filter would hide them. */
const COLLECT = `(() => {
  const seen = { lcp: 0, cls: 0, tbt: 0 }
  window.__seen = seen
  const watch = (type, read) => new PerformanceObserver((list) => list.getEntries().forEach(read)).observe({ type, buffered: true })
  watch('largest-contentful-paint', (entry) => { seen.lcp = entry.startTime })
  watch('layout-shift', (entry) => { seen.cls += entry.value })
  watch('longtask', (entry) => { seen.tbt += Math.max(0, entry.duration - 50) })
})()`

export const benchmark: Benchmark = {
  says: `bytes, requests, and medians of what the blocks of a drop add to a product's page: ${PAIRS} alternating loads each, cold, CPU slowed ${SLOWDOWN} times`,
  async run(progress) {
    const world = await startDropWorld()
    const browser = await launchBrowser()
    try {
      world.sandbox.clock.setOffset(0)
      const shop = world.sandbox.shop(SHOP)
      shop.theme = { ...shop.theme, pageCacheSeconds: 1800 }
      const loads: Record<'with' | 'without', Load[]> = { with: [], without: [] }
      const noise: number[] = []
      for (let pair = 0; pair < PAIRS; pair++) {
        // Which comes first changes, so that neither gets the warmer machine.
        const order = pair % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const)
        for (const kind of order) loads[kind].push(await loadOnce(browser, world, kind === 'with'))
        noise.push((await loadOnce(browser, world, false)).lcpMs - (loads.without.at(-1)?.lcpMs ?? 0))
        progress(
          `pair ${pair + 1} of ${PAIRS}: LCP ${loads.with.at(-1)?.lcpMs} and ${loads.without.at(-1)?.lcpMs} ms`,
        )
      }
      const added = (read: (load: Load) => number) =>
        median(loads.with.map(read)) - median(loads.without.map(read))
      const clocks = await clockErrors(browser, world, progress)
      const own = (loads.with[0]?.requests ?? []).filter((request) => request.includes('/extensions/'))
      const foreign = await noDrop(browser, world)
      return {
        sizes: {
          pairs: PAIRS,
          blocks: BLOCKS.length,
          slowdown: SLOWDOWN,
          browser: browser.version(),
          clocks: clocks.count,
        },
        figures: {
          ...sizes(),
          cdnRequests: own.length,
          requestsBeforeOpen: Math.max(...loads.with.map(({ requests }) => requests.filter(isAsked).length)),
          noDropBytes: foreign.bytes,
          noDropRequests: foreign.requests,
          clsAdded: round(
            added(({ cls }) => cls),
            4,
          ),
          lcpAddedMs: round(added(({ lcpMs }) => lcpMs)),
          lcpNoiseMs: round(median(noise.map(Math.abs))),
          tbtAddedMs: round(added(({ tbtMs }) => tbtMs)),
          scriptCpuAddedMs: round(
            added(({ scriptMs }) => scriptMs),
            1,
          ),
          clockErrorP95Ms: clocks.p95,
          clockErrorWorstMs: clocks.worst,
          // Lighthouse would come with some hundred packages for this one figure; it is run by hand, on a development store.
          lighthouseDelta: null,
        },
      }
    } finally {
      await browser.close()
      await world.stop()
    }
  },
}

/** A request that is neither the page nor a file: to the app, or a question after the time. */
const isAsked = (request: string) => request.includes('/apps/') || !request.startsWith('GET')

function sizes() {
  const read = (name: string) => fs.readFileSync(path.join(ASSETS, name))
  return {
    jsRawBytes: read('filigree.js').length,
    jsGzipBytes: gzipSync(read('filigree.js'), { level: 9 }).length,
    cssRawBytes: read('filigree.css').length,
    cssGzipBytes: gzipSync(read('filigree.css'), { level: 9 }).length,
  }
}

/** The drop opens in an hour; without it the page has no block. Pages come out of the shop's cache: how long Liquid takes on this machine is not the question. */
function tellDrop(world: DropWorld, hasDrop: boolean): void {
  const second = Math.floor(Date.now() / 1000)
  world.place(hasDrop ? BLOCKS.map((block) => ({ block, template: 'product' })) : [])
  world.tell({
    open: second + 3600,
    close: second + 4800,
    early: second + 1800,
    gate: ['tag', 'pass'],
    waves: [],
  })
}

async function openPhone(
  browser: Browser,
): Promise<{ context: BrowserContext; page: Page; requests: string[] }> {
  const context = await browser.newContext({ ...PHONE, userAgent: CHROME_ON_ANDROID })
  const page = await context.newPage()
  const requests: string[] = []
  page.on('request', (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`))
  return { context, page, requests }
}

async function loadOnce(browser: Browser, world: DropWorld, hasDrop: boolean): Promise<Load> {
  tellDrop(world, hasDrop)
  const address = `${world.sandboxUrl}${ROOT}/products/fern-ring?blocks=${hasDrop}`
  await (await fetch(address)).text()
  const { context, page, requests } = await openPhone(browser)
  try {
    await page.addInitScript(COLLECT)
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', LINE)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
    // Processor time, not the clock's: others may be at work on the machine.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.goto(address, { waitUntil: 'load' })
    await page.waitForTimeout(SETTLED_MS)
    const seen = (await page.evaluate('window.__seen')) as { lcp: number; cls: number; tbt: number }
    const { metrics } = await session.send('Performance.getMetrics')
    const script = metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0
    return { lcpMs: Math.round(seen.lcp), tbtMs: seen.tbt, cls: seen.cls, scriptMs: script * 1000, requests }
  } finally {
    await context.close()
  }
}

/** A product in no drop, while another is in one. */
async function noDrop(browser: Browser, world: DropWorld): Promise<{ bytes: number; requests: number }> {
  tellDrop(world, true)
  const { context, page } = await openPhone(browser)
  let bytes = 0
  let requests = 0
  page.on('response', async (response) => {
    if (!/extensions|\/apps\//.test(response.url())) return
    requests++
    bytes += (await response.body()).length
  })
  await page.goto(`${world.sandboxUrl}${ROOT}/products/iris-brooch`, { waitUntil: 'networkidle' })
  await context.close()
  return { bytes, requests }
}

/** The countdown against the server: what it says is left, rounded up to seconds, changes when a second of the server is full. */
async function clockErrors(browser: Browser, world: DropWorld, progress: (line: string) => void) {
  tellDrop(world, true)
  world.sandbox.shop(SHOP).theme = { ...world.sandbox.shop(SHOP).theme, pageCacheSeconds: 0 }
  const errors: number[] = []
  const devices = [...WRONG_CLOCKS, ...Array.from({ length: RIGHT_CLOCKS }, () => 0)]
  for (const off of devices) {
    const { context, page } = await openPhone(browser)
    // The device's clock, and with it the page's own start, is off; nothing else is touched.
    await page.addInitScript(`(() => {
      const off = ${off * 1000}
      const right = Date.now.bind(Date)
      const start = performance.timeOrigin
      Date.now = () => right() + off
      Object.defineProperty(performance, 'timeOrigin', { get: () => start + off })
      window.__right = right
    })()`)
    await page.goto(`${world.sandboxUrl}${ROOT}/products/fern-ring`, { waitUntil: 'networkidle' })
    // As long as the questions may take.
    await page.waitForTimeout(off === 0 ? 1000 : 6000)
    const error = (await page.evaluate(`new Promise((resolve) => {
      const seconds = document.querySelector('[data-unit=seconds]')
      new MutationObserver((_list, observer) => {
        observer.disconnect()
        const past = __right() % 1000
        resolve(past > 500 ? past - 1000 : past)
      }).observe(seconds, { childList: true, characterData: true, subtree: true })
    })`)) as number
    const shown = (await page.evaluate(`(() => {
      const [days, hours, minutes, seconds] = [...document.querySelectorAll('[data-unit]')].map((unit) => Number(unit.textContent))
      const left = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
      const open = Number(document.querySelector('[data-open]').dataset.open)
      return Math.round(open - left - __right() / 1000)
    })()`)) as number
    // A countdown that is whole seconds off is off by those, whatever its beat.
    errors.push(Math.abs(shown) <= 1 ? Math.abs(error) : Math.abs(shown) * 1000)
    await context.close()
  }
  errors.sort((a, b) => a - b)
  progress(`clock errors: ${errors.map((error) => Math.round(error)).join(' ')} ms`)
  return {
    count: errors.length,
    p95: round(errors[Math.ceil(errors.length * 0.95) - 1] ?? 0),
    worst: round(errors.at(-1) ?? 0),
  }
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

const round = (value: number, digits = 0) => Number(value.toFixed(digits))
