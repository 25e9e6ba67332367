// What the web process gives its routes, on a test's database: so that a route's loader and action can be called with a Request.
import { randomBytes } from 'node:crypto'
import { ManualClock } from '#app/adapters/clock/clock.ts'
import type { Database } from '#app/adapters/db/database.ts'
import type { OutgoingMail, SendResult } from '#app/adapters/email/mailer.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import { openShopify } from '#app/adapters/shopify/shopify.server.ts'
import { parseEnvironment } from '#app/config/environment.ts'
import type { Log } from '#app/config/logger.ts'
import { openReceiptWriter } from '#app/features/webhooks/receipt-writer.server.ts'
import { provideWebServices } from '#app/routes/web-services.server.ts'
import { createTestDatabase } from './test-database.ts'

export const WEB_API_KEY = 'filigree-test-key'
export const WEB_API_SECRET = 'a secret of the app under test'
export const LINK_SECRET = 'a-secret-of-at-least-thirty-two-characters'

export interface WebInProcess extends AsyncDisposable {
  db: Database
  clock: ManualClock
  /** A JSON line each. */
  logged: string[]
  outbox: OutgoingMail[]
}

/** One at a time in a process: routes find it in a process-wide place. `sandboxUrl`: for routes that speak to Shopify. */
export async function openWebInProcess(
  options: { sandboxUrl?: string; now?: string } = {},
): Promise<WebInProcess> {
  const database = await createTestDatabase()
  const logged: string[] = []
  const write = (facts: unknown, message?: string) => {
    const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
    logged.push(JSON.stringify({ facts, message }, plain))
  }
  const log = { info: write, warn: write, error: write, debug: write } as Log
  const parsed = parseEnvironment({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    SHOPIFY_API_KEY: WEB_API_KEY,
    SHOPIFY_API_SECRET: WEB_API_SECRET,
    SHOPIFY_APP_URL: 'https://filigree.example',
    SCOPES: 'read_orders,read_products',
    TOKEN_KEYS: `test:${randomBytes(32).toString('base64')}`,
    LINK_SECRET,
    SMTP_URL: 'smtp://127.0.0.1:25',
    MAIL_FROM: 'Filigree <statements@filigree.example>',
    SANDBOX_URL: options.sandboxUrl,
  })
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  const { environment } = parsed
  const queue = await openJobQueue(database.db.pool, {
    databaseUrl: database.url,
    worker: false,
    onError: (error) => log.error({ error }, 'queue'),
  })
  const clock = new ManualClock(options.now ?? '2026-05-04T15:00:00Z')
  const outbox: OutgoingMail[] = []
  const shopify = await openShopify(database.db, {
    ...environment.shopify,
    tokenKeys: environment.tokenKeys,
    sandboxUrl: environment.sandboxUrl,
    warn: (message) => log.warn({}, message),
  })
  const receipts = openReceiptWriter(database.db, queue, log)
  const mailer = {
    async send(mail: OutgoingMail): Promise<SendResult> {
      outbox.push(mail)
      return { ok: true, messageId: mail.messageId ?? '<test@filigree.example>' }
    },
    async close() {},
  }
  provideWebServices({
    services: {
      db: database.db,
      queue,
      mailer,
      clock,
      log,
      appUrl: environment.shopify.appUrl,
      linkSecret: LINK_SECRET,
      async close() {},
    },
    shopify,
    receipts,
    environment,
    migrations: [],
    isStopping: () => false,
  })
  return {
    db: database.db,
    clock,
    logged,
    outbox,
    async [Symbol.asyncDispose]() {
      await receipts.close()
      await queue.stop()
      await database[Symbol.asyncDispose]()
    },
  }
}
