// One journal with its whole story: the sale, who was paid and why, the terms in force, the arithmetic, maturity and the chain.

import type { RoyaltyHold } from '#app/adapters/db/generated/client.ts'
import type { Candidate, Payee } from '#app/domain/attribution/attribution.ts'
import { explainAttribution } from '#app/domain/attribution/explain-attribution.ts'
import type { AwardEvidence } from '#app/domain/awards/award.ts'
import { explainAward } from '#app/domain/awards/explain-award.ts'
import { readRoyaltyArithmetic, readSaleArithmetic } from '#app/domain/ledger/read-arithmetic.ts'
import type { PayeeArithmetic, RoyaltyArithmetic, SaleArithmetic } from '#app/domain/ledger/royalty-line.ts'
import type { Sentence } from '#app/domain/sentence.ts'
import type { ShopContext } from '../context.ts'
import { type AgreementInWords, readAgreementsInWords } from './agreements-in-words.server.ts'
import { creatorNamedIn, type JournalRows, readJournalRows } from './journal-rows.server.ts'

export interface JournalPosting {
  account: string
  accountKind: string
  creatorId: string | null
  creatorName: string | null
  /** Debits positive. */
  amountMinor: string
}

export interface PayeeStory extends PayeeArithmetic {
  creatorName: string
  agreementTitle: string
  agreementVersion: number | null
}

export interface SaleStory extends SaleArithmetic {
  /** order | refund | return | order_edit, with Shopify's own reason. */
  occasion: string
  discountCodes: string[]
}

export interface HoldStory {
  creatorName: string
  maturesAt: string
  releasedAt: string | null
  disputed: boolean
  /** Waits until the order is paid in full. */
  unpaid: boolean
  releasedBySeq: string | null
  /** Kept back after release; null when nothing is. */
  reserve: { bps: number; until: string; releasedAt: string | null; releasedBySeq: string | null } | null
}

export interface JournalView {
  seq: string
  kind: string
  factKey: string
  effectiveAt: string
  recordedAt: string
  period: string
  currency: string
  timeZone: string
  order: { id: string; name: string | null } | null
  postings: JournalPosting[]
  sale: SaleStory | null
  royalty: (Omit<RoyaltyArithmetic, 'payees'> & { payees: PayeeStory[] }) | null
  /** "Why this creator?" Empty when the journal is about no line. */
  why: Sentence[]
  agreements: AgreementInWords[]
  holds: HoldStory[]
  /** Numbers of kinds that have no royalty part, by name. */
  facts: Record<string, string>
  statements: Array<{ id: string; number: string }>
  /** The other journals of the same order, oldest first. */
  related: Array<{
    seq: string
    kind: string
    action: string | null
    lineType: string | null
    title: string
    effectiveAt: string
    royaltyMinor: string
  }>
  chain: { hash: string; previousHash: string; inputHash: string; isNewest: boolean }
  reversesSeq: string | null
  /** The journal that undoes this one. */
  reversedBySeq: string | null
  /** Whom the journal is about, when it names one creator. */
  creator: { id: string; name: string } | null
  /** Why an award came to its amount, and how, step by step. */
  award: { why: Sentence; metric: AwardEvidence['metric']; steps: AwardEvidence['steps'] } | null
  /** The payout run whose money it moves. */
  payoutRun: { id: string; number: number } | null
  /** What it changes under each agreement, as statements and tiers add it up. */
  entries: EntryStory[]
}

export interface EntryStory {
  creatorName: string
  title: string
  soldOn: string
  shareBps: number
  units: number
  netMinor: string
  royaltyMinor: string
}

export type JournalResult = { ok: true; journal: JournalView } | { ok: false; reason: 'journal_not_found' }

/** `locale`: of whoever reads it, for amounts inside sentences. */
export async function readJournal(ctx: ShopContext, seqText: string, locale = 'en'): Promise<JournalResult> {
  if (!/^\d{1,18}$/.test(seqText)) return { ok: false, reason: 'journal_not_found' }
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const rows = await readJournalRows(tx, ctx.shop.id, BigInt(seqText))
    if (!rows) return { ok: false, reason: 'journal_not_found' }
    const royalty = readRoyaltyArithmetic(rows.journal.arithmetic)
    const payees = storedPayees(rows)
    const versionIds = new Set(
      [...payees, ...(royalty?.payees ?? [])].map((payee) => payee.agreementVersionId),
    )
    const agreements = await readAgreementsInWords(tx, ctx.shop.id, [...versionIds], rows.creatorNames)
    return { ok: true, journal: toView(rows, royalty, agreements, { timeZone: ctx.shop.timeZone, locale }) }
  })
}

function toView(
  rows: JournalRows,
  royalty: RoyaltyArithmetic | null,
  agreements: AgreementInWords[],
  { timeZone, locale }: { timeZone: string; locale: string },
): JournalView {
  const { journal, order } = rows
  return {
    seq: String(journal.seq),
    kind: journal.kind,
    factKey: journal.factKey,
    effectiveAt: journal.effectiveAt.toISOString(),
    recordedAt: journal.recordedAt.toISOString(),
    period: rows.periodLabel,
    currency: journal.currency,
    timeZone,
    order: order ? { id: String(order.orderId), name: order.name } : null,
    postings: rows.postings.map((posting) => ({
      account: posting.code,
      accountKind: posting.kind,
      creatorId: posting.creatorId,
      creatorName: posting.creatorId ? nameOf(rows, posting.creatorId) : null,
      amountMinor: String(posting.amount),
    })),
    sale: journal.kind === 'sale' ? toSaleStory(rows) : null,
    royalty: royalty && {
      ...royalty,
      payees: royalty.payees.map((payee) => toPayeeStory(payee, rows, agreements)),
    },
    why: whySentences(rows),
    agreements,
    holds: rows.holds.map((hold) => ({
      creatorName: nameOf(rows, hold.creatorId),
      maturesAt: hold.maturesAt.toISOString(),
      releasedAt: hold.releasedAt?.toISOString() ?? null,
      disputed: hold.disputed,
      unpaid: hold.unpaid,
      releasedBySeq: hold.journalSeq === null ? null : String(hold.journalSeq),
      reserve: toReserve(hold),
    })),
    facts: plainFacts(journal.arithmetic),
    statements: rows.statements,
    related: rows.related.map((row) => ({
      seq: String(row.seq),
      kind: row.kind,
      action: row.action,
      lineType: row.lineType,
      title: row.title ?? '',
      effectiveAt: row.effectiveAt.toISOString(),
      royaltyMinor: String(row.royalty),
    })),
    chain: {
      hash: hex(journal.hash),
      previousHash: hex(journal.previousHash),
      inputHash: hex(journal.inputHash),
      isNewest: rows.headSeq === journal.seq,
    },
    reversesSeq: journal.reversesSeq === null ? null : String(journal.reversesSeq),
    reversedBySeq: rows.reversedBySeq === null ? null : String(rows.reversedBySeq),
    creator: creatorOf(rows),
    award: awardStory(rows, locale),
    payoutRun: rows.payoutRun,
    entries: rows.entries.map((entry) => ({
      creatorName: nameOf(rows, entry.creatorId),
      title: entry.title,
      soldOn: entry.soldOn.toISOString().slice(0, 10),
      shareBps: entry.shareBps,
      units: entry.units,
      netMinor: String(entry.netMinor),
      royaltyMinor: String(entry.royaltyMinor),
    })),
  }
}

function toReserve(hold: RoyaltyHold): HoldStory['reserve'] {
  if (hold.reserveBps === 0 || hold.reserveUntil === null) return null
  return {
    bps: hold.reserveBps,
    until: hold.reserveUntil.toISOString(),
    releasedAt: hold.reserveReleasedAt?.toISOString() ?? null,
    releasedBySeq: hold.reserveJournalSeq === null ? null : String(hold.reserveJournalSeq),
  }
}

function creatorOf(rows: JournalRows): JournalView['creator'] {
  const id = creatorNamedIn(rows.journal.arithmetic)
  return id === null ? null : { id, name: nameOf(rows, id) }
}

/** Written with the award from this very type. */
function awardStory({ journal }: JournalRows, locale: string): JournalView['award'] {
  if (journal.kind !== 'award') return null
  const { evidence, targetMinor } = journal.arithmetic as unknown as {
    evidence: AwardEvidence
    targetMinor: string
  }
  return {
    why: explainAward(evidence, BigInt(targetMinor), locale),
    metric: evidence.metric,
    steps: evidence.steps,
  }
}

function toSaleStory(rows: JournalRows): SaleStory {
  return {
    ...readSaleArithmetic(rows.journal.arithmetic),
    occasion: rows.sale?.agreementKind ?? 'order',
    discountCodes: rows.order?.discountCodes ?? [],
  }
}

function toPayeeStory(payee: PayeeArithmetic, rows: JournalRows, agreements: AgreementInWords[]): PayeeStory {
  const agreement = agreements.find((known) => known.versionId === payee.agreementVersionId)
  return {
    ...payee,
    creatorName: nameOf(rows, payee.creatorId),
    agreementTitle: agreement?.title ?? '',
    agreementVersion: agreement?.version ?? null,
  }
}

function whySentences(rows: JournalRows): Sentence[] {
  if (!rows.attribution) return []
  const payees = storedPayees(rows)
  // Written by the resolver from these very types and immutable since.
  const candidates = rows.attribution.candidates as unknown as Candidate[]
  return explainAttribution(
    { payees, candidates, capped: rows.attribution.capped },
    { creators: rows.creatorNames },
  )
}

function storedPayees(rows: JournalRows): Payee[] {
  return (rows.attribution?.payees ?? []) as unknown as Payee[]
}

function nameOf(rows: JournalRows, creatorId: string): string {
  return rows.creatorNames.get(creatorId) ?? ''
}

/** The arithmetic's texts and numbers outside of its sale and royalty parts. */
function plainFacts(arithmetic: unknown): Record<string, string> {
  if (typeof arithmetic !== 'object' || arithmetic === null) return {}
  const entries = Object.entries(arithmetic).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number',
  )
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
