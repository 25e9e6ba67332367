// Whether what a drop offered is still offered, as Shopify sees it now.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { AutomaticDiscountStatusDocument, OffersAfterDropDocument } from './generated/operations.ts'
import { numberOfGid, toGid } from './gid.ts'

export type FetchOfferEndResult =
  | {
      ok: true
      /** By product: whether the online store shows it. A product that is gone is not shown. */
      listed: Map<bigint, boolean>
      /** Null: there was no price of the drop's own. */
      isDiscountActive: boolean | null
    }
  | AdminRefusal

export async function fetchOfferEnd(
  shopify: AdminApi,
  productIds: readonly bigint[],
  discountGid: string | null,
): Promise<FetchOfferEndResult> {
  const answer = await shopify.request(OffersAfterDropDocument, {
    products: productIds.map((id) => toGid('Product', id)),
  })
  if (!answer.ok) return answer
  const listed = new Map(productIds.map((id) => [id, false]))
  for (const node of answer.data.nodes) {
    if (node?.__typename !== 'Product') continue
    listed.set(numberOfGid(node.id), node.status === 'ACTIVE' && node.onlineStoreUrl != null)
  }
  if (discountGid === null) return { ok: true, listed, isDiscountActive: null }
  const told = await shopify.request(AutomaticDiscountStatusDocument, { id: discountGid })
  if (!told.ok) return told
  const discount = told.data.automaticDiscountNode?.automaticDiscount
  const isDiscountActive = discount?.__typename === 'DiscountAutomaticApp' && discount.status === 'ACTIVE'
  return { ok: true, listed, isDiscountActive }
}
