// The queue's tables are made with the migrations, by the owner: the runtime role may use them and not change them.
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { APP_ROLE, OWNER_ROLE } from '../db/provision.ts'
import { jobNames, jobQueues } from './job-contracts.ts'

export const QUEUE_SCHEMA = 'pgboss'

/** After a long outage work goes on soon, however often it was tried meanwhile. */
const LONGEST_PAUSE_SECONDS = 600
/** A job whose worker was killed is given to another one after this silence, instead of when its time is over. Workers speak twice as often. */
const HEARTBEAT_SECONDS = 30

export async function prepareQueueTables(adminUrl: string): Promise<void> {
  await runAsOwner(adminUrl, `create schema if not exists ${QUEUE_SCHEMA}`)
  const boss = new PgBoss({
    connectionString: adminUrl,
    options: `-c role=${OWNER_ROLE}`,
    schema: QUEUE_SCHEMA,
    createSchema: false,
    supervise: false,
    schedule: false,
    max: 2,
  })
  const errors: unknown[] = []
  boss.on('error', (error) => errors.push(error))
  await boss.start()
  for (const name of jobNames) {
    const { retryLimit, retryDelaySeconds, expireInSeconds } = jobQueues[name]
    const manners = {
      retryLimit,
      retryDelay: retryDelaySeconds,
      retryBackoff: true,
      retryDelayMax: LONGEST_PAUSE_SECONDS,
      expireInSeconds,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      retentionSeconds: 14 * 86_400,
      deleteAfterSeconds: 2 * 86_400,
    }
    await boss.createQueue(name, { policy: 'short', ...manners })
    await boss.updateQueue(name, manners)
  }
  await boss.stop({ graceful: false })
  if (errors.length > 0) throw errors[0]
  await runAsOwner(
    adminUrl,
    `grant usage on schema ${QUEUE_SCHEMA} to ${APP_ROLE};
     grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${APP_ROLE};
     grant usage, select on all sequences in schema ${QUEUE_SCHEMA} to ${APP_ROLE};
     grant execute on all functions in schema ${QUEUE_SCHEMA} to ${APP_ROLE}`,
  )
}

async function runAsOwner(adminUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, options: `-c role=${OWNER_ROLE}` })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
