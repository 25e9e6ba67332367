// Advances with what is still to be recouped: by creator, since one account holds all advances of a creator.
import type { ShopContext } from '../context.ts'

export interface AdvanceRow {
  id: string
  creatorId: string
  creatorName: string
  amountMinor: string
  currency: string
  recoupBps: number
  note: string
  createdAt: string
  paidAt: string | null
}

export interface AdvanceListView {
  rows: AdvanceRow[]
  unrecouped: Array<{ creatorId: string; creatorName: string; amountMinor: string; currency: string }>
  creators: Array<{ id: string; name: string }>
  currency: string
  timeZone: string
}

export async function readAdvances(ctx: ShopContext): Promise<AdvanceListView> {
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx) => {
    const creators = await tx.creator.findMany({
      where: { shopId: shop.id },
      orderBy: { name: 'asc' },
      select: { id: true, name: true, status: true },
      take: 1_000,
    })
    const nameOf = new Map(creators.map(({ id, name }) => [id, name]))
    const advances = await tx.advance.findMany({
      where: { shopId: shop.id },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: 200,
    })
    const open = await tx.$queryRaw<Array<{ creatorId: string; currency: string; amount: bigint }>>`
      select a.creator_id::text as "creatorId", a.currency, sum(m.movement_minor)::bigint as amount
      from account a join account_movement m on m.account_id = a.id
      where a.shop_id = ${shop.id} and a.creator_id is not null and a.code like '%/advance'
      group by 1, 2 having sum(m.movement_minor) <> 0`
    return {
      rows: advances.map((advance) => ({
        id: advance.id,
        creatorId: advance.creatorId,
        creatorName: nameOf.get(advance.creatorId) ?? '',
        amountMinor: String(advance.amountMinor),
        currency: advance.currency,
        recoupBps: advance.recoupBps,
        note: advance.note,
        createdAt: advance.createdAt.toISOString(),
        paidAt: advance.paidAt?.toISOString() ?? null,
      })),
      unrecouped: open.map(({ creatorId, currency, amount }) => ({
        creatorId,
        creatorName: nameOf.get(creatorId) ?? '',
        amountMinor: String(amount),
        currency,
      })),
      creators: creators.flatMap(({ id, name, status }) => (status === 'active' ? [{ id, name }] : [])),
      currency: shop.currency,
      timeZone: shop.timeZone,
    }
  })
}
