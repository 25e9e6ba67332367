// Reads what a merchant typed into a plan, with what Shopify says of its pieces.
import { loadDrop } from '#app/adapters/db/drop-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { fetchPieceStock } from '#app/adapters/shopify/fetch-piece-stock.ts'
import type { DropPlan, ScarcityRule } from '#app/domain/drops/drop.ts'
import { readTypedPlan, type TypedPlan, type TypedProblem } from '#app/domain/drops/typed-plan.ts'
import type { ShopContext } from '../context.ts'

export type ReadPlanOutcome =
  | { ok: true; plan: DropPlan }
  | { ok: false; problems: TypedProblem[] }
  /** Shopify did not answer. */
  | { ok: false; reason: 'pieces_unreadable' }

/** `dropId`: of the drop that is changed; null for a new one. Times are meant in the zone that the shop has now. */
export async function readPlan(
  ctx: ShopContext,
  typed: TypedPlan,
  dropId: string | null,
): Promise<ReadPlanOutcome> {
  const asked = [...new Set(typed.variantIds)].filter((id) => /^[1-9]\d{0,17}$/.test(id)).slice(0, 50)
  const found = await fetchPieceStock(ctx.shopify, asked)
  if (!found.ok) {
    ctx.log.warn({ refusal: found }, 'the pieces of a drop could not be read')
    return { ok: false, reason: 'pieces_unreadable' }
  }
  const pieces = found.pieces.map(({ productId, variantId, inventoryItemId, title }) => ({
    productId,
    variantId,
    inventoryItemId,
    title,
  }))
  const scarcity = { ...typed.scarcity, version: await nextVersion(ctx, typed.scarcity, dropId) }
  const known = new Map(pieces.map((piece) => [piece.variantId, piece]))
  return readTypedPlan({ ...typed, scarcity }, ctx.shop.timeZone, known)
}

/** What was claimed under a rule names its version: another rule is another version. */
async function nextVersion(
  { db, shop }: ShopContext,
  wanted: Omit<ScarcityRule, 'version'>,
  dropId: string | null,
): Promise<number> {
  const drop = isRowId(dropId) ? await db.inShop(shop.id, (tx) => loadDrop(tx, shop.id, dropId)) : null
  if (!drop) return 1
  const { version, lowAt, lastAt } = drop.scarcity
  return lowAt === wanted.lowAt && lastAt === wanted.lastAt ? version : version + 1
}
