// What was wanted in a drop and could not be had, and what shoppers were told: from the sign-ups, the holds and the claim log. Of shoppers
// nothing but numbers.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { StoredDrop } from '../../adapters/db/drop-store.ts'
import type { CheckName } from '../../domain/drops/claim-check.ts'
import { CLAIM_KINDS, type ClaimKind } from '../../domain/drops/claim-log.ts'
import { sellingWindow } from '../../domain/drops/timeline.ts'

export interface LostDemand {
  pieces: Array<{
    variantId: string
    title: string
    role: string
    sold: number
    /** Of the time in which the drop sold, by the claims that it was sold out. */
    soldOutMs: number
    /** From the first sale on until it was sold out to the end; null: it was not. */
    soldOutAfterMs: number | null
    /** People who asked to hear of a restock, and of those who bought a piece that was held for them. */
    asked: number
    served: number
  }>
  /** `lapsed`: pieces that were held and not bought in time. */
  signups: { asked: number; served: number; lapsed: number }
}

export interface ClaimsShown {
  shown: number
  /** Those that were shown, in the order of the log's kinds. */
  kinds: Array<{ kind: ClaimKind; count: number }>
  checks: Array<{ name: CheckName; verdict: string; checkedAt: string }>
}

interface SignupRow {
  variantId: bigint
  asked: number
  served: number
  lapsed: number
}

export async function readLostDemand(
  tx: ShopTransaction,
  drop: StoredDrop,
  sold: ReadonlyMap<string, number>,
): Promise<LostDemand> {
  const { shopId, id: dropId } = drop
  // Who left by themselves wants nothing any more; who was redacted did want it.
  const rows = await tx.$queryRaw<SignupRow[]>`
    select s.variant_id as "variantId", count(*)::int as asked,
      count(*) filter (where exists (
        select 1 from claim_hold h where h.shop_id = s.shop_id and h.signup_id = s.id and h.status = 'bought'))::int as served,
      coalesce(sum((select count(*) from claim_hold h
        where h.shop_id = s.shop_id and h.signup_id = s.id and h.status = 'lapsed')), 0)::int as lapsed
    from restock_signup s
    where s.shop_id = ${shopId} and s.drop_id = ${dropId}::uuid and s.status <> 'left'
    group by 1`
  const signups = new Map(rows.map((row) => [String(row.variantId), row]))
  const gone = await readSoldOut(tx, drop)
  const total = (of: (row: SignupRow) => number) => rows.reduce((all, row) => all + of(row), 0)
  return {
    pieces: drop.offers.map(({ variantId, title, role }) => ({
      variantId,
      title,
      role,
      sold: sold.get(variantId) ?? 0,
      ...(gone.get(variantId) ?? { soldOutMs: 0, soldOutAfterMs: null }),
      asked: signups.get(variantId)?.asked ?? 0,
      served: signups.get(variantId)?.served ?? 0,
    })),
    signups: {
      asked: total(({ asked }) => asked),
      served: total(({ served }) => served),
      lapsed: total(({ lapsed }) => lapsed),
    },
  }
}

type SoldOut = Pick<LostDemand['pieces'][number], 'soldOutMs' | 'soldOutAfterMs'>

/** From claim to claim: each began when it was logged, and lasted until its end was, or the drop's. */
async function readSoldOut(tx: ShopTransaction, drop: StoredDrop): Promise<Map<string, SoldOut>> {
  const window = sellingWindow(drop.acts)
  if (!window) return new Map()
  const begins = Date.parse(window.early ?? window.open)
  const ends = Math.min(Date.parse(window.close), drop.endedAt?.getTime() ?? Number.POSITIVE_INFINITY)
  const rows = await tx.$queryRaw<Array<{ variantId: bigint; from: Date; until: Date | null }>>`
    select c.variant_id as "variantId", c.at as "from", e.at as until
    from claim c
    left join claim e on e.shop_id = c.shop_id and e.claim = c.seq and e.event = 'ended'
    where c.shop_id = ${drop.shopId} and c.drop_id = ${drop.id}::uuid and c.event = 'shown' and c.kind = 'sold_out'
    order by c.seq`
  const spans = new Map<string, Array<{ from: number; until: number }>>()
  for (const { variantId, from, until } of rows) {
    const span = {
      from: Math.max(begins, from.getTime()),
      until: Math.min(ends, until?.getTime() ?? ends),
    }
    if (span.until <= span.from) continue
    // A claim that names other restocks follows the one before without a gap: one span.
    const known = spans.get(String(variantId)) ?? []
    const last = known.at(-1)
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until)
    else known.push(span)
    spans.set(String(variantId), known)
  }
  return new Map(
    [...spans].map(([variantId, own]) => {
      const last = own.at(-1)
      const isForGood = last !== undefined && last.until >= ends
      return [
        variantId,
        {
          soldOutMs: own.reduce((all, { from, until }) => all + until - from, 0),
          soldOutAfterMs: isForGood ? last.from - begins : null,
        },
      ]
    }),
  )
}

export async function readClaimsShown(
  tx: ShopTransaction,
  shopId: number,
  dropId: string,
): Promise<ClaimsShown> {
  const rows = await tx.claim.groupBy({
    by: ['kind'],
    where: { shopId, dropId, event: 'shown' },
    _count: { _all: true },
  })
  const counts = new Map(rows.map(({ kind, _count }) => [kind, _count._all]))
  // A look that found nothing out is repeated: the last one counts.
  const checks = await tx.claimCheck.findMany({
    where: { shopId, dropId },
    distinct: ['name'],
    orderBy: [{ name: 'asc' }, { attempt: 'desc' }],
    select: { name: true, verdict: true, checkedAt: true },
  })
  return {
    shown: [...counts.values()].reduce((all, count) => all + count, 0),
    kinds: CLAIM_KINDS.flatMap((kind) => {
      const count = counts.get(kind)
      return count ? [{ kind, count }] : []
    }),
    checks: checks
      .map(({ name, verdict, checkedAt }) => ({
        name: name as CheckName,
        verdict,
        checkedAt: checkedAt.toISOString(),
      }))
      .sort((left, right) => (left.checkedAt < right.checkedAt ? -1 : 1)),
  }
}
