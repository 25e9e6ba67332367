import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { Prisma, type Shop } from '#app/adapters/db/generated/client.ts'
import { periodLabelled } from '#app/domain/time/month-period.ts'
import type { MonthFigures } from './home-view.server.ts'

interface MonthRow {
  /** Place among the labels, from 1. */
  place: number
  net: bigint
  royalty: bigint
}

/**
 * Attributed net sales and royalties of each named month, in the shop's zone and currency, from what is booked. Months without either are
 * zero. A fact is never booked in a month before its own, so older accounting months need not be read.
 */
export async function readMonthlyFigures(
  tx: ShopTransaction,
  shop: Shop,
  labels: string[],
): Promise<MonthFigures[]> {
  const beginnings = labels.map((label) => periodLabelled(label, shop.timeZone).startsAt)
  const since = beginnings[0]
  if (since === undefined) return []
  // A line that pays two creators is one sale: its net counts once.
  const rows = await tx.$queryRaw<MonthRow[]>(Prisma.sql`
    select f.place, sum(f.net)::bigint as net, sum(f.royalty)::bigint as royalty from (
      select width_bucket(min(e.effective_at), ${beginnings}::timestamptz[]) as place,
             coalesce(max(e.net_minor) filter (where e.kind = 'sale'), 0) as net, sum(e.royalty_minor) as royalty
      from royalty_entry e
      where e.shop_id = ${shop.id} and e.effective_at >= ${since}::timestamptz
        ${await bookedSince(tx, shop, new Date(since))}
      group by e.journal_seq
    ) f group by f.place`)
  const byPlace = new Map(rows.map((row) => [row.place, row]))
  return labels.map((month, index) => {
    const row = byPlace.get(index + 1)
    return { month, netMinor: String(row?.net ?? 0n), royaltyMinor: String(row?.royalty ?? 0n) }
  })
}

/**
 * Only entries `e` in the shop's currency, of months that had not ended then. The months are named, so that the planner knows how many rows
 * to expect; the currency is asked for only where the books know another one.
 */
export async function bookedSince(
  tx: ShopTransaction,
  shop: Pick<Shop, 'id' | 'currency'>,
  since: Date,
): Promise<Prisma.Sql> {
  const periods = await tx.period.findMany({
    where: { shopId: shop.id, endsAt: { gt: since } },
    select: { id: true },
  })
  const others = await tx.account.count({ where: { shopId: shop.id, currency: { not: shop.currency } } })
  const inPeriods = Prisma.sql`and e.period_id = any(${periods.map(({ id }) => id)}::uuid[])`
  return others === 0
    ? inPeriods
    : Prisma.sql`${inPeriods} and exists (
        select 1 from journal j where j.shop_id = e.shop_id and j.seq = e.journal_seq and j.currency = ${shop.currency})`
}
