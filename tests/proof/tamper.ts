// Somebody with all rights changes a stored figure and leaves no trace: every column of the tables that the books rest on, in rows picked at random.
// `verify` must find each change, and find nothing once it is undone.
import pg from 'pg'
import type { Database } from '#app/adapters/db/database.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { makeAskedBooks } from './asked-books.ts'
import type { ProofDatabase } from './proof-database.ts'
import { acceptVersions, openProofShop, planPartners } from './proof-shop.ts'
import { type Draws, seededDraws } from './seeded-draws.ts'
import { DAY, TRADE_BEGINS, type TradePlan } from './trade.ts'
import { openTradeBooks, tellDayByDay } from './trade-books.ts'

export interface TamperProof {
  changes: number
  /** Columns that were changed, by table. */
  columns: Record<string, number>
  /** Changes that the database itself refused, whoever asked. */
  refusedByDatabase: number
  /** table.column of every change that verify did not see. */
  unseen: string[]
  /** What verify still says after everything was put back. */
  leftOver: string[]
}

export const tamperHeld = (proof: TamperProof): boolean =>
  proof.unseen.length === 0 && proof.leftOver.length === 0

interface Table {
  name: string
  /** Rows that have moved money: what only waits for a yes is nobody's yet. */
  where?: string
  /** Columns that say who, when or why, and move nothing. */
  words?: string[]
}

/** The books themselves. What was told of orders is held against the journals by `replay`. */
const BOOKS: Table[] = [
  { name: 'journal' },
  { name: 'posting' },
  { name: 'account' },
  { name: 'account_movement' },
  { name: 'ledger_head' },
  { name: 'royalty_entry' },
  { name: 'statement' },
  { name: 'statement_period' },
]

/** What people and promises asked of them. */
const ASKED_FOR: Table[] = [
  { name: 'payout', where: 'journal_seq is not null', words: ['withholding'] },
  {
    name: 'payout_run',
    where: 'sent_at is not null',
    words: ['execute_on', 'created_by', 'created_at', 'approvals', 'approvals_needed', 'revision'],
  },
  { name: 'adjustment', where: 'journal_seq is not null', words: ['proposed_at', 'needs_second'] },
  {
    name: 'advance',
    where: 'journal_seq is not null',
    words: [
      ...['agreement_id', 'note', 'proposed_by', 'proposed_at', 'needs_second', 'decided_by', 'decided_at'],
      'withholding',
    ],
  },
  {
    name: 'award',
    where: 'target_minor <> 0',
    words: ['agreement_version_id', 'evidence', 'matures_at', 'released_at', 'updated_at'],
  },
  { name: 'period', where: "status = 'closed'", words: ['closed_at'] },
]

interface Column {
  table: string
  where: string
  name: string
  type: string
}

type Make = (database: ProofDatabase, seed: number) => Promise<number>

export async function proveTampering(
  open: () => Promise<ProofDatabase>,
  options: { rounds: number; seed: number },
  say: (line: string) => void = () => {},
): Promise<TamperProof> {
  const proof: TamperProof = { changes: 0, columns: {}, refusedByDatabase: 0, unseen: [], leftOver: [] }
  const sets: Array<[Table[], Make]> = [
    [BOOKS, makeBooks],
    [ASKED_FOR, makeAskedBooks],
  ]
  for (const [tables, make] of sets) {
    await using database = await open()
    await tamperWith(database, tables, make, { ...options, proof, say })
  }
  return proof
}

async function tamperWith(
  database: ProofDatabase,
  tables: Table[],
  make: Make,
  { rounds, seed, proof, say }: { rounds: number; seed: number; proof: TamperProof; say(line: string): void },
): Promise<void> {
  const { db, adminUrl } = database
  const draws = seededDraws(seed)
  const shopId = await make(database, seed)
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    // As its superuser: row security does not bind, and triggers stay silent.
    await client.query("set session_replication_role = 'replica'")
    const columns = await readColumns(client, tables)
    for (let round = 0; round < rounds; round++) {
      for (const column of columns) {
        const done = await tamperOnce(client, db, shopId, column, draws)
        if (done === 'no_row') continue
        if (done === 'refused') {
          proof.refusedByDatabase += 1
          continue
        }
        proof.changes += 1
        proof.columns[column.table] = (proof.columns[column.table] ?? 0) + 1
        if (done.unseen) proof.unseen.push(done.unseen)
      }
      say(`${proof.changes} changes, ${proof.unseen.length} unseen`)
    }
    const { findings } = await verifyLedger(db, shopId)
    proof.leftOver.push(...findings.map(({ check, row }) => `${check}: ${row}`))
  } finally {
    await client.end()
  }
}

/** A trade of some months, told day by day, closed month by month. */
async function makeBooks(database: { db: Database; url: string }, seed: number): Promise<number> {
  const plan: TradePlan = { seed, orders: 90, partners: 6, products: 8 }
  const shop = await openProofShop(database.db, 'tamper.myshopify.com')
  await acceptVersions(database.db, shop, planPartners(plan.partners, plan.products, TRADE_BEGINS - 30 * DAY))
  const books = await openTradeBooks(database, shop, { plan, group: 50 })
  await tellDayByDay(books, plan)
  await books.end()
  return shop.id
}

async function readColumns(client: pg.Client, tables: Table[]): Promise<Column[]> {
  const { rows } = await client.query<Pick<Column, 'table' | 'name' | 'type'>>(
    `select c.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relname = any($1) and a.attnum > 0 and not a.attisdropped
     order by array_position($1, c.relname::text), a.attnum`,
    [tables.map(({ name }) => name)],
  )
  return rows.flatMap((column) => {
    const { where = 'true', words = [] } = tables.find(({ name }) => name === column.table) ?? { name: '' }
    return words.includes(column.name) ? [] : [{ ...column, where }]
  })
}

async function tamperOnce(
  client: pg.Client,
  db: Database,
  shopId: number,
  column: Column,
  draws: Draws,
): Promise<'no_row' | 'refused' | { unseen: string | null }> {
  const table = pg.escapeIdentifier(column.table)
  const name = pg.escapeIdentifier(column.name)
  const { rows: counted } = await client.query<{ rows: string }>(
    `select count(*) as rows from ${table} where shop_id = $1 and ${name} is not null and ${column.where}`,
    [shopId],
  )
  const count = Number(counted[0]?.rows ?? 0)
  if (count === 0) return 'no_row'
  const { rows } = await client.query<{ place: string; shown: string }>(
    `select ctid::text as place, left(${table}::text, 160) as shown from ${table} where shop_id = $1 and ${name} is not null and ${column.where}
     order by ctid offset $2 limit 1`,
    [shopId, draws.below(count)],
  )
  const { place = '', shown = '' } = rows[0] ?? {}
  const before = await client.query<{ value: string }>(
    `select ${name}::text as value from ${table} where ctid = $1::tid`,
    [place],
  )
  const value = before.rows[0]?.value ?? ''
  const changed = changedText(column.type, value, draws)
  let moved: string
  try {
    const update = await client.query<{ place: string }>(
      `update ${table} set ${name} = $2::text::${column.type} where ctid = $1::tid returning ctid::text as place`,
      [place, changed],
    )
    moved = update.rows[0]?.place ?? ''
  } catch (error) {
    if (error instanceof pg.DatabaseError) return 'refused'
    throw error
  }
  const { findings } = await verifyLedger(db, shopId)
  await client.query(`update ${table} set ${name} = $2::text::${column.type} where ctid = $1::tid`, [
    moved,
    value,
  ])
  const { rows: restored } = await client.query<{ shown: string }>(
    `select left(${table}::text, 160) as shown from ${table} where ${name}::text = $2 and left(${table}::text, 160) = $1`,
    [shown, value],
  )
  if (restored.length === 0) throw new Error(`${column.table}.${column.name} was not put back: ${shown}`)
  if (findings.length > 0) return { unseen: null }
  return {
    unseen: `${column.table}.${column.name}: ${value.slice(0, 60)} became ${changed.slice(0, 60)} in ${shown}`,
  }
}

/** Another value of the same type, close to the old one. */
function changedText(type: string, value: string, draws: Draws): string {
  switch (type) {
    case 'bigint':
    case 'integer':
    case 'smallint':
      return String(BigInt(value) + (draws.chance(0.5) ? 1n : -1n))
    case 'boolean':
      return value === 'true' ? 'false' : 'true'
    case 'bytea': {
      const bytes = Buffer.from(value.slice(2), 'hex')
      const at = draws.below(Math.max(1, bytes.length))
      bytes[at] = (bytes[at] ?? 0) ^ (1 << draws.below(8))
      return `\\x${bytes.toString('hex')}`
    }
    case 'uuid':
      return `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`
    case 'date':
      return new Date(Date.parse(`${value}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
    case 'timestamp(3) with time zone':
      return new Date(Date.parse(value) + 1000).toISOString()
    case 'json':
    case 'jsonb':
      return changedJson(value, draws)
    default:
      return changedLetter(value, draws)
  }
}

/** One digit of one figure, or one letter where there is none. */
function changedJson(value: string, draws: Draws): string {
  const digits = [...value.matchAll(/[0-9](?=[0-9]*"?[,}\]])/g)].map((match) => match.index)
  if (digits.length === 0)
    return value === '{}'
      ? '{"changed":"1"}'
      : value.replace(/([a-z])/i, (letter) => (letter === 'x' ? 'y' : 'x'))
  const at = draws.pick(digits)
  return `${value.slice(0, at)}${(Number(value[at]) % 9) + 1}${value.slice(at + 1)}`
}

function changedLetter(value: string, draws: Draws): string {
  if (value === '') return 'x'
  const at = draws.below(value.length)
  const letter = value[at] === 'A' ? 'B' : 'A'
  return `${value.slice(0, at)}${letter}${value.slice(at + 1)}`
}
