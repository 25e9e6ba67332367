import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { AppSubscriptionCancelDocument } from './generated/operations.ts'

export type CancelAppSubscriptionResult =
  | { ok: true }
  | { ok: false; reason: 'refused_by_shopify'; message: string }
  | AdminRefusal

/** Ends the charge at once. */
export async function cancelAppSubscription(
  shopify: AdminApi,
  subscriptionGid: string,
): Promise<CancelAppSubscriptionResult> {
  const answer = await shopify.request(AppSubscriptionCancelDocument, { id: subscriptionGid })
  if (!answer.ok) return answer
  const [error] = answer.data.appSubscriptionCancel?.userErrors ?? []
  return error ? { ok: false, reason: 'refused_by_shopify', message: error.message } : { ok: true }
}
