// What Shopify's numbers do not explain: open differences first, then the latest resolved ones.
import type { ShopContext } from '../context.ts'

export interface SuspenseRow {
  id: string
  orderId: string
  orderName: string | null
  reason: string
  amountMinor: string
  currency: string
  openedAt: string
  resolvedAt: string | null
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
  reason: string
  amountMinor: bigint
  currency: string
  openedAt: Date
  resolvedAt: Date | null
}

const MOST_OPEN = 500
const MOST_RESOLVED = 50

export async function readSuspense(ctx: ShopContext): Promise<SuspenseView> {
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      select * from (
        select i.id::text as id, i.order_id as "orderId", o.name as "orderName", i.reason, i.amount_minor as "amountMinor", i.currency,
               i.opened_at as "openedAt", i.resolved_at as "resolvedAt",
               row_number() over (partition by i.resolved_at is null order by coalesce(i.resolved_at, i.opened_at) desc, i.id) as rank
        from suspense_item i
        left join shop_order o on o.shop_id = i.shop_id and o.order_id = i.order_id
        where i.shop_id = ${shopId}
      ) ranked
      where rank <= case when "resolvedAt" is null then ${MOST_OPEN}::int else ${MOST_RESOLVED}::int end
      order by rank`
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

function toRow(row: Row): SuspenseRow {
  return {
    id: row.id,
    orderId: String(row.orderId),
    orderName: row.orderName,
    reason: row.reason,
    amountMinor: String(row.amountMinor),
    currency: row.currency,
    openedAt: row.openedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  }
}
