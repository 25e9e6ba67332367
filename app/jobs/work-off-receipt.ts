// What a webhook receipt that is not about an order asks for.
import { setDueDate } from '../adapters/db/calendar.ts'
import type { ShopTransaction } from '../adapters/db/database.ts'
import type { Shop, WebhookReceipt } from '../adapters/db/generated/client.ts'
import { lockLedger } from '../adapters/db/journal-store.ts'
import { fetchDispute } from '../adapters/shopify/fetch-dispute.ts'
import { fetchInstallation } from '../adapters/shopify/fetch-installation.ts'
import { fetchShop } from '../adapters/shopify/fetch-shop.ts'
import { noteInventory } from '../features/claims/note-inventory.server.ts'
import type { ShopContext } from '../features/context.ts'
import { recordScopes } from '../features/installation/record-scopes.server.ts'
import { recordShopDetails } from '../features/installation/record-shop-details.server.ts'
import { recordUninstallation } from '../features/installation/record-uninstallation.server.ts'
import { recordInventory } from '../features/ledger/awards/record-inventory.server.ts'
import { recordDispute } from '../features/ledger/record-dispute.server.ts'
import { recordOrders } from '../features/ledger/record-orders.server.ts'
import { answerDataRequest } from '../features/privacy/answer-data-request.server.ts'
import { redactCustomer } from '../features/privacy/redact-customer.server.ts'
import { redactShop } from '../features/privacy/redact-shop.server.ts'
import { finish, finishNow } from './finish-receipts.ts'
import { endForRefusal } from './retry-policy.ts'

/** erased: the shop is gone, with everything that was still to do. */
export type Progress = 'done' | 'erased'

const DISPUTE_TOPICS = new Set(['disputes/create', 'disputes/update'])

/** Everything but orders: one receipt after the other. */
export async function workOffOne(context: ShopContext, receipt: WebhookReceipt): Promise<Progress> {
  if (receipt.topic === 'inventory_levels/update') {
    await workOffInventory(context, receipt)
    return 'done'
  }
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
  if (receipt.topic === 'shop/update') {
    await workOffShop(context, receipt)
    return 'done'
  }
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
        await redactAndForget(context, tx, request)
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

async function redactAndForget(
  { shop, queue }: ShopContext,
  tx: ShopTransaction,
  request: Parameters<typeof redactCustomer>[1],
): Promise<void> {
  const { countAgain } = await redactCustomer(tx, request)
  const payloads = countAgain.map((orderId) => ({ shopId: shop.id, orderId: String(orderId) }))
  await queue.enqueueMany(tx, 'count-bought', payloads)
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

async function workOffShop(context: ShopContext, receipt: WebhookReceipt): Promise<void> {
  const fetched = await fetchShop(context.shopify)
  if (!fetched.ok) {
    endForRefusal(fetched)
    return finishNow(context, [receipt])
  }
  await context.db.inShop(context.shop.id, async (tx) => {
    const now = context.clock.now()
    await recordShopDetails(tx, context.shop.id, fetched.shop, now)
    await finish(tx, [receipt], now)
  })
}

async function workOffInventory(context: ShopContext, receipt: WebhookReceipt): Promise<void> {
  const now = context.clock.now()
  const recorded = await recordInventory(context, receipt, async (tx) => {
    await noteInventory(tx, context.shop, receipt, now)
    await finish(tx, [receipt], now)
  })
  if (recorded.ok) return
  endForRefusal(recorded)
  await finishNow(context, [receipt])
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
