// A shop with many orders in its books, brought there by the use case that books every order: nothing is written behind the app's back.
import type { Database } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { FetchedOrder } from '#app/adapters/shopify/fetched-order.ts'
import { recordFetchedOrders } from '#app/features/ledger/record-fetched-orders.server.ts'
import type { ModelVersion } from '#tests/proof/model-types.ts'
import { acceptVersions, codeOf, LINK_SECRET, openProofShop, planVersion } from '#tests/proof/proof-shop.ts'
import { WorldOrder } from '#tests/proof/shop-world.ts'

export const MONTH_BEGINS = Date.UTC(2026, 2, 1)
const DAY = 86_400_000
/** Spread over the month before its last days, so that every order's own instant is within it. */
const MONTH_DAYS = 30
export const GROUP = 500

export interface MadeLedger {
  shop: Shop
  versions: ModelVersion[]
  orders: number
}

/** A shop and its creators, each a promoter by code. */
export async function makeShop(db: Database, creators: number): Promise<MadeLedger> {
  const shop = await openProofShop(db, 'bench.myshopify.com')
  const versions = Array.from({ length: creators }, (_, number) =>
    planVersion({ number, shareBps: 500 + (number % 20) * 100, from: MONTH_BEGINS - 60 * DAY }),
  )
  await acceptVersions(db, shop, versions)
  return { shop, versions, orders: 0 }
}

/** An order of one piece with its postage, both taxed: eight postings, of which two are the creator's royalty. */
export function benchOrder(number: number, creators: number, of: number): FetchedOrder {
  const order = new WorldOrder({
    orderId: BigInt(number + 1),
    at: MONTH_BEGINS + Math.floor((number / of) * MONTH_DAYS * DAY),
    currency: 'EUR',
    presentment: { currency: 'EUR', rate: 10_000n },
    codes: [codeOf(number % creators)],
    lines: [
      {
        productId: BigInt(1 + (number % 40)),
        quantity: 1,
        unitNetMinor: 10_000n + BigInt(number % 977),
        discountMinor: 1000n,
      },
    ],
    taxBps: 1900n,
    shippingMinor: 950n,
    tipMinor: 0n,
    giftCardMinor: 0n,
    status: 'PAID',
    isTest: false,
  })
  return order.told()
}

export async function bookGroup(db: Database, shop: Shop, orders: FetchedOrder[]): Promise<void> {
  const now = new Date(Math.max(...orders.map((order) => Date.parse(order.updatedAt))))
  await db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, LINK_SECRET, orders, now), {
    timeoutMs: 120_000,
  })
}

/** Books orders in groups with one writer. Returns how long that took. */
export async function bookOrders(
  db: Database,
  made: MadeLedger,
  { count, of }: { count: number; of: number },
  progress: (line: string) => void,
): Promise<{ seconds: number }> {
  let seconds = 0
  const until = made.orders + count
  const creators = made.versions.length
  while (made.orders < until) {
    const group = Array.from({ length: Math.min(GROUP, until - made.orders) }, (_, place) =>
      benchOrder(made.orders + place, creators, of),
    )
    const started = performance.now()
    await bookGroup(db, made.shop, group)
    seconds += (performance.now() - started) / 1000
    made.orders += group.length
    if (made.orders % 10_000 === 0)
      progress(`${made.orders} orders, ${Math.round(made.orders / seconds)} a second`)
  }
  return { seconds }
}

/** The next orders of the shop, for whoever books them one by one. */
export function* nextOrders(
  made: MadeLedger,
  count: number,
  of: number,
): Generator<FetchedOrder, void, void> {
  for (let left = count; left > 0; left--) {
    const number = made.orders
    made.orders += 1
    yield benchOrder(number, made.versions.length, of)
  }
}

/** Counts what stands in the books. */
export async function countLedger(
  db: Database,
  shopId: number,
): Promise<{ journals: number; postings: number }> {
  const [row] = await db.inShop(
    shopId,
    (tx) =>
      tx.$queryRaw<Array<{ journals: bigint; postings: bigint }>>`
        select (select count(*) from journal where shop_id = ${shopId}) as journals, (select count(*) from posting where shop_id = ${shopId}) as postings`,
  )
  return { journals: Number(row?.journals ?? 0), postings: Number(row?.postings ?? 0) }
}
