// Ends a discount code in Shopify. One that is gone already counts as ended.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { DiscountCodeDeactivateDocument } from './generated/operations.ts'

export type EndDiscountCodeResult =
  | { ok: true; outcome: 'ended' | 'was_gone' }
  | { ok: false; reason: 'refused_by_shopify'; message: string }
  | AdminRefusal

export async function endDiscountCode(
  shopify: AdminApi,
  discountGid: string,
): Promise<EndDiscountCodeResult> {
  const answer = await shopify.request(DiscountCodeDeactivateDocument, { id: discountGid })
  if (!answer.ok) return answer
  const [error] = answer.data.discountCodeDeactivate?.userErrors ?? []
  if (!error) return { ok: true, outcome: 'ended' }
  if (/does not exist|not found|couldn't be found/i.test(error.message))
    return { ok: true, outcome: 'was_gone' }
  return { ok: false, reason: 'refused_by_shopify', message: error.message }
}
