// The worker is killed, or PostgreSQL stopped at once, again and again at random moments while books are written. After each time the books verify,
// and receipts and journals agree; in the end they are the books of the model.
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import pg from 'pg'
import { createDatabase, type Database } from '#app/adapters/db/database.ts'
import { openDatabaseServer } from '#app/adapters/db/embedded-server.ts'
import { migrateDatabase } from '#app/adapters/db/migrate.ts'
import { provisionDatabase } from '#app/adapters/db/provision.ts'
import { trialBalanceText } from '#app/domain/ledger/trial-balance.ts'
import { readTrialBalance } from '#app/features/ledger/trial-balance.server.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { acceptVersions, openProofShop, planPartners } from './proof-shop.ts'
import { seededDraws } from './seeded-draws.ts'
import { settledBooks } from './settled-books.ts'
import { DAY, lifeOf, TRADE_BEGINS, type TradePlan } from './trade.ts'
import { openTradeBooks } from './trade-books.ts'

export interface CrashProof {
  crashes: number
  workersKilled: number
  databasesStopped: number
  /** Crashes that hit a worker in the middle of a transaction. */
  amidWork: number
  /** What its database session was at when it was hit, with how often. */
  where: Record<string, number>
  orders: number
  receipts: number
  journals: number
  /** Receipts marked as worked off whose sales have no journal, or the other way round. */
  lost: number
  doubledFacts: number
  sameAsModel: boolean
  findings: string[]
}

export const crashHeld = (proof: CrashProof): boolean =>
  proof.lost === 0 && proof.doubledFacts === 0 && proof.sameAsModel && proof.findings.length === 0

const ORDERS_A_CRASH = 9
const GROUP = 6
const PARTNERS = 8
const WORKER = 'crash-worker'

export async function proveCrashes(
  { times, seed }: { times: number; seed: number },
  say: (line: string) => void = () => {},
): Promise<CrashProof> {
  const draws = seededDraws(seed)
  const plan: TradePlan = {
    seed,
    orders: Math.max(60, times * ORDERS_A_CRASH),
    partners: PARTNERS,
    products: 8,
  }
  await using house = await openCrashHouse(plan)
  const proof: CrashProof = {
    crashes: 0,
    workersKilled: 0,
    databasesStopped: 0,
    amidWork: 0,
    where: {},
    orders: plan.orders,
    receipts: house.receipts,
    journals: 0,
    lost: 0,
    doubledFacts: 0,
    sameAsModel: false,
    findings: [],
  }
  let next = house.startWorker()
  while (proof.crashes < times) {
    const worker = await next
    await worker.go('until killed')
    await worker.untilBooked(draws.below(4) * GROUP)
    await sleep(draws.below(60))
    const at = await house.whereIsWorker()
    proof.where[at ?? 'between transactions'] = (proof.where[at ?? 'between transactions'] ?? 0) + 1
    if (at !== null) proof.amidWork += 1
    if (draws.chance(0.35)) {
      proof.databasesStopped += 1
      await house.stopDatabaseAtOnce()
      await worker.kill()
      await house.startDatabase()
    } else {
      proof.workersKilled += 1
      await worker.kill()
    }
    proof.crashes += 1
    // The next one loads its program meanwhile.
    next = house.startWorker()
    for (const finding of await house.check()) proof.findings.push(`after crash ${proof.crashes}: ${finding}`)
    if (proof.crashes % 10 === 0)
      say(`${proof.crashes} of ${times} crashes, ${proof.findings.length} findings`)
    if (proof.findings.length > 10) break
  }
  say('the rest is worked off')
  const last = await next
  await last.go('until done')
  await last.ended()
  const { text, counted } = await house.settle()
  for (const finding of await house.check()) proof.findings.push(`in the end: ${finding}`)
  const versions = planPartners(PARTNERS, plan.products, TRADE_BEGINS - 30 * DAY)
  return { ...proof, ...counted, sameAsModel: text === settledBooks(plan, versions) }
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function openCrashHouse(plan: TradePlan) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-crash-'))
  fs.chmodSync(folder, 0o755)
  const cluster = path.join(folder, 'postgres')
  let server = await openDatabaseServer(undefined, { dataFolder: cluster })
  const { adminUrl } = await provisionDatabase(server.adminUrl, 'crash')
  await migrateDatabase(adminUrl)
  const { runtimeUrl } = await provisionDatabase(server.adminUrl, 'crash')
  let db: Database = createDatabase(runtimeUrl, { maxConnections: 4 })
  const shop = await openProofShop(db, 'crash.myshopify.com')
  await acceptVersions(db, shop, planPartners(PARTNERS, plan.products, TRADE_BEGINS - 30 * DAY))
  const receipts = await storeReceipts(adminUrl, shop.id, plan)
  const program = path.resolve('tests/proof', `.crash-worker-${process.pid}.mjs`)
  await build({
    entryPoints: ['tests/proof/crash-worker.ts'],
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
    define: { __SANDBOX__: 'true' },
  })
  const workers = new Set<ChildProcess>()
  let watcher = await openWatcher(adminUrl)

  return {
    receipts,
    async startWorker() {
      const databaseUrl = `${runtimeUrl}${runtimeUrl.includes('?') ? '&' : '?'}application_name=${WORKER}`
      const input = JSON.stringify({ databaseUrl, shopId: shop.id, plan, group: GROUP })
      const child = spawn(process.execPath, [program, input], {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...process.env, LOG_LEVEL: 'silent' },
      })
      workers.add(child)
      let booked = 0
      let words = ''
      child.stderr.on('data', (chunk) => {
        words = `${words}${chunk}`.slice(-4000)
      })
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      const said = (word: string) =>
        new Promise<void>((resolve, reject) => {
          child.stdout.on('data', (chunk: Buffer) => {
            if (chunk.toString().split('\n').includes(word)) resolve()
          })
          child.once('exit', (code) =>
            reject(new Error(`the worker ended with ${code} before it was ${word}\n${words}`)),
          )
        })
      child.stdout.on('data', (chunk: Buffer) => {
        for (const line of chunk.toString().split('\n')) booked += Number(line) || 0
      })
      await said('loaded')
      return {
        async go(until: 'until killed' | 'until done') {
          const ready = said('ready')
          child.stdin.end(until)
          await ready
        },
        /** Or until it has had time enough: with little left to do it may never come. */
        async untilBooked(receipts: number) {
          const until = Date.now() + 4000
          while (booked < receipts && Date.now() < until) await sleep(5)
        },
        async ended() {
          await gone
          if (child.exitCode !== 0) throw new Error(`the last worker failed\n${words}`)
        },
        async kill() {
          child.kill('SIGKILL')
          await gone
          workers.delete(child)
        },
      }
    },
    /** The statement that the worker's session runs, or has just run, in an open transaction; null outside of one. */
    async whereIsWorker(): Promise<string | null> {
      const { rows } = await watcher.query<{ query: string }>(
        `select query from pg_stat_activity where application_name = $1 and state in ('active', 'idle in transaction') order by query_start desc limit 1`,
        [WORKER],
      )
      return rows[0] ? statementName(rows[0].query) : null
    },
    /** What `pg_ctl -m immediate` does: no checkpoint, no goodbye; the next start recovers from the log. */
    async stopDatabaseAtOnce() {
      const pid = Number(fs.readFileSync(path.join(cluster, 'cluster/postmaster.pid'), 'utf8').split('\n')[0])
      await db.close().catch(() => {})
      await watcher.end()
      process.kill(pid, 'SIGQUIT')
      while (isRunning(pid)) await sleep(10)
    },
    async startDatabase() {
      server = await openDatabaseServer(undefined, { dataFolder: cluster })
      db = createDatabase(runtimeUrl, { maxConnections: 4 })
      watcher = await openWatcher(adminUrl)
    },
    async check(): Promise<string[]> {
      const { findings } = await verifyLedger(db, shop.id)
      return [
        ...findings.map(({ check, row }) => `${check}: ${row}`),
        ...(await compareReceipts(db, shop.id)),
      ]
    },
    async settle() {
      const books = await openTradeBooks({ db, url: runtimeUrl }, shop, { plan, group: 200 })
      await books.settle()
      const counted = await books.count()
      await books.end()
      return { counted, text: trialBalanceText(await readTrialBalance(db, shop.id)) }
    },
    async [Symbol.asyncDispose]() {
      for (const child of workers) child.kill('SIGKILL')
      fs.rmSync(program, { force: true })
      await watcher.end()
      await db.close()
      await server.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function openWatcher(adminUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  return client
}

/** "insert into journal", "select from sale": enough to tell where in its work it was. */
function statementName(query: string): string {
  const words = query.replaceAll('"', '').replaceAll('public.', '').trim().toLowerCase()
  const verb = /^[a-z]+/.exec(words)?.[0] ?? 'nothing'
  const table = /\b(?:into|from|update|join)\s+([a-z_]+)/.exec(words)?.[1]
  return table && verb !== 'commit' ? `${verb} ${table}` : verb
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // Nobody has this number any more.
    return false
  }
}

/** All deliveries of the trade in the order in which things happened, as intake would have stored them. */
async function storeReceipts(adminUrl: string, shopId: number, plan: TradePlan): Promise<number> {
  const told: Array<{ order: number; moment: number; at: number }> = []
  for (let order = 0; order < plan.orders; order++)
    lifeOf(plan, order).forEach(({ at }, moment) => {
      told.push({ order, moment, at })
    })
  told.sort((left, right) => left.at - right.at)
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(
      `insert into webhook_receipt (shop_id, topic, event_id, webhook_id, api_version, received_at, triggered_at, resource_id)
       select $1, 'orders/updated', event, moment::text, '2026-10', at, at, order_id
       from unnest($2::text[], $3::int[], $4::bigint[], $5::timestamptz[]) with ordinality as t(event, moment, order_id, at, place) order by place`,
      [
        shopId,
        told.map(({ order, moment }) => `${order}/${moment}`),
        told.map(({ moment }) => moment),
        told.map(({ order }) => order + 1),
        told.map(({ at }) => new Date(at).toISOString()),
      ],
    )
  } finally {
    await client.end()
  }
  return told.length
}

/** A receipt that is marked and its order's sales that are stored stand or fall together. */
async function compareReceipts(db: Database, shopId: number): Promise<string[]> {
  const rows = await db.inShop(
    shopId,
    (tx) =>
      tx.$queryRaw<Array<{ order_id: bigint; done: boolean; stored: boolean }>>`
        select r.resource_id as order_id, bool_or(r.processed_at is not null) as done, bool_or(o.order_id is not null) as stored
        from webhook_receipt r left join shop_order o on o.shop_id = r.shop_id and o.order_id = r.resource_id
        where r.shop_id = ${shopId} group by r.resource_id
        having bool_or(r.processed_at is not null) <> bool_or(o.order_id is not null) order by r.resource_id limit 1`,
  )
  return rows.map(
    (row) =>
      `order ${row.order_id}: ${row.done ? 'its receipt is done, the order is not stored' : 'stored, but its receipt still waits'}`,
  )
}
