// A drop while it sells: orders, stock of each wave, how late its acts were. Read anew every second while somebody looks, so in few questions.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { DropStatus } from '#app/domain/drops/drop.ts'
import type { ShopContext } from '../context.ts'
import { soldLines } from './drop-sales.server.ts'

export interface LivePiece {
  variantId: string
  title: string
  role: string
  sold: number
  /** What Shopify said last; null when it never did. */
  available: number | null
  confirmedAt: string | null
}

export interface LiveAct {
  id: string
  kind: string
  at: string
  status: string
  /** Of its last execution. */
  latenessMs: number | null
  attempt: number | null
}

export interface LiveWave {
  id: string
  actId: string
  title: string
  units: number
  state: string
}

export interface LiveView {
  id: string
  title: string
  status: DropStatus
  revision: number
  timeZone: string
  currency: string
  acts: LiveAct[]
  pieces: LivePiece[]
  waves: LiveWave[]
  orders: { count: number; units: number; netMinor: string }
  /** Newest first: the order's name, never whose it is. */
  lastOrders: Array<{ name: string; at: string; units: number }>
  signups: number
}

const LAST_ORDERS = 8

/** Null when the drop is unknown. */
export async function readLive(
  { db, shop }: Pick<ShopContext, 'db' | 'shop'>,
  dropId: string,
): Promise<LiveView | null> {
  if (!isRowId(dropId)) return null
  return db.inShop(shop.id, async (tx) => {
    const drop = await tx.drop.findUnique({
      where: { id: dropId },
      include: {
        acts: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
        offers: { orderBy: { position: 'asc' } },
        waves: { where: { withdrawn: false }, orderBy: { id: 'asc' } },
      },
    })
    if (!drop) return null
    const receipts = await tx.$queryRaw<Array<{ actId: string; latenessMs: number; attempt: number }>>`
      select distinct on (act_id) act_id::text as "actId", lateness_ms as "latenessMs", attempt
      from act_receipt where shop_id = ${shop.id} and drop_id = ${dropId}::uuid order by act_id, started_at desc`
    const lateness = new Map(receipts.map((receipt) => [receipt.actId, receipt]))
    const titles = new Map(drop.offers.map(({ variantId, title }) => [variantId, title]))
    const sold = await readSold(tx, shop.id, dropId)
    const stock = await tx.$queryRaw<
      Array<{ inventoryItemId: bigint; available: number; confirmedAt: Date }>
    >`
      select l.inventory_item_id as "inventoryItemId", sum(l.available)::int as available, min(l.confirmed_at) as "confirmedAt"
      from stock_level l
      where l.shop_id = ${shop.id} and l.inventory_item_id in (select inventory_item_id from drop_offer where drop_id = ${dropId}::uuid)
      group by 1`
    const levels = new Map(stock.map((level) => [level.inventoryItemId, level]))
    const signups = await tx.restockSignup.count({
      where: { shopId: shop.id, dropId, status: { in: ['waiting', 'noticed'] } },
    })
    return {
      id: drop.id,
      title: drop.title,
      status: drop.status as DropStatus,
      revision: drop.revision,
      timeZone: drop.timeZone,
      currency: shop.currency,
      acts: drop.acts.map(({ id, kind, at, status }) => ({
        id,
        kind,
        at: at.toISOString(),
        status,
        latenessMs: lateness.get(id)?.latenessMs ?? null,
        attempt: lateness.get(id)?.attempt ?? null,
      })),
      pieces: drop.offers.map(({ variantId, title, role, inventoryItemId }) => ({
        variantId: String(variantId),
        title,
        role,
        sold: sold.byVariant.get(variantId) ?? 0,
        available: levels.get(inventoryItemId)?.available ?? null,
        confirmedAt: levels.get(inventoryItemId)?.confirmedAt.toISOString() ?? null,
      })),
      waves: drop.waves.map(({ id, actId, variantId, units, state }) => ({
        id,
        actId,
        title: titles.get(variantId) ?? '',
        units,
        state,
      })),
      orders: sold.orders,
      lastOrders: sold.last,
      signups,
    }
  })
}

interface Sold {
  byVariant: Map<bigint, number>
  orders: LiveView['orders']
  last: LiveView['lastOrders']
}

/** What the books attribute to the drop. Returns count against it whenever they come. */
async function readSold(tx: ShopTransaction, shopId: number, dropId: string): Promise<Sold> {
  const byVariant = await tx.$queryRaw<Array<{ variantId: bigint; units: number }>>`
    with line as (${soldLines(shopId, dropId)})
    select variant_id as "variantId", sum(sold - back)::int as units from line group by 1`
  const [orders] = await tx.$queryRaw<Array<{ count: number; units: number; net: bigint }>>`
    with line as (${soldLines(shopId, dropId)})
    select count(distinct order_id)::int as count, coalesce(sum(sold - back), 0)::int as units, coalesce(sum(net), 0)::bigint as net from line`
  const last = await tx.$queryRaw<Array<{ name: string; at: Date; units: number }>>`
    with line as (${soldLines(shopId, dropId)})
    select o.name, min(line.sold_at) as at, sum(line.sold - line.back)::int as units
    from line join shop_order o on o.shop_id = ${shopId} and o.order_id = line.order_id
    group by o.order_id, o.name order by 2 desc, o.name desc limit ${LAST_ORDERS}`
  return {
    byVariant: new Map(byVariant.map(({ variantId, units }) => [variantId, units])),
    orders: {
      count: orders?.count ?? 0,
      units: orders?.units ?? 0,
      netMinor: String(orders?.net ?? 0n),
    },
    last: last.map(({ at, ...order }) => ({ ...order, at: at.toISOString() })),
  }
}
