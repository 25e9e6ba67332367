// Issues the statements of one closing month: reads every creator's entries set-wise, builds the frozen documents, stores them with their
// entries, and asks for their mails. All in the closing transaction.
import { createHash } from 'node:crypto'
import { raiseAlert } from '../../adapters/db/alert-store.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { AgreementVersion, Creator, Period, Shop } from '../../adapters/db/generated/client.ts'
import { newRowId } from '../../adapters/db/row-id.ts'
import { type AcceptedVersion, standingTerms } from '../../domain/agreements/standing-terms.ts'
import type { AgreementTerms } from '../../domain/agreements/terms.ts'
import { buildStatement } from '../../domain/statements/build-statement.ts'
import { canonicalDocument } from '../../domain/statements/canonical-document.ts'
import type { StatementDocument } from '../../domain/statements/statement-document.ts'
import type { StatementAgreement } from '../../domain/statements/statement-input.ts'
import { localDateOf } from '../../domain/time/instant.ts'
import { datesOf, endsQuarter, periodLabelled, quarterOf } from '../../domain/time/month-period.ts'
import type { ShopContext } from '../context.ts'
import { type CreatorBooks, readCreatorBooks } from './creator-books.server.ts'

export type ClosingContext = Pick<ShopContext, 'db' | 'shop' | 'clock' | 'queue' | 'log'>

export interface Closing {
  period: Period
  head: { seq: bigint; hash: Buffer }
  now: Date
}

/** Returns how many statements were issued. A document that does not meet the ledger is not issued; it raises an alert. */
export async function issueStatements(
  context: ClosingContext,
  tx: ShopTransaction,
  closing: Closing,
): Promise<number> {
  const { shop } = context
  const [creators, versions, books] = await Promise.all([
    tx.creator.findMany({ where: { shopId: shop.id }, orderBy: { handle: 'asc' } }),
    tx.agreementVersion.findMany({
      where: { shopId: shop.id, status: 'accepted' },
      include: { agreement: { select: { title: true, creatorId: true, endedAt: true } } },
    }),
    readCreatorBooks(tx, shop, closing.period),
  ])
  const lastInstant = new Date(closing.period.endsAt.getTime() - 1).toISOString()
  let issued = 0
  for (const creator of creators) {
    const own = versions.filter((version) => version.agreement.creatorId === creator.id)
    const agreements = new Map<string, StatementAgreement>(
      own.map((version) => [
        version.id,
        {
          title: version.agreement.title,
          versionNumber: version.number,
          terms: version.terms as unknown as AgreementTerms,
        },
      ]),
    )
    const terms = standingTerms(own.map(acceptedVersion), lastInstant, shop.timeZone)
    const creatorBooks = books.get(creator.id)
    if (!creatorBooks || !isDue(terms, closing.period)) continue
    if (creatorBooks.entries.length === 0 && creatorBooks.balanceMinor === 0n) continue
    if (await issueOne(context, tx, closing, { creator, agreements, terms, books: creatorBooks })) issued += 1
  }
  return issued
}

function acceptedVersion(row: AgreementVersion & { agreement: { endedAt: Date | null } }): AcceptedVersion {
  return {
    id: row.id,
    agreementId: row.agreementId,
    agreementEndedAt: row.agreement.endedAt?.toISOString() ?? null,
    number: row.number,
    status: row.status,
    effectiveFrom: row.effectiveFrom.toISOString(),
    terms: row.terms as unknown as AgreementTerms,
  }
}

/** Quarterly creators are told at the quarter's end; whoever has any monthly agreement is told monthly. */
function isDue(terms: AgreementTerms[], period: Period): boolean {
  return terms.some((standing) => standing.period === 'monthly') || endsQuarter(period.label)
}

interface Subject {
  creator: Creator
  /** Every version that was ever accepted: entries name them. */
  agreements: Map<string, StatementAgreement>
  /** Those that say when and from what amount on. */
  terms: AgreementTerms[]
  books: CreatorBooks
}

async function issueOne(
  context: ClosingContext,
  tx: ShopTransaction,
  closing: Closing,
  subject: Subject,
): Promise<boolean> {
  const { shop } = context
  const { creator, books } = subject
  const previous = await tx.statement.findFirst({
    where: { shopId: shop.id, creatorId: creator.id },
    orderBy: { sequence: 'desc' },
    select: { sequence: true, number: true, documentHash: true, closingMinor: true, currency: true },
  })
  const sequence = (previous?.sequence ?? 0) + 1
  const built = buildStatement({
    ...spanOf(shop, closing.period, subject.terms),
    creatorId: creator.id,
    handle: creator.handle,
    sequence,
    issuedAt: closing.now.toISOString(),
    timeZone: shop.timeZone,
    locale: creator.locale,
    payer: { name: shop.senderName ?? shop.name, email: shop.replyTo ?? shop.email },
    payee: { name: creator.name, email: creator.email },
    currency: shop.currency,
    contact: shop.replyTo ?? shop.email,
    // A change of the shop's currency begins a new series of amounts.
    openingMinor: previous?.currency === shop.currency ? previous.closingMinor : 0n,
    entries: books.entries,
    payments: [],
    agreements: subject.agreements,
    heldMinor: books.heldMinor,
    ledgerBalanceMinor: books.balanceMinor,
    maturities: books.maturities.map((hold) => ({
      on: localDateOf(hold.maturesAt, shop.timeZone),
      amountMinor: hold.amountMinor,
    })),
    minimumPayoutMinor: largestMinimum(subject.terms),
    previousStatement: previous ? { number: previous.number, hash: previous.documentHash } : null,
    chain: { seq: closing.head.seq, head: closing.head.hash.toString('hex') },
  })
  if (!built.ok) {
    const facts = { creatorId: creator.id, period: closing.period.label, reason: built.reason }
    const key = `ledger_broken/statement/${creator.id}/${closing.period.label}`
    await raiseAlert(tx, {
      shopId: shop.id,
      key,
      kind: 'ledger_broken',
      severity: 'critical',
      facts,
      raisedAt: closing.now,
    })
    context.log.error(
      { shopId: shop.id, ...built },
      'a statement does not meet the ledger and was not issued',
    )
    return false
  }
  await storeStatement(context, tx, closing, subject, built.document)
  return true
}

async function storeStatement(
  context: ClosingContext,
  tx: ShopTransaction,
  closing: Closing,
  { creator, books }: Subject,
  document: StatementDocument,
): Promise<void> {
  const { shop } = context
  const id = newRowId()
  await tx.statement.create({
    data: {
      id,
      shopId: shop.id,
      creatorId: creator.id,
      sequence: document.sequence,
      number: document.number,
      periodId: closing.period.id,
      currency: document.currency,
      openingMinor: BigInt(document.openingMinor),
      closingMinor: BigInt(document.closingMinor),
      payableMinor: BigInt(document.payableMinor),
      document: document as unknown as object,
      documentHash: createHash('sha256').update(canonicalDocument(document)).digest('hex'),
      previousHash: document.previousStatement?.hash ?? '',
      chainHead: document.chain.head,
      chainSeq: BigInt(document.chain.seq),
      issuedAt: closing.now,
    },
  })
  // Every closed month that stands on no statement of this creator yet, and the one that is closing.
  await tx.$executeRaw`
    insert into statement_period (shop_id, creator_id, period_id, statement_id)
    select ${shop.id}, ${creator.id}::uuid, d.id, ${id}::uuid from period d
    where d.shop_id = ${shop.id} and d.ends_at <= ${closing.period.endsAt}
      and not exists (select 1 from statement_period e where e.shop_id = d.shop_id and e.creator_id = ${creator.id}::uuid and e.period_id = d.id)`
  const deliveryId = newRowId()
  await tx.mailDelivery.create({
    data: {
      id: deliveryId,
      shopId: shop.id,
      kind: 'statement',
      subjectId: id,
      creatorId: creator.id,
      toAddress: creator.email,
      subject: document.number,
      requestedAt: closing.now,
    },
  })
  await context.queue.enqueue(tx, 'send-mail', { shopId: shop.id, deliveryId })
}

/** The month, or the quarter for creators whose agreements are all quarterly. */
function spanOf(shop: Shop, period: Period, terms: AgreementTerms[]) {
  const quarterly = terms.every((standing) => standing.period === 'quarterly')
  const span = quarterly
    ? quarterOf(period.label, shop.timeZone)
    : periodLabelled(period.label, shop.timeZone)
  return { period: span.label, ...datesOf(span, shop.timeZone) }
}

function largestMinimum(terms: AgreementTerms[]): bigint {
  return terms
    .map((standing) => BigInt(standing.minimumPayoutMinor))
    .reduce((largest, minimum) => (minimum > largest ? minimum : largest), 0n)
}
