// npm run -s ledger -- verify|balances|export|replay      The operator's tool for the books.
import { parseArgs } from 'node:util'
import { createDatabase, type Database } from '../adapters/db/database.ts'
import { openDatabaseServer } from '../adapters/db/embedded-server.ts'
import { readJournals } from '../adapters/db/ledger-reader.ts'
import { runtimeUrlFor } from '../adapters/db/provision.ts'
import { UNRECORDED_CURRENCY } from '../adapters/shopify/session-storage.ts'
import { ledgerCsvHeader, ledgerCsvRows } from '../domain/ledger/to-csv.ts'
import { hledgerAccount, hledgerPreamble, hledgerTransaction } from '../domain/ledger/to-hledger.ts'
import { toDecimalText } from '../domain/money/format-amount.ts'
import { replayLedger } from '../features/ledger/replay-ledger.server.ts'
import { readTrialBalance } from '../features/ledger/trial-balance.server.ts'
import { verifyLedger } from '../features/ledger/verify-ledger.server.ts'
import { DATA_FOLDER, DATABASE_NAME } from './database-location.ts'
import { CliError, runCli } from './run-cli.ts'

const HELP = `usage: npm run -s ledger -- COMMAND [--shop DOMAIN] [--json]
  verify                                prove chain, sums, balances, subledger, tie-out, statements and tenants; names the first bad row
  balances                              every account's balance, summed from its postings
  export --format hledger|csv|json      all journals on standard output
  replay                                rebuild the ledger from the stored facts in a scratch schema and compare byte by byte

Without --shop: all shops, also those that uninstalled (export wants one). Exit codes: 0 all is well, 1 something was found or broke, 2 wrong call.
The database is the one that DATABASE_URL names, else the embedded one in .data/ (started when it does not run).`

interface ShopRow {
  id: number
  domain: string
  timeZone: string
}

await runCli(HELP, async (args) => {
  const { command, shop, json, format } = readArguments(args)
  const named = process.env.DATABASE_URL || undefined
  const server = await openDatabaseServer(named, { dataFolder: DATA_FOLDER })
  const db = createDatabase(named ?? runtimeUrlFor(server.adminUrl, DATABASE_NAME), { maxConnections: 4 })
  try {
    const shops = await chooseShops(db, shop)
    if (command === 'verify') return await verify(db, shops, json)
    if (command === 'balances') return await balances(db, shops, json)
    if (command === 'replay') return await replay(db, shops, json)
    return await exportJournals(db, shops, format)
  } finally {
    await db.close()
    await server.stop()
  }
})

function readArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        shop: { type: 'string' },
        json: { type: 'boolean', default: false },
        format: { type: 'string' },
      },
    })
    const [command, ...more] = positionals
    if (!command || !['verify', 'balances', 'export', 'replay'].includes(command))
      throw new CliError(`unknown command ${command ?? '(none)'}`)
    if (more.length > 0) throw new CliError(`too many arguments: ${more.join(' ')}`)
    if (command === 'export' && !['hledger', 'csv', 'json'].includes(values.format ?? ''))
      throw new CliError('export needs --format hledger, csv or json')
    if (command !== 'export' && values.format !== undefined) throw new CliError('--format belongs to export')
    return { command, shop: values.shop, json: values.json, format: values.format ?? '' }
  } catch (error) {
    throw new CliError(`${(error as Error).message}\n\n${HELP}`)
  }
}

async function chooseShops(db: Database, domain: string | undefined): Promise<ShopRow[]> {
  if (domain !== undefined) {
    const shop = await db.byDomain(domain, async (_, row) => row)
    if (!shop) throw new CliError(`there is no shop ${domain} in this database`)
    return [shop]
  }
  // Also those that uninstalled: their books stand until they are erased. No role sees all shops at once, so each number is asked for.
  const given = await db.pool.query<{ last: string | null }>(
    "select pg_sequence_last_value(pg_get_serial_sequence('shop', 'id')::regclass)::text as last",
  )
  const last = Number(given.rows[0]?.last ?? 0)
  const shops: ShopRow[] = []
  for (let id = 1; id <= last; id += 1) {
    const shop = await db.inShop(id, (tx) => tx.shop.findUnique({ where: { id } }))
    // A token came, but the app was never opened: there are no books.
    if (shop && shop.currency !== UNRECORDED_CURRENCY) shops.push(shop)
  }
  if (shops.length === 0) throw new CliError('there is no shop in this database yet')
  return shops
}

async function verify(db: Database, shops: ShopRow[], json: boolean): Promise<number> {
  let ok = true
  for (const shop of shops) {
    const verdict = await verifyLedger(db, shop.id)
    ok &&= verdict.ok
    if (json) {
      console.log(JSON.stringify({ shop: shop.domain, ...verdict }))
      continue
    }
    const size = `${verdict.journals} journals, ${verdict.postings} postings, ${verdict.statements} statements`
    console.log(`${shop.domain}: ${verdict.ok ? 'in order' : 'NOT in order'} (${size})`)
    for (const finding of verdict.findings) console.log(`  ${finding.check}: ${finding.row}`)
  }
  return ok ? 0 : 1
}

async function balances(db: Database, shops: ShopRow[], json: boolean): Promise<number> {
  for (const shop of shops) {
    const rows = (await readTrialBalance(db, shop.id)).map(({ account, currency, balanceMinor }) => ({
      account: hledgerAccount(account),
      currency,
      balance: toDecimalText(balanceMinor, currency),
      balanceMinor: String(balanceMinor),
    }))
    if (json) console.log(JSON.stringify({ shop: shop.domain, balances: rows }))
    else for (const row of rows) console.log(`${row.balance.padStart(16)} ${row.currency}  ${row.account}`)
  }
  return 0
}

async function replay(db: Database, shops: ShopRow[], json: boolean): Promise<number> {
  let ok = true
  for (const shop of shops) {
    const result = await replayLedger(db, shop.id)
    ok &&= result.ok
    if (json) console.log(JSON.stringify({ shop: shop.domain, ...result }))
    else
      console.log(
        `${shop.domain}: ${result.ok ? `${result.replayed} journals come out the same (${result.takenAsStored} of awards are taken as stored)` : `differs first at ${result.firstDifference}`}`,
      )
  }
  return ok ? 0 : 1
}

async function exportJournals(db: Database, shops: ShopRow[], format: string): Promise<number> {
  const [shop, ...others] = shops
  if (!shop || others.length > 0)
    throw new CliError('several shops are in this database: name one with --shop')
  await db.inShop(
    shop.id,
    async (tx) => {
      if (format === 'hledger') {
        const accounts = await tx.account.findMany({ where: { shopId: shop.id } })
        const preamble = hledgerPreamble(
          accounts.map((account) => account.code),
          accounts.map((account) => account.currency),
        )
        process.stdout.write(`${preamble}\n`)
      }
      if (format === 'csv') process.stdout.write(ledgerCsvHeader())
      for await (const journal of readJournals(tx, shop.id)) {
        if (format === 'hledger') process.stdout.write(`${hledgerTransaction(journal, shop.timeZone)}\n`)
        else if (format === 'csv') process.stdout.write(ledgerCsvRows(journal))
        else
          process.stdout.write(
            `${JSON.stringify(journal, (_, value) => (typeof value === 'bigint' ? String(value) : value))}\n`,
          )
      }
    },
    { timeoutMs: 3_600_000 },
  )
  return 0
}
