// A year of a large shop, as the app itself would have left it: orders booked, holds released, months closed with their statements.
import { ManualClock } from '#app/adapters/clock/clock.ts'
import type { Database } from '#app/adapters/db/database.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import type { FetchedOrder } from '#app/adapters/shopify/fetched-order.ts'
import { log } from '#app/config/logger.ts'
import type { ShopContext } from '#app/features/context.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { closePeriods } from '#app/features/statements/close-periods.server.ts'
import { acceptVersions, codeOf, LINK_SECRET, openProofShop, planVersion } from '#tests/proof/proof-shop.ts'
import { WorldOrder } from '#tests/proof/shop-world.ts'
import { bookGroup, GROUP } from './make-ledger.ts'

const MONTHS = 12
const YEAR_BEGINS = Date.UTC(2025, 10, 1)
const YEAR_MS = Date.UTC(2026, 10, 1) - YEAR_BEGINS
const SCREENS_PRODUCTS = 300
const DAY = 86_400_000

export interface ScreensShop {
  context: ShopContext
  creatorIds: string[]
  agreementId: string
  stop(): Promise<void>
}

/** `database.url`: of the runtime role, for the queue. */
export async function makeScreensShop(
  database: { db: Database; url: string },
  size: { orders: number; creators: number },
  progress: (line: string) => void,
): Promise<ScreensShop> {
  const { db } = database
  const shop = await openProofShop(db, 'screens.myshopify.com')
  const versions = Array.from({ length: size.creators }, (_, number) =>
    planVersion({
      number,
      shareBps: 500 + (number % 20) * 100,
      from: YEAR_BEGINS - 60 * DAY,
      ...(number % 5 === 1 && { reserve: { bps: 1250, days: 60 } }),
    }),
  )
  await acceptVersions(db, shop, versions)
  await addProducts(db, shop.id)
  const queue = await openJobQueue(db.pool, { databaseUrl: database.url, worker: false, onError: () => {} })
  const clock = new ManualClock(new Date(YEAR_BEGINS).toISOString())
  const context = {
    ...{ db, shop, clock, queue, log, appUrl: 'https://filigree.example', linkSecret: LINK_SECRET },
    mailer: { send: neverAsked, close: neverAsked },
    shopify: { shopDomain: shop.domain, request: neverAsked },
  } as ShopContext
  let booked = 0
  for (let month = 0; month < MONTHS; month++) {
    const until = Math.floor((size.orders * (month + 1)) / MONTHS)
    while (booked < until) {
      const count = Math.min(GROUP, until - booked)
      const group = Array.from({ length: count }, (_, place) => yearOrder(booked + place, size))
      await bookGroup(db, shop, group)
      booked += count
    }
    // The last month is the running one: it stays open.
    clock.moveTo(new Date(Date.UTC(2025, 11 + month, 1) - (month === MONTHS - 1 ? DAY : 0)).toISOString())
    await matureHolds(context)
    await closePeriods(context)
    progress(`${booked} orders, month ${month + 1} of ${MONTHS}`)
  }
  // As autovacuum would have done meanwhile: plans are made from what the tables hold.
  await analyze(db)
  return {
    context,
    creatorIds: versions.map(({ creatorId }) => creatorId),
    agreementId: versions[0]?.agreementId ?? '',
    stop: () => queue.stop(),
  }
}

/** One piece with postage and taxes; every ninth goes back in part, every fiftieth does not tie out. */
function yearOrder(number: number, size: { orders: number; creators: number }): FetchedOrder {
  const at = YEAR_BEGINS + Math.floor((number / size.orders) * YEAR_MS)
  const order = new WorldOrder({
    orderId: BigInt(number + 1),
    at,
    currency: 'EUR',
    presentment: { currency: 'EUR', rate: 10_000n },
    // A tenth belongs to nobody.
    codes: number % 10 === 9 ? [] : [codeOf((number * 7) % size.creators)],
    lines: [
      {
        productId: BigInt(1 + ((number * 31) % SCREENS_PRODUCTS)),
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
  const told = order.told()
  if (number % 1000 !== 500) return told
  return { ...told, currentTotalMinor: told.currentTotalMinor - 150n }
}

async function addProducts(db: Database, shopId: number): Promise<void> {
  await db.inShop(shopId, (tx) =>
    tx.product.createMany({
      data: Array.from({ length: SCREENS_PRODUCTS }, (_, number) => ({
        shopId,
        productId: BigInt(number + 1),
        title: `Piece ${number + 1}`,
        handle: `piece-${number + 1}`,
        status: 'ACTIVE',
        collectionIds: [],
        refreshedAt: new Date(YEAR_BEGINS),
      })),
    }),
  )
}

async function analyze(db: Database): Promise<void> {
  await db.pool.query('analyze')
}

function neverAsked(): never {
  throw new Error('a screen asked the outside world')
}
