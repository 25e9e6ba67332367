// A drop opens: thousands of shoppers look within seconds, behind a cache that does what the headers say. What reaches the app, how soon a
// piece that sold out is seen to be, and what happens while the app's database is busy with the sales.
import { quantile, rounded } from './bench-size.ts'
import { openDropHouse, VARIANTS } from './drop-house.ts'
import type { Benchmark } from './run.ts'
import { openStateCache } from './state-cache.ts'

const SHOPPERS = 20_000
const OPENING_SECONDS = 8
const SECONDS = 30
/** As the storefront's script polls: every 15 s, spread by up to a third. */
const POLL_MS = 15_000
/** A sale every half second, until nothing is left. */
const SALE_EVERY_MS = 500

export const benchmark: Benchmark = {
  says: `${SHOPPERS} shoppers look within ${OPENING_SECONDS} s and go on for ${SECONDS} s behind a cache, while 20 pieces sell out`,
  async run(progress) {
    await using bench = await openDropHouse(progress)
    const cache = openStateCache((init) => fetch(`${bench.house.appUrl}${bench.signedPath()}`, init))
    const hero = String(VARIANTS[0])
    const started = performance.now()
    const endsAt = started + SECONDS * 1000
    let looks = 0
    let failed = 0
    let soldOutAt = 0
    const seen: number[] = []

    const sales = (async () => {
      for (let left = 19; left >= 0; left--) {
        await new Promise((resolve) => setTimeout(resolve, SALE_EVERY_MS))
        await bench.sellDownTo(left)
      }
      soldOutAt = performance.now()
    })()

    progress('the drop opens')
    const look = async (hasSeen: boolean): Promise<boolean> => {
      looks += 1
      const answer = await cache.get()
      if (answer.status !== 200) {
        failed += 1
        return hasSeen
      }
      const gone = answer.body.includes(`{"v":"${hero}","k":"gone"`)
      if (gone && !hasSeen && soldOutAt > 0) seen.push(performance.now() - soldOutAt)
      return hasSeen || gone
    }
    // One that looks every second tells how old what the cache gives away is.
    const watcher = (async () => {
      let has = false
      while (performance.now() < endsAt && !has) {
        has = await look(has)
        await new Promise((resolve) => setTimeout(resolve, 1_000))
      }
    })()
    await Promise.all([
      ...Array.from({ length: SHOPPERS }, async () => {
        let at = started + Math.random() * OPENING_SECONDS * 1000
        let has = false
        while (at < endsAt) {
          const wait = at - performance.now()
          if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
          has = await look(has)
          at += POLL_MS * (1 + Math.random() / 3)
        }
      }),
      watcher,
      sales,
    ])
    const perSecond = cache.originPerSecond()
    return {
      sizes: { shoppers: SHOPPERS, openingSeconds: OPENING_SECONDS, seconds: SECONDS, pollMs: POLL_MS },
      figures: {
        originPerSecond: Math.max(...perSecond),
        originMeanPerSecond: rounded(perSecond.reduce((sum, count) => sum + count, 0) / SECONDS, 2),
        errors: failed + cache.errors(),
        looks,
        notModified: cache.notModified(),
        soldOutFirstSeenMs: Math.round(Math.min(...seen)),
        soldOutSeenP95Ms: Math.round(quantile(seen, 0.95)),
      },
    }
  },
}
