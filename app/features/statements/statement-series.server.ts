// Which currencies creators are told in: the shop's, and each former one in which something still stands or moves.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'

export interface StatementSeries {
  currency: string
  creatorIds: ReadonlySet<string>
}

/** The shop's own currency first. A shop that never changed it has one series. */
export async function readSeries(
  tx: ShopTransaction,
  shop: Pick<Shop, 'id' | 'currency'>,
  due: ReadonlyArray<{ creator: { id: string } }>,
): Promise<StatementSeries[]> {
  const ids = due.map(({ creator }) => creator.id)
  const former = await tx.$queryRaw<Array<{ currency: string; creatorIds: string[] }>>`
    select a.currency, array_agg(distinct a.creator_id::text) as "creatorIds" from account a
    where a.shop_id = ${shop.id} and a.currency <> ${shop.currency} and a.creator_id = any(${ids}::uuid[])
    group by 1 order by 1`
  return [
    { currency: shop.currency, creatorIds: new Set(ids) },
    ...former.map(({ currency, creatorIds }) => ({ currency, creatorIds: new Set(creatorIds) })),
  ]
}

/** Where the creator's last statement in the shop's currency closed, of those before a place in their row. */
export async function readClosingBefore(
  tx: ShopTransaction,
  shop: Pick<Shop, 'id' | 'currency'>,
  creatorId: string,
  sequence: number,
): Promise<bigint> {
  const last = await tx.statement.findFirst({
    where: { shopId: shop.id, creatorId, currency: shop.currency, sequence: { lt: sequence } },
    orderBy: { sequence: 'desc' },
    select: { closingMinor: true },
  })
  return last?.closingMinor ?? 0n
}
