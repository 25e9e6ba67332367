// What Shopify's numbers do not explain: open differences first, each with both sides of the sum, then the latest resolved ones.
import type { ShopContext } from '../context.ts'

export interface SuspenseRow {
  id: string
  orderId: string
  orderName: string | null
  placedAt: string | null
  reason: string
  amountMinor: string
  currency: string
  /** What Shopify says the order comes to now; null when the order is gone. */
  shopifyTotalMinor: string | null
  /** What its sales add up to. */
  salesTotalMinor: string
  sales: number
  financialStatus: string | null
  openedAt: string
  resolvedAt: string | null
  /** tied_out | journal */
  resolvedBy: string | null
  /** The journal that somebody asked for, proposed or posted. */
  adjustment: {
    status: 'proposed' | 'posted'
    reason: string
    account: string
    journalSeq: string | null
  } | null
}

export interface SuspenseView {
  open: SuspenseRow[]
  resolved: SuspenseRow[]
  /** Balance of the suspense account per currency. */
  balances: Array<{ currency: string; balanceMinor: string }>
  timeZone: string
}

interface Row {
  id: string
  orderId: bigint
  orderName: string | null
  placedAt: Date | null
  reason: string
  amountMinor: bigint
  currency: string
  shopifyTotal: bigint | null
  salesTotal: bigint
  sales: number
  financialStatus: string | null
  openedAt: Date
  resolvedAt: Date | null
  resolvedBy: string | null
  adjustment: {
    status: 'proposed' | 'posted'
    reason: string
    account: string
    journalSeq: string | null
  } | null
}

const MOST_OPEN = 200
const MOST_RESOLVED = 50

export async function readSuspense(ctx: ShopContext): Promise<SuspenseView> {
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      with item as materialized (
        (select * from suspense_item where shop_id = ${shopId} and resolved_at is null order by opened_at desc, id limit ${MOST_OPEN})
        union all
        (select * from suspense_item where shop_id = ${shopId} and resolved_at is not null order by resolved_at desc, id limit ${MOST_RESOLVED})
      )
      select i.id::text as id, i.order_id as "orderId", o.name as "orderName", o.placed_at as "placedAt", i.reason,
             i.amount_minor as "amountMinor", i.currency, o.current_total_minor as "shopifyTotal",
             coalesce(s.total, 0)::bigint as "salesTotal", coalesce(s.sales, 0)::int as sales, o.financial_status as "financialStatus",
             i.opened_at as "openedAt", i.resolved_at as "resolvedAt", i.resolved_by as "resolvedBy", j.adjustment
      from item i
      left join shop_order o on o.shop_id = i.shop_id and o.order_id = i.order_id
      left join lateral (
        select sum(s.total_minor) as total, count(*) as sales from sale s where s.shop_id = i.shop_id and s.order_id = i.order_id
      ) s on true
      left join lateral (
        select jsonb_build_object('status', a.status, 'reason', a.reason, 'account', a.account, 'journalSeq', a.journal_seq::text) as adjustment
        from adjustment a
        where a.shop_id = i.shop_id and a.order_id = i.order_id and a.kind = 'suspense' and a.amount_minor = i.amount_minor
          and ((i.resolved_at is null and a.status = 'proposed') or (i.resolved_by = 'journal' and a.status = 'posted'))
        order by a.proposed_at desc limit 1
      ) j on true
      order by i.resolved_at is not null, coalesce(i.resolved_at, i.opened_at) desc, i.id`
    const balances = await tx.$queryRaw<Array<{ currency: string; balance: bigint }>>`
      select a.currency, b.balance_minor as balance from account a join account_balance b on b.account_id = a.id
      where a.shop_id = ${shopId} and a.code = 'suspense' order by a.currency`
    const shown = rows.map(toRow)
    return {
      open: shown.filter((row) => row.resolvedAt === null),
      resolved: shown.filter((row) => row.resolvedAt !== null),
      balances: balances.map(({ currency, balance }) => ({ currency, balanceMinor: String(balance) })),
      timeZone: ctx.shop.timeZone,
    }
  })
}

function toRow({ shopifyTotal, salesTotal, ...row }: Row): SuspenseRow {
  return {
    ...row,
    orderId: String(row.orderId),
    placedAt: row.placedAt?.toISOString() ?? null,
    amountMinor: String(row.amountMinor),
    shopifyTotalMinor: shopifyTotal === null ? null : String(shopifyTotal),
    salesTotalMinor: String(salesTotal),
    openedAt: row.openedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  }
}
