// What was payable when a run was made may not be any more: looked at again before a file leaves the house, and when the money is booked.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { LockedPayout } from './run-store.server.ts'

/** Returns came in meanwhile, or the account was changed: these payouts must be voided first. */
export interface PayoutObstacle {
  ok: false
  reason: 'balance_too_small' | 'method_replaced' | 'on_risk_hold'
  creators: string[]
}

interface Standing {
  creatorId: string
  name: string
  available: bigint
  methodId: string | null
  riskKind: string | null
}

/** What stands in the way of the run's payouts now; null when nothing does. For sending, call with the ledger locked. */
export async function findObstacle(
  tx: ShopTransaction,
  shopId: number,
  currency: string,
  payouts: readonly LockedPayout[],
): Promise<PayoutObstacle | null> {
  const ids = payouts.map(({ creatorId }) => creatorId)
  const rows = await tx.$queryRaw<Standing[]>`
    select c.id::text as "creatorId", c.name,
      (select coalesce(-sum(v.movement_minor), 0)::bigint from account a join account_movement v on v.account_id = a.id
       where a.shop_id = ${shopId} and a.creator_id = c.id and a.currency = ${currency} and a.code like '%/available') as available,
      (select m.id::text from payout_method m where m.shop_id = ${shopId} and m.creator_id = c.id and m.currency = ${currency} and m.replaced_at is null) as "methodId",
      (select e.kind from creator_event e where e.shop_id = ${shopId} and e.creator_id = c.id and e.kind in ('payouts_held', 'payouts_freed')
       order by e.at desc, e.id desc limit 1) as "riskKind"
    from creator c where c.shop_id = ${shopId} and c.id = any(${ids}::uuid[])`
  const standing = new Map(rows.map((row) => [row.creatorId, row]))
  const namesWhere = (isWrong: (row: Standing, payout: LockedPayout) => boolean) =>
    payouts.flatMap((payout) => {
      const row = standing.get(payout.creatorId)
      return !row || isWrong(row, payout) ? [row?.name ?? payout.reference] : []
    })
  const obstacles = [
    ['balance_too_small', namesWhere((row, payout) => row.available < payout.grossMinor)],
    ['method_replaced', namesWhere((row, payout) => row.methodId !== payout.methodId)],
    ['on_risk_hold', namesWhere((row) => row.riskKind === 'payouts_held')],
  ] as const
  const found = obstacles.find(([, creators]) => creators.length > 0)
  return found ? { ok: false, reason: found[0], creators: found[1] } : null
}
