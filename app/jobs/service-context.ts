// Builds what every use case is given, from the environment, once a process.

import { type Clock, systemClock } from '../adapters/clock/clock.ts'
import { followSandboxClock } from '../adapters/clock/sandbox-clock.ts'
import { assertBoundRole, createDatabase } from '../adapters/db/database.ts'
import { createMailer } from '../adapters/email/mailer.ts'
import { openJobQueue } from '../adapters/queue/job-queue.ts'
import type { Environment } from '../config/environment.ts'
import { log } from '../config/logger.ts'
import type { ServiceContext } from '../features/context.ts'

export interface Services extends ServiceContext {
  close(): Promise<void>
}

/** Opens database, queue, mailer and clock. Errors: a role that row-level security does not bind is refused. */
export async function openServices(
  environment: Environment,
  options: { worker: boolean },
): Promise<Services> {
  const db = createDatabase(environment.databaseUrl, { maxConnections: options.worker ? 8 : 12 })
  await assertBoundRole(db.pool)
  const queue = await openJobQueue(db.pool, {
    databaseUrl: environment.databaseUrl,
    worker: options.worker,
    pollingSeconds: environment.workerPollSeconds,
    onError: (error) => log.error({ error }, 'job queue'),
  })
  const mailer = createMailer({ smtpUrl: environment.smtpUrl, from: environment.mailFrom })
  const sandboxClock = environment.sandboxUrl ? followSandboxClock(environment.sandboxUrl) : undefined
  await sandboxClock?.refresh()
  const clock: Clock = sandboxClock ?? systemClock
  return {
    db,
    queue,
    mailer,
    clock,
    log,
    appUrl: environment.shopify.appUrl,
    linkSecret: environment.linkSecret,
    async close() {
      sandboxClock?.stop()
      await queue.stop()
      await mailer.close()
      await db.close()
    },
  }
}
