// What each order has left in the books, in accounts with creators' names.
import type { Database } from '#app/adapters/db/database.ts'

export type Balances = Record<string, number>

/** By order id; accounts at zero are left out. */
export async function balancesByOrder(db: Database, shopId: number): Promise<Map<string, Balances>> {
  const rows = await db.inShop(
    shopId,
    (tx) => tx.$queryRaw<Array<{ order_id: bigint; account: string; amount: bigint }>>`
      select j.order_id, case when c.id is null then a.code else c.name || '/' || split_part(a.code, '/', 3) end as account,
             sum(p.amount_minor)::bigint as amount
      from journal j
      join posting p on p.shop_id = j.shop_id and p.journal_seq = j.seq
      join account a on a.id = p.account_id
      left join creator c on c.id = a.creator_id
      where j.shop_id = ${shopId} and j.order_id is not null
      group by 1, 2 having sum(p.amount_minor) <> 0 order by 1, 2`,
  )
  const byOrder = new Map<string, Balances>()
  for (const { order_id, account, amount } of rows) {
    const own = byOrder.get(String(order_id)) ?? {}
    own[account] = Number(amount)
    byOrder.set(String(order_id), own)
  }
  return byOrder
}

export function withoutZeros(balances: Balances): Balances {
  return Object.fromEntries(Object.entries(balances).filter(([, amount]) => amount !== 0))
}

/** The order ids with an alert of this kind that nobody has resolved. */
export async function alertedOrders(db: Database, shopId: number, kind: string): Promise<string[]> {
  const alerts = await db.inShop(shopId, (tx) =>
    tx.alert.findMany({ where: { shopId, kind, resolvedAt: null } }),
  )
  return alerts.map(({ facts }) => String((facts as { orderId?: string }).orderId)).sort()
}
