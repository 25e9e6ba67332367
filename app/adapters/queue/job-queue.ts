// Jobs on Postgres: asked for inside our own transactions, so that a change and its follow-up work stand or fall together.
import type pg from 'pg'
import { fromPrisma, type Job, PgBoss } from 'pg-boss'
import type { ShopTransaction } from '../db/database.ts'
import { type JobName, type JobPayloads, jobNames, jobQueues } from './job-contracts.ts'
import { QUEUE_SCHEMA } from './prepare-queue-tables.ts'

export interface EnqueueOptions {
  startAfterSeconds?: number
}

export type JobHandler<Name extends JobName> = (
  payload: JobPayloads[Name],
  job: { id: string; attempt: number },
) => Promise<void>
export type JobHandlers = { [Name in JobName]: JobHandler<Name> }

export interface JobQueue {
  /** Asks for a job in the transaction; a waiting job of the same key makes it a no-op. */
  enqueue<Name extends JobName>(
    tx: ShopTransaction,
    name: Name,
    payload: JobPayloads[Name],
    options?: EnqueueOptions,
  ): Promise<void>
  /** The same for many payloads in one statement. */
  enqueueMany<Name extends JobName>(
    tx: ShopTransaction,
    name: Name,
    payloads: ReadonlyArray<JobPayloads[Name]>,
  ): Promise<void>
  /** The same on a plain connection of the pool that has its own transaction open: for hot paths. */
  enqueueOn<Name extends JobName>(
    client: pg.ClientBase,
    name: Name,
    payload: JobPayloads[Name],
  ): Promise<void>
  /** The same in a transaction of its own. */
  enqueueNow<Name extends JobName>(name: Name, payload: JobPayloads[Name]): Promise<void>
  /** Which of these jobs wait, for their first or another try: keys as `keyOf` makes them, by name. */
  waiting(names: JobName[]): Promise<Map<JobName, Set<string>>>
  /** Of these jobs the ones that wait or that a worker has taken: keys as for `waiting`. */
  living(name: JobName): Promise<Set<string>>
  /** Starts working; each handler runs one job at a time in this process. */
  work(handlers: JobHandlers, onFailure: (name: JobName, error: unknown) => void): Promise<void>
  /** Jobs that wait or run, by name: zero everywhere means that all asked-for work is done. */
  pending(): Promise<Record<string, number>>
  stop(): Promise<void>
}

export interface JobQueueOptions {
  databaseUrl: string
  pollingSeconds?: number
  onError: (error: unknown) => void
}

/** How often a worker looks whether another one has fallen silent. */
const LISTEN_EVERY_SECONDS = 10

/** Connects to the queue. Only a process that calls `work` supervises it (expiry, clean-up). */
export async function openJobQueue(
  pool: pg.Pool,
  options: JobQueueOptions & { worker: boolean },
): Promise<JobQueue> {
  const boss = new PgBoss({
    connectionString: options.databaseUrl,
    schema: QUEUE_SCHEMA,
    createSchema: false,
    migrate: false,
    schedule: false,
    supervise: options.worker,
    superviseIntervalSeconds: LISTEN_EVERY_SECONDS,
    monitorIntervalSeconds: LISTEN_EVERY_SECONDS,
    max: options.worker ? 6 : 2,
  })
  boss.on('error', options.onError)
  await boss.start()

  const send = <Name extends JobName>(
    db: { executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> } | undefined,
    name: Name,
    payload: JobPayloads[Name],
    extra: EnqueueOptions = {},
  ) =>
    boss.send(name, payload, {
      singletonKey: jobQueues[name].keyOf(payload),
      ...(extra.startAfterSeconds ? { startAfter: extra.startAfterSeconds } : {}),
      ...(db ? { db: db as never } : {}),
    })

  const jobsIn = async (states: string[], names: JobName[]) =>
    (
      await pool.query<{ name: JobName; key: string }>(
        `select name, singleton_key as key from ${QUEUE_SCHEMA}.job where state = any($1::${QUEUE_SCHEMA}.job_state[]) and name = any($2::text[])`,
        [states, names],
      )
    ).rows

  return {
    async enqueue(tx, name, payload, extra) {
      await send(fromPrisma(tx) as never, name, payload, extra)
    },
    async enqueueMany(tx, name, payloads) {
      if (payloads.length === 0) return
      const jobs = payloads.map((payload) => ({
        data: payload,
        singletonKey: jobQueues[name].keyOf(payload),
      }))
      await boss.insert(name, jobs, { db: fromPrisma(tx) as never })
    },
    async enqueueOn(client, name, payload) {
      const db = {
        executeSql: async (text: string, values?: unknown[]) => ({
          rows: (await client.query(text, values)).rows as unknown[],
        }),
      }
      await send(db, name, payload)
    },
    async enqueueNow(name, payload) {
      await send(undefined, name, payload)
    },
    async waiting(names) {
      const keys = new Map(names.map((name) => [name, new Set<string>()]))
      for (const { name, key } of await jobsIn(['created', 'retry'], names)) keys.get(name)?.add(key)
      return keys
    },
    async living(name) {
      const jobs = await jobsIn(['created', 'retry', 'active'], [name])
      return new Set(jobs.map(({ key }) => key))
    },
    async work(handlers, onFailure) {
      for (const name of jobNames) {
        await boss.work(
          name,
          {
            pollingIntervalSeconds: options.pollingSeconds ?? 0.5,
            batchSize: 1,
            includeMetadata: true,
            localConcurrency: jobQueues[name].concurrency ?? 1,
          },
          async (jobs: Array<Job & { retryCount?: number }>) => {
            for (const job of jobs) {
              const handle = handlers[name] as (
                payload: unknown,
                job: { id: string; attempt: number },
              ) => Promise<void>
              try {
                await handle(job.data, { id: job.id, attempt: (job.retryCount ?? 0) + 1 })
              } catch (error) {
                onFailure(name, error)
                throw error
              }
            }
          },
        )
      }
    },
    async pending() {
      const result = await pool.query<{ name: string; jobs: string }>(
        `select name, count(*) as jobs from ${QUEUE_SCHEMA}.job where state in ('created', 'retry', 'active') group by name`,
      )
      return Object.fromEntries(result.rows.map((row) => [row.name, Number(row.jobs)]))
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
  }
}
