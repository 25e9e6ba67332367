// A shop's context for use cases about creators: real database and queue, a clock that the test moves, mail and Shopify that record.
import { ManualClock } from '#app/adapters/clock/clock.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { OutgoingMail, SendResult } from '#app/adapters/email/mailer.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import type { AdminResult } from '#app/adapters/shopify/admin-api.ts'
import { log } from '#app/config/logger.ts'
import type { ShopContext } from '#app/features/context.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'

export interface PartnerTestContext extends ShopContext, AsyncDisposable {
  clock: ManualClock
  outbox: OutgoingMail[]
  /** Next answers of the mail server; it takes everything when there are none. */
  mailAnswers: SendResult[]
  /** Next answers of Shopify, in order. */
  shopifyAnswers: Array<AdminResult<unknown>>
  shopifyRequests: unknown[]
  /** Of the server's administrator, whom no guard binds. */
  adminUrl: string
  /** The same services for another shop of the same database. */
  forShop(shop: Shop): ShopContext
}

export async function createPartnerContext(now = '2026-05-04T15:00:00Z'): Promise<PartnerTestContext> {
  const database = await createTestDatabase()
  const errors: unknown[] = []
  const queue = await openJobQueue(database.db.pool, {
    databaseUrl: database.url,
    worker: false,
    onError: (error) => errors.push(error),
  })
  const shop = await createShop(database.db)
  const outbox: OutgoingMail[] = []
  const mailAnswers: SendResult[] = []
  const shopifyAnswers: Array<AdminResult<unknown>> = []
  const shopifyRequests: unknown[] = []
  const services = {
    db: database.db,
    queue,
    clock: new ManualClock(now),
    log,
    appUrl: 'https://filigree.example',
    linkSecret: 'a-secret-of-at-least-thirty-two-characters',
    mailer: {
      async send(mail: OutgoingMail): Promise<SendResult> {
        const answer = mailAnswers.shift() ?? { ok: true, messageId: mail.messageId ?? '<1@mail.example>' }
        if (answer.ok) outbox.push(mail)
        return answer
      },
      async close() {},
    },
    shopify: {
      shopDomain: shop.domain,
      async request<Data>(_document: unknown, variables: unknown): Promise<AdminResult<Data>> {
        shopifyRequests.push(variables)
        const answer = shopifyAnswers.shift()
        if (!answer) throw new Error('Shopify was asked without an answer prepared')
        return answer as AdminResult<Data>
      },
    },
  }
  return {
    ...services,
    shop,
    outbox,
    mailAnswers,
    shopifyAnswers,
    shopifyRequests,
    adminUrl: database.adminUrl,
    forShop: (other) => ({ ...services, shop: other }),
    async [Symbol.asyncDispose]() {
      await queue.stop()
      await database[Symbol.asyncDispose]()
      if (errors.length > 0) throw errors[0]
    },
  }
}
