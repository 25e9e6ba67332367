// What creators with an open advance earned in a month, for what of it goes to the advance.
import type { OpenAdvance } from '../../domain/statements/recoupment.ts'
import type { ShopTransaction } from './database.ts'

export interface MonthToRecoup {
  id: string
  endsAt: Date
}

export interface RecoupableMonth {
  creatorId: string
  /** Paid ahead and not taken back at the month's end. */
  unrecoupedMinor: bigint
  availableMinor: bigint
  earnedMinor: bigint
  /** Paid before the month's end. */
  advances: OpenAdvance[]
}

/**
 * Creators with an open advance in the currency. Earned: what became available in the month; payments sent or come back do not count.
 * Available, and still to be taken back: at the month's end, but no more than now, because a month that closes late must not take what has been
 * paid out, returned or undone since.
 */
export async function readRecoupableMonth(
  tx: ShopTransaction,
  shopId: number,
  currency: string,
  month: MonthToRecoup,
  /** An advance that was undone counts as long as its reversal has no earlier number: the number that comes next, or that is computed anew. */
  nextSeq: bigint,
): Promise<RecoupableMonth[]> {
  const rows = await tx.$queryRaw<Array<Omit<RecoupableMonth, 'advances'>>>`
    with balance as (
      select a.creator_id, split_part(a.code, '/', 3) as bucket,
             coalesce(sum(m.movement_minor) filter (where p.ends_at <= ${month.endsAt}), 0) as through, sum(m.movement_minor) as today,
             coalesce(sum(m.movement_minor) filter (where m.period_id = ${month.id}::uuid), 0) as moved
      from account a
      join account_movement m on m.account_id = a.id
      join period p on p.id = m.period_id
      where a.shop_id = ${shopId} and a.currency = ${currency} and a.creator_id in (
        select o.creator_id from advance o where o.shop_id = ${shopId} and o.currency = ${currency} and o.paid_at is not null)
      group by 1, 2
    ), paid as (
      select p.creator_id, sum(case when j.seq = p.journal_seq then p.gross_minor else -p.gross_minor end) as amount
      from payout p join journal j on j.shop_id = ${shopId} and j.seq in (p.journal_seq, p.reversal_seq) and j.period_id = ${month.id}::uuid
      where p.shop_id = ${shopId} and p.currency = ${currency} and p.journal_seq is not null
      group by 1
    )
    select d.creator_id::text as "creatorId", least(d.through, d.today)::bigint as "unrecoupedMinor",
           (-greatest(coalesce(v.through, 0), coalesce(v.today, 0)))::bigint as "availableMinor",
           (-coalesce(v.moved, 0) + coalesce(x.amount, 0))::bigint as "earnedMinor"
    from balance d
    left join balance v on v.creator_id = d.creator_id and v.bucket = 'available'
    left join paid x on x.creator_id = d.creator_id
    where d.bucket = 'advance' and least(d.through, d.today) > 0
    order by d.creator_id`
  if (rows.length === 0) return []
  const advances = await readAdvances(tx, shopId, currency, month, nextSeq)
  return rows.map((row) => ({ ...row, advances: advances.get(row.creatorId) ?? [] }))
}

async function readAdvances(
  tx: ShopTransaction,
  shopId: number,
  currency: string,
  month: MonthToRecoup,
  nextSeq: bigint,
): Promise<Map<string, OpenAdvance[]>> {
  const rows = await tx.advance.findMany({
    where: {
      shopId,
      currency,
      paidAt: { lt: month.endsAt },
      OR: [{ reversalSeq: null }, { reversalSeq: { gt: nextSeq } }],
    },
    select: { id: true, creatorId: true, amountMinor: true, recoupBps: true, paidAt: true },
  })
  const advances = new Map<string, OpenAdvance[]>()
  for (const { creatorId, paidAt, ...advance } of rows) {
    if (!paidAt) continue
    const own = advances.get(creatorId) ?? []
    advances.set(creatorId, [...own, { ...advance, paidAt: paidAt.toISOString() }])
  }
  return advances
}
