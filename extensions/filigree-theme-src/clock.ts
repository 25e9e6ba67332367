// The shop's time on a device whose clock may be wrong. Every readable answer of the server bounds what the device is off by; the bounds of
// several answers are cut with each other. A device that may well be right, or is off by less than a second, is left alone.

/** Width of the bounds, ms, at which asking on would not tell a shopper anything. */
const NARROW = 300
/** Wider bounds, ms, come of so slow a page that a device may be seconds off and fit into them. */
const WIDE = 3e3
const MOST_QUESTIONS = 6
const PATIENCE = 8e3

/** Bounds of server minus device, ms. */
let low = -1e15
let high = 1e15
let offset = 0

/** The server's time, epoch ms. */
export const now = (): number => Date.now() + offset

/** `second`: the server's time in whole seconds, written between `asked` and `answered` (ms) of the device's clock. */
const learn = (second: number, asked: number, answered: number): void => {
  const least = second * 1e3 - answered
  const most = second * 1e3 + 1e3 - asked
  // No figure is no answer.
  if (!most) return
  // Bounds that exclude each other: the device's clock was set in between.
  if (least > high || most < low) {
    low = -1e15
    high = 1e15
  }
  low = Math.max(low, least)
  high = Math.min(high, most)
  offset = (low + high) / 2
  if (low * high < 0 || Math.abs(offset) < 1e3) offset = 0
}

/** fetch that learns the time by the way. A shared cache says in Age how old its Date is. */
export const ask = async (address: string, options: RequestInit): Promise<Response> => {
  const asked = Date.now()
  const answer = await fetch(address, {
    cache: 'no-cache',
    signal: AbortSignal.timeout(PATIENCE),
    ...options,
  })
  const { headers } = answer
  learn(Date.parse(`${headers.get('date')}`) / 1e3 + Number(headers.get('age')), asked, Date.now())
  return answer
}

/** JSON of an address. Errors: rejects when there is none. */
export const askJson = async <Answer>(address: string): Promise<Answer> => {
  const answer = await ask(address, {})
  if (!answer.ok) throw answer
  return answer.json()
}

/**
 * Settles the clock: without any request where the page tells the time and the device agrees, else with a few to the shop's own page.
 * Shopify's answer ends its request id in the epoch second, and the browser lets scripts read it.
 */
export const settle = async (): Promise<void> => {
  const [page] = performance.getEntriesByType('navigation') as Array<PerformanceNavigationTiming | undefined>
  const start = performance.timeOrigin
  // A page out of the browser's own cache tells an old time.
  if (page?.transferSize) {
    for (const { description } of page.serverTiming) {
      learn(
        Number(/-(\d{10})\b/.exec(description)?.[1]),
        start + page.requestStart,
        start + page.responseStart,
      )
    }
  }
  for (let count = 0; count < MOST_QUESTIONS && high - low > (offset ? NARROW : WIDE); count++) {
    // The next full second of the server, as the middle of the bounds has it, halves them.
    if (offset) await new Promise((resume) => setTimeout(resume, 1e3 - (now() % 1e3)))
    // Without a connection the device's clock is all there is.
    await ask(location.pathname, { method: 'HEAD' }).catch(() => 0)
  }
}
