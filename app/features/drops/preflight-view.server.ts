// What must be right before a drop may be scheduled, as its page shows it.
import { loadDrop } from '#app/adapters/db/drop-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { planProblems } from '#app/domain/drops/drop.ts'
import type { PreflightItem } from '#app/domain/drops/preflight.ts'
import { timelineProblems } from '#app/domain/drops/timeline.ts'
import type { TypedProblem } from '#app/domain/drops/typed-plan.ts'
import type { ShopContext } from '../context.ts'
import { checkDrop } from './check-drop.server.ts'

export type PreflightView =
  | { ok: true; items: PreflightItem[]; unfinished: TypedProblem[] }
  /** The shop has no online store, or Shopify did not answer. */
  | { ok: false; reason: 'no_online_store' | 'shopify_unavailable' }

/** Null when the drop is unknown. */
export async function readPreflight(ctx: ShopContext, dropId: string): Promise<PreflightView | null> {
  if (!isRowId(dropId)) return null
  const drop = await ctx.db.inShop(ctx.shop.id, (tx) => loadDrop(tx, ctx.shop.id, dropId))
  if (!drop) return null
  const checked = await checkDrop(ctx, drop)
  if (!checked.ok) {
    if (checked.reason === 'no_online_store') return { ok: false, reason: 'no_online_store' }
    ctx.log.warn({ dropId, refusal: checked }, 'a drop could not be looked at before its flight')
    return { ok: false, reason: 'shopify_unavailable' }
  }
  const unfinished = [...planProblems(drop), ...timelineProblems(drop.acts, drop.timeZone)]
  return { ok: true, items: checked.items, unfinished }
}
