// What a use case is given. Built once a request or job; nothing below reaches for globals.
import type { Clock } from '../adapters/clock/clock.ts'
import type { Database } from '../adapters/db/database.ts'
import type { Shop } from '../adapters/db/generated/client.ts'
import type { Mailer } from '../adapters/email/mailer.ts'
import type { JobQueue } from '../adapters/queue/job-queue.ts'
import type { AdminApi } from '../adapters/shopify/admin-api.ts'
import type { Log } from '../config/logger.ts'

export interface ServiceContext {
  db: Database
  queue: JobQueue
  mailer: Mailer
  clock: Clock
  log: Log
  /** Origin of the app, for links in mails. */
  appUrl: string
  linkSecret: string
}

export interface ShopContext extends ServiceContext {
  shop: Shop
  shopify: AdminApi
}
