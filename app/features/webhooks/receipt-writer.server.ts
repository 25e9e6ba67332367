// Writes receipts durably and fast: what arrives while a transaction runs goes into the next one together, each shop for itself.
// A caller is answered only when its receipt is committed, with the job that will work it off.

import type { Database } from '../../adapters/db/database.ts'
import type { JobQueue } from '../../adapters/queue/job-queue.ts'
import type { Log } from '../../config/logger.ts'
import type { CheckedDelivery } from './check-delivery.ts'
import type { ReceiptFacts } from './receipt-facts.ts'
import { mattersAfterUninstall } from './webhook-topics.ts'

export interface NewReceipt extends CheckedDelivery, ReceiptFacts {
  receivedAt: Date
}

export type WriteOutcome = 'stored' | 'duplicate' | 'shop_unknown' | 'shop_uninstalled'

export interface ReceiptWriter {
  /** Errors: throws when the receipt could not be made durable; Shopify will deliver again. */
  write(receipt: NewReceipt): Promise<WriteOutcome>
  /** Waits for what is under way. */
  close(): Promise<void>
}

interface Waiting {
  receipt: NewReceipt
  settle(outcome: WriteOutcome): void
  fail(error: unknown): void
}

const MOST_TOGETHER = 200
const NUDGE_AFTER_MS = 100

export function openReceiptWriter(db: Database, queue: JobQueue, log: Log): ReceiptWriter {
  const waiting = new Map<string, Waiting[]>()
  const running = new Map<string, Promise<void>>()
  const shopIds = new Map<string, number>()
  const nudges = new Map<number, NodeJS.Timeout>()

  // A waiting job may be taken between our no-op enqueue and our commit, and then miss our receipts: ask once more afterwards.
  function nudge(shopId: number): void {
    if (nudges.has(shopId)) return
    const send = () => {
      nudges.delete(shopId)
      queue
        .enqueueNow('drain-receipts', { shopId })
        .catch((error) => log.error({ error, shopId }, 'nudge failed'))
    }
    nudges.set(shopId, setTimeout(send, NUDGE_AFTER_MS))
  }

  async function runShop(domain: string): Promise<void> {
    for (;;) {
      const batch = waiting.get(domain)?.splice(0, MOST_TOGETHER) ?? []
      if (batch.length === 0) break
      try {
        const outcomes = await writeTogether(
          domain,
          batch.map(({ receipt }) => receipt),
        )
        for (const [index, { settle }] of batch.entries()) settle(outcomes[index] ?? 'duplicate')
      } catch (error) {
        for (const { fail } of batch) fail(error)
      }
    }
    waiting.delete(domain)
    running.delete(domain)
  }

  async function writeTogether(domain: string, receipts: NewReceipt[]): Promise<WriteOutcome[]> {
    const client = await connect(db)
    let broken: Error | undefined
    try {
      const shop = await openShop(client, domain, shopIds)
      const outcomes = receipts.map((receipt): WriteOutcome | null => {
        if (!shop) return 'shop_unknown'
        return shop.uninstalled && !mattersAfterUninstall(receipt.topic) ? 'shop_uninstalled' : null
      })
      const wanted = receipts.filter((_, index) => outcomes[index] === null)
      const stored =
        shop && wanted.length > 0 ? await insertReceipts(client, shop.id, wanted) : new Set<string>()
      if (shop && stored.size > 0) await queue.enqueueOn(client, 'drain-receipts', { shopId: shop.id })
      await client.query('commit')
      if (shop && stored.size > 0) nudge(shop.id)
      return outcomes.map((outcome, index) => {
        const receipt = receipts[index]
        // The same event twice in one batch: the first is the one that was stored.
        return outcome ?? (receipt && stored.delete(keyOf(receipt)) ? 'stored' : 'duplicate')
      })
    } catch (error) {
      broken = error as Error
      await client.query('rollback').catch(() => {})
      throw error
    } finally {
      client.release(broken)
    }
  }

  return {
    write: (receipt) =>
      new Promise((settle, fail) => {
        const domain = receipt.shopDomain
        const line = waiting.get(domain) ?? []
        line.push({ receipt, settle, fail })
        waiting.set(domain, line)
        if (!running.has(domain)) running.set(domain, runShop(domain))
      }),
    async close() {
      await Promise.all(running.values())
      for (const [shopId, timer] of nudges) {
        clearTimeout(timer)
        await queue.enqueueNow('drain-receipts', { shopId }).catch(() => {})
      }
      nudges.clear()
    },
  }
}

function connect(db: Database) {
  return db.pool.connect()
}

type PoolClient = Awaited<ReturnType<typeof connect>>

/** Opens the transaction and binds it. The domain has been checked against its pattern: it cannot break out of the literal. */
async function openShop(
  client: PoolClient,
  domain: string,
  shopIds: Map<string, number>,
): Promise<{ id: number; uninstalled: boolean } | null> {
  const known = shopIds.get(domain)
  const found =
    known === undefined ? undefined : await bindAndRead(client, `'app.shop_id', '${known}'`, `id = ${known}`)
  if (found) return found
  if (known !== undefined) {
    shopIds.delete(domain)
    await client.query('rollback')
  }
  const shop = await bindAndRead(client, `'app.shop_domain', '${domain}'`, `domain = '${domain}'`)
  if (!shop) return null
  shopIds.set(domain, shop.id)
  await client.query(`select set_config('app.shop_id', '${shop.id}', true)`)
  return shop
}

/** Three statements in one round trip. */
async function bindAndRead(
  client: PoolClient,
  setting: string,
  condition: string,
): Promise<{ id: number; uninstalled: boolean } | undefined> {
  const results: unknown = await client.query(
    `begin; select set_config(${setting}, true); select id, uninstalled_at is not null as uninstalled from shop where ${condition}`,
  )
  const rows = (results as Array<{ rows: Array<{ id: number; uninstalled: boolean }> }>)[2]?.rows
  return rows?.[0]
}

async function insertReceipts(
  client: PoolClient,
  shopId: number,
  receipts: NewReceipt[],
): Promise<Set<string>> {
  const result = await client.query<{ event_id: string; topic: string }>({
    name: 'insert-webhook-receipts',
    text: `insert into webhook_receipt (shop_id, topic, event_id, webhook_id, api_version, triggered_at, received_at, resource_id, facts)
           select $1::int, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::bigint[], $9::jsonb[])
           on conflict (shop_id, event_id, topic) do nothing returning event_id, topic`,
    values: [
      shopId,
      receipts.map(({ topic }) => topic),
      receipts.map(({ eventId }) => eventId),
      receipts.map(({ webhookId }) => webhookId),
      receipts.map(({ apiVersion }) => apiVersion),
      receipts.map(({ triggeredAt }) => triggeredAt),
      receipts.map(({ receivedAt }) => receivedAt),
      receipts.map(({ resourceId }) => resourceId?.toString() ?? null),
      receipts.map(({ facts }) => JSON.stringify(facts)),
    ],
  })
  return new Set(result.rows.map((row) => keyOf({ eventId: row.event_id, topic: row.topic })))
}

function keyOf({ eventId, topic }: { eventId: string; topic: string }): string {
  return `${topic} ${eventId}`
}
