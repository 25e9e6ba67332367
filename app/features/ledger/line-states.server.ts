// Where the royalties of order lines stand, read from the subledger for a whole group of lines at once.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Payee } from '../../domain/attribution/attribution.ts'
import { disputeStage } from '../../domain/ledger/post-dispute.ts'
import type { RoyaltyLine, RoyaltyStanding } from '../../domain/ledger/royalty-line.ts'
import { localDateOf } from '../../domain/time/instant.ts'

interface LineRow {
  line_item_id: bigint
  order_id: bigint
  sold_at: Date
  time_zone: string
  drop_id: string | null
  payees: Payee[]
  capped: boolean
}

interface EarnedRow {
  line_item_id: bigint
  version_id: string
  net: bigint
  royalty: bigint
}

interface StandingRow {
  line_item_id: bigint
  creator_id: string
  released: boolean
  reserve_bps: number
  reserve_released: boolean
}

/**
 * By Shopify's line item id. Only lines whose attribution was decided are there. Looked up one by one: given a list, a planner without
 * statistics goes through all lines of the shop instead.
 */
export async function readLineStates(
  tx: ShopTransaction,
  shop: { id: number },
  lineItemIds: readonly bigint[],
): Promise<Map<bigint, RoyaltyLine>> {
  const ids = [...new Set(lineItemIds)].map(String)
  if (ids.length === 0) return new Map()
  const lines = await tx.$queryRaw<LineRow[]>`
    select newest.*, first.time_zone, first.drop_id from unnest(${ids}::bigint[]) as wanted(id)
    cross join lateral (
      select a.line_item_id, a.order_id, a.sold_at, a.payees, a.capped from line_attribution a
      where a.shop_id = ${shop.id} and a.line_item_id = wanted.id order by a.revision desc limit 1
    ) newest
    cross join lateral (
      select a.circumstances->>'timeZone' as time_zone, a.circumstances->'drop'->>'id' as drop_id from line_attribution a
      where a.shop_id = ${shop.id} and a.line_item_id = wanted.id and a.revision = 1 offset 0
    ) first`
  if (lines.length === 0) return new Map()
  const decided = lines.map((row) => String(row.line_item_id))
  const orderIds = lines.map((row) => row.order_id)
  const [earned, standings, lostOrders] = await Promise.all([
    tx.$queryRaw<EarnedRow[]>`
      select wanted.id as line_item_id, own.* from unnest(${decided}::bigint[]) as wanted(id)
      cross join lateral (
        select e.agreement_version_id::text as version_id, sum(e.net_minor)::bigint as net, sum(e.royalty_minor)::bigint as royalty
        from royalty_entry e where e.shop_id = ${shop.id} and e.line_item_id = wanted.id and e.kind <> 'award'
        group by e.agreement_version_id offset 0
      ) own`,
    tx.$queryRaw<StandingRow[]>`
      select wanted.id as line_item_id, own.* from unnest(${decided}::bigint[]) as wanted(id)
      cross join lateral (
        select h.creator_id::text, h.released_at is not null as released, h.reserve_bps, h.reserve_released_at is not null as reserve_released
        from royalty_hold h where h.shop_id = ${shop.id} and h.line_item_id = wanted.id offset 0
      ) own`,
    readLostOrders(tx, shop.id, orderIds),
  ])
  const earnedOf = groupBy(earned, (row) => row.line_item_id)
  const standingsOf = groupBy(standings, (row) => row.line_item_id)
  return new Map(
    lines.map((row) => {
      const own = earnedOf.get(row.line_item_id) ?? []
      const paid = new Set(row.payees.map((payee) => payee.agreementVersionId))
      return [
        row.line_item_id,
        {
          lineItemId: row.line_item_id,
          soldOn: localDateOf(row.sold_at.toISOString(), row.time_zone),
          dropId: row.drop_id,
          payees: row.payees,
          capped: row.capped,
          // Every payee's rows carry the line's whole net: any one of them tells it.
          cumulativeNetMinor: own.find((item) => paid.has(item.version_id))?.net ?? 0n,
          posted: new Map(own.map((item) => [item.version_id, item.royalty])),
          standings: new Map(
            (standingsOf.get(row.line_item_id) ?? []).map((item) => [item.creator_id, standingIn(item)]),
          ),
          disputeLost: lostOrders.has(row.order_id),
        },
      ]
    }),
  )
}

function standingIn(row: StandingRow): RoyaltyStanding {
  const isReserved = row.reserve_bps > 0 && !row.reserve_released
  return {
    stage: row.released ? (isReserved ? 'reserved' : 'free') : 'held',
    reserveBps: row.reserve_bps,
  }
}

/** Orders whose money a lost chargeback took back: their lines earn nothing, also those that an edit adds later. */
export async function readLostOrders(
  tx: ShopTransaction,
  shopId: number,
  orderIds: readonly bigint[],
): Promise<Set<bigint>> {
  const ids = [...new Set(orderIds)].map(String)
  const disputes = await tx.$queryRaw<Array<{ order_id: bigint; type: string; status: string }>>`
    select order_id, type, status from dispute where shop_id = ${shopId} and order_id = any(${ids}::bigint[])`
  return new Set(disputes.filter(isLost).map((dispute) => dispute.order_id))
}

export function isLost(dispute: { type: string; status: string }): boolean {
  const staged = disputeStage(dispute)
  return staged.ok && staged.stage === 'lost'
}

function groupBy<Row, Key>(rows: Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
