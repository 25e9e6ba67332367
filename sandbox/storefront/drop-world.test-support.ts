// A shop with one drop, as the app's metafields tell the theme of it, and shoppers with clocks of their own.
import type { Browser, Page } from 'playwright-core'
import { HANDLE, SHOP, startToyWorld, type ToyWorld } from '#sandbox/admin/app-bridge/toy-app.test-support.ts'
import type { PlacedBlock } from '#sandbox/state/nouns.ts'
import { newProfile, type ProfileOptions } from '#tests/harness/browser.ts'

export const ROOT = `/storefront/${HANDLE}`
export const DROP = 'winter-fern'
/** An hour before the opening of the drop, in whole seconds of the epoch. */
export const START = 1_796_131_200
export const OPEN = START + 3600
export const WAVE = OPEN + 360
export const CLOSE = OPEN + 1200

export interface StateOffer {
  v: string
  k: 'open' | 'low' | 'last' | 'gone'
  c: number | null
}

export interface DropWorld extends ToyWorld {
  /** The piece of the drop: three rings in sizes; `variant` is the first size. */
  variant: string
  /** The other offer. */
  other: string
  /** What the state endpoint answers; a number is a status without a text. */
  state: { s: string; stale: boolean; o: StateOffer[]; w: Array<{ at: number; ok: boolean }> } | number
  /** Requests that reached the app: "GET /path". */
  asked: string[]
  /** Forms that the app was sent. */
  signups: URLSearchParams[]
  /** Writes the drop's metafield with these fields changed. */
  tell(fields?: Record<string, unknown>): void
  /** Moves the server's clock. */
  at(second: number): void
  place(blocks: PlacedBlock[]): void
}

export async function startDropWorld(): Promise<DropWorld> {
  const world = await startToyWorld()
  const shop = world.sandbox.shop(SHOP)
  const product = (handle: string) => {
    const found = Object.values(shop.products).find((one) => one.handle === handle)
    if (!found) throw new Error(`there is no ${handle}`)
    return found
  }
  const [ring, necklace] = [product('fern-ring'), product('tide-necklace')]
  const variant = ring.variants[0]?.id ?? ''
  const config = {
    v: 1,
    id: DROP,
    title: 'Winter fern',
    role: 'hero',
    state: 'scheduled',
    teaser: START - 86_400,
    early: null as number | null,
    open: OPEN,
    close: CLOSE,
    waves: [{ at: WAVE, variant, units: 12 }],
    zone: 'Europe/Paris',
    variants: [variant],
    rule: { v: 1, low: 5, last: 2 },
    limit: 1,
    gate: null as string[] | null,
    price: null as unknown,
    creator: {
      name: 'Mara Okafor',
      story: 'Mara draws ferns after rain.\nThis ring is the third that we made with her.',
      image: null,
      paid: true,
      commission: true,
    },
    arrival: { from: 3, to: 7, basis: 'made_to_order' },
    offers: [{ p: 'tide-necklace', v: necklace.variants[0]?.id, t: 'Tide necklace' }],
  }
  const drops: DropWorld = {
    ...world,
    variant,
    other: necklace.variants[0]?.id ?? '',
    state: { s: 'open', stale: false, o: [{ v: variant, k: 'open', c: null }], w: [{ at: WAVE, ok: true }] },
    asked: [],
    signups: [],
    tell(fields = {}) {
      const metafields = shop.shop.installation?.metafields ?? []
      metafields.length = 0
      const value = JSON.stringify({ ...config, ...fields })
      metafields.push(
        { id: '1', namespace: 'drops', key: 'live', type: 'boolean', value: 'true' },
        { id: '2', namespace: 'drops', key: `p${ring.id}`, type: 'json', value },
      )
    },
    at: (second) => world.sandbox.clock.setOffset(second * 1000 - Date.now()),
    place: (blocks) => {
      shop.theme = { ...shop.theme, blocks }
    },
  }
  world.app.use('*', (context, next) => {
    drops.asked.push(`${context.req.method} ${new URL(context.req.url).pathname}`)
    return next()
  })
  world.app.get('/storefront/drops/:drop/state', (context) =>
    typeof drops.state === 'number'
      ? context.text('', drops.state as 503)
      : context.json({ v: 1, ...drops.state }),
  )
  world.app.post('/storefront/drops/:drop/signups', async (context) => {
    drops.signups.push(new URLSearchParams(await context.req.text()))
    return context.json({}, 202)
  })
  drops.tell()
  drops.at(START)
  return drops
}

export interface ShopperOptions extends ProfileOptions {
  /** What the device's clock is off by, s. */
  off?: number
  timeZone?: string
  path?: string
  javaScript?: boolean
  /** The device's own clock and timers: nothing is moved. */
  isRealTime?: boolean
}

/** A tab on the piece's page whose timers stand until `run` moves device and server on together. */
export async function visit(browser: Browser, world: DropWorld, options: ShopperOptions = {}) {
  const context = await newProfile(browser, {
    animated: true,
    ...options,
    timezoneId: options.timeZone ?? 'Europe/Paris',
    javaScriptEnabled: options.javaScript ?? true,
  })
  const page = await context.newPage()
  const errors: string[] = []
  const requests: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('request', (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`))
  const serverNow = () => world.sandbox.clock.now().getTime()
  if (options.javaScript !== false && !options.isRealTime) {
    await page.clock.install({ time: serverNow() + (options.off ?? 0) * 1000 })
  }
  await page.goto(`${world.sandboxUrl}${ROOT}${options.path ?? '/products/fern-ring'}`, {
    waitUntil: 'networkidle',
  })
  return {
    page,
    errors,
    requests,
    /** Moves server and device on together, second by second, timers and all; what is longer than ten minutes begins with a leap. */
    async run(seconds: number) {
      for (let left = seconds; left > 0; ) {
        const step = left > 600 ? left - 10 : Math.min(1, left)
        world.sandbox.clock.setOffset(world.sandbox.clock.offsetMs + step * 1000)
        if (step > 1) await page.clock.fastForward(step * 1000)
        else await page.clock.runFor(step * 1000)
        left -= step
      }
    },
    close: () => context.close(),
  }
}

/** The texts that a block shows, top to bottom. */
export function shownIn(page: Page, selector: string): Promise<string[]> {
  return page.$$eval(`${selector} .fil-stack > *`, (parts) =>
    parts
      .filter((part) => getComputedStyle(part).visibility === 'visible')
      .map((part) => (part.textContent ?? '').replace(/\s+/g, ' ').trim()),
  )
}
