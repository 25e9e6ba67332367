// What an order says of its buyer. Needs Shopify's approval for customers' names and addresses: without it nothing is read.
import type { BuyerTraces } from '../../domain/drops/aliases.ts'
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { OrderTracesDocument } from './generated/operations.ts'
import { toGid } from './gid.ts'

/** `traces` null: Shopify shows no such order. */
export async function readOrderTraces(
  shopify: AdminApi,
  orderId: bigint,
): Promise<{ ok: true; traces: BuyerTraces | null } | AdminRefusal> {
  const answer = await shopify.request(OrderTracesDocument, { id: toGid('Order', orderId) })
  if (!answer.ok) return answer
  const { order } = answer.data
  if (!order) return { ok: true, traces: null }
  const { email, phone, shippingAddress } = order
  const address = shippingAddress && {
    address1: shippingAddress.address1 ?? null,
    city: shippingAddress.city ?? null,
    zip: shippingAddress.zip ?? null,
    country: shippingAddress.countryCodeV2 ?? null,
  }
  return { ok: true, traces: { email: email ?? null, phone: phone ?? null, address: address ?? null } }
}
