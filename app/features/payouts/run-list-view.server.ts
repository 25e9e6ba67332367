// The list of payout runs, newest first, with what waits to be paid.
import type { ShopContext } from '../context.ts'

export const RUNS_PER_PAGE = 50

export interface RunListRow {
  id: string
  number: number
  status: string
  currency: string
  executeOn: string
  createdAt: string
  createdBy: string
  payouts: number
  netMinor: string
  /** Sent and not confirmed yet. */
  onItsWay: number
  failed: number
}

export interface RunListView {
  rows: RunListRow[]
  page: number
  pageCount: number
  /** What stands on creators' balances and is in no run, by currency. */
  due: Array<{ currency: string; amountMinor: string; creators: number }>
  timeZone: string
}

interface Row extends Omit<RunListRow, 'netMinor' | 'createdAt'> {
  net: bigint
  createdAt: Date
  matching: number
}

export async function readRunList(ctx: ShopContext, wanted: number): Promise<RunListView> {
  const { shop } = ctx
  const page = Number.isSafeInteger(wanted) && wanted >= 1 && wanted <= 100_000 ? wanted : 1
  return ctx.db.inShop(shop.id, async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      select r.id::text as id, r.number, r.status, r.currency, r.execute_on::text as "executeOn", r.created_at as "createdAt",
        r.created_by as "createdBy", s.payouts, s.net, s."onItsWay", s.failed, (count(*) over ())::int as matching
      from payout_run r
      cross join lateral (
        select count(*) filter (where p.status <> 'voided' or r.status = 'voided')::int as payouts,
          coalesce(sum(p.net_minor) filter (where p.status <> 'voided' or r.status = 'voided'), 0)::bigint as net,
          count(*) filter (where p.status = 'sent')::int as "onItsWay", count(*) filter (where p.status = 'failed')::int as failed
        from payout p where p.run_id = r.id
      ) s
      where r.shop_id = ${shop.id}
      order by r.number desc
      limit ${RUNS_PER_PAGE} offset ${(page - 1) * RUNS_PER_PAGE}`
    const due = await tx.$queryRaw<Array<{ currency: string; amount: bigint; creators: number }>>`
      with balance as (
        select a.creator_id, a.currency, -sum(m.movement_minor) as available
        from account a join account_movement m on m.account_id = a.id
        where a.shop_id = ${shop.id} and a.creator_id is not null and a.code like '%/available' group by 1, 2
      ), pending as (
        select creator_id, currency, sum(gross_minor) as gross from payout
        where shop_id = ${shop.id} and status in ('draft', 'approved') group by 1, 2
      )
      select b.currency, sum(b.available - coalesce(p.gross, 0))::bigint as amount, count(*)::int as creators
      from balance b left join pending p on p.creator_id = b.creator_id and p.currency = b.currency
      where b.available > coalesce(p.gross, 0) group by 1 order by 1`
    return {
      rows: rows.map(({ net, createdAt, matching: _, ...row }) => ({
        ...row,
        netMinor: String(net),
        createdAt: createdAt.toISOString(),
      })),
      page,
      pageCount: Math.max(1, Math.ceil((rows[0]?.matching ?? 0) / RUNS_PER_PAGE)),
      due: due.map(({ currency, amount, creators }) => ({ currency, amountMinor: String(amount), creators })),
      timeZone: shop.timeZone,
    }
  })
}
