// What the admin's pages ask of the server, on a year of 100,000 orders: each page's reader, twenty times.
import { parseCreatorListQuery } from '#app/features/creators/creator-list-query.ts'
import { readCreatorList } from '#app/features/creators/creator-list-view.server.ts'
import { readCreator } from '#app/features/creators/creator-view.server.ts'
import { readHome } from '#app/features/home/home-view.server.ts'
import { readBalanceHistory } from '#app/features/ledger/balance-history-view.server.ts'
import { readBalances } from '#app/features/ledger/balances-view.server.ts'
import { parseJournalListQuery } from '#app/features/ledger/journal-list-query.ts'
import { readJournalList } from '#app/features/ledger/journal-list-view.server.ts'
import { readJournal } from '#app/features/ledger/journal-view.server.ts'
import { readMaturities } from '#app/features/ledger/maturities-view.server.ts'
import { readSuspense } from '#app/features/ledger/suspense-view.server.ts'
import { parseStatementListQuery } from '#app/features/statements/statement-list-query.ts'
import { readStatementList } from '#app/features/statements/statement-list-view.server.ts'
import { readStatement } from '#app/features/statements/statement-view.server.ts'
import { readSimulation } from '#app/features/tasks/agreement-runs-view.server.ts'
import { readTasks } from '#app/features/tasks/task-view.server.ts'
import { openProofServer } from '#tests/proof/proof-database.ts'
import { benchOrders, quantile, rounded } from './bench-size.ts'
import { countLedger } from './make-ledger.ts'
import { makeScreensShop, type ScreensShop } from './make-screens-shop.ts'
import type { Benchmark } from './run.ts'

const CREATORS = 200
const TIMES = 20
/** What a page may take on the server. */
const AIM_MS = 300

type Screens = Record<string, () => Promise<unknown>>

export const benchmark: Benchmark = {
  says: `server time of every page's reader on a year of 100,000 orders and ${CREATORS} creators: p95 of ${TIMES}, the aim is ${AIM_MS} ms`,
  async run(progress) {
    const orders = benchOrders(100_000)
    await using server = await openProofServer({ durable: false })
    await using database = await server.open()
    const made = await makeScreensShop(database, { orders, creators: CREATORS }, progress)
    const p95: Record<string, number> = {}
    const screens = { ...(await ledgerScreens(made)), ...(await otherScreens(made)) }
    for (const [name, read] of Object.entries(screens)) {
      p95[name] = await measure(read)
      progress(`${name}: ${p95[name]} ms`)
    }
    const books = await countLedger(database.db, made.context.shop.id)
    await made.stop()
    const slowestMs = Math.max(...Object.values(p95))
    return {
      sizes: { orders, creators: CREATORS, ...books, times: TIMES },
      figures: { slowestMs, aimMs: AIM_MS, within: slowestMs <= AIM_MS, p95Ms: p95 },
    }
  },
}

async function ledgerScreens({ context, creatorIds }: ScreensShop): Promise<Screens> {
  const creatorId = creatorIds[0] ?? ''
  const list = (search: string) => () =>
    readJournalList(context, parseJournalListQuery(new URLSearchParams(search)))
  const newest = (await list('')()).rows[0]?.seq ?? '1'
  const middle = String(BigInt(newest) / 2n)
  return {
    ledger: list(''),
    'ledger, far down': list(`before=${middle}`),
    'ledger, far up': list(`after=${middle}`),
    'ledger of a creator': list(`creator=${creatorId}`),
    'ledger of a creator and month': list(`creator=${creatorId}&period=2026-01`),
    'ledger of a creator, kind maturity': list(`creator=${creatorId}&kind=maturity&before=${middle}`),
    'ledger of a month': list('period=2025-12'),
    'ledger until a month': list('until=2025-12'),
    'ledger of an order': list('order=%231001'),
    'ledger of orders that begin alike': list('order=1'),
    'ledger of a product': list('product=17'),
    'ledger of a product and creator': list(`product=17&creator=${creatorId}`),
    'ledger of an account': list('account=receivable'),
    'ledger of an account and month': list('account=revenue/shipping&period=2025-12'),
    'ledger of a bucket of all creators': list('account=held'),
    'ledger of a rare kind': list('kind=suspense'),
    'ledger of a kind that never happened': list('kind=payout'),
    'ledger of a rare kind in a month': list('kind=reserve_release&period=2026-03'),
    journal: () => readJournal(context, middle),
    balances: () => readBalances(context),
    'balances over time': () => readBalanceHistory(context, { creatorId: null, currency: null }),
    'balances over time of a creator': () => readBalanceHistory(context, { creatorId, currency: null }),
    maturities: () => readMaturities(context, { creatorId: null }),
    'maturities of a creator': () => readMaturities(context, { creatorId }),
    suspense: () => readSuspense(context),
  }
}

async function otherScreens({ context, creatorIds, agreementId }: ScreensShop): Promise<Screens> {
  const creators = (search: string) => () =>
    readCreatorList(context, parseCreatorListQuery(new URLSearchParams(search)))
  const statements = (search: string) => () =>
    readStatementList(context, parseStatementListQuery(new URLSearchParams(search)))
  const statementId = (await statements('')()).rows[0]?.id ?? ''
  return {
    home: () => readHome(context),
    creators: creators(''),
    'creators by balance': creators('sort=balance'),
    creator: () => readCreator(context, creatorIds[0] ?? ''),
    statements: statements(''),
    'statements, last page': statements('page=40'),
    'statements of a month': statements('period=2026-02'),
    statement: () => readStatement(context, statementId),
    tasks: () => readTasks(context),
    simulator: () => readSimulation(context, agreementId),
  }
}

/** p95 in milliseconds; the first reading is not counted, as connections and plans are warm in a running server. */
async function measure(read: () => Promise<unknown>): Promise<number> {
  await read()
  const times: number[] = []
  for (let time = 0; time < TIMES; time++) {
    const started = performance.now()
    await read()
    times.push(performance.now() - started)
  }
  return rounded(quantile(times, 0.95))
}
