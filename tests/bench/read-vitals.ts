// Collects LCP, layout shifts and the slowest interaction inside the app's own frame, as web-vitals defines them.
import type { Frame, Page } from 'playwright-core'

export interface PageVitals {
  lcpMs: number
  cls: number
  /** Slowest of the interactions; null when none took long enough to be reported (under 16 ms). */
  inpMs: number | null
  /** What moved by itself: the element, from where to where. */
  shifted: string[]
}

interface Collected {
  lcp: number
  shifts: Array<{ at: number; value: number; moved: string[] }>
  slowest: number
}

declare global {
  interface Window {
    __vitals?: Collected
  }
}

/** Runs in every frame before its own scripts. A text, because the test runner's transforms must not touch it. */
export const COLLECT = `(() => {
  const vitals = { lcp: 0, shifts: [], slowest: 0 }
  window.__vitals = vitals
  const watch = (type, options, read) => {
    new PerformanceObserver((list) => list.getEntries().forEach(read)).observe({ type, buffered: true, ...options })
  }
  watch('largest-contentful-paint', {}, (entry) => { vitals.lcp = entry.startTime })
  const box = (rect) => [rect.x, rect.y, rect.width, rect.height].map(Math.round).join(' ')
  const element = (node) => (node && node.nodeType === 1 ? node : node?.parentElement)
  const told = ({ node, previousRect, currentRect }) =>
    (element(node)?.outerHTML.slice(0, 120) ?? 'gone') + ': ' + box(previousRect) + ' to ' + box(currentRect)
  watch('layout-shift', {}, (entry) => {
    if (entry.hadRecentInput) return
    vitals.shifts.push({ at: entry.startTime, value: entry.value, moved: entry.sources.map(told) })
  })
  const read = (entry) => { if (entry.interactionId) vitals.slowest = Math.max(vitals.slowest, entry.duration) }
  watch('event', { durationThreshold: 16 }, read)
  watch('first-input', {}, read)
})()`

export async function readVitals(frame: Frame): Promise<PageVitals> {
  const collected = await frame.evaluate(() => window.__vitals)
  if (!collected) throw new Error(`nothing was collected in ${frame.url()}`)
  return {
    lcpMs: Math.round(collected.lcp),
    cls: worstWindow(collected.shifts),
    inpMs: collected.slowest === 0 ? null : Math.round(collected.slowest),
    shifted: collected.shifts.flatMap((shift) => shift.moved),
  }
}

/** Shifts in bursts of at most five seconds with gaps under one second; the worst burst counts. */
function worstWindow(shifts: Array<{ at: number; value: number }>): number {
  let worst = 0
  let sum = 0
  let first = 0
  let last = Number.NEGATIVE_INFINITY
  for (const { at, value } of shifts) {
    const isNew = at - last > 1000 || at - first > 5000
    if (isNew) first = at
    sum = isNew ? value : sum + value
    last = at
    worst = Math.max(worst, sum)
  }
  return Math.round(worst * 10_000) / 10_000
}

/** Tabs through the page, types where it takes text, opens what unfolds: with real keys and clicks, leaving the page as it is. */
export async function interact(page: Page, frame: Frame): Promise<void> {
  await frame.locator('h1').first().click()
  for (let count = 0; count < 4; count++) {
    await page.keyboard.press('Tab')
    await page.waitForTimeout(60)
  }
  const text = frame
    .locator('input[type="text"]:visible, input[type="search"]:visible, textarea:visible')
    .first()
  if (await text.count()) {
    await text.click()
    await page.keyboard.type('Ma', { delay: 90 })
    await page.waitForTimeout(400)
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    await page.waitForTimeout(400)
  }
  const unfolds = frame
    .locator('button[aria-expanded="false"]:visible, button[aria-haspopup]:visible')
    .first()
  if (await unfolds.count()) {
    await unfolds.click()
    await page.waitForTimeout(200)
    await page.keyboard.press('Escape')
  }
  // The next paint after the last key, and the report about it.
  await page.waitForTimeout(300)
}
