// Marks webhook receipts as worked off.
import type { ShopTransaction } from '../adapters/db/database.ts'
import type { WebhookReceipt } from '../adapters/db/generated/client.ts'
import type { ShopContext } from '../features/context.ts'

/** In the transaction of the work itself, so that neither stands without the other. */
export async function finish(tx: ShopTransaction, receipts: WebhookReceipt[], now: Date): Promise<void> {
  const ids = receipts.map((receipt) => receipt.id)
  await tx.webhookReceipt.updateMany({
    where: { id: { in: ids } },
    data: { processedAt: now, lastError: null },
  })
}

/** When there was nothing to do. */
export async function finishNow(context: ShopContext, receipts: WebhookReceipt[]): Promise<void> {
  await context.db.inShop(context.shop.id, (tx) => finish(tx, receipts, context.clock.now()))
}
