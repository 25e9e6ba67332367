// Reads the shop's books for the check, by the operator's own command and as the runtime role: bound to the shop, reading only.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'
import { SHOP } from './story-cast.ts'

export interface BookCounts {
  orders: number
  sales: number
  journals: number
  creators: number
  statements: number
  /** Statement mails that the app believes to have sent. */
  statementMails: number
}

export interface DropBookCounts {
  /** Closed by their own timeline. */
  drops: number
  waves: number
  claimsLogged: number
  /** Pieces of sales that the ledger keeps with a drop as their evidence. */
  dropUnits: number
}

export interface Books {
  counts(): Promise<BookCounts>
  dropCounts(): Promise<DropBookCounts>
  /** Journals of one order. */
  journalsOf(orderId: string): Promise<number>
  /** Accounts that one order leaves with a balance, in minor units; empty after a full refund. */
  balancesOf(orderId: string): Promise<Array<{ account: string; balance_minor: string }>>
  close(): Promise<void>
}

export async function openBooks(databaseUrl: string): Promise<Books> {
  const client = new pg.Client({ connectionString: databaseUrl })
  // A server that stops ends the connection; whoever asks next is told.
  client.on('error', () => {})
  await client.connect()

  async function rows<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    await client.query('begin read only')
    try {
      await client.query("select set_config('app.shop_domain', $1, true)", [SHOP.domain])
      await client.query("select set_config('app.shop_id', id::text, true) from shop where domain = $1", [
        SHOP.domain,
      ])
      return (await client.query<Row>(sql, values)).rows
    } finally {
      await client.query('rollback')
    }
  }

  return {
    async counts() {
      const tables = { orders: 'shop_order', sales: 'sale', journals: 'journal', creators: 'creator' }
      const columns = Object.entries({ ...tables, statements: 'statement' }).map(
        ([name, table]) => `(select count(*)::int from "${table}") as "${name}"`,
      )
      const mails = `(select count(*)::int from mail_delivery where kind = 'statement' and status = 'sent') as "statementMails"`
      const [row] = await rows<BookCounts>(`select ${[...columns, mails].join(', ')}`)
      if (!row) throw new Error('the books cannot be counted')
      return row
    },
    async dropCounts() {
      const [row] = await rows<DropBookCounts>(
        `select (select count(*)::int from "drop" where status = 'closed') as drops,
                (select count(*)::int from wave where state = 'released' and not withdrawn) as waves,
                (select count(*)::int from claim where event = 'shown') as "claimsLogged",
                (select coalesce(sum(s.quantity), 0)::int
                   from line_attribution a
                   join sale s on s.shop_id = a.shop_id and s.line_item_id = a.line_item_id
                  where a.revision = 1 and a.circumstances #>> '{drop,id}' is not null
                    and s.action_type = 'order') as "dropUnits"`,
      )
      if (!row) throw new Error('the drops cannot be counted')
      return row
    },
    async journalsOf(orderId) {
      const [row] = await rows<{ n: number }>('select count(*)::int as n from journal where order_id = $1', [
        orderId,
      ])
      return row?.n ?? 0
    },
    balancesOf: (orderId) =>
      rows(
        `select a.code as account, sum(p.amount_minor)::text as balance_minor
           from journal j
           join posting p on p.shop_id = j.shop_id and p.journal_seq = j.seq
           join account a on a.id = p.account_id
          where j.order_id = $1 group by a.code having sum(p.amount_minor) <> 0 order by a.code`,
        [orderId],
      ),
    close: () => client.end(),
  }
}

/** One JSON answer of the operator's ledger command. Errors: what the command said. */
export async function askLedger<Answer>(
  databaseUrl: string,
  command: 'verify' | 'balances',
): Promise<Answer> {
  const args = ['build/sandbox/ledger.js', command, '--shop', SHOP.domain, '--json']
  const env = { ...process.env, DATABASE_URL: databaseUrl }
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, maxBuffer: 64 * 2 ** 20 })
    return JSON.parse(stdout) as Answer
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string }
    // A verdict that is not good comes with exit code 1 and its findings.
    if (stdout.startsWith('{')) return JSON.parse(stdout) as Answer
    throw new Error(`ledger ${command} failed: ${stderr || message}`)
  }
}
