// Drafts of drops: made, changed, deleted. What is still missing may be missing; what contradicts itself is refused.
import { hasPasses } from '../../adapters/db/access-pass-store.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import {
  findDropByHandle,
  insertDrop,
  loadDrop,
  recordDropEvent,
  replaceDraft,
  type StoredDrop,
} from '../../adapters/db/drop-store.ts'
import { isRowId, newRowId } from '../../adapters/db/row-id.ts'
import {
  type DropPlan,
  type DropStatus,
  isIncomplete,
  type PlanProblem,
  planProblems,
} from '../../domain/drops/drop.ts'
import { type TimelineProblem, timelineProblems } from '../../domain/drops/timeline.ts'
import type { ShopContext } from '../context.ts'

export type PlanOutcome =
  | { ok: true; dropId: string }
  | { ok: false; reason: 'plan_contradicts'; problems: Array<PlanProblem | TimelineProblem> }
  | { ok: false; reason: 'handle_taken'; handle: string }
  /** Guests hold passes that name the drop by its handle. */
  | { ok: false; reason: 'handle_on_passes' | 'drop_has_passes' }
  | { ok: false; reason: 'unknown_drop' | 'unknown_creator' | 'unknown_agreement' | 'changed_meanwhile' }
  /** The id that the form brought belongs to something else. */
  | { ok: false; reason: 'form_reused' }
  /** Only drafts are planned: what is scheduled goes back to a draft first. */
  | { ok: false; reason: `drop_is_${DropStatus}` }

/** `id` is brought by the form: sending it twice makes one draft. */
export async function draftDrop(
  { db, shop, clock }: ShopContext,
  { id, plan }: { id: string; plan: DropPlan },
  actor: string,
): Promise<PlanOutcome> {
  if (!isRowId(id)) return { ok: false, reason: 'form_reused' }
  const contradiction = contradictions(plan)
  if (contradiction) return contradiction
  return db.inShop(shop.id, async (tx): Promise<PlanOutcome> => {
    await lockHandle(tx, shop.id, plan)
    if (await loadDrop(tx, shop.id, id)) return { ok: true, dropId: id }
    const refusal = (await handleTaken(tx, shop.id, id, plan)) ?? (await unknownPartner(tx, shop.id, plan))
    if (refusal) return refusal
    const createdAt = clock.now()
    const given = { id, plan: withOwnIds(plan, null), createdAt, createdBy: actor }
    if (!(await insertDrop(tx, shop.id, given))) return { ok: false, reason: 'form_reused' }
    await recordDropEvent(tx, { shopId: shop.id, dropId: id, at: createdAt, kind: 'drafted', actor })
    return { ok: true, dropId: id }
  })
}

/** Replaces the plan of a draft. `revision`: of the draft as it was shown. */
export async function changeDrop(
  { db, shop, clock }: ShopContext,
  { dropId, plan, revision }: { dropId: string; plan: DropPlan; revision: number },
  actor: string,
): Promise<PlanOutcome> {
  if (!isRowId(dropId)) return { ok: false, reason: 'unknown_drop' }
  const contradiction = contradictions(plan)
  if (contradiction) return contradiction
  return db.inShop(shop.id, async (tx): Promise<PlanOutcome> => {
    await lockHandle(tx, shop.id, plan)
    const drop = await loadDrop(tx, shop.id, dropId, { lock: true })
    if (!drop) return { ok: false, reason: 'unknown_drop' }
    if (drop.status !== 'draft') return { ok: false, reason: `drop_is_${drop.status}` }
    if (drop.revision !== revision) return { ok: false, reason: 'changed_meanwhile' }
    const refusal =
      (await handleTaken(tx, shop.id, dropId, plan)) ?? (await unknownPartner(tx, shop.id, plan))
    if (refusal) return refusal
    if (plan.handle !== drop.handle && (await hasPasses(tx, shop.id, dropId, clock.now())))
      return { ok: false, reason: 'handle_on_passes' }
    await replaceDraft(tx, shop.id, dropId, withOwnIds(plan, drop))
    await recordDropEvent(tx, {
      shopId: shop.id,
      dropId,
      at: clock.now(),
      kind: 'changed',
      actor,
      facts: { revision },
    })
    return { ok: true, dropId }
  })
}

/** A draft that never moved a unit leaves nothing behind but its event. */
export async function deleteDraft(
  { db, shop, clock }: ShopContext,
  dropId: string,
  actor: string,
): Promise<PlanOutcome> {
  if (!isRowId(dropId)) return { ok: false, reason: 'unknown_drop' }
  return db.inShop(shop.id, async (tx): Promise<PlanOutcome> => {
    const drop = await loadDrop(tx, shop.id, dropId, { lock: true })
    if (!drop) return { ok: false, reason: 'unknown_drop' }
    if (drop.status !== 'draft') return { ok: false, reason: `drop_is_${drop.status}` }
    // Being settled: units may still be on their way back.
    if (drop.settlesAt !== null || drop.waves.some(({ state }) => state === 'reserved'))
      return { ok: false, reason: 'changed_meanwhile' }
    // A new drop of the same name would take them, also those that were taken back.
    if (await hasPasses(tx, shop.id, dropId, clock.now())) return { ok: false, reason: 'drop_has_passes' }
    await tx.drop.delete({ where: { id: dropId } })
    await recordDropEvent(tx, {
      shopId: shop.id,
      dropId,
      at: clock.now(),
      kind: 'deleted',
      actor,
      facts: { handle: drop.handle, title: drop.title },
    })
    return { ok: true, dropId }
  })
}

function contradictions(plan: DropPlan): Extract<PlanOutcome, { ok: false }> | null {
  const problems = [...planProblems(plan), ...timelineProblems(plan.acts, plan.timeZone)].filter(
    (problem) => !isIncomplete(problem),
  )
  return problems.length > 0 ? { ok: false, reason: 'plan_contradicts', problems } : null
}

/** Two who want one handle at once go one after the other, so that the second sees the first. */
async function lockHandle(tx: ShopTransaction, shopId: number, { handle }: DropPlan): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`drop-handle/${shopId}/${handle}`}, 0))::text`
}

async function handleTaken(
  tx: ShopTransaction,
  shopId: number,
  dropId: string,
  { handle }: DropPlan,
): Promise<Extract<PlanOutcome, { ok: false }> | null> {
  const other = await findDropByHandle(tx, shopId, handle)
  return other && other.id !== dropId ? { ok: false, reason: 'handle_taken', handle } : null
}

/** Row-level security hides other shops' rows, but a reference alone would not show that. */
async function unknownPartner(
  tx: ShopTransaction,
  shopId: number,
  { creatorId, agreementId }: DropPlan,
): Promise<Extract<PlanOutcome, { ok: false }> | null> {
  if (creatorId !== null) {
    const known = isRowId(creatorId) && (await tx.creator.count({ where: { shopId, id: creatorId } })) > 0
    if (!known) return { ok: false, reason: 'unknown_creator' }
  }
  if (agreementId !== null) {
    const where = { shopId, id: agreementId, ...(creatorId !== null && { creatorId }) }
    const known = isRowId(agreementId) && (await tx.agreement.count({ where })) > 0
    if (!known) return { ok: false, reason: 'unknown_agreement' }
  }
  return null
}

/** Ids of acts and waves are ours, whatever the form calls them; those of the draft itself are kept. */
function withOwnIds(plan: DropPlan, drop: StoredDrop | null): DropPlan {
  const known = new Set([...(drop?.acts ?? []), ...(drop?.waves ?? [])].map(({ id }) => id))
  const ids = new Map<string, string>()
  const own = (id: string) => {
    const kept = ids.get(id) ?? (known.has(id) ? id : newRowId())
    ids.set(id, kept)
    return kept
  }
  const acts = plan.acts.map((act) => ({ ...act, id: own(act.id) }))
  const waves = plan.waves.map((wave) => ({ ...wave, id: own(wave.id), actId: own(wave.actId) }))
  return { ...plan, acts, waves }
}
