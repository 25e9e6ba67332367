// Whether what a drop offered is still offered, as Shopify sees it now.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { findAppDiscount } from './app-discount.ts'
import { AutomaticDiscountStatusDocument, OffersAfterDropDocument } from './generated/operations.ts'
import { numberOfGid, toGid } from './gid.ts'

export type FetchOfferEndResult =
  | {
      ok: true
      /** By product: whether the online store shows it. A product that is gone is not shown. */
      listed: Map<bigint, boolean>
      /** What the discount goes by that is in force now, as JSON; null: none is, or none was asked for. */
      discount: { prices: unknown; windows: unknown } | null
    }
  | AdminRefusal

/** `discountTitle`: of the app discount that made the price; null: there was no price of the drop's own. */
export async function fetchOfferEnd(
  shopify: AdminApi,
  productIds: readonly bigint[],
  discountTitle: string | null,
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
  if (discountTitle === null) return { ok: true, listed, discount: null }
  const found = await findAppDiscount(shopify, discountTitle)
  if (!found.ok) return found
  if (found.discountGid === null) return { ok: true, listed, discount: null }
  const told = await shopify.request(AutomaticDiscountStatusDocument, { id: found.discountGid })
  if (!told.ok) return told
  const node = told.data.automaticDiscountNode
  const discount = node?.automaticDiscount
  const isActive = discount?.__typename === 'DiscountAutomaticApp' && discount.status === 'ACTIVE'
  if (!isActive) return { ok: true, listed, discount: null }
  const values = { prices: read(node?.prices?.value), windows: read(node?.windows?.value) }
  return { ok: true, listed, discount: values }
}

/** Null: nothing that can be read. */
function read(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
