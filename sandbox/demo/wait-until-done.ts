// Waits until the app has done all that it was asked for: nothing undelivered, nothing due, no act of a drop, no job waiting or running.
// Looks at the queue, the calendar and timelines only, and changes nothing.
import pg from 'pg'
import type { ControlClient } from './control-client.ts'

export interface WorkWatch {
  /** Delivers what is still under way and waits for the app. Errors: throws naming what is left when it takes too long. */
  untilDone(timeoutMs?: number): Promise<void>
  close(): Promise<void>
}

const ASK_AGAIN_MS = 60
const AN_HOUR_MS = 3_600_000

export async function watchWork(databaseUrl: string, control: ControlClient): Promise<WorkWatch> {
  const client = new pg.Client({ connectionString: databaseUrl })
  // A server that stops ends the connection; whoever asks next is told.
  client.on('error', () => {})
  await client.connect()

  /** Names of the work that is left. Due dates are asked for with the jobs, in one snapshot: one turns into the other. */
  async function left(): Promise<string[]> {
    const { now } = await control.get<{ now: string }>('/control/clock')
    const { rows } = await client.query<{ name: string }>(
      `select 'due: ' || kind as name from work_due($1, 100)
       union all
       select 'act: ' || drop_id from acts_due($1, 100)
       union all
       select 'job: ' || name from pgboss.job
        where state = 'active' or (state in ('created', 'retry') and start_after < now() + $2 * interval '1 ms')`,
      [new Date(now), AN_HOUR_MS],
    )
    return rows.map((row) => row.name)
  }

  return {
    async untilDone(timeoutMs = 60_000) {
      await control.call('/control/webhooks/flush')
      const until = Date.now() + timeoutMs
      for (;;) {
        const names = await left()
        if (names.length === 0) return
        if (Date.now() > until) {
          throw new Error(
            `The app did not finish within ${timeoutMs / 1000} s. Left: ${[...new Set(names)].join(', ')}`,
          )
        }
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
      }
    },
    close: () => client.end(),
  }
}
