// Any issued statement built again: every figure from the ledger as it stands now, what people said of themselves from the frozen document.
import { createHash } from 'node:crypto'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Shop, Statement } from '../../adapters/db/generated/client.ts'
import { type BuiltStatement, buildStatement } from '../../domain/statements/build-statement.ts'
import { canonicalDocument } from '../../domain/statements/canonical-document.ts'
import type { StatementDocument } from '../../domain/statements/statement-document.ts'
import type { CreatorFigures, StatementParticulars } from '../../domain/statements/statement-input.ts'
import { readFigures } from './read-figures.server.ts'
import { readVersions, statementAgreement } from './read-particulars.server.ts'
import { scopeOf } from './statement-scope.server.ts'
import { readClosingBefore } from './statement-series.server.ts'

export type RebuiltStatement =
  | { ok: true; document: StatementDocument; hash: string; matches: boolean }
  | { ok: false; reason: 'statement_not_found' | 'head_not_found' | 'no_figures' }
  | Extract<BuiltStatement, { ok: false }>

/** `matches`: the same document, byte for byte. */
export async function rebuildStatement(
  tx: ShopTransaction,
  shop: Shop,
  statementId: string,
): Promise<RebuiltStatement> {
  const row = await tx.statement.findFirst({ where: { shopId: shop.id, id: statementId } })
  if (!row) return { ok: false, reason: 'statement_not_found' }
  const figures = await readFrozenFigures(tx, shop, row)
  if (!figures) return { ok: false, reason: 'no_figures' }
  const about = await readFrozenParticulars(tx, shop, row)
  if (!about) return { ok: false, reason: 'head_not_found' }
  const built = buildStatement(about, figures)
  if (!built.ok) return built
  const hash = createHash('sha256').update(canonicalDocument(built.document)).digest('hex')
  return { ok: true, document: built.document, hash, matches: hash === row.documentHash }
}

async function readFrozenFigures(
  tx: ShopTransaction,
  shop: Shop,
  row: Statement,
): Promise<CreatorFigures | undefined> {
  const document = row.document as unknown as StatementDocument
  const months = await tx.statementPeriod.findMany({
    where: { statementId: row.id },
    select: { periodId: true },
  })
  const last = await tx.period.findUniqueOrThrow({ where: { id: row.periodId } })
  const periodIds = months.map((month) => month.periodId)
  const creator = {
    creatorId: row.creatorId,
    periodIds,
    readIds: periodIds,
    from: document.from,
    sequence: row.sequence,
  }
  const inItsCurrency = { id: shop.id, timeZone: document.timeZone, currency: document.currency }
  return (await readFigures(tx, scopeOf(inItsCurrency, last.endsAt, [creator]))).get(row.creatorId)
}

async function readFrozenParticulars(
  tx: ShopTransaction,
  shop: Shop,
  row: Statement,
): Promise<StatementParticulars | null> {
  const document = row.document as unknown as StatementDocument
  const versions = (await readVersions(tx, shop.id)).get(row.creatorId) ?? []
  const previous = await tx.statement.findFirst({
    where: { shopId: shop.id, creatorId: row.creatorId, sequence: row.sequence - 1 },
  })
  // The chain's head of that moment, as the ledger has it: the genesis has no journal.
  const head = await tx.journal.findFirst({
    where: { shopId: shop.id, seq: row.chainSeq },
    select: { hash: true },
  })
  if (!head && row.chainSeq !== 0n) return null
  const { tax, selfBilling } = document
  return {
    handle: document.number.slice(0, document.number.lastIndexOf('-')),
    sequence: row.sequence,
    period: document.period,
    from: document.from,
    to: document.to,
    issuedAt: row.issuedAt.toISOString(),
    timeZone: document.timeZone,
    locale: document.locale,
    payer: document.payer,
    payee: document.payee,
    currency: document.currency,
    contact: document.contact,
    agreements: versions.map(statementAgreement),
    inForce: document.agreements.map((agreement) => agreement.versionId),
    minimumPayoutMinor: BigInt(document.minimumPayoutMinor),
    form: tax.form,
    formStatus: tax.formStatus,
    withholdingBps: tax.withholdingBps,
    withholdingReason: tax.withholdingReason,
    selfBilling: selfBilling && {
      agreedOn: selfBilling.agreedOn,
      treatment: selfBilling.vat,
      rateBps: selfBilling.rateBps,
      acceptedAfterDays: selfBilling.acceptedAfterDays,
    },
    selfBilledBefore: document.selfBilledCount - (selfBilling ? 1 : 0),
    arePayoutsPaused: document.carryForward.some((part) => part.reason === 'payouts_paused'),
    previousStatement: previous && {
      number: previous.number,
      hash: previous.documentHash,
      closingMinor: await readClosingBefore(
        tx,
        { id: shop.id, currency: row.currency },
        row.creatorId,
        row.sequence,
      ),
    },
    chain: { seq: row.chainSeq, head: head ? Buffer.from(head.hash).toString('hex') : '0'.repeat(64) },
  }
}
