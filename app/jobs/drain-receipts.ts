// Works off a shop's webhook receipts in groups, one writer a shop. The webhook only wakes: what happened is asked of Shopify.

import { setDueDate } from '../adapters/db/calendar.ts'
import type { ShopTransaction } from '../adapters/db/database.ts'
import { workExclusively } from '../adapters/db/exclusive-work.ts'
import type { Shop, WebhookReceipt } from '../adapters/db/generated/client.ts'
import { lockLedger } from '../adapters/db/journal-store.ts'
import { fetchDispute } from '../adapters/shopify/fetch-dispute.ts'
import { fetchInstallation } from '../adapters/shopify/fetch-installation.ts'
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
/** Trouble of Shopify's own is waited out this long before its failures count. */
const PATIENCE_MS = 6 * 60 * 60_000
/** So many failures in one run look like more trouble than single receipts can make. */
const MOST_FAILURES = 5
/** A busy shop gives way to others after this long, and goes on with its next job. */
const TURN_MS = 60_000
const BUSY_AGAIN_SECONDS = 1

const ORDER_TOPICS = new Set([
  'orders/create',
  'orders/paid',
  'orders/edited',
  'orders/cancelled',
  'refunds/create',
  'returns/process',
])
const DISPUTE_TOPICS = new Set(['disputes/create', 'disputes/update'])

/** Returns when nothing is left that can be done now, or when the shop's turn is over. */
export async function drainReceipts(services: JobServices, shopId: number): Promise<{ worked: number }> {
  const drained = await workExclusively(services.db, `filigree-writer/${shopId}`, () =>
    drainGroups(services, shopId),
  )
  if (drained.ok) return drained.result
  // Whoever is at it may have looked for the last time already: ask once more, without keeping this worker from other shops.
  await services.db.inShop(shopId, (tx) =>
    services.queue.enqueue(tx, 'drain-receipts', { shopId }, { startAfterSeconds: BUSY_AGAIN_SECONDS }),
  )
  return { worked: 0 }
}

/** What failed in this run: tried again with the next job, so that it does not hold up the rest. */
interface Failed {
  receiptIds: bigint[]
  errors: unknown[]
}

async function drainGroups(services: JobServices, shopId: number): Promise<{ worked: number }> {
  const endsAt = Date.now() + TURN_MS
  const failed: Failed = { receiptIds: [], errors: [] }
  let worked = 0
  for (;;) {
    const context = await loadShopContext(services, shopId)
    const receipts = context ? await nextGroup(context, failed) : []
    if (!context || receipts.length === 0 || failed.errors.length >= MOST_FAILURES) break
    await workOff(context, receipts, failed)
    worked += receipts.length
    if (Date.now() < endsAt) continue
    await services.queue.enqueueNow('drain-receipts', { shopId })
    break
  }
  if (failed.errors.length === 0) return { worked }
  throw failed.errors.find((error) => !(error instanceof TryAgainLater)) ?? failed.errors[0]
}

async function nextGroup({ db, shop }: ShopContext, failed: Failed): Promise<WebhookReceipt[]> {
  return db.inShop(shop.id, (tx) =>
    tx.webhookReceipt.findMany({
      where: {
        shopId: shop.id,
        processedAt: null,
        attempts: { lt: ATTEMPTS },
        id: { notIn: failed.receiptIds },
      },
      orderBy: { id: 'asc' },
      take: GROUP,
    }),
  )
}

/** Receipts that stand or fall together. */
interface Piece {
  receipts: WebhookReceipt[]
  work(): Promise<Progress>
}

/** erased: the shop is gone, with everything that was still to do. */
type Progress = 'done' | 'erased'

async function workOff(context: ShopContext, receipts: WebhookReceipt[], failed: Failed): Promise<void> {
  for (const piece of piecesOf(context, receipts)) {
    try {
      if ((await attempt(context, piece)) === 'erased') return
    } catch (error) {
      failed.errors.push(error)
      failed.receiptIds.push(...piece.receipts.map(({ id }) => id))
      if (failed.errors.length >= MOST_FAILURES) return
    }
  }
}

/** Orders go together; one that was part of a failure goes alone, so that a bad one does not hold up the others. */
function piecesOf(context: ShopContext, receipts: WebhookReceipt[]): Piece[] {
  const orders = receipts.filter((receipt) => ORDER_TOPICS.has(receipt.topic))
  const others = receipts.filter((receipt) => !ORDER_TOPICS.has(receipt.topic))
  const groups = new Map<string, WebhookReceipt[]>()
  for (const receipt of orders) {
    const key = receipt.lastError === null ? 'together' : String(receipt.resourceId)
    groups.set(key, [...(groups.get(key) ?? []), receipt])
  }
  return [
    ...[...groups.values()].map((group) => ({ receipts: group, work: () => workOffOrders(context, group) })),
    ...others.map((receipt) => ({ receipts: [receipt], work: () => workOffOne(context, receipt) })),
  ]
}

/** What fails is written on the receipts and, when it may pass, tried again by the queue. */
async function attempt(context: ShopContext, { receipts, work }: Piece): Promise<Progress> {
  try {
    return await work()
  } catch (error) {
    await noteFailure(context, receipts, error)
    throw error
  }
}

async function noteFailure(context: ShopContext, receipts: WebhookReceipt[], error: unknown): Promise<void> {
  const { db, shop, clock, log } = context
  const lastError = error instanceof Error ? error.message : String(error)
  const patientSince = new Date(clock.now().getTime() - PATIENCE_MS)
  const counts = (receipt: WebhookReceipt) =>
    !(error instanceof TryAgainLater) || receipt.receivedAt < patientSince
  const counted = receipts.filter(counts).map(({ id }) => id)
  await db.inShop(shop.id, async (tx) => {
    await tx.webhookReceipt.updateMany({
      where: { id: { in: receipts.map(({ id }) => id) } },
      data: { lastError },
    })
    await tx.webhookReceipt.updateMany({
      where: { id: { in: counted } },
      data: { attempts: { increment: 1 } },
    })
  })
  const leftAlone = receipts.filter((receipt) => counts(receipt) && receipt.attempts + 1 >= ATTEMPTS)
  if (leftAlone.length > 0) {
    const told = leftAlone.map(({ id, topic, resourceId }) => `${topic} ${resourceId ?? ''} (receipt ${id})`)
    log.error({ shopId: shop.id, receipts: told, error }, 'webhooks are left alone after too many failures')
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

async function workOffOrders(context: ShopContext, receipts: WebhookReceipt[]): Promise<Progress> {
  const orderIds = receipts.flatMap((receipt) => (receipt.resourceId === null ? [] : [receipt.resourceId]))
  const recorded = await recordOrders(context, [...new Set(orderIds)], (tx) =>
    finish(tx, receipts, context.clock.now()),
  )
  if (!recorded.ok) {
    endForRefusal(recorded)
    await finishNow(context, receipts)
  }
  return 'done'
}

async function workOffOne(context: ShopContext, receipt: WebhookReceipt): Promise<Progress> {
  if (DISPUTE_TOPICS.has(receipt.topic)) {
    await workOffDispute(context, receipt)
    return 'done'
  }
  if (receipt.topic === 'shop/redact' && (await isInstalled(context))) {
    // The body is signed, the time in the header is not: an erasure of long ago could be sent again after the shop has come back.
    context.log.error(
      { shopId: context.shop.id, receipt: receipt.id },
      'shop/redact of an installed app is ignored',
    )
    await finishNow(context, [receipt])
    return 'done'
  }
  if (receipt.topic === 'app/scopes_update') return workOffScopes(context, receipt)
  const now = context.clock.now()
  const triggeredAt = receipt.triggeredAt ?? receipt.receivedAt
  return context.db.inShop(context.shop.id, async (tx): Promise<Progress> => {
    const shop = await lockShop(tx, context.shop.id)
    if (!shop) return 'erased'
    const request = { shopId: shop.id, facts: receipt.facts, receivedAt: receipt.receivedAt, now }
    switch (receipt.topic) {
      case 'products/update':
        // Updates come in bursts: one look at the catalogue serves them all.
        await setDueDate(tx, shop.id, 'refresh-catalogue', now)
        break
      case 'app/uninstalled':
        await recordUninstallation(tx, shop, triggeredAt)
        break
      case 'customers/data_request':
        await answerDataRequest(tx, request)
        break
      case 'customers/redact':
        await redactCustomer(tx, request)
        break
      case 'shop/redact': {
        // Whoever posts meanwhile ends first, so that nothing is written behind the erasure.
        await lockLedger(tx, shop.id)
        const redacted = await redactShop(tx, shop, triggeredAt)
        if (redacted.ok) return 'erased'
        break
      }
    }
    await finish(tx, [receipt], now)
    return 'done'
  })
}

/** As it is now: the group's context may be minutes old, and the shop may have been installed again since. */
async function lockShop(tx: ShopTransaction, shopId: number): Promise<Shop | null> {
  await tx.$queryRaw`select id from shop where id = ${shopId} for update`
  return tx.shop.findUnique({ where: { id: shopId } })
}

/** Whether Shopify still answers to the shop's token. */
async function isInstalled(context: ShopContext): Promise<boolean> {
  const fetched = await fetchInstallation(context.shopify)
  if (!fetched.ok) endForRefusal(fetched)
  return fetched.ok
}

async function workOffScopes(context: ShopContext, receipt: WebhookReceipt): Promise<Progress> {
  const fetched = await fetchInstallation(context.shopify)
  if (!fetched.ok) {
    endForRefusal(fetched)
    await finishNow(context, [receipt])
    return 'done'
  }
  return context.db.inShop(context.shop.id, async (tx): Promise<Progress> => {
    const shop = await lockShop(tx, context.shop.id)
    if (!shop) return 'erased'
    await recordScopes(tx, shop.id, fetched.installation.scopes)
    await finish(tx, [receipt], context.clock.now())
    return 'done'
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
    if (!recorded.ok) throw new Error(`dispute ${dispute.disputeId}: ${recorded.reason}`)
    await finish(tx, [receipt], now)
  })
}
