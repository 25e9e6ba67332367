// What a customer has bought of drops with a limit, kept on the customer at Shopify because the checkout can read nothing else.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { deleteMetafields } from './app-metafields.ts'
import { MetafieldsSetDocument, OrderCustomerDocument } from './generated/operations.ts'
import { toGid } from './gid.ts'

export interface BoughtPieces {
  customerGid: string
  /** Null: nothing stands there. */
  value: string | null
  compareDigest: string | null
}

const NAME = { namespace: '$app', key: 'bought' } as const

/** `bought` null: the order is of nobody, or of somebody who is no customer any more. */
export async function readBoughtPieces(
  shopify: AdminApi,
  orderId: bigint,
): Promise<{ ok: true; bought: BoughtPieces | null } | AdminRefusal> {
  const answer = await shopify.request(OrderCustomerDocument, { id: toGid('Order', orderId) })
  if (!answer.ok) return answer
  const customer = answer.data.order?.customer
  if (!customer) return { ok: true, bought: null }
  const { id: customerGid, bought } = customer
  const compareDigest = bought?.compareDigest ?? null
  return { ok: true, bought: { customerGid, value: bought?.value ?? null, compareDigest } }
}

export type WriteBoughtResult =
  | { ok: true }
  /** Somebody else has written since it was read. */
  | { ok: false; reason: 'stale' }
  | { ok: false; reason: 'refused_by_shopify'; message: string }
  | AdminRefusal

/** Writes over what was read, and over nothing else; null takes it away. */
export async function writeBoughtPieces(
  shopify: AdminApi,
  { customerGid, compareDigest }: BoughtPieces,
  value: string | null,
): Promise<WriteBoughtResult> {
  // Shopify compares nothing when it deletes: emptied first.
  const entry = { ownerId: customerGid, ...NAME, type: 'json', value: value ?? '{}', compareDigest }
  const answer = await shopify.request(MetafieldsSetDocument, { metafields: [entry] })
  if (!answer.ok) return answer
  const [error] = answer.data.metafieldsSet?.userErrors ?? []
  if (error?.code === 'STALE_OBJECT') return { ok: false, reason: 'stale' }
  if (error) return { ok: false, reason: 'refused_by_shopify', message: error.message }
  return value === null ? deleteMetafields(shopify, customerGid, [NAME]) : { ok: true }
}
