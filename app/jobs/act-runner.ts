// Runs acts of drops on the second. Every worker process looks at the table; whoever gets a drop's lease does the work. Acts that are due
// within moments get a timer of their own; the look at the table finds whatever a moved clock, a press or a stop left over.
import { setTimeout as sleep } from 'node:timers/promises'
import { actsDue, type DueAct } from '../adapters/db/act-store.ts'
import {
  type DropLease,
  LeaseLost,
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
/** Well within what a lease lasts. */
const RENEW_MS = 4_000

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
  const ended = new AbortController()

  function run(shopId: number, dropId: string): Promise<void> {
    const known = running.get(dropId)
    if (known) return known
    const work = runDrop(services, owner, shopId, dropId)
      .catch((error: unknown) => {
        if (error instanceof LeaseLost) log.warn({ dropId, error }, 'another runner took the drop over')
        else log.error({ dropId, error }, 'acts of a drop could not be run')
      })
      .finally(() => running.delete(dropId))
    running.set(dropId, work)
    return work
  }

  function plan({ shopId, dropId, runsAt }: DueAct): void {
    const at = runsAt.getTime()
    const set = timers.get(dropId)
    if (set && set.at <= at) return
    clearTimeout(set?.timer)
    const fire = () => {
      timers.delete(dropId)
      if (!ended.signal.aborted) void run(shopId, dropId)
    }
    timers.set(dropId, { at, timer: setTimeout(fire, Math.max(0, at - clock.now().getTime())) })
  }

  async function look(): Promise<void> {
    const now = clock.now()
    const due = await actsDue(db, new Date(now.getTime() + LOOK_AHEAD_MS), AT_MOST)
    const begun = due.map((act) => {
      if (act.runsAt <= now) return run(act.shopId, act.dropId)
      return plan(act)
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

async function runDrop(services: JobServices, owner: string, shopId: number, dropId: string): Promise<void> {
  const lease = await takeDropLease(services.db, shopId, dropId, owner)
  if (!lease) return
  const beat = setInterval(() => void keep(services, lease), RENEW_MS)
  try {
    const context = await loadShopContext(services, shopId)
    if (context) await runDueOfDrop(context, lease)
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
