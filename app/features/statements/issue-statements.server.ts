// Issues the statements of one closing month: figures are read set-wise for every creator at once, documents built and checked, stored in a
// handful of statements however many creators there are. All in the closing transaction.
import { raiseAlert } from '../../adapters/db/alert-store.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { readPayer } from '../../adapters/db/dated-fact-store.ts'
import type { Period, Shop } from '../../adapters/db/generated/client.ts'
import type { LedgerHead } from '../../adapters/db/journal-store.ts'
import { readByKeys } from '../../adapters/db/steer-planner.ts'
import { buildStatement } from '../../domain/statements/build-statement.ts'
import type { CreatorFigures } from '../../domain/statements/statement-input.ts'
import type { PayerDetails } from '../../domain/tax/payer-details.ts'
import { localDateOf } from '../../domain/time/instant.ts'
import { datesOf, endsQuarter, periodLabelled, quarterOf } from '../../domain/time/month-period.ts'
import type { ShopContext } from '../context.ts'
import { particularsOf } from './particulars.ts'
import { readFigures } from './read-figures.server.ts'
import { type CreatorParticulars, readParticulars } from './read-particulars.server.ts'
import {
  type CreatorScope,
  readUnstatedMonths,
  scopeOf,
  type UnstatedMonth,
} from './statement-scope.server.ts'
import { readClosingBefore, readSeries } from './statement-series.server.ts'
import { documentHash, type IssuedStatement, storeStatements } from './store-statements.server.ts'

export type ClosingContext = Pick<ShopContext, 'db' | 'shop' | 'clock' | 'queue' | 'log'>

export interface Closing {
  period: Period
  head: LedgerHead
  now: Date
}

/** Returns how many statements were issued. A document that does not meet the ledger is not issued; it raises an alert. */
export async function issueStatements(
  context: ClosingContext,
  tx: ShopTransaction,
  closing: Closing,
): Promise<number> {
  const { shop } = context
  const { period, now } = closing
  const lastInstant = new Date(period.endsAt.getTime() - 1).toISOString()
  const due = (await readParticulars(tx, shop, lastInstant, now)).filter(({ terms }) => isDue(terms, period))
  const payer = await readPayer(tx, shop, now)
  const payerOnLastDay = await readPayer(tx, shop, new Date(lastInstant))
  const issued: IssuedStatement[] = []
  for (const { currency, creatorIds } of await readSeries(tx, shop, due)) {
    const own = due.filter(({ creator }) => creatorIds.has(creator.id))
    issued.push(...(await buildSeries(context, tx, { ...closing, payer, payerOnLastDay, currency }, own)))
  }
  await storeStatements(context, tx, closing, issued)
  return issued.length
}

interface Series extends Closing {
  payer: PayerDetails | null
  payerOnLastDay: PayerDetails | null
  currency: string
}

/** Amounts of one currency. What stands in a former currency of the shop is stated for itself, until it is nothing. */
async function buildSeries(
  context: ClosingContext,
  tx: ShopTransaction,
  series: Series,
  due: readonly CreatorParticulars[],
): Promise<IssuedStatement[]> {
  const { period, currency } = series
  const shop = { ...context.shop, currency }
  const creatorIds = due.map(({ creator }) => creator.id)
  const unstated = await readByKeys(tx, () => readUnstatedMonths(tx, shop, period.endsAt, creatorIds))
  const months = groupMonths(unstated)
  const scopes = due.map((about) => creatorScope(shop, period, about, months.get(about.creator.id) ?? []))
  const figures = await readFigures(tx, scopeOf(shop, period.endsAt, scopes))
  const issued: IssuedStatement[] = []
  for (const [index, about] of due.entries()) {
    const { creator } = about
    const [scope, own] = [scopes[index], figures.get(creator.id)]
    if (!scope || !own || hasNothing(own)) continue
    const { label } = spanOf(shop, period, about.terms)
    const lastClosing = await lastClosingOf(tx, shop, about)
    const built = buildStatement(particularsOf(shop, about, scope, label, { ...series, lastClosing }), own)
    if (!built.ok) {
      await reportRefusal(context, tx, series, creator.id, built)
      continue
    }
    const { document } = built
    const statement = { creator, document, hash: documentHash(document), periodIds: scope.periodIds }
    issued.push(statement)
    // A further statement of this close, in another currency, follows this one.
    about.last = {
      creatorId: creator.id,
      sequence: document.sequence,
      number: document.number,
      hash: statement.hash,
      closing: BigInt(document.closingMinor),
      currency,
      selfBilledCount: document.selfBilledCount,
    }
  }
  return issued
}

/** Each currency follows itself: a statement opens where the last one of its currency closed. */
async function lastClosingOf(
  tx: ShopTransaction,
  shop: Shop,
  { creator, last }: CreatorParticulars,
): Promise<bigint> {
  if (last === null) return 0n
  return last.currency === shop.currency
    ? last.closing
    : readClosingBefore(tx, shop, creator.id, last.sequence + 1)
}

/** Quarterly creators are told at the quarter's end; whoever has any monthly agreement is told monthly. */
function isDue(terms: CreatorParticulars['terms'], period: Period): boolean {
  return terms.some((standing) => standing.period === 'monthly') || endsQuarter(period.label)
}

function hasNothing(figures: CreatorFigures): boolean {
  const { lines, bonuses, adjustments, payments, closingMinor, openingMinor, advance } = figures
  const rows = lines.length + bonuses.length + adjustments.length + payments.length
  return (
    rows === 0 && closingMinor === 0n && openingMinor === 0n && advance.closingMinor === advance.openingMinor
  )
}

/** The month, or the quarter for creators whose agreements are all quarterly. */
function spanOf(shop: Shop, period: Period, terms: CreatorParticulars['terms']) {
  const quarterly = terms.every((standing) => standing.period === 'quarterly')
  return quarterly ? quarterOf(period.label, shop.timeZone) : periodLabelled(period.label, shop.timeZone)
}

/** A month that could not be stated before is taken in by the next statement, which then begins with it. */
function creatorScope(
  shop: Shop,
  period: Period,
  about: CreatorParticulars,
  months: readonly UnstatedMonth[],
): CreatorScope {
  const span = spanOf(shop, period, about.terms)
  const begins = datesOf(span, shop.timeZone).from
  const read = months.filter((month) => month.moved || month.startsAt.getTime() >= Date.parse(span.startsAt))
  const first = read[0] && localDateOf(read[0].startsAt.toISOString(), shop.timeZone)
  return {
    creatorId: about.creator.id,
    periodIds: months.map((month) => month.periodId),
    readIds: read.map((month) => month.periodId),
    from: first !== undefined && first < begins ? first : begins,
    sequence: (about.last?.sequence ?? 0) + 1,
  }
}

function groupMonths(rows: readonly UnstatedMonth[]): Map<string, UnstatedMonth[]> {
  const months = new Map<string, UnstatedMonth[]>()
  for (const row of rows) {
    const own = months.get(row.creatorId)
    if (own) own.push(row)
    else months.set(row.creatorId, [row])
  }
  return months
}

async function reportRefusal(
  context: ClosingContext,
  tx: ShopTransaction,
  closing: Series,
  creatorId: string,
  refusal: { reason: string },
): Promise<void> {
  const { shop } = context
  const { period, currency } = closing
  await raiseAlert(tx, {
    shopId: shop.id,
    key: `ledger_broken/statement/${creatorId}/${period.label}/${currency}`,
    kind: 'ledger_broken',
    severity: 'critical',
    facts: { creatorId, period: period.label, currency, reason: refusal.reason },
    raisedAt: closing.now,
  })
  context.log.error(
    { shopId: shop.id, creatorId, currency, ...refusal },
    'a statement does not meet the ledger and was not issued',
  )
}
