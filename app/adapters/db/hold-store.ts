// Pieces held for people in the line of a restock. A hold is a row before anything is asked of Shopify.
import { unitsToOffer } from '../../domain/drops/restock.ts'
import type { ShopTransaction } from './database.ts'
import type { ClaimHold } from './generated/client.ts'
import { newRowId } from './row-id.ts'

/** A wave whose units are for sale now. */
export interface ReleasedWave {
  id: string
  dropId: string
  variantId: bigint
  /** As many as really came out of reserve. */
  units: number
  releasedAt: Date
  closesAt: Date
}

/** Of drops that sell at the moment; restocks only, not what a drop opens with. */
export async function releasedWaves(tx: ShopTransaction, shopId: number, now: Date): Promise<ReleasedWave[]> {
  return tx.$queryRaw<ReleasedWave[]>`
    select w.id, w.drop_id as "dropId", w.variant_id as "variantId", m.units, m.finished_at as "releasedAt", c.at as "closesAt"
    from wave w
    join drop d on d.id = w.drop_id and d.status = 'live'
    join act a on a.id = w.act_id and a.kind = 'wave'
    join act c on c.drop_id = w.drop_id and c.kind = 'close' and c.at > ${now}
    join stock_move m on m.wave_id = w.id and m.kind = 'release' and m.status = 'done'
    where w.shop_id = ${shopId}
    order by m.finished_at, w.id`
}

/** Somebody held a drop after its units came: they are offered when it goes on. */
export async function isOfferWaiting(tx: ShopTransaction, shopId: number, now: Date): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`
    select 1 from drop d
    join act c on c.drop_id = d.id and c.kind = 'close' and c.at > ${now}
    join wave w on w.drop_id = d.id and w.state = 'released'
    where d.shop_id = ${shopId} and d.status = 'held' limit 1`
  return found.length > 0
}

/** Holds for whoever signed up before the units came, oldest first, as many as there are units. Returns the new ones' ids. */
export async function intendFirstHolds(
  tx: ShopTransaction,
  shopId: number,
  wave: ReleasedWave,
  now: Date,
): Promise<string[]> {
  await lockWave(tx, wave.id)
  const [row] = await tx.$queryRaw<Array<{ offered: number }>>`
    select count(*)::int as offered from claim_hold
    where wave_id = ${wave.id}::uuid and (after_hold_id is null or refusal is not null)`
  const wanted = unitsToOffer(wave.units, row?.offered ?? 0)
  if (wanted === 0) return []
  const line = await tx.$queryRaw<Array<{ id: string }>>`
    select s.id from restock_signup s
    where s.shop_id = ${shopId} and s.drop_id = ${wave.dropId}::uuid and s.variant_id = ${wave.variantId}
      and s.status = 'waiting' and s.consent_at <= ${wave.releasedAt}
      and not exists (select 1 from claim_hold h
        where h.signup_id = s.id and (h.wave_id = ${wave.id}::uuid or h.status in ('asked', 'held')))
    order by s.position limit ${wanted}`
  const ids: string[] = []
  for (const { id: signupId } of line) {
    const id = newRowId()
    const { dropId, variantId } = wave
    await tx.claimHold.create({
      data: { id, shopId, dropId, waveId: wave.id, variantId, signupId, askedAt: now },
    })
    ids.push(id)
  }
  return ids
}

/** The unit of an ended hold goes to whoever is next, also somebody for whom nothing was left before. Null: nobody waits. */
export async function passOn(
  tx: ShopTransaction,
  shopId: number,
  wave: ReleasedWave,
  endedHoldId: string,
  now: Date,
): Promise<string | null> {
  await lockWave(tx, wave.id)
  const [next] = await tx.$queryRaw<Array<{ signupId: string; refusedId: string | null }>>`
    select s.id as "signupId", r.id as "refusedId" from restock_signup s
    left join claim_hold r on r.signup_id = s.id and r.wave_id = ${wave.id}::uuid
    where s.shop_id = ${shopId} and s.drop_id = ${wave.dropId}::uuid and s.variant_id = ${wave.variantId}
      and s.status = 'waiting' and (r.id is null or r.status = 'refused')
      and not exists (select 1 from claim_hold h where h.signup_id = s.id and h.status in ('asked', 'held'))
    order by s.position limit 1`
  if (!next) return null
  const { signupId, refusedId } = next
  const id = refusedId ?? newRowId()
  const asked = { status: 'asked', askedAt: now, endedAt: null, afterHoldId: endedHoldId }
  if (refusedId) await tx.claimHold.update({ where: { id }, data: asked })
  else {
    const { dropId, variantId } = wave
    await tx.claimHold.create({
      data: { id, shopId, dropId, waveId: wave.id, variantId, signupId, ...asked },
    })
  }
  return id
}

async function lockWave(tx: ShopTransaction, waveId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`holds/${waveId}`}, 0))::text`
}

/** Whose time is over, or of whom the person cannot be told. */
export async function holdsToEnd(tx: ShopTransaction, shopId: number, now: Date): Promise<ClaimHold[]> {
  const held = await tx.claimHold.findMany({
    where: { shopId, status: 'held' },
    orderBy: [{ heldUntil: 'asc' }, { id: 'asc' }],
  })
  const untold = await tx.restockNotice.findMany({
    where: { shopId, status: { in: ['dropped', 'failed'] }, holdId: { in: held.map(({ id }) => id) } },
    select: { holdId: true },
  })
  const isUntold = new Set(untold.map(({ holdId }) => holdId))
  return held.filter(({ id, heldUntil }) => isUntold.has(id) || (heldUntil !== null && heldUntil <= now))
}

export async function holdsAsked(tx: ShopTransaction, shopId: number): Promise<ClaimHold[]> {
  return tx.claimHold.findMany({ where: { shopId, status: 'asked' }, orderBy: { askedAt: 'asc' } })
}
