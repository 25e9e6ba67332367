// Names of the products and collections that terms speak of by id.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'

/** Title by numeric id as text. Ids that the shop no longer has are missing. */
export interface ScopeTitles {
  products: Record<string, string>
  collections: Record<string, string>
}

export async function readScopeTitles(
  tx: ShopTransaction,
  terms: readonly AgreementTerms[],
): Promise<ScopeTitles> {
  const productIds = new Set(
    terms.flatMap(({ scope, guarantee }) => [
      ...(scope.kind === 'products' ? scope.productIds : []),
      ...(guarantee?.kind === 'restock' ? guarantee.productIds : []),
    ]),
  )
  const collectionIds = new Set(
    terms.flatMap(({ scope }) => (scope.kind === 'collections' ? scope.collectionIds : [])),
  )
  const products =
    productIds.size === 0
      ? []
      : await tx.product.findMany({
          where: { productId: { in: [...productIds].map(BigInt) } },
          select: { productId: true, title: true },
        })
  const collections =
    collectionIds.size === 0
      ? []
      : await tx.collection.findMany({
          where: { collectionId: { in: [...collectionIds].map(BigInt) } },
          select: { collectionId: true, title: true },
        })
  return {
    products: Object.fromEntries(products.map((product) => [product.productId.toString(), product.title])),
    collections: Object.fromEntries(collections.map((item) => [item.collectionId.toString(), item.title])),
  }
}

/** As the words of terms want them. */
export function titleMaps(titles: ScopeTitles): {
  productTitles: ReadonlyMap<string, string>
  collectionTitles: ReadonlyMap<string, string>
} {
  return {
    productTitles: new Map(Object.entries(titles.products)),
    collectionTitles: new Map(Object.entries(titles.collections)),
  }
}
