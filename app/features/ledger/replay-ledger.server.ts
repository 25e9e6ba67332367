// Computes every journal anew from the stored facts, in the ledger's order, and compares byte by byte with what stands.
import type { Database, ShopTransaction } from '../../adapters/db/database.ts'
import type { RoyaltyHold, Sale } from '../../adapters/db/generated/client.ts'
import { readJournals } from '../../adapters/db/ledger-reader.ts'
import type { Payee } from '../../domain/attribution/attribution.ts'
import type { JournalDraft, PostedJournal } from '../../domain/ledger/journal-draft.ts'
import { arithmeticText, contentText } from '../../domain/ledger/journal-hash.ts'
import { journalForMaturity, journalForReserveRelease, withStage } from '../../domain/ledger/post-maturity.ts'
import { journalForSale } from '../../domain/ledger/post-sale.ts'
import { stageAfterHold } from '../../domain/ledger/royalty-buckets.ts'
import { newLine, type RoyaltyLine } from '../../domain/ledger/royalty-line.ts'
import { moveRoyalty } from '../../domain/ledger/royalty-target.ts'
import type { SaleFact } from '../../domain/ledger/sale-fact.ts'
import { type RatedSale, rateSales } from '../../domain/ledger/sale-rate.ts'
import { localDateOf } from '../../domain/time/instant.ts'

export interface ReplayResult {
  ok: boolean
  /** Journals computed anew from their facts. */
  replayed: number
  /** Disputes and suspense rest on what Shopify said at the time, which is kept in the journal only. */
  takenAsStored: number
  firstDifference: string | null
}

const TIMEOUT_MS = 30 * 60_000

const textOf = (draft: JournalDraft): string =>
  contentText({ ...draft, arithmeticText: arithmeticText(draft.arithmetic) })

export async function replayLedger(db: Database, shopId: number): Promise<ReplayResult> {
  return db.inShop(
    shopId,
    async (tx) => {
      const facts = await readFacts(tx, shopId)
      const result: ReplayResult = { ok: true, replayed: 0, takenAsStored: 0, firstDifference: null }
      for await (const journal of readJournals(tx, shopId)) {
        const draft = redraft(journal, facts)
        if (draft === 'as_stored') {
          result.takenAsStored += 1
          continue
        }
        result.replayed += 1
        if (!draft || textOf(draft) !== contentText(journal)) {
          result.firstDifference ??= `journal ${journal.seq} (${journal.factKey})`
          result.ok = false
        }
      }
      return result
    },
    { timeoutMs: TIMEOUT_MS, snapshot: true },
  )
}

interface Facts {
  sales: Map<bigint, Sale>
  rated: Map<bigint, RatedSale>
  lines: Map<bigint, RoyaltyLine>
  holds: Map<string, RoyaltyHold>
}

async function readFacts(tx: ShopTransaction, shopId: number): Promise<Facts> {
  const [shop, sales, attributions, holds] = await Promise.all([
    tx.shop.findUniqueOrThrow({ where: { id: shopId } }),
    tx.sale.findMany({ where: { shopId }, orderBy: [{ happenedAt: 'asc' }, { saleId: 'asc' }] }),
    tx.lineAttribution.findMany({ where: { shopId, revision: 1 } }),
    tx.royaltyHold.findMany({ where: { shopId } }),
  ])
  const holdsOf = new Map<bigint, Map<string, RoyaltyHold>>()
  for (const hold of holds)
    holdsOf.set(hold.lineItemId, (holdsOf.get(hold.lineItemId) ?? new Map()).set(hold.creatorId, hold))
  const ofOrder = new Map<bigint, SaleFact[]>()
  for (const sale of sales) ofOrder.set(sale.orderId, [...(ofOrder.get(sale.orderId) ?? []), factOf(sale)])
  return {
    sales: new Map(sales.map((sale) => [sale.saleId, sale])),
    rated: new Map([...ofOrder.values()].flatMap((own) => [...rateSales(own)])),
    holds: new Map(holds.map((hold) => [`${hold.lineItemId}/${hold.creatorId}`, hold])),
    lines: new Map(
      attributions.map((row) => [
        row.lineItemId,
        newLine(row.lineItemId, localDateOf(row.soldAt.toISOString(), shop.timeZone), {
          payees: row.payees as unknown as Payee[],
          capped: row.capped,
          holds: holdsOf.get(row.lineItemId) ?? new Map(),
        }),
      ]),
    ),
  }
}

const factOf = (sale: Sale): SaleFact => ({
  ...sale,
  happenedAt: sale.happenedAt.toISOString(),
  isTest: false,
})

function redraft(journal: PostedJournal, facts: Facts): JournalDraft | null | 'as_stored' {
  const line = journal.lineItemId === null ? undefined : facts.lines.get(journal.lineItemId)
  if (journal.kind === 'sale' && journal.saleId !== null) {
    const sale = facts.sales.get(journal.saleId)
    if (!sale) return null
    const posting = journalForSale(factOf(sale), line ?? null, facts.rated.get(sale.saleId))
    if (posting.line) facts.lines.set(posting.line.lineItemId, posting.line)
    return posting.draft
  }
  if ((journal.kind === 'maturity' || journal.kind === 'reserve_release') && line)
    return redraftRelease(journal, line, facts)
  if (journal.kind === 'dispute_royalty' && line) {
    const disputeLost = /\/lost\/line\//.test(journal.factKey)
    const subject = { kind: 'dispute' as const, effectiveAt: journal.effectiveAt, orderId: journal.orderId }
    const nothing = { productId: null, title: '', units: 0, listMinor: 0n, discountMinor: 0n }
    facts.lines.set(
      line.lineItemId,
      moveRoyalty(line, { netMinor: 0n, disputeLost }, { ...subject, ...nothing }).line,
    )
  }
  return 'as_stored'
}

function redraftRelease(journal: PostedJournal, line: RoyaltyLine, facts: Facts): JournalDraft | null {
  const creatorId = journal.factKey.split('/')[2] ?? ''
  const hold = facts.holds.get(`${line.lineItemId}/${creatorId}`)
  if (!hold) return null
  const { orderId, maturesAt, reserveUntil, reserveBps } = hold
  const isMaturity = journal.kind === 'maturity'
  const at = (isMaturity ? maturesAt : (reserveUntil ?? maturesAt)).toISOString()
  const change = { orderId, creatorId, currency: journal.currency, at }
  const stage = isMaturity ? stageAfterHold(reserveBps) : 'free'
  facts.lines.set(line.lineItemId, withStage(line, creatorId, stage))
  return isMaturity ? journalForMaturity(line, change, stage) : journalForReserveRelease(line, change)
}
