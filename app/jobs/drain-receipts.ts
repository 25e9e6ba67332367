// Works off a shop's webhook receipts in groups, one writer a shop. The webhook only wakes: what happened is asked of Shopify.

import { setDueDate } from '../adapters/db/calendar.ts'
import type { ShopTransaction } from '../adapters/db/database.ts'
import type { WebhookReceipt } from '../adapters/db/generated/client.ts'
import { fetchDispute } from '../adapters/shopify/fetch-dispute.ts'
import type { ShopContext } from '../features/context.ts'
import { recordScopes } from '../features/installation/record-scopes.server.ts'
import { recordUninstallation } from '../features/installation/record-uninstallation.server.ts'
import { recordDispute } from '../features/ledger/record-dispute.server.ts'
import { recordOrders } from '../features/ledger/record-orders.server.ts'
import { answerDataRequest } from '../features/privacy/answer-data-request.server.ts'
import { redactCustomer } from '../features/privacy/redact-customer.server.ts'
import { redactShop } from '../features/privacy/redact-shop.server.ts'
import { endForRefusal, TryAgainLater } from './retry-policy.ts'
import { type JobServices, loadShopContext } from './shop-context.ts'

const GROUP = 150
/** A receipt that fails this often is left alone: its order is found by reconciling, and the failure is logged. */
const ATTEMPTS = 8

const ORDER_TOPICS = new Set([
  'orders/create',
  'orders/paid',
  'orders/edited',
  'orders/cancelled',
  'refunds/create',
  'returns/process',
])
const DISPUTE_TOPICS = new Set(['disputes/create', 'disputes/update'])

/** Returns when nothing is left that can be done now. */
export async function drainReceipts(services: JobServices, shopId: number): Promise<{ worked: number }> {
  return withShopWriter(services, shopId, async () => {
    let worked = 0
    for (;;) {
      const context = await loadShopContext(services, shopId)
      if (!context) return { worked }
      const receipts = await nextGroup(context)
      if (receipts.length === 0) return { worked }
      await workOff(context, receipts)
      worked += receipts.length
    }
  })
}

/** Only one process works on a shop's receipts; another one that is asked waits and then finds nothing left. */
async function withShopWriter<Result>(
  services: JobServices,
  shopId: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = await services.db.pool.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('filigree-writer'), $1)", [shopId])
    return await work()
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('filigree-writer'), $1)", [shopId]).catch(() => {})
    client.release()
  }
}

async function nextGroup({ db, shop }: ShopContext): Promise<WebhookReceipt[]> {
  return db.inShop(shop.id, (tx) =>
    tx.webhookReceipt.findMany({
      where: { shopId: shop.id, processedAt: null, attempts: { lt: ATTEMPTS } },
      orderBy: { id: 'asc' },
      take: GROUP,
    }),
  )
}

async function workOff(context: ShopContext, receipts: WebhookReceipt[]): Promise<void> {
  const orders = receipts.filter((receipt) => ORDER_TOPICS.has(receipt.topic))
  const others = receipts.filter((receipt) => !ORDER_TOPICS.has(receipt.topic))
  if (orders.length > 0) await attempt(context, orders, () => workOffOrders(context, orders))
  for (const receipt of others) await attempt(context, [receipt], () => workOffOne(context, receipt))
}

/** What fails is counted on the receipts and, when it may pass, tried again by the queue. */
async function attempt(
  context: ShopContext,
  receipts: WebhookReceipt[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    const ids = receipts.map((receipt) => receipt.id)
    const lastError = error instanceof Error ? error.message : String(error)
    await context.db.inShop(context.shop.id, (tx) =>
      tx.webhookReceipt.updateMany({
        where: { id: { in: ids } },
        data: { attempts: { increment: 1 }, lastError },
      }),
    )
    throw error
  }
}

async function finish(tx: ShopTransaction, receipts: WebhookReceipt[], now: Date): Promise<void> {
  const ids = receipts.map((receipt) => receipt.id)
  await tx.webhookReceipt.updateMany({
    where: { id: { in: ids } },
    data: { processedAt: now, lastError: null },
  })
}

async function finishNow(context: ShopContext, receipts: WebhookReceipt[]): Promise<void> {
  await context.db.inShop(context.shop.id, (tx) => finish(tx, receipts, context.clock.now()))
}

async function workOffOrders(context: ShopContext, receipts: WebhookReceipt[]): Promise<void> {
  const orderIds = receipts.flatMap((receipt) => (receipt.resourceId === null ? [] : [receipt.resourceId]))
  const recorded = await recordOrders(context, [...new Set(orderIds)], (tx) =>
    finish(tx, receipts, context.clock.now()),
  )
  if (recorded.ok) return
  endForRefusal(recorded)
  await finishNow(context, receipts)
}

async function workOffOne(context: ShopContext, receipt: WebhookReceipt): Promise<void> {
  if (DISPUTE_TOPICS.has(receipt.topic)) return workOffDispute(context, receipt)
  const now = context.clock.now()
  const { shop } = context
  const triggeredAt = receipt.triggeredAt ?? receipt.receivedAt
  await context.db.inShop(shop.id, async (tx) => {
    const request = { shopId: shop.id, facts: receipt.facts, receivedAt: receipt.receivedAt, now }
    switch (receipt.topic) {
      case 'products/update':
        // Updates come in bursts: one look at the catalogue serves them all.
        await setDueDate(tx, shop.id, 'refresh-catalogue', now)
        break
      case 'app/uninstalled':
        await recordUninstallation(tx, shop, triggeredAt)
        break
      case 'app/scopes_update':
        await recordScopes(tx, shop, receipt.facts)
        break
      case 'customers/data_request':
        await answerDataRequest(tx, request)
        break
      case 'customers/redact':
        await redactCustomer(tx, request)
        break
      case 'shop/redact': {
        const redacted = await redactShop(tx, shop, triggeredAt)
        if (redacted.ok) return
        break
      }
    }
    await finish(tx, [receipt], now)
  })
}

async function workOffDispute(context: ShopContext, receipt: WebhookReceipt): Promise<void> {
  const { db, shop } = context
  const fetched = receipt.resourceId === null ? null : await fetchDispute(context.shopify, receipt.resourceId)
  if (!fetched || (!fetched.ok && fetched.reason === 'dispute_not_found'))
    return finishNow(context, [receipt])
  if (!fetched.ok) {
    if (fetched.reason === 'unreadable_amount') throw new Error(fetched.message)
    endForRefusal(fetched)
    return finishNow(context, [receipt])
  }
  const { dispute } = fetched
  // Its order first: royalties can only wait or be taken back once they are posted.
  if (dispute.orderId !== null) {
    const recorded = await recordOrders(context, [dispute.orderId])
    if (!recorded.ok) {
      endForRefusal(recorded)
      return finishNow(context, [receipt])
    }
  }
  await db.inShop(shop.id, async (tx) => {
    const now = context.clock.now()
    const recorded = await recordDispute(
      tx,
      shop,
      {
        ...dispute,
        at: dispute.finalizedAt ?? dispute.initiatedAt,
      },
      now,
    )
    if (!recorded.ok) throw new TryAgainLater(`dispute ${dispute.disputeId}: ${recorded.reason}`)
    await finish(tx, [receipt], now)
  })
}
