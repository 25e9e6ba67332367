// A subscription's earlier order that arrives late makes the later ones renewals of another cycle, or of another creator's: they are decided
// anew, and only the difference is posted.
import { dueNoLaterThan } from '../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Sale, Shop } from '../../adapters/db/generated/client.ts'
import { type NewAttribution, type NewHold, saveDecisions } from '../../adapters/db/line-store.ts'
import type { Payee } from '../../domain/attribution/attribution.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { journalForRerate } from '../../domain/ledger/post-rerate.ts'
import type { RoyaltyLine } from '../../domain/ledger/royalty-line.ts'
import { type DecidedLine, openLineDecider } from './decide-lines.server.ts'
import { readLineStates } from './line-states.server.ts'
import { type Contract, type ContractLine, readContracts } from './read-contracts.server.ts'

export interface SeenSales {
  /** Of the orders at hand. */
  sales: readonly Sale[]
  /** Lines that are no news: what comes after them was decided with them. */
  decidedBefore: ReadonlySet<bigint>
  /** Where lines stand; those decided anew are replaced. */
  lines: Map<bigint, RoyaltyLine>
  now: Date
}

/** Call before the sales at hand are posted. Journals of lines whose payees changed; nothing without subscriptions. */
export async function redecideRenewals(
  tx: ShopTransaction,
  shop: Shop,
  linkSecret: string,
  { sales, decidedBefore, lines, now }: SeenSales,
): Promise<JournalDraft[]> {
  const news = sales.filter((sale) => sale.lineItemId !== null && !decidedBefore.has(sale.lineItemId))
  const contractIds = [...new Set(news.flatMap((sale) => sale.contractId ?? []))]
  if (contractIds.length === 0) return []
  const contracts = await readContracts(tx, shop.id, contractIds)
  const newLines = new Set(news.map((sale) => sale.lineItemId))
  const own = [...contracts.values()].flatMap((contract) => linesAfterNews(contract, newLines))
  if (own.length === 0) return []
  const ids = own.map((line) => line.lineItemId)
  const [states, posted, revisions] = await Promise.all([
    readLineStates(tx, shop, ids),
    readPosted(tx, shop.id, ids),
    readRevisions(tx, shop.id, ids),
  ])
  const decide = await openLineDecider(tx, shop, linkSecret, {
    codes: own.flatMap((line) => line.discountCodes),
    links: own.flatMap((line) => line.linkReference ?? []),
    productIds: own.flatMap((line) => line.productId ?? []),
    contractIds,
  })
  const drafts: JournalDraft[] = []
  const attributions: NewAttribution[] = []
  const holds: NewHold[] = []
  for (const sold of own) {
    const state = states.get(sold.lineItemId)
    const sums = posted.get(sold.lineItemId)
    // What has no journal yet was decided a moment ago, with everything known.
    if (!state || !sums) continue
    const decided = decide(sold)
    if (textOf(state.payees) === textOf(decided.payees)) continue
    const revision = (revisions.get(sold.lineItemId) ?? 1) + 1
    const moved = journalForRerate(
      { ...state, cumulativeNetMinor: sums.netMinor },
      { ...ratingOf(sold, sums, decided), rerateId: nameOf(sold, revision), at: now.toISOString() },
    )
    if (moved.draft) drafts.push(moved.draft)
    lines.set(sold.lineItemId, moved.line)
    attributions.push(attributionOf(shop.id, sold, decided, { revision, now }))
    holds.push(...holdsOf(shop.id, sold, decided).filter(({ creatorId }) => !state.standings.has(creatorId)))
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

const nameOf = (sold: ContractLine, revision: number): string => `subscription-${sold.contractId}-${revision}`

/** Evidence included: it names the cycle. */
function textOf(payees: readonly Payee[]): string {
  return payees
    .map(({ agreementVersionId, weight, evidence }) => {
      const cycle = evidence.kind === 'subscription' ? evidence.cycle : ''
      return `${agreementVersionId} ${weight} ${evidence.kind} ${cycle}`
    })
    .sort()
    .join()
}

function ratingOf({ orderId, productId }: ContractLine, sums: PostedLine, decided: DecidedLine) {
  const { title, currency, units, listMinor, discountMinor } = sums
  const sold = { units: Number(units), listMinor, discountMinor }
  return { orderId, productId, title, currency, sold, decided }
}

function attributionOf(
  shopId: number,
  { lineItemId, orderId, soldAt }: ContractLine,
  { payees, candidates, capped, holds }: DecidedLine,
  { revision, now }: { revision: number; now: Date },
): NewAttribution {
  const dates = [...holds.values()].map((hold) => hold.maturesAt).sort()
  return {
    shopId,
    lineItemId,
    revision,
    // No long task decided it: a fact did.
    rerateId: null,
    orderId,
    soldAt: new Date(soldAt),
    decidedAt: now,
    payees,
    candidates,
    capped,
    maturesAt: new Date(dates.at(-1) ?? soldAt),
  }
}

function holdsOf(shopId: number, { lineItemId, orderId }: ContractLine, decided: DecidedLine): NewHold[] {
  return [...decided.holds].map(([creatorId, { maturesAt, reserveBps, reserveUntil }]) => ({
    shopId,
    lineItemId,
    creatorId,
    orderId,
    maturesAt: new Date(maturesAt),
    reserveBps,
    reserveUntil: reserveUntil === null ? null : new Date(reserveUntil),
  }))
}

interface PostedLine {
  lineItemId: bigint
  title: string
  currency: string
  units: bigint
  listMinor: bigint
  discountMinor: bigint
  netMinor: bigint
}

/** What the books have of each line, also of those that nobody is paid for. */
async function readPosted(
  tx: ShopTransaction,
  shopId: number,
  lineItemIds: readonly bigint[],
): Promise<Map<bigint, PostedLine>> {
  const rows = await tx.$queryRaw<PostedLine[]>`
    select j.line_item_id as "lineItemId", min(j.arithmetic->>'title') as title, min(j.currency)::text as currency,
           sum(abs(coalesce((j.arithmetic->>'quantity')::bigint, 0))
             * case when j.arithmetic->>'actionType' = 'return' or (j.arithmetic->>'netMinor')::bigint < 0 then -1 else 1 end)::bigint as units,
           sum((j.arithmetic->>'listMinor')::bigint)::bigint as "listMinor",
           sum((j.arithmetic->>'discountMinor')::bigint)::bigint as "discountMinor",
           sum((j.arithmetic->>'netMinor')::bigint)::bigint as "netMinor"
    from journal j
    where j.shop_id = ${shopId} and j.line_item_id = any(${lineItemIds.map(String)}::bigint[]) and j.kind = 'sale'
    group by 1`
  return new Map(rows.map((row) => [row.lineItemId, row]))
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
