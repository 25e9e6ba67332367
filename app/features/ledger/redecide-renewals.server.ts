// A subscription's earlier order that arrives late makes the later ones renewals of another cycle, or of another creator's: they are decided
// anew, and only the difference is posted.
import { dueNoLaterThan } from '../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Sale, Shop } from '../../adapters/db/generated/client.ts'
import { type NewAttribution, type NewHold, saveDecisions } from '../../adapters/db/line-store.ts'
import { readSalesOfOrders } from '../../adapters/db/order-store.ts'
import { paysTheSame } from '../../domain/attribution/same-attribution.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { journalForRerate } from '../../domain/ledger/post-rerate.ts'
import type { RoyaltyLine } from '../../domain/ledger/royalty-line.ts'
import { type DecidedLine, openLineRedecider } from './decide-lines.server.ts'
import { attributionRow, holdRows } from './decision-rows.ts'
import { readLineStates } from './line-states.server.ts'
import { factOf, rateByOrder } from './rate-orders.ts'
import { type Contract, type ContractLine, readContracts } from './read-contracts.server.ts'
import { soldOf } from './redecide-lines.server.ts'

export interface SeenSales {
  /** Of the orders at hand. */
  sales: readonly Sale[]
  /** Lines that are no news: what comes after them was decided with them. */
  decidedBefore: ReadonlySet<bigint>
  /** Where the lines of these sales stand once they are posted; those decided anew are replaced. */
  lines: Map<bigint, RoyaltyLine>
  /** The newest journal once those of these sales are posted. */
  afterSeq: bigint
  now: Date
}

/** To be posted after the sales at hand: journals of lines whose payees changed. Nothing without subscriptions. */
export async function redecideRenewals(
  tx: ShopTransaction,
  shop: Shop,
  linkSecret: string,
  { sales, decidedBefore, lines, afterSeq, now }: SeenSales,
): Promise<JournalDraft[]> {
  const news = sales.filter((sale) => sale.lineItemId !== null && !decidedBefore.has(sale.lineItemId))
  const contractIds = [...new Set(news.flatMap((sale) => sale.contractId ?? []))]
  if (contractIds.length === 0) return []
  const contracts = await readContracts(tx, shop.id, contractIds)
  const newLines = new Set(news.map((sale) => sale.lineItemId))
  const own = [...contracts.values()].flatMap((contract) => linesAfterNews(contract, newLines))
  if (own.length === 0) return []
  const ids = own.map((line) => line.lineItemId)
  const orderIds = [...new Set(own.map((line) => line.orderId))]
  const [states, booked, revisions] = await Promise.all([
    readLineStates(tx, shop, ids),
    readSalesOfOrders(tx, shop.id, orderIds),
    readRevisions(tx, shop.id, ids),
  ])
  const rated = rateByOrder(booked)
  const decide = await openLineRedecider(tx, shop, linkSecret, contractIds)
  const drafts: JournalDraft[] = []
  const attributions: NewAttribution[] = []
  const holds: NewHold[] = []
  for (const sold of own) {
    const { lineItemId } = sold
    const state = lines.get(lineItemId) ?? states.get(lineItemId)
    // Not decided yet: its order is not paid.
    if (!state || !sold.circumstances) continue
    const decided = decide({ ...sold, circumstances: sold.circumstances })
    if (paysTheSame(state, decided)) continue
    const revision = (revisions.get(lineItemId) ?? 1) + 1
    const sales = booked.filter((sale) => sale.lineItemId === lineItemId && sale.lineType === 'product')
    const cumulativeNetMinor = sales.reduce((sum, sale) => sum + (rated.get(sale.saleId)?.netMinor ?? 0n), 0n)
    const moved = journalForRerate(
      { ...state, cumulativeNetMinor },
      { ...ratingOf(sold, sales, decided), rerateId: `subscription-${revision}`, at: now.toISOString() },
    )
    if (moved.draft) drafts.push(moved.draft)
    lines.set(lineItemId, moved.line)
    // No long task decided it: a fact did.
    attributions.push(
      attributionRow(shop.id, sold, decided, { revision, rerateId: null, afterSeq, decidedAt: now }),
    )
    holds.push(...holdRows(shop.id, sold, decided).filter(({ creatorId }) => !state.standings.has(creatorId)))
  }
  const earliest = await saveDecisions(tx, attributions, holds)
  if (earliest !== null) await dueNoLaterThan(tx, shop.id, 'mature-holds', earliest)
  return drafts
}

/** The lines of later orders than the first that is new. */
function linesAfterNews({ lines }: Contract, newLines: ReadonlySet<bigint | null>): ContractLine[] {
  const first = lines.find((line) => newLines.has(line.lineItemId))
  return first ? lines.filter((line) => line.cycle > first.cycle) : []
}

function ratingOf({ orderId, productId, lineItemId }: ContractLine, sales: Sale[], decided: DecidedLine) {
  const [first] = sales
  if (!first) throw new Error(`line ${lineItemId} has no sale`)
  const { title, currency } = first
  return { orderId, productId, title, currency, sold: soldOf(sales.map(factOf)), decided }
}

async function readRevisions(
  tx: ShopTransaction,
  shopId: number,
  lineItemIds: readonly bigint[],
): Promise<Map<bigint, number>> {
  const rows = await tx.$queryRaw<Array<{ lineItemId: bigint; revision: number }>>`
    select line_item_id as "lineItemId", max(revision)::int as revision from line_attribution
    where shop_id = ${shopId} and line_item_id = any(${lineItemIds.map(String)}::bigint[]) group by 1`
  return new Map(rows.map((row) => [row.lineItemId, row.revision]))
}
