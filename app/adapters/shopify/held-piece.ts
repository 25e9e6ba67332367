// A piece held for one person: a draft order of one unit that reserves it until a time. It names our hold, so that whoever comes after a
// stop finds it instead of making a second one; it names no person, because nobody agreed to more than a mail.
import type { AdminApi, AdminRefusal, AdminResult } from './admin-api.ts'
import {
  DraftOrderByIdDocument,
  DraftOrderCreateDocument,
  DraftOrderDeleteDocument,
  DraftOrdersNewestDocument,
  type DraftOrdersNewestQuery,
} from './generated/operations.ts'
import { toGid } from './gid.ts'

export interface HeldPiece {
  draftOrderGid: string
  heldUntil: Date
}

const HOLD_ATTRIBUTE = '_filigree_hold'
/** A stop is noticed within seconds: what was made since is among the newest. */
const PAGES_LOOKED_AT = 10

export type HoldPieceResult =
  | { ok: true; piece: HeldPiece }
  | { ok: false; reason: 'refused_by_shopify'; message: string }
  | AdminRefusal

/** Not safe to repeat: after an unknown outcome look with `findHeldPiece` first. The price is the drop's, as for everybody. */
export async function holdPiece(
  shopify: AdminApi,
  { holdId, variantId, until }: { holdId: string; variantId: bigint; until: Date },
): Promise<HoldPieceResult> {
  const answer = await shopify.request(DraftOrderCreateDocument, {
    input: {
      lineItems: [{ variantId: toGid('ProductVariant', variantId), quantity: 1 }],
      reserveInventoryUntil: until.toISOString(),
      acceptAutomaticDiscounts: true,
      customAttributes: [{ key: HOLD_ATTRIBUTE, value: holdId }],
      tags: ['restock notice'],
    },
  })
  if (!answer.ok) return answer
  const made = answer.data.draftOrderCreate
  const [error] = made?.userErrors ?? []
  const draft = made?.draftOrder
  if (error || !draft) {
    const message = error?.message ?? 'Shopify made no draft order and gave no reason.'
    return { ok: false, reason: 'refused_by_shopify', message }
  }
  return { ok: true, piece: { draftOrderGid: draft.id, heldUntil: readUntil(draft, until) } }
}

/** Among the newest draft orders, not by search: Shopify's search learns of new ones late. */
export async function findHeldPiece(
  shopify: AdminApi,
  holdId: string,
): Promise<{ ok: true; piece: HeldPiece | null } | AdminRefusal> {
  let after: string | null = null
  for (let page = 0; page < PAGES_LOOKED_AT; page += 1) {
    const answer: AdminResult<DraftOrdersNewestQuery> = await shopify.request(DraftOrdersNewestDocument, {
      after,
    })
    if (!answer.ok) return answer
    const { nodes, pageInfo }: DraftOrdersNewestQuery['draftOrders'] = answer.data.draftOrders
    const found = nodes.find(({ customAttributes }) =>
      customAttributes.some(({ key, value }) => key === HOLD_ATTRIBUTE && value === holdId),
    )
    if (found)
      return { ok: true, piece: { draftOrderGid: found.id, heldUntil: readUntil(found, new Date(0)) } }
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor ?? null
  }
  return { ok: true, piece: null }
}

export type ReadHeldPieceResult =
  | { ok: true; state: 'open'; invoiceUrl: string }
  | { ok: true; state: 'completed' | 'gone' }
  | AdminRefusal

export async function readHeldPiece(shopify: AdminApi, draftOrderGid: string): Promise<ReadHeldPieceResult> {
  const answer = await shopify.request(DraftOrderByIdDocument, { id: draftOrderGid })
  if (!answer.ok) return answer
  const draft = answer.data.draftOrder
  if (draft?.status === 'COMPLETED') return { ok: true, state: 'completed' }
  if (!draft?.invoiceUrl) return { ok: true, state: 'gone' }
  return { ok: true, state: 'open', invoiceUrl: String(draft.invoiceUrl) }
}

/** Ends it. What was bought in the meantime cannot be ended, and is said. */
export async function giveBackPiece(
  shopify: AdminApi,
  draftOrderGid: string,
): Promise<
  | { ok: true; was: 'completed' | 'open' | 'gone' }
  | { ok: false; reason: 'refused_by_shopify'; message: string }
  | AdminRefusal
> {
  const before = await readHeldPiece(shopify, draftOrderGid)
  if (!before.ok) return before
  if (before.state !== 'open') return { ok: true, was: before.state }
  const answer = await shopify.request(DraftOrderDeleteDocument, { id: draftOrderGid })
  if (!answer.ok) return answer
  const [error] = answer.data.draftOrderDelete?.userErrors ?? []
  if (!error) return { ok: true, was: 'open' }
  const after = await readHeldPiece(shopify, draftOrderGid)
  if (!after.ok) return after
  if (after.state !== 'open') return { ok: true, was: after.state }
  return { ok: false, reason: 'refused_by_shopify', message: error.message }
}

function readUntil({ reserveInventoryUntil }: { reserveInventoryUntil?: unknown }, asked: Date): Date {
  return reserveInventoryUntil ? new Date(String(reserveInventoryUntil)) : asked
}
