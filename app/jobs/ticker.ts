// Asks "what is due at clock.now()?" and hands it to the queue. Any number of workers may tick: a waiting job is not asked for twice.
import type { JobName } from '../adapters/queue/job-contracts.ts'
import type { ServiceContext } from '../features/context.ts'

/** Kinds of work that the calendar (table due_date) knows, each the name of its job. All of them are about one shop. */
const calendarJobs = [
  'mature-holds',
  'settle-awards',
  'close-periods',
  'statement-timers',
  'reconcile-orders',
  'verify-ledger',
  'refresh-catalogue',
  'resume-tasks',
  'watch-drops',
  'offer-restocks',
] as const satisfies JobName[]

type CalendarJob = (typeof calendarJobs)[number]

const AT_MOST = 500

/** One look at the calendar. Returns how many pieces of work were found. */
export async function tick(context: Pick<ServiceContext, 'db' | 'queue' | 'clock' | 'log'>): Promise<number> {
  const due = await context.db.workDue(context.clock.now(), AT_MOST)
  if (due.length === 0) return 0
  // A job that failed waits for its next try. The queue itself would take another one beside it, at every tick again.
  const waiting = await context.queue.waiting([...calendarJobs])
  for (const { shopId, kind } of due) {
    if (!isCalendarJob(kind)) {
      context.log.error({ shopId, kind }, 'the calendar names work that no job does')
      continue
    }
    if (waiting.get(kind)?.has(String(shopId))) continue
    await context.queue.enqueueNow(kind, { shopId })
  }
  return due.length
}

function isCalendarJob(kind: string): kind is CalendarJob {
  return calendarJobs.some((known) => known === kind)
}

/** Ticks until stopped. A tick that fails is logged and the next one tries again. */
export function startTicker(
  context: Pick<ServiceContext, 'db' | 'queue' | 'clock' | 'log'>,
  everyMs: number,
): { stop(): Promise<void> } {
  let stopped = false
  let wake: () => void = () => {}
  const loop = (async () => {
    while (!stopped) {
      try {
        await tick(context)
      } catch (error) {
        context.log.error({ error }, 'tick failed')
      }
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, everyMs).unref()
      })
    }
  })()
  return {
    async stop() {
      stopped = true
      wake()
      await loop
    },
  }
}
