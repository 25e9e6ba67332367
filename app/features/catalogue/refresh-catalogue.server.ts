// Looks at the shop's products and collections anew: who owns what, and what screens call it.
import { dueNoLaterThan, setDueDate } from '../../adapters/db/calendar.ts'
import { saveCollections, saveProducts } from '../../adapters/db/catalogue-store.ts'
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { listProducts } from '../../adapters/shopify/fetch-products.ts'
import { listCollections } from '../../adapters/shopify/list-collections.ts'
import type { ShopContext } from '../context.ts'

export type RefreshCatalogueOutcome = { ok: true; products: number; collections: number } | AdminRefusal

/** Changes are told by webhooks; this daily look finds what they lost. */
const EVERY_MS = 24 * 60 * 60_000

export async function refreshCatalogue(context: ShopContext): Promise<RefreshCatalogueOutcome> {
  const { db, shop, shopify, clock } = context
  const startedAt = clock.now()
  let products = 0
  for await (const page of listProducts(shopify)) {
    if (!page.ok) return page
    products += page.products.length
    await db.inShop(shop.id, (tx) => saveProducts(tx, shop.id, page.products, startedAt))
  }
  const collections: Array<{ collectionId: bigint; title: string }> = []
  for await (const page of listCollections(shopify)) {
    if (!page.ok) return page
    collections.push(...page.collections)
  }
  await db.inShop(shop.id, async (tx) => {
    await saveCollections(tx, shop.id, collections, startedAt)
    const due = await tx.dueDate.findUnique({
      where: { shopId_kind: { shopId: shop.id, kind: 'refresh-catalogue' } },
    })
    const next = new Date(startedAt.getTime() + EVERY_MS)
    // A change told while we were looking asks for another look.
    if (!due || due.dueAt <= startedAt) await setDueDate(tx, shop.id, 'refresh-catalogue', next)
    else await dueNoLaterThan(tx, shop.id, 'refresh-catalogue', next)
  })
  return { ok: true, products, collections: collections.length }
}
