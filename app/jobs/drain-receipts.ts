// Works off a shop's webhook receipts in groups, one writer a shop. The webhook only wakes: what happened is asked of Shopify.

import { workExclusively } from '../adapters/db/exclusive-work.ts'
import type { WebhookReceipt } from '../adapters/db/generated/client.ts'
import type { ShopContext } from '../features/context.ts'
import { recordOrders } from '../features/ledger/record-orders.server.ts'
import { finish, finishNow } from './finish-receipts.ts'
import { endForRefusal, TryAgainLater } from './retry-policy.ts'
import { type JobServices, loadShopContext } from './shop-context.ts'
import { type Progress, workOffOne } from './work-off-receipt.ts'

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
