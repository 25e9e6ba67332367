// Stock of one item at one location: what Shopify counts, and moves of units between being for sale and being set aside.
import type { MoveAnswer, MoveKind, StockLevel } from '../../domain/drops/wave-stock.ts'
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { InventoryLevelAtDocument, InventoryMoveDocument } from './generated/operations.ts'
import { toGid } from './gid.ts'

export interface StockPlace {
  inventoryItemId: bigint
  locationId: bigint
}

/** `level` is null when the item is not kept there, or not counted at all. */
export type ReadStockResult = { ok: true; level: StockLevel | null } | AdminRefusal

export async function readStockLevel(shopify: AdminApi, place: StockPlace): Promise<ReadStockResult> {
  const answer = await shopify.request(InventoryLevelAtDocument, {
    itemId: toGid('InventoryItem', place.inventoryItemId),
    locationId: toGid('Location', place.locationId),
  })
  if (!answer.ok) return answer
  const item = answer.data.inventoryItem
  if (!item?.tracked || !item.inventoryLevel) return { ok: true, level: null }
  const count = (name: string) =>
    item.inventoryLevel?.quantities.find((quantity) => quantity.name === name)?.quantity ?? 0
  return { ok: true, level: { available: count('available'), reserved: count('reserved') } }
}

export interface MoveRequest extends StockPlace {
  kind: MoveKind
  units: number
  /** The same key asks for the same move, however often. */
  idempotencyKey: string
  ledgerDocumentUri: string
  /** What the state that the units leave held: Shopify moves nothing when it is not so any more. */
  fromBefore: number
}

/** Shopify's word on the move; a refusal says that nothing is known of it. */
export type MoveStockResult = { ok: true; answer: MoveAnswer } | AdminRefusal

export async function moveStock(shopify: AdminApi, move: MoveRequest): Promise<MoveStockResult> {
  const { kind, units, idempotencyKey, ledgerDocumentUri, fromBefore } = move
  const locationId = toGid('Location', move.locationId)
  const available = { locationId, name: 'available' }
  const reserved = { locationId, name: 'reserved', ledgerDocumentUri }
  const [from, to] = kind === 'reserve' ? [available, reserved] : [reserved, available]
  const answer = await shopify.request(InventoryMoveDocument, {
    key: idempotencyKey,
    input: {
      reason: kind === 'reserve' ? 'reservation_created' : 'reservation_deleted',
      referenceDocumentUri: ledgerDocumentUri,
      changes: [
        {
          inventoryItemId: toGid('InventoryItem', move.inventoryItemId),
          quantity: units,
          from: { ...from, changeFromQuantity: fromBefore },
          // Sales change what is available all the time: only what the units leave is compared.
          to: { ...to, changeFromQuantity: null },
        },
      ],
    },
  })
  if (!answer.ok) return answer
  const moved = answer.data.inventoryMoveQuantities
  const [error] = moved?.userErrors ?? []
  if (error) return { ok: true, answer: { ok: false, code: error.code ?? null, message: error.message } }
  const groupGid = moved?.inventoryAdjustmentGroup?.id
  if (!groupGid)
    return {
      ok: true,
      answer: { ok: false, code: null, message: 'Shopify moved nothing and gave no reason.' },
    }
  return { ok: true, answer: { ok: true, groupGid } }
}
