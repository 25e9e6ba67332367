// Computes every journal anew from the stored facts, in the ledger's order, and compares byte by byte with what stands.
import type { Database, ShopTransaction } from '../../adapters/db/database.ts'
import type { Sale } from '../../adapters/db/generated/client.ts'
import { readJournals } from '../../adapters/db/ledger-reader.ts'
import type { Payee } from '../../domain/attribution/attribution.ts'
import type { JournalDraft, PostedJournal } from '../../domain/ledger/journal-draft.ts'
import { canonicalDraft } from '../../domain/ledger/journal-hash.ts'
import { journalForMaturity } from '../../domain/ledger/post-maturity.ts'
import { journalForSale } from '../../domain/ledger/post-sale.ts'
import type { RoyaltyLine } from '../../domain/ledger/royalty-line.ts'
import { heldOnLine, moveRoyalty } from '../../domain/ledger/royalty-target.ts'

export interface ReplayResult {
  ok: boolean
  /** Journals computed anew from their facts. */
  replayed: number
  /** Disputes and suspense rest on what Shopify said at the time, which is kept in the journal only. */
  takenAsStored: number
  firstDifference: string | null
}

const TIMEOUT_MS = 30 * 60_000

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
        if (!draft || canonicalDraft(draft) !== canonicalDraft(journal)) {
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
  lines: Map<bigint, RoyaltyLine>
  maturesAt: Map<string, Date>
}

async function readFacts(tx: ShopTransaction, shopId: number): Promise<Facts> {
  const [sales, attributions, holds] = await Promise.all([
    tx.sale.findMany({ where: { shopId } }),
    tx.lineAttribution.findMany({ where: { shopId } }),
    tx.royaltyHold.findMany({ where: { shopId } }),
  ])
  return {
    sales: new Map(sales.map((sale) => [sale.saleId, sale])),
    maturesAt: new Map(holds.map((hold) => [`${hold.lineItemId}/${hold.creatorId}`, hold.maturesAt])),
    lines: new Map(
      attributions.map((row) => [
        row.lineItemId,
        {
          lineItemId: row.lineItemId,
          payees: row.payees as unknown as Payee[],
          capped: row.capped,
          cumulativeNetMinor: 0n,
          posted: new Map(),
          releasedCreatorIds: new Set<string>(),
          disputeLost: false,
        },
      ]),
    ),
  }
}

function redraft(journal: PostedJournal, facts: Facts): JournalDraft | null | 'as_stored' {
  const line = journal.lineItemId === null ? undefined : facts.lines.get(journal.lineItemId)
  if (journal.kind === 'sale' && journal.saleId !== null) {
    const sale = facts.sales.get(journal.saleId)
    if (!sale) return null
    const posting = journalForSale(
      { ...sale, happenedAt: sale.happenedAt.toISOString(), isTest: false },
      line ?? null,
    )
    if (posting.line) facts.lines.set(posting.line.lineItemId, posting.line)
    return posting.draft
  }
  if (journal.kind === 'maturity' && line && journal.orderId !== null)
    return redraftMaturity(journal, line, journal.orderId, facts)
  if (journal.kind === 'dispute_royalty' && line) {
    const lost = /\/lost\/line\//.test(journal.factKey)
    facts.lines.set(line.lineItemId, moveRoyalty(line, { netMinor: 0n, disputeLost: lost }).line)
  }
  return 'as_stored'
}

function redraftMaturity(
  journal: PostedJournal,
  line: RoyaltyLine,
  orderId: bigint,
  facts: Facts,
): JournalDraft | null {
  const creatorId = journal.factKey.split('/')[2] ?? ''
  const maturesAt = facts.maturesAt.get(`${line.lineItemId}/${creatorId}`)?.toISOString()
  if (!maturesAt) return null
  const draft = journalForMaturity({
    orderId,
    lineItemId: line.lineItemId,
    creatorId,
    heldMinor: heldOnLine(line, creatorId),
    currency: journal.currency,
    maturesAt,
    releasedAt: maturesAt,
  })
  facts.lines.set(line.lineItemId, {
    ...line,
    releasedCreatorIds: new Set([...line.releasedCreatorIds, creatorId]),
  })
  return draft
}
