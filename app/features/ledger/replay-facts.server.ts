// Everything that a shop's journals rest on, as it is stored, and where its lines stand while the journals are computed anew one after the other.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { DisputeState, OrderSettlement, OrderState, Sale } from '../../adapters/db/generated/client.ts'
import { readSalesOfShop } from '../../adapters/db/order-store.ts'
import type { Payee } from '../../domain/attribution/attribution.ts'
import type { DisputePosition } from '../../domain/ledger/post-dispute.ts'
import type { SettlementPosition } from '../../domain/ledger/post-settlement.ts'
import { newLine, type RoyaltyLine } from '../../domain/ledger/royalty-line.ts'
import { type RatedSale, rateSales } from '../../domain/ledger/sale-rate.ts'
import { localDateOf } from '../../domain/time/instant.ts'
import { factOf } from './rate-orders.ts'
import { type AskedFor, readAskedFor, type Undoable } from './replay-asked-for.server.ts'

/** What was decided of a line, at its first sale or anew. */
export interface StoredDecision {
  lineItemId: bigint
  revision: number
  rerateId: string | null
  soldAt: Date
  payees: Payee[]
  capped: boolean
  /** The newest journal when it was decided; null for the first one, which came with its own. */
  afterSeq: bigint | null
  /** With the first one stands what was true at the sale. */
  timeZone: string | null
}

type FirstDecision = StoredDecision & { timeZone: string }

export interface StoredHold {
  lineItemId: bigint
  creatorId: string
  orderId: bigint
  maturesAt: Date
  reserveBps: number
  reserveUntil: Date | null
  /** The newest journal when the wait, and then the reserve, ended with nothing to move; null where a journal says when. */
  endedAfterSeq: bigint | null
  reserveEndedAfterSeq: bigint | null
}

export interface ReplayFacts {
  sales: ReadonlyMap<bigint, Sale>
  salesOfOrder: ReadonlyMap<bigint, readonly Sale[]>
  salesOfLine: ReadonlyMap<bigint, readonly Sale[]>
  rated: ReadonlyMap<bigint, RatedSale>
  /** "line/creator" */
  holds: ReadonlyMap<string, StoredHold>
  /** By line: those that ended with nothing to move. */
  silentHolds: ReadonlyMap<bigint, readonly StoredHold[]>
  /** What Shopify's totals were each time the difference moved, oldest first. */
  orderStates: ReadonlyMap<bigint, readonly OrderState[]>
  /** What payments came to beside sales each time that moved, oldest first. */
  orderSettlements: ReadonlyMap<bigint, readonly OrderSettlement[]>
  disputeStates: ReadonlyMap<bigint, readonly DisputeState[]>
  /** "line/re-rating": what a re-rating decided. */
  redecided: ReadonlyMap<string, StoredDecision>
  /** By line: later decisions that moved nothing when they were made, oldest first. */
  silent: ReadonlyMap<bigint, readonly StoredDecision[]>
  /** Whether they belong in the books. */
  orders: ReadonlyMap<bigint, { isTest: boolean; financialStatus: string }>
  /** Sales that have a journal; a free piece has none. */
  journalled: ReadonlySet<bigint>
  askedFor: AskedFor
}

/** Moves on with every journal. */
export interface ReplayStanding {
  lines: Map<bigint, RoyaltyLine>
  /** By line: which of its decisions counts, once a later one than the first does. */
  revisions: Map<bigint, number>
  disputes: Map<bigint, DisputePosition>
  /** By order: its lost disputes. */
  lost: Map<bigint, Set<bigint>>
  /** By order: how many of its states the suspense account has taken, and what stands there. */
  suspense: Map<bigint, { states: number; minor: bigint }>
  /** Sales whose journals have come by: the chain's order, not the clock, says what was known when. */
  booked: Set<bigint>
  /** By order: how many of its settlements have come by, and where they stand. */
  settlements: Map<bigint, { states: number; position: SettlementPosition }>
  undoable: Undoable
}

export async function readReplayFacts(
  tx: ShopTransaction,
  shopId: number,
): Promise<{ facts: ReplayFacts; standing: ReplayStanding }> {
  const [
    sales,
    attributions,
    holds,
    orderStates,
    orderSettlements,
    disputeStates,
    journalled,
    rerated,
    orders,
    askedFor,
  ] = await Promise.all([
    readSalesOfShop(tx, shopId),
    tx.$queryRaw<StoredDecision[]>`
      select line_item_id as "lineItemId", revision, rerate_id::text as "rerateId", sold_at as "soldAt", payees, capped,
             after_seq as "afterSeq", circumstances->>'timeZone' as "timeZone"
      from line_attribution where shop_id = ${shopId} order by revision`,
    tx.$queryRaw<StoredHold[]>`
      select line_item_id as "lineItemId", creator_id::text as "creatorId", order_id as "orderId", matures_at as "maturesAt",
             reserve_bps as "reserveBps", reserve_until as "reserveUntil",
             case when journal_seq is null then released_after_seq end as "endedAfterSeq",
             case when reserve_journal_seq is null then reserve_released_after_seq end as "reserveEndedAfterSeq"
      from royalty_hold where shop_id = ${shopId}`,
    tx.orderState.findMany({ where: { shopId }, orderBy: { number: 'asc' } }),
    tx.orderSettlement.findMany({ where: { shopId }, orderBy: { number: 'asc' } }),
    tx.disputeState.findMany({ where: { shopId }, orderBy: { number: 'asc' } }),
    tx.$queryRaw<Array<{ sale_id: bigint }>>`
      select sale_id from public.journal where shop_id = ${shopId} and sale_id is not null`,
    tx.$queryRaw<Array<{ fact_key: string }>>`
      select fact_key from public.journal where shop_id = ${shopId} and kind = 'rerate'`,
    tx.$queryRaw<Array<{ orderId: bigint; isTest: boolean; financialStatus: string }>>`
      select order_id as "orderId", is_test as "isTest", financial_status as "financialStatus" from shop_order where shop_id = ${shopId}`,
    readAskedFor(tx, shopId),
  ])
  const holdsOf = new Map<bigint, Map<string, StoredHold>>()
  for (const hold of holds) {
    const own = holdsOf.get(hold.lineItemId)
    if (own) own.set(hold.creatorId, hold)
    else holdsOf.set(hold.lineItemId, new Map([[hold.creatorId, hold]]))
  }
  const salesOfOrder = grouped(sales, (sale) => sale.orderId)
  const lineOf = (row: FirstDecision) =>
    newLine(row.lineItemId, localDateOf(row.soldAt.toISOString(), row.timeZone), {
      payees: row.payees,
      capped: row.capped,
      holds: holdsOf.get(row.lineItemId) ?? new Map(),
    })
  const runOf = (row: StoredDecision) => row.rerateId ?? `subscription-${row.revision}`
  const moved = new Set(rerated.map((journal) => journal.fact_key))
  const facts: ReplayFacts = {
    sales: new Map(sales.map((sale) => [sale.saleId, sale])),
    salesOfOrder,
    salesOfLine: grouped(
      sales.filter((sale) => sale.lineItemId !== null),
      (sale) => sale.lineItemId ?? 0n,
    ),
    rated: new Map([...salesOfOrder.values()].flatMap((own) => [...rateSales(own.map(factOf))])),
    holds: new Map(holds.map((hold) => [`${hold.lineItemId}/${hold.creatorId}`, hold])),
    silentHolds: grouped(
      holds.filter((hold) => (hold.endedAfterSeq ?? hold.reserveEndedAfterSeq) !== null),
      (hold) => hold.lineItemId,
    ),
    orderStates: grouped(orderStates, (state) => state.orderId),
    orderSettlements: grouped(orderSettlements, (state) => state.orderId),
    disputeStates: grouped(disputeStates, (state) => state.disputeId),
    redecided: new Map(attributions.map((row) => [`${row.lineItemId}/${runOf(row)}`, row])),
    silent: grouped(
      attributions.filter((row) => row.revision > 1 && !moved.has(`rerate/${runOf(row)}/${row.lineItemId}`)),
      (row) => row.lineItemId,
    ),
    journalled: new Set(journalled.map((row) => row.sale_id)),
    orders: new Map(orders.map(({ orderId, ...order }) => [orderId, order])),
    askedFor,
  }
  const first = attributions.filter((row): row is FirstDecision => row.timeZone !== null)
  return {
    facts,
    standing: {
      lines: new Map(first.map((row) => [row.lineItemId, lineOf(row)])),
      revisions: new Map(),
      disputes: new Map(),
      lost: new Map(),
      suspense: new Map(),
      booked: new Set(),
      settlements: new Map(),
      undoable: new Map(),
    },
  }
}

function grouped<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
