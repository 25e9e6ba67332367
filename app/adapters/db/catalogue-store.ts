// Keeps what we know of products and collections.
import type { FetchedProduct } from '../shopify/fetch-products.ts'
import type { ShopTransaction } from './database.ts'

export async function saveProducts(
  tx: ShopTransaction,
  shopId: number,
  products: FetchedProduct[],
  refreshedAt: Date,
): Promise<void> {
  // In one order everywhere: two writers of the same products wait for each other instead of standing in each other's way.
  const inOrder = [...products].sort((left, right) => (left.productId < right.productId ? -1 : 1))
  for (const { productId, ...product } of inOrder) {
    const row = { ...product, refreshedAt }
    await tx.product.upsert({
      where: { shopId_productId: { shopId, productId } },
      create: { ...row, shopId, productId },
      update: row,
    })
  }
}

/** Replaces the list of collections: those that Shopify no longer has are dropped. */
export async function saveCollections(
  tx: ShopTransaction,
  shopId: number,
  collections: Array<{ collectionId: bigint; title: string }>,
  refreshedAt: Date,
): Promise<void> {
  await tx.collection.deleteMany({ where: { shopId } })
  await tx.collection.createMany({
    data: collections.map((collection) => ({ ...collection, shopId, refreshedAt })),
    // One that moved between two pages of the walk comes twice; another walk may be writing too.
    skipDuplicates: true,
  })
}

/** Which of these products we do not know yet. */
export async function unknownProducts(
  tx: ShopTransaction,
  shopId: number,
  productIds: bigint[],
): Promise<bigint[]> {
  const known = await tx.product.findMany({
    where: { shopId, productId: { in: productIds } },
    select: { productId: true },
  })
  const ids = new Set(known.map((product) => product.productId))
  return [...new Set(productIds)].filter((id) => !ids.has(id))
}
