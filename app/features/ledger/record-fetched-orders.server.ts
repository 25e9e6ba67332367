// Brings fetched orders into the books: unseen sales are stored, lines decided, journals posted, differences put in suspense. One
// transaction, set-wise, whatever the number of orders; the same orders again change nothing.
import { raiseAlert } from '../../adapters/db/alert-store.ts'
import { dueNoLaterThan } from '../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Prisma, Sale, Shop } from '../../adapters/db/generated/client.ts'
import { type JournalToPost, lockLedger, postJournals } from '../../adapters/db/journal-store.ts'
import { type SaleRecord, saveOrders, saveSales } from '../../adapters/db/order-store.ts'
import { openPeriodBook } from '../../adapters/db/period-store.ts'
import type { FetchedOrder } from '../../adapters/shopify/fetched-order.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { journalForSale } from '../../domain/ledger/post-sale.ts'
import type { RoyaltyLine } from '../../domain/ledger/royalty-line.ts'
import type { SaleFact } from '../../domain/ledger/sale-fact.ts'
import { openLineDecider } from './decide-lines.server.ts'
import { readLineStates } from './line-states.server.ts'
import { settleResiduals } from './settle-residuals.server.ts'

export interface RecordedOrders {
  salesSeen: number
  journalsPosted: number
  /** Orders whose sales do not add up to their total. */
  inSuspense: number
}

/** Shopify's states in which money has moved: before them nothing is owed to anybody. */
const RECOGNISED = new Set(['PAID', 'PARTIALLY_PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'])

export async function recordFetchedOrders(
  tx: ShopTransaction,
  shop: Shop,
  linkSecret: string,
  told: FetchedOrder[],
  now: Date,
): Promise<RecordedOrders> {
  const fetched = newestOfEach(told)
  const head = await lockLedger(tx, shop.id)
  await saveOrders(tx, shop.id, fetched, now)
  const changed = await saveSales(
    tx,
    shop.id,
    fetched.flatMap((order) => order.sales),
    now,
  )
  for (const sale of changed) await alertChangedSale(tx, shop.id, sale, now)

  const orderIds = fetched.map((order) => order.orderId)
  const [orders, sales, posted] = await Promise.all([
    tx.order.findMany({ where: { shopId: shop.id, orderId: { in: orderIds } } }),
    tx.sale.findMany({ where: { shopId: shop.id, orderId: { in: orderIds } } }),
    tx.journal.findMany({
      where: { shopId: shop.id, orderId: { in: orderIds } },
      select: { orderId: true, saleId: true },
    }),
  ])
  const postedSales = new Set(posted.map((journal) => journal.saleId))
  const ordersWithJournals = new Set(posted.map((journal) => journal.orderId))
  const recognised = new Map(
    orders
      .filter(
        (order) =>
          !order.isTest && (RECOGNISED.has(order.financialStatus) || ordersWithJournals.has(order.orderId)),
      )
      .map((order) => [order.orderId, order]),
  )
  const toPost = sales
    .filter((sale) => recognised.has(sale.orderId) && !postedSales.has(sale.saleId))
    .sort(byTime)

  const lines = await readLineStates(tx, shop.id, lineIdsOf(sales))
  await decideNewLines(tx, shop, linkSecret, { sales, toPost, orders: recognised, lines, now })
  const drafts = draftSales(toPost, lines)
  const residuals = await settleResiduals(tx, shop, [...recognised.values()], sales, now)

  const book = await openPeriodBook(tx, shop)
  const journals: JournalToPost[] = []
  for (const draft of [...drafts, ...residuals.drafts])
    journals.push({ ...draft, periodId: await book.idFor(draft.effectiveAt) })
  const outcome = await postJournals(tx, shop.id, head, journals, now)
  for (const factKey of outcome.conflicting) {
    const facts = { factKey }
    await raiseAlert(tx, {
      shopId: shop.id,
      key: `journal_conflict/${factKey}`,
      kind: 'journal_conflict',
      severity: 'critical',
      facts,
      raisedAt: now,
    })
  }
  return { salesSeen: sales.length, journalsPosted: outcome.posted.length, inSuspense: residuals.inSuspense }
}

function newestOfEach(orders: FetchedOrder[]): FetchedOrder[] {
  const newest = new Map<bigint, FetchedOrder>()
  for (const order of orders) {
    const other = newest.get(order.orderId)
    if (!other || other.updatedAt < order.updatedAt) newest.set(order.orderId, order)
  }
  return [...newest.values()]
}

function byTime(left: Sale, right: Sale): number {
  return left.happenedAt.getTime() - right.happenedAt.getTime() || (left.saleId < right.saleId ? -1 : 1)
}

function lineIdsOf(sales: Sale[]): bigint[] {
  return [...new Set(sales.flatMap((sale) => (sale.lineItemId === null ? [] : [sale.lineItemId])))]
}

interface NewLines {
  sales: Sale[]
  toPost: Sale[]
  orders: Map<bigint, { discountCodes: string[]; linkReference: string | null }>
  lines: Map<bigint, RoyaltyLine>
  now: Date
}

/** Decides every product line that has none yet, at the time of its first sale, and freezes when its royalty matures. */
async function decideNewLines(
  tx: ShopTransaction,
  shop: Shop,
  linkSecret: string,
  given: NewLines,
): Promise<void> {
  const firstSales = new Map<bigint, Sale>()
  for (const sale of [...given.sales].sort(byTime)) {
    if (sale.lineType !== 'product' || sale.lineItemId === null || given.lines.has(sale.lineItemId)) continue
    if (given.orders.has(sale.orderId) && !firstSales.has(sale.lineItemId))
      firstSales.set(sale.lineItemId, sale)
  }
  if (firstSales.size === 0) return
  const decide = await openLineDecider(tx, shop, linkSecret)
  const attributions: Prisma.LineAttributionCreateManyInput[] = []
  const holds: Prisma.RoyaltyHoldCreateManyInput[] = []
  for (const [lineItemId, sale] of firstSales) {
    const order = given.orders.get(sale.orderId)
    const soldAt = sale.happenedAt.toISOString()
    const line = decide({
      soldAt,
      productId: sale.productId,
      discountCodes: order?.discountCodes ?? [],
      linkReference: order?.linkReference ?? null,
    })
    const latest = [...line.maturesAt.values()].sort().at(-1) ?? soldAt
    attributions.push({
      shopId: shop.id,
      lineItemId,
      orderId: sale.orderId,
      decidedAt: given.now,
      payees: line.payees as unknown as Prisma.InputJsonArray,
      candidates: line.candidates as unknown as Prisma.InputJsonArray,
      capped: line.capped,
      maturesAt: new Date(latest),
    })
    for (const [creatorId, maturesAt] of line.maturesAt) {
      holds.push({
        shopId: shop.id,
        lineItemId,
        creatorId,
        orderId: sale.orderId,
        maturesAt: new Date(maturesAt),
      })
    }
    given.lines.set(lineItemId, {
      lineItemId,
      payees: line.payees,
      capped: line.capped,
      cumulativeNetMinor: 0n,
      posted: new Map(),
      releasedCreatorIds: new Set(),
      disputeLost: false,
    })
  }
  await tx.lineAttribution.createMany({ data: attributions })
  if (holds.length === 0) return
  await tx.royaltyHold.createMany({ data: holds })
  const earliest = holds
    .map((hold) => (hold.maturesAt as Date).getTime())
    .reduce((least, at) => Math.min(least, at))
  await dueNoLaterThan(tx, shop.id, 'mature-holds', new Date(earliest))
}

function draftSales(toPost: Sale[], lines: Map<bigint, RoyaltyLine>): JournalDraft[] {
  const drafts: JournalDraft[] = []
  for (const row of toPost) {
    const line = row.lineItemId === null ? undefined : lines.get(row.lineItemId)
    const sale: SaleFact = { ...row, happenedAt: row.happenedAt.toISOString(), isTest: false }
    const posting = journalForSale(sale, line ?? null)
    if (posting.line) lines.set(posting.line.lineItemId, posting.line)
    if (posting.draft) drafts.push(posting.draft)
  }
  return drafts
}

async function alertChangedSale(
  tx: ShopTransaction,
  shopId: number,
  sale: SaleRecord,
  now: Date,
): Promise<void> {
  const facts = {
    saleId: String(sale.saleId),
    orderId: String(sale.orderId),
    totalMinor: String(sale.totalMinor),
  }
  await raiseAlert(tx, {
    shopId,
    key: `sale_changed/${sale.saleId}`,
    kind: 'sale_changed',
    severity: 'critical',
    facts,
    raisedAt: now,
  })
}
