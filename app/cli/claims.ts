// npm run -s claims -- export|verify      What shoppers were told about scarcity and time: taken out, and proven.
import fs from 'node:fs'
import readline from 'node:readline'
import { parseArgs } from 'node:util'
import { sha256Hex } from '../adapters/crypto/digest.ts'
import { createDatabase, type Database } from '../adapters/db/database.ts'
import { openDatabaseServer } from '../adapters/db/embedded-server.ts'
import { runtimeUrlFor } from '../adapters/db/provision.ts'
import { type ClaimVerdict, verifyClaims } from '../domain/drops/verify-claims.ts'
import { exportClaims } from '../features/claims/export-claims.server.ts'
import { DATA_FOLDER, DATABASE_NAME } from './database-location.ts'
import { CliError, runCli } from './run-cli.ts'

const HELP = `usage: npm run -s claims -- export --shop DOMAIN          the claim log as lines of JSON on standard output
       npm run -s claims -- verify FILE [--json]          prove an exported log; needs nothing but the file ("-": standard input)
       npm run -s claims -- verify --shop DOMAIN [--json] prove the log in the database

Verifying names the first bad row: changed, missing, put in, out of place, or claiming what its own facts do not allow.
Exit codes: 0 all is well, 1 something was found or broke, 2 wrong call.
The database is the one that DATABASE_URL names, else the embedded one in .data/ (started when it does not run).`

await runCli(HELP, async (args) => {
  const { command, file, shop, json } = readArguments(args)
  if (command === 'verify' && file !== undefined) return report(file, await verifyFile(file), json)
  return withDatabase(async (db) => {
    const shopId = await findShop(db, shop ?? '')
    if (command === 'verify')
      return report(shop ?? '', await verifyClaims(exportClaims(db, shopId), sha256Hex), json)
    for await (const line of exportClaims(db, shopId)) process.stdout.write(`${line}\n`)
    return 0
  })
})

function readArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { shop: { type: 'string' }, json: { type: 'boolean', default: false } },
    })
    const [command, file, ...more] = positionals
    if (command !== 'export' && command !== 'verify')
      throw new CliError(`unknown command ${command ?? '(none)'}`)
    if (more.length > 0 || (command === 'export' && file !== undefined))
      throw new CliError('too many arguments')
    if ((file === undefined) === (values.shop === undefined))
      throw new CliError(
        command === 'export' ? 'export needs --shop' : 'verify needs a file or --shop, and not both',
      )
    return { command, file, shop: values.shop, json: values.json }
  } catch (error) {
    throw new CliError(`${(error as Error).message}\n\n${HELP}`)
  }
}

async function verifyFile(file: string): Promise<ClaimVerdict> {
  if (file !== '-' && !fs.existsSync(file)) throw new CliError(`there is no file ${file}`)
  const input = file === '-' ? process.stdin : fs.createReadStream(file)
  return verifyClaims(readline.createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }), sha256Hex)
}

async function withDatabase(work: (db: Database) => Promise<number>): Promise<number> {
  const named = process.env.DATABASE_URL || undefined
  const server = await openDatabaseServer(named, { dataFolder: DATA_FOLDER })
  const db = createDatabase(named ?? runtimeUrlFor(server.adminUrl, DATABASE_NAME), { maxConnections: 2 })
  try {
    return await work(db)
  } finally {
    await db.close()
    await server.stop()
  }
}

async function findShop(db: Database, domain: string): Promise<number> {
  const shop = await db.byDomain(domain, async (_, row) => row)
  if (!shop) throw new CliError(`there is no shop ${domain} in this database`)
  return shop.id
}

function report(of: string, verdict: ClaimVerdict, json: boolean): number {
  if (json) console.log(JSON.stringify({ of, ...verdict }))
  else if (verdict.ok) console.log(`${of}: in order (${verdict.rows} rows, head ${verdict.head})`)
  else console.log(`${of}: NOT in order\n  line ${verdict.line}: ${verdict.fault}: ${verdict.message}`)
  return verdict.ok ? 0 : 1
}
