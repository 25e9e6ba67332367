// What the merchant changed about the shop itself: its name, its address, its clock. Asked of Shopify; the delivery only wakes.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { recordDropEvent } from '../../adapters/db/drop-store.ts'
import type { FetchedShop } from '../../adapters/shopify/fetch-shop.ts'

/** Drops whose windows stand in the checkout, or should. */
const TOLD_STATUSES = ['scheduled', 'live', 'held']

/**
 * With another clock planned moments stay what they are, and are other times on the shop's clock. The checkout compares with that clock, so that
 * it is told anew, at once; each drop's history says what happened.
 */
export async function recordShopDetails(
  tx: ShopTransaction,
  shopId: number,
  fetched: FetchedShop,
  now: Date,
): Promise<void> {
  await tx.$queryRaw`select id from shop where id = ${shopId} for update`
  const known = await tx.shop.findUnique({ where: { id: shopId } })
  if (!known) return
  const { name, email, timeZone } = fetched
  if (known.name === name && known.email === email && known.timeZone === timeZone) return
  await tx.shop.update({ where: { id: shopId }, data: { name, email, timeZone } })
  if (known.timeZone === timeZone) return
  const drops = await tx.drop.findMany({
    where: { shopId, status: { in: TOLD_STATUSES } },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  for (const { id } of drops) {
    // Whoever is just settling the drop by the old clock sees by the revision that it is to be done again.
    await tx.drop.update({
      where: { id },
      data: { settlesAt: now, settleAttempts: 0, revision: { increment: 1 } },
    })
    const facts = { from: known.timeZone, to: timeZone }
    await recordDropEvent(tx, { shopId, dropId: id, at: now, kind: 'zone_changed', actor: 'shopify', facts })
  }
}
