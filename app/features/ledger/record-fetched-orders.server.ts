// Brings fetched orders into the books: unseen sales are stored, lines decided, journals posted, differences put in suspense. One
// transaction, set-wise, whatever the number of orders; the same orders again change nothing.
import { raiseAlert } from '../../adapters/db/alert-store.ts'
import { dueNoLaterThan } from '../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Sale, Shop } from '../../adapters/db/generated/client.ts'
import { type JournalToPost, lockLedger, postJournals } from '../../adapters/db/journal-store.ts'
import { type NewAttribution, type NewHold, saveDecisions } from '../../adapters/db/line-store.ts'
import { answerOf, keepOrders, type SaleRecord } from '../../adapters/db/order-store.ts'
import { openPeriodBook } from '../../adapters/db/period-store.ts'
import type { FetchedOrder } from '../../adapters/shopify/fetched-order.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { isOlderAnswer } from '../../domain/ledger/older-answer.ts'
import { journalForSale } from '../../domain/ledger/post-sale.ts'
import { isRecognised, PARTIALLY_PAID } from '../../domain/ledger/recognition.ts'
import { newLine, type RoyaltyLine } from '../../domain/ledger/royalty-line.ts'
import type { RatedSale } from '../../domain/ledger/sale-rate.ts'
import { localDateOf } from '../../domain/time/instant.ts'
import { postAwards } from './awards/post-awards.server.ts'
import { settleAwards } from './awards/settle-awards.server.ts'
import { openLineDecider } from './decide-lines.server.ts'
import { attributionRow, holdRows } from './decision-rows.ts'
import { readLineStates, readLostOrders } from './line-states.server.ts'
import { byTime, factOf, rateByOrder } from './rate-orders.ts'
import { redecideRenewals } from './redecide-renewals.server.ts'
import { settlePayments } from './settle-payments.server.ts'
import { settleResiduals } from './settle-residuals.server.ts'

export interface RecordedOrders {
  salesSeen: number
  journalsPosted: number
  /** Orders whose sales do not add up to their total. */
  inSuspense: number
}

export async function recordFetchedOrders(
  tx: ShopTransaction,
  shop: Shop,
  linkSecret: string,
  told: FetchedOrder[],
  now: Date,
): Promise<RecordedOrders> {
  const fetched = newestOfEach(told)
  const head = await lockLedger(tx, shop.id)
  const { orders, sales, salesBefore, changed, older } = await keepOrders(tx, shop.id, fetched, now)
  for (const sale of changed) await alertChangedSale(tx, shop.id, sale, now)

  const postedSales = await readPostedSales(tx, shop.id, salesBefore)
  const ordersWithSales = new Set(
    salesBefore.filter((sale) => postedSales.has(sale.saleId)).map((sale) => sale.orderId),
  )
  const recognised = new Map(
    orders
      .filter((order) => isRecognised(order, ordersWithSales.has(order.orderId)))
      .map((order) => [order.orderId, order]),
  )
  const toPost = sales
    .filter((sale) => recognised.has(sale.orderId) && !postedSales.has(sale.saleId))
    .sort(byTime)

  const lines = await readLineStates(tx, shop, lineIdsOf(salesBefore))
  const decidedBefore = new Set(lines.keys())
  await decideNewLines(tx, shop, linkSecret, { sales, orders: recognised, lines, now })
  const knownBefore = new Set(salesBefore.map((sale) => sale.orderId))
  await holdWhileUnpaid(
    tx,
    shop.id,
    [...recognised.values()].filter((order) => knownBefore.has(order.orderId)),
    now,
  )
  const rated = rateByOrder(sales)
  const drafts = draftSales(toPost, lines, rated)
  const seen = { sales, decidedBefore, lines, afterSeq: head.seq + BigInt(drafts.length), now }
  drafts.push(...(await redecideRenewals(tx, shop, linkSecret, seen)))
  const current = fetched.filter((order) => !older.has(order.orderId))
  const settled = { orders: [...recognised.values()], fetched: current, sales: sales.map(factOf), rated }
  const payments = await settlePayments(tx, shop.id, settled, now)
  const residuals = await settleResiduals(tx, shop, [...recognised.values()], sales, now)

  const book = await openPeriodBook(tx, shop)
  const journals: JournalToPost[] = []
  for (const draft of [...drafts, ...payments, ...residuals.drafts])
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
  const agreementIds = agreementsIn(drafts)
  const orderIds = fetched.map((order) => order.orderId)
  const awards = await settleAwards(tx, shop, { agreementIds, customerKeys: [], orderIds, now })
  const awarded = await postAwards(tx, shop, head, awards, now)
  return {
    salesSeen: sales.length,
    journalsPosted: outcome.posted.length + awarded.posted,
    inSuspense: residuals.inSuspense,
  }
}

/** Of these sales, those that have a journal. */
async function readPostedSales(
  tx: ShopTransaction,
  shopId: number,
  sales: readonly Sale[],
): Promise<Set<bigint>> {
  if (sales.length === 0) return new Set()
  const orderIds = [...new Set(sales.map((sale) => String(sale.orderId)))]
  const posted = await tx.$queryRaw<Array<{ sale_id: bigint }>>`
    select sale_id from journal where shop_id = ${shopId} and order_id = any(${orderIds}::bigint[]) and sale_id is not null`
  return new Set(posted.map((journal) => journal.sale_id))
}

function agreementsIn(drafts: readonly JournalDraft[]): string[] {
  return [...new Set(drafts.flatMap((draft) => draft.entries.map((entry) => entry.agreementId)))]
}

/** Royalties of an order that is paid in part wait for the rest. Those of new lines begin so. */
async function holdWhileUnpaid(
  tx: ShopTransaction,
  shopId: number,
  orders: Array<{ orderId: bigint; financialStatus: string }>,
  now: Date,
): Promise<void> {
  const turned = orders.length === 0 ? [] : await findTurned(tx, shopId, orders)
  if (turned.length === 0) return
  const idsOf = (unpaid: boolean) =>
    turned.filter((order) => order.unpaid === unpaid).map((order) => String(order.id))
  await tx.$executeRaw`
    update royalty_hold set unpaid = true
    where shop_id = ${shopId} and order_id = any(${idsOf(true)}::bigint[]) and released_at is null and not unpaid`
  const freed = await tx.$executeRaw`
    update royalty_hold set unpaid = false where shop_id = ${shopId} and order_id = any(${idsOf(false)}::bigint[]) and unpaid`
  if (freed > 0) await dueNoLaterThan(tx, shopId, 'mature-holds', now)
}

/**
 * Orders whose royalties wait and need not, or the other way round: nearly always none. Looked up one by one: given a list, a planner
 * without statistics goes through all holds of the shop instead.
 */
function findTurned(
  tx: ShopTransaction,
  shopId: number,
  orders: ReadonlyArray<{ orderId: bigint; financialStatus: string }>,
): Promise<Array<{ id: bigint; unpaid: boolean }>> {
  return tx.$queryRaw`
    select wanted.id, wanted.unpaid
    from unnest(${orders.map((order) => String(order.orderId))}::bigint[],
                ${orders.map((order) => order.financialStatus === PARTIALLY_PAID)}::boolean[]) as wanted(id, unpaid)
    cross join lateral (
      select count(*) as holds from royalty_hold h
      where h.shop_id = ${shopId} and h.order_id = wanted.id and h.unpaid <> wanted.unpaid and (h.released_at is null or h.unpaid) offset 0
    ) own
    where own.holds > 0`
}

function newestOfEach(orders: FetchedOrder[]): FetchedOrder[] {
  const newest = new Map<bigint, FetchedOrder>()
  for (const order of orders) {
    const other = newest.get(order.orderId)
    if (!other || isOlderAnswer(answerOf(other), answerOf(order))) newest.set(order.orderId, order)
  }
  return [...newest.values()]
}

function lineIdsOf(sales: Sale[]): bigint[] {
  return [...new Set(sales.flatMap((sale) => (sale.lineItemId === null ? [] : [sale.lineItemId])))]
}

interface NewLines {
  sales: Sale[]
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
  const ofNewLines = [...firstSales.values()].flatMap((sale) => given.orders.get(sale.orderId) ?? [])
  const decide = await openLineDecider(tx, shop, linkSecret, {
    codes: ofNewLines.flatMap((order) => order.discountCodes),
    links: ofNewLines.flatMap((order) => order.linkReference ?? []),
    productIds: [...firstSales.values()].flatMap((sale) => sale.productId ?? []),
    contractIds: [...firstSales.values()].flatMap((sale) => sale.contractId ?? []),
  })
  const lostOrders = await readLostOrders(
    tx,
    shop.id,
    [...firstSales.values()].map((sale) => sale.orderId),
  )
  const attributions: NewAttribution[] = []
  const holds: NewHold[] = []
  for (const [lineItemId, sale] of firstSales) {
    const order = given.orders.get(sale.orderId)
    const soldAt = sale.happenedAt.toISOString()
    const line = decide({
      lineItemId,
      soldAt,
      productId: sale.productId,
      discountCodes: order?.discountCodes ?? [],
      linkReference: order?.linkReference ?? null,
    })
    const ofOrder = { lineItemId, orderId: sale.orderId, soldAt }
    attributions.push(attributionRow(shop.id, ofOrder, line, { revision: 'first', decidedAt: given.now }))
    holds.push(...holdRows(shop.id, ofOrder, line))
    const soldOn = localDateOf(soldAt, line.circumstances.timeZone)
    given.lines.set(
      lineItemId,
      newLine(
        lineItemId,
        soldOn,
        { ...line, dropId: line.circumstances.drop?.id ?? null },
        lostOrders.has(sale.orderId),
      ),
    )
  }
  const earliest = await saveDecisions(tx, attributions, holds)
  if (earliest !== null) await dueNoLaterThan(tx, shop.id, 'mature-holds', earliest)
}

function draftSales(
  toPost: Sale[],
  lines: Map<bigint, RoyaltyLine>,
  rated: Map<bigint, RatedSale>,
): JournalDraft[] {
  const drafts: JournalDraft[] = []
  for (const row of toPost) {
    const line = row.lineItemId === null ? undefined : lines.get(row.lineItemId)
    const posting = journalForSale(factOf(row), line ?? null, rated.get(row.saleId))
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
