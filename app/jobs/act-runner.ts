// Runs acts of drops on the second. Every worker process looks at the table; whoever gets a drop's lease does the work. Acts that are due
// within moments get a timer of their own; the look at the table finds whatever a moved clock, a press or a stop left over.
import { setTimeout as sleep } from 'node:timers/promises'
import { actsDue } from '../adapters/db/act-store.ts'
import {
  type DropLease,
  LEASE_SECONDS,
  LeaseLost,
  leaseEndsIn,
  releaseDropLease,
  renewDropLease,
  takeDropLease,
} from '../adapters/db/drop-lease.ts'
import { runDueOfDrop } from '../features/drops/run-act.server.ts'
import { type JobServices, loadShopContext } from './shop-context.ts'

export interface ActRunnerOptions {
  /** Names this process in leases and receipts. */
  owner: string
  pollMs: number
}

/** Acts that are due so soon get a timer. */
const LOOK_AHEAD_MS = 4_000
const AT_MOST = 200
/** Well within what a lease lasts: a single word that comes late loses nothing. */
const RENEW_MS = (LEASE_SECONDS * 1_000) / 4
/** After trouble that no act accounts for, a drop is left alone for so long. */
const REST_MS = 5_000

export interface ActRunner {
  /** Looks at the table now; resolves when what was due then is done. */
  look(): Promise<void>
  /** Running acts end first. */
  stop(): Promise<void>
}

export function startActRunner(services: JobServices, { owner, pollMs }: ActRunnerOptions): ActRunner {
  const { db, clock, log } = services
  const running = new Map<string, Promise<void>>()
  const timers = new Map<string, { at: number; timer: NodeJS.Timeout }>()
  /** Drops that are left alone until then, by the machine's clock. */
  const resting = new Map<string, number>()
  const ended = new AbortController()

  function run(shopId: number, dropId: string): Promise<void> {
    const known = running.get(dropId)
    if (known) return known
    if (performance.now() < (resting.get(dropId) ?? 0)) return Promise.resolve()
    resting.delete(dropId)
    const work = runDrop(services, owner, shopId, dropId)
      .then((outcome) => {
        // Whoever has it may be dead: it is looked at again as soon as that is known.
        if (outcome.freeInMs !== null) lookIn(shopId, dropId, outcome.freeInMs)
      })
      .catch((error: unknown) => {
        if (error instanceof LeaseLost) log.warn({ dropId, error }, 'another runner took the drop over')
        else {
          resting.set(dropId, performance.now() + REST_MS)
          log.error({ dropId, error }, 'acts of a drop could not be run')
        }
      })
      .finally(() => running.delete(dropId))
    running.set(dropId, work)
    return work
  }

  function lookIn(shopId: number, dropId: string, ms: number): void {
    const at = performance.now() + ms
    const set = timers.get(dropId)
    if (ended.signal.aborted || (set && set.at <= at)) return
    clearTimeout(set?.timer)
    const fire = () => {
      timers.delete(dropId)
      if (!ended.signal.aborted) void run(shopId, dropId)
    }
    timers.set(dropId, { at, timer: setTimeout(fire, Math.max(0, ms)) })
  }

  async function look(): Promise<void> {
    const now = clock.now()
    const due = await actsDue(db, new Date(now.getTime() + LOOK_AHEAD_MS), AT_MOST)
    const begun = due.map((act) => {
      if (act.runsAt <= now) return run(act.shopId, act.dropId)
      return lookIn(act.shopId, act.dropId, act.runsAt.getTime() - now.getTime())
    })
    await Promise.all(begun)
  }

  const loop = (async () => {
    while (!ended.signal.aborted) {
      // Not awaited to its end: a drop that takes long keeps no other waiting.
      look().catch((error: unknown) => log.error({ error }, 'the table of acts could not be read'))
      await sleep(pollMs, undefined, { signal: ended.signal, ref: false }).catch(() => {})
    }
  })()

  return {
    look,
    async stop() {
      ended.abort()
      for (const { timer } of timers.values()) clearTimeout(timer)
      await loop
      await Promise.all(running.values())
    },
  }
}

/** `freeInMs`: another runner has the drop, and unless it gives word it has it for so long. */
async function runDrop(
  services: JobServices,
  owner: string,
  shopId: number,
  dropId: string,
): Promise<{ freeInMs: number | null }> {
  const lease = await takeDropLease(services.db, shopId, dropId, owner)
  if (!lease) return { freeInMs: await leaseEndsIn(services.db, shopId, dropId) }
  const beat = setInterval(() => void keep(services, lease), RENEW_MS)
  try {
    const context = await loadShopContext(services, shopId)
    if (context) await runDueOfDrop(context, lease)
    return { freeInMs: null }
  } finally {
    clearInterval(beat)
    await releaseDropLease(services.db, lease)
  }
}

async function keep({ db, log }: JobServices, lease: DropLease): Promise<void> {
  // One that was lost is noticed by the next write.
  await renewDropLease(db, lease).catch((error: unknown) =>
    log.warn({ error }, 'a lease could not be renewed'),
  )
}
