// What a shop's journals rest on, as it is stored: little of it for the whole of the books, what is told of orders for a slice of them at a time.
// And where lines stand while the journals are computed anew one after the other.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { DisputeState, OrderSettlement, OrderState } from '../../adapters/db/generated/client.ts'
import type { JournalPlace } from '../../adapters/db/ledger-reader.ts'
import { readFactsOfOrders, type StoredSale } from '../../adapters/db/order-store.ts'
import type { Payee } from '../../domain/attribution/attribution.ts'
import type { LedgerMonth } from '../../domain/ledger/booked-month.ts'
import type { DisputePosition } from '../../domain/ledger/post-dispute.ts'
import type { SettlementPosition } from '../../domain/ledger/post-settlement.ts'
import { newLine, type RoyaltyLine } from '../../domain/ledger/royalty-line.ts'
import { type RatedSale, rateSales } from '../../domain/ledger/sale-rate.ts'
import { localDateOf } from '../../domain/time/instant.ts'
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
  dropId: string | null
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

/** Of the whole books. */
export interface ShopFacts {
  /** What Shopify's totals were each time the difference moved, oldest first. */
  orderStates: ReadonlyMap<bigint, readonly OrderState[]>
  /** What payments came to beside sales each time that moved, oldest first. */
  orderSettlements: ReadonlyMap<bigint, readonly OrderSettlement[]>
  disputeStates: ReadonlyMap<bigint, readonly DisputeState[]>
  /** Fact keys of the journals of re-ratings. */
  rerated: ReadonlySet<string>
  askedFor: AskedFor
  /** Oldest first. */
  months: readonly LedgerMonth[]
  /** How far apart the midnights of the time zones lie in which the shop has sold; nothing for a shop that never moved. */
  monthSlackMs: number
  /** By re-rating: the instant that all of its journals are dated by. */
  rerateStarts: ReadonlyMap<string, string>
}

/** Of the orders that a slice of journals is about. */
export interface OrderFacts {
  sales: ReadonlyMap<bigint, StoredSale>
  /** Oldest first, as those of a line. */
  salesOfOrder: ReadonlyMap<bigint, readonly StoredSale[]>
  salesOfLine: ReadonlyMap<bigint, readonly StoredSale[]>
  rated: ReadonlyMap<bigint, RatedSale>
  /** By line, then by creator. */
  holds: ReadonlyMap<bigint, ReadonlyMap<string, StoredHold>>
  /** By line: those that ended with nothing to move. */
  silentHolds: ReadonlyMap<bigint, readonly StoredHold[]>
  /** What was decided at the first sale of each line. */
  first: readonly FirstDecision[]
  /** "line/re-rating": what a re-rating decided. */
  redecided: ReadonlyMap<string, StoredDecision>
  /** By line: later decisions that moved nothing when they were made, oldest first. */
  silent: ReadonlyMap<bigint, readonly StoredDecision[]>
  /** Sales that have a journal (a free piece has none), of those orders where it matters what was known when. */
  journalled: ReadonlySet<bigint>
}

export type ReplayFacts = ShopFacts & OrderFacts

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

export function openStanding(): ReplayStanding {
  return {
    lines: new Map(),
    revisions: new Map(),
    disputes: new Map(),
    lost: new Map(),
    suspense: new Map(),
    booked: new Set(),
    settlements: new Map(),
    undoable: new Map(),
  }
}

/** From the first midnight of a day on earth to its last. */
const A_DAY_OF_THE_WORLD_MS = 26 * 3_600_000

export async function readShopFacts(tx: ShopTransaction, shopId: number): Promise<ShopFacts> {
  const [orderStates, orderSettlements, disputeStates, rerated, askedFor, months, tasks, moved] =
    await Promise.all([
      tx.orderState.findMany({ where: { shopId }, orderBy: { number: 'asc' } }),
      tx.orderSettlement.findMany({ where: { shopId }, orderBy: { number: 'asc' } }),
      tx.disputeState.findMany({ where: { shopId }, orderBy: { number: 'asc' } }),
      tx.$queryRaw<Array<{ fact_key: string }>>`
      select fact_key from public.journal where shop_id = ${shopId} and kind = 'rerate'`,
      readAskedFor(tx, shopId),
      tx.$queryRaw<LedgerMonth[]>`
      select p.id::text, p.starts_at as "startsAt", p.ends_at as "endsAt", p.closed_at as "closedAt",
             (select max(s.chain_seq) from statement s where s.shop_id = p.shop_id and s.period_id = p.id) as "closedSeq"
      from period p where p.shop_id = ${shopId} order by p.starts_at`,
      tx.$queryRaw<Array<{ id: string; at: string }>>`
      select id::text, input->>'at' as at from long_task where shop_id = ${shopId} and kind = 'rerate'`,
      tx.$queryRaw<unknown[]>`
      select 1 from line_attribution a join shop s on s.id = a.shop_id
      where a.shop_id = ${shopId} and a.revision = 1 and a.circumstances->>'timeZone' <> s.time_zone limit 1`,
    ])
  return {
    orderStates: grouped(orderStates, (state) => state.orderId),
    orderSettlements: grouped(orderSettlements, (state) => state.orderId),
    disputeStates: grouped(disputeStates, (state) => state.disputeId),
    rerated: new Set(rerated.map((journal) => journal.fact_key)),
    askedFor,
    months,
    monthSlackMs: moved.length > 0 ? A_DAY_OF_THE_WORLD_MS : 0,
    rerateStarts: new Map(tasks.map(({ id, at }) => [id, at])),
  }
}

/** Journals that rest on what was known of their order when they were booked. */
const REST_ON_THE_KNOWN: ReadonlySet<string> = new Set(['suspense', 'settlement', 'rerate'])

/** Facts of the orders that these journals are about. */
export async function readOrderFacts(
  tx: ShopTransaction,
  shopId: number,
  { rerated }: ShopFacts,
  places: readonly JournalPlace[],
): Promise<OrderFacts> {
  const ordersOf = (own: readonly JournalPlace[]) => [
    ...new Set(own.flatMap(({ orderId }) => (orderId === null ? [] : [String(orderId)]))),
  ]
  const orderIds = ordersOf(places)
  const [sales, attributions, holds, journalled] = await Promise.all([
    readFactsOfOrders(tx, shopId, orderIds),
    tx.$queryRaw<StoredDecision[]>`
      select line_item_id as "lineItemId", revision, rerate_id::text as "rerateId", sold_at as "soldAt", payees, capped,
             after_seq as "afterSeq", circumstances->>'timeZone' as "timeZone", circumstances->'drop'->>'id' as "dropId"
      from unnest(${orderIds}::bigint[]) as wanted(id)
      cross join lateral (
        select * from line_attribution d where d.shop_id = ${shopId} and d.order_id = wanted.id order by d.revision offset 0) d`,
    tx.$queryRaw<StoredHold[]>`
      select line_item_id as "lineItemId", creator_id::text as "creatorId", order_id as "orderId", matures_at as "maturesAt",
             reserve_bps as "reserveBps", reserve_until as "reserveUntil",
             case when journal_seq is null then released_after_seq end as "endedAfterSeq",
             case when reserve_journal_seq is null then reserve_released_after_seq end as "reserveEndedAfterSeq"
      from unnest(${orderIds}::bigint[]) as wanted(id)
      cross join lateral (select * from royalty_hold h where h.shop_id = ${shopId} and h.order_id = wanted.id offset 0) h`,
    readJournalled(tx, shopId, ordersOf(places.filter(({ kind }) => REST_ON_THE_KNOWN.has(kind)))),
  ])
  const holdsOf = new Map<bigint, Map<string, StoredHold>>()
  for (const hold of holds) {
    const own = holdsOf.get(hold.lineItemId)
    if (own) own.set(hold.creatorId, hold)
    else holdsOf.set(hold.lineItemId, new Map([[hold.creatorId, hold]]))
  }
  const salesOfOrder = grouped(sales, (sale) => sale.orderId)
  const rated = new Map<bigint, RatedSale>()
  for (const own of salesOfOrder.values())
    for (const [saleId, amounts] of rateSales(own)) rated.set(saleId, amounts)
  const later = attributions.filter(({ revision }) => revision > 1)
  const runOf = (row: StoredDecision) => row.rerateId ?? `subscription-${row.revision}`
  return {
    sales: new Map(sales.map((sale) => [sale.saleId, sale])),
    salesOfOrder,
    salesOfLine: grouped(
      sales.filter((sale) => sale.lineItemId !== null),
      (sale) => sale.lineItemId ?? 0n,
    ),
    rated,
    holds: holdsOf,
    silentHolds: grouped(
      holds.filter((hold) => (hold.endedAfterSeq ?? hold.reserveEndedAfterSeq) !== null),
      (hold) => hold.lineItemId,
    ),
    first: attributions.filter((row): row is FirstDecision => row.timeZone !== null),
    redecided: new Map(later.map((row) => [`${row.lineItemId}/${runOf(row)}`, row])),
    silent: grouped(
      later.filter((row) => !rerated.has(`rerate/${runOf(row)}/${row.lineItemId}`)),
      (row) => row.lineItemId,
    ),
    journalled,
  }
}

async function readJournalled(
  tx: ShopTransaction,
  shopId: number,
  orderIds: readonly string[],
): Promise<Set<bigint>> {
  if (orderIds.length === 0) return new Set()
  const rows = await tx.$queryRaw<Array<{ sale_id: bigint }>>`
    select j.sale_id from unnest(${orderIds}::bigint[]) as wanted(id)
    cross join lateral (select * from public.journal j where j.shop_id = ${shopId} and j.order_id = wanted.id offset 0) j
    where j.sale_id is not null`
  return new Set(rows.map((row) => row.sale_id))
}

/** Lines of which nothing has come by yet begin with what was decided at their first sale. */
export function takeUpLines(standing: ReplayStanding, { first, holds }: OrderFacts): void {
  for (const row of first) {
    if (standing.lines.has(row.lineItemId)) continue
    const soldOn = localDateOf(row.soldAt.toISOString(), row.timeZone)
    const { payees, capped, lineItemId, dropId } = row
    standing.lines.set(
      lineItemId,
      newLine(lineItemId, soldOn, { dropId, payees, capped, holds: holds.get(lineItemId) ?? new Map() }),
    )
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
