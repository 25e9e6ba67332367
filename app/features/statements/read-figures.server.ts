// Everything that statements say in figures, read set-wise for all creators in scope. The close and a later rebuild read by this one way.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { readAtOnce, readByKeys } from '../../adapters/db/steer-planner.ts'
import { lineKey } from '../../domain/statements/line-key.ts'
import type {
  AdjustmentSums,
  BonusSums,
  CreatorFigures,
  LineSums,
} from '../../domain/statements/statement-input.ts'
import { localDateOf } from '../../domain/time/instant.ts'
import { correctionSums, entryAdjustment } from './read-adjustments.server.ts'
import { type Balances, nothing, readBalances } from './read-balances.server.ts'
import { readBonuses } from './read-bonuses.server.ts'
import { type EarlierStatements, readEarlierStatements } from './read-earlier-statements.server.ts'
import { readHeldAwards, readHeldLines } from './read-held.server.ts'
import { type EntrySums, readLines } from './read-lines.server.ts'
import {
  type PaymentRow,
  readAdvanceWithheld,
  readCorrections,
  readPaidInYear,
  readPayments,
  readRecouped,
  readReserveReleases,
} from './read-payments.server.ts'
import type { ReadScope } from './scope-sql.ts'
import type { Scope } from './statement-scope.server.ts'

/** By creator id; every creator in scope is there. */
export async function readFigures(tx: ShopTransaction, wanted: Scope): Promise<Map<string, CreatorFigures>> {
  if (wanted.creators.length === 0) return new Map()
  const uses = await readUses(tx, wanted)
  const scope = { ...wanted, uses }
  const lastInstant = new Date(scope.through.getTime() - 1).toISOString()
  const year = Number(localDateOf(lastInstant, scope.shop.timeZone).slice(0, 4))
  const entries = await readAtOnce(tx, () => readLines(tx, scope))
  const heldLines = await readByKeys(tx, () => readHeldLines(tx, scope))
  const balances = await readByKeys(tx, () => readBalances(tx, scope))
  const bonuses = uses.awards ? await readBonuses(tx, scope) : new Map<string, BonusSums[]>()
  const held = groupBy([...heldLines, ...(uses.awards ? await readHeldAwards(tx, scope) : [])])
  const hasPaid = uses.payouts || uses.advances || uses.adjustments
  const payments = groupBy(uses.payouts ? await readPayments(tx, scope) : [])
  const releases = groupBy(uses.reserve ? await readReserveReleases(tx, scope) : [])
  const corrections = groupBy(uses.adjustments ? await readCorrections(tx, scope) : [])
  const paid = groupBy(hasPaid ? await readPaidInYear(tx, scope, year) : [])
  const recouped = uses.advances ? await readRecouped(tx, scope) : new Map<string, bigint>()
  const withheld = uses.advances ? await readAdvanceWithheld(tx, scope) : new Map<string, bigint>()
  const rates = uses.advances ? await readRecoupRates(tx, scope) : new Map<string, number[]>()
  const earlier = await readEarlierStatements(tx, scope, entries.flatMap(wantedOf(scope)))
  const byCreator = groupBy(entries)

  return new Map(
    scope.creators.map(({ creatorId }) => {
      const own = byCreator.get(creatorId) ?? []
      const figures: CreatorFigures = {
        lines: own.filter((row) => row.section === 'line').map((row) => toLine(row, earlier)),
        bonuses: bonuses.get(creatorId) ?? [],
        adjustments: [
          ...own.filter((row) => row.section !== 'line').map((row) => entryAdjustment(row, earlier, scope)),
          ...(corrections.get(creatorId) ?? []).map((row) => correctionSums(row, scope)),
        ].filter((item) => !isNothing(item)),
        payments: (payments.get(creatorId) ?? []).map((row) => toPayment(row, scope)),
        ...balancesOf(balances.get(creatorId) ?? nothing()),
        maturities: (held.get(creatorId) ?? []).map(({ on, amount }) => ({ on, amountMinor: amount })),
        paidInYear: (paid.get(creatorId) ?? []).map(({ incomeType, amount }) => ({
          incomeType,
          amountMinor: amount,
        })),
      }
      figures.reserve.releases = (releases.get(creatorId) ?? []).map(({ soldIn, amount }) => ({
        soldIn,
        amountMinor: amount,
      }))
      figures.advance.recoupedMinor = recouped.get(creatorId) ?? 0n
      figures.advance.withheldMinor = withheld.get(creatorId) ?? 0n
      figures.advance.recoupBps = rates.get(creatorId) ?? []
      return [creatorId, figures]
    }),
  )
}

function balancesOf({ held, available, reserve, advance }: Balances) {
  return {
    openingMinor: held.openingMinor + available.openingMinor + reserve.openingMinor,
    closingMinor: held.closingMinor + available.closingMinor + reserve.closingMinor,
    heldMinor: held.closingMinor,
    reserve: { ...reserve, releases: [] as CreatorFigures['reserve']['releases'] },
    advance: { ...advance, recoupedMinor: 0n, withheldMinor: 0n, recoupBps: [] as number[] },
  }
}

function toLine(row: EntrySums, earlier: EarlierStatements): LineSums {
  return {
    productId: row.productId,
    title: row.title,
    versionId: row.versionId,
    incomeType: row.incomeType,
    shareBps: row.shareBps,
    soldIn: row.soldIn,
    soldOnStatement: earlier.numberOf(row.creatorId, row.soldIn),
    unitsSold: row.unitsSold,
    listMinor: row.list,
    discountMinor: row.discount,
    netMinor: row.net,
    unitsReturned: row.unitsReturned,
    returnsMinor: row.returns,
    royaltyMinor: row.royalty,
    entries: row.entries,
    firstJournal: row.firstJournal,
    lastJournal: row.lastJournal,
    ...(row.drops.length > 0 && {
      drops: { titles: row.drops, units: row.unitsInDrops, royaltyMinor: row.royaltyInDrops },
    }),
  }
}

function toPayment(row: PaymentRow, { shop }: Scope): CreatorFigures['payments'][number] {
  return {
    at: localDateOf(row.at.toISOString(), shop.timeZone),
    kind: row.kind,
    method: row.method,
    ending: row.ending,
    reference: row.reference,
    grossMinor: row.gross,
    withheldMinor: row.withheld,
    journal: row.journal,
  }
}

/** What each row needs to know of earlier statements: returns their number, changes their line. */
function wantedOf(scope: Scope) {
  const from = new Map(scope.creators.map((creator) => [creator.creatorId, creator.from.slice(0, 7)]))
  return (row: EntrySums) => {
    if (row.soldIn >= (from.get(row.creatorId) ?? '')) return []
    const key = row.section === 'line' ? null : lineKey(row)
    return [{ creatorId: row.creatorId, soldIn: row.soldIn, lineKey: key }]
  }
}

function isNothing(item: AdjustmentSums): boolean {
  return item.amountMinor === 0n && item.netMinor === 0n && item.units === 0
}

async function readUses(tx: ShopTransaction, { shop }: Scope): Promise<ReadScope['uses']> {
  const [uses] = await tx.$queryRaw<Array<ReadScope['uses']>>`
    select exists (select 1 from award where shop_id = ${shop.id}) as awards,
           exists (select 1 from account where shop_id = ${shop.id} and creator_id is not null and code like '%/reserve') as reserve,
           exists (select 1 from advance where shop_id = ${shop.id} and paid_at is not null) as advances,
           exists (select 1 from payout where shop_id = ${shop.id} and journal_seq is not null) as payouts,
           exists (select 1 from adjustment where shop_id = ${shop.id} and status = 'posted') as adjustments,
           exists (select 1 from account where shop_id = ${shop.id} and creator_id is not null and currency <> ${shop.currency}) as "otherCurrencies"`
  if (!uses) throw new Error('a query of facts gave none')
  return uses
}

async function readRecoupRates(tx: ShopTransaction, scope: Scope): Promise<Map<string, number[]>> {
  const rows = await tx.advance.findMany({
    where: {
      shopId: scope.shop.id,
      currency: scope.shop.currency,
      creatorId: { in: scope.creatorIds },
      paidAt: { lt: scope.through },
      OR: [{ undoneAt: null }, { undoneAt: { gte: scope.through } }],
    },
    orderBy: [{ paidAt: 'asc' }, { id: 'asc' }],
    select: { creatorId: true, recoupBps: true },
  })
  return new Map([...groupBy(rows)].map(([creatorId, own]) => [creatorId, own.map((row) => row.recoupBps)]))
}

function groupBy<Row extends { creatorId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.creatorId)
    if (group) group.push(row)
    else groups.set(row.creatorId, [row])
  }
  return groups
}
