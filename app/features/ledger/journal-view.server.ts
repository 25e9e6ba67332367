// One journal with its whole story: the sale, who was paid and why, the terms in force, the arithmetic, maturity and the chain.

import type { Candidate, Payee } from '#app/domain/attribution/attribution.ts'
import { explainAttribution } from '#app/domain/attribution/explain-attribution.ts'
import { readRoyaltyArithmetic, readSaleArithmetic } from '#app/domain/ledger/read-arithmetic.ts'
import type { PayeeArithmetic, RoyaltyArithmetic, SaleArithmetic } from '#app/domain/ledger/royalty-line.ts'
import type { Sentence } from '#app/domain/sentence.ts'
import type { ShopContext } from '../context.ts'
import { type AgreementInWords, readAgreementsInWords } from './agreements-in-words.server.ts'
import { type JournalRows, readJournalRows } from './journal-rows.server.ts'

export interface JournalPosting {
  account: string
  accountKind: string
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
  releasedBySeq: string | null
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
}

export type JournalResult = { ok: true; journal: JournalView } | { ok: false; reason: 'journal_not_found' }

export async function readJournal(ctx: ShopContext, seqText: string): Promise<JournalResult> {
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
    return { ok: true, journal: toView(rows, royalty, agreements, ctx.shop.timeZone) }
  })
}

function toView(
  rows: JournalRows,
  royalty: RoyaltyArithmetic | null,
  agreements: AgreementInWords[],
  timeZone: string,
): JournalView {
  const { journal, order } = rows
  return {
    seq: String(journal.seq),
    kind: journal.kind,
    factKey: journal.factKey,
    effectiveAt: journal.effectiveAt.toISOString(),
    recordedAt: journal.recordedAt.toISOString(),
    period: rows.periodLabel,
    currency: rows.postings[0]?.currency ?? '',
    timeZone,
    order: order ? { id: String(order.orderId), name: order.name } : null,
    postings: rows.postings.map((posting) => ({
      account: posting.code,
      accountKind: posting.kind,
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
      releasedBySeq: hold.journalSeq === null ? null : String(hold.journalSeq),
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
