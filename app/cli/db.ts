// npm run db -- migrate | new NAME | diff | reset        The operator's tool for the database.
import fs from 'node:fs'
import path from 'node:path'
import { openDatabaseServer } from '../adapters/db/embedded-server.ts'
import { findDrift, MIGRATIONS_FOLDER, migrateDatabase } from '../adapters/db/migrate.ts'
import { dropDatabase, provisionDatabase } from '../adapters/db/provision.ts'
import { DATA_FOLDER, DATABASE_NAME } from './database-location.ts'
import { CliError, runCli } from './run-cli.ts'

const HELP = `usage: npm run db -- COMMAND
  migrate     apply what is missing; prints the runtime role's connection for DATABASE_URL of web and worker
  new NAME    write the difference between database and prisma/schema as a new migration
  diff        print that difference; exit code 1 when there is one
  reset       drop the embedded database and migrate it afresh (never a server named by DATABASE_URL)
  serve       start the embedded server, migrate, print one JSON line with the connections, and stay until stopped

The server is the one that DATABASE_ADMIN_URL or DATABASE_URL names (as its administrator), else the embedded one in .data/
(FILIGREE_DATA names another folder).`

await runCli(HELP, async ([command, ...rest]) => {
  if (!command || !['migrate', 'new', 'diff', 'reset', 'serve'].includes(command))
    throw new CliError(`unknown command ${command ?? '(none)'}\n\n${HELP}`)
  if (rest.length > (command === 'new' ? 1 : 0)) throw new CliError(`too many arguments: ${rest.join(' ')}`)
  const named = process.env.DATABASE_ADMIN_URL || process.env.DATABASE_URL || undefined
  if (command === 'reset' && named)
    throw new CliError(
      'reset is refused: DATABASE_URL names a server of yours. Unset it to reset the embedded database.',
    )
  const server = await openDatabaseServer(named, { dataFolder: DATA_FOLDER })
  try {
    const name = databaseNameOf(named)
    if (command === 'reset') await dropDatabase(server.adminUrl, name)
    const { adminUrl, runtimeUrl } = await provisionDatabase(server.adminUrl, name)
    if (command === 'diff') return await printDifference(adminUrl)
    if (command === 'new') return await writeMigration(adminUrl, rest[0])
    const applied = await migrateDatabase(adminUrl)
    if (command === 'serve') {
      console.log(JSON.stringify({ adminUrl, runtimeUrl, applied }))
      await untilStopped()
      return 0
    }
    console.log(
      applied.length === 0
        ? 'Nothing to apply.'
        : applied.map((migration) => `applied ${migration}`).join('\n'),
    )
    console.log(`DATABASE_URL of web and worker:\n${runtimeUrl}`)
    return 0
  } finally {
    await server.stop()
  }
})

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    // The open handle keeps the process alive; a parent that dies closes the pipe.
    process.stdin.resume()
    process.stdin.once('end', resolve)
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  }).then(() => process.stdin.destroy()) as Promise<void>
}

function databaseNameOf(url: string | undefined): string {
  const name = url ? new URL(url).pathname.slice(1) : ''
  return name === '' || name === 'postgres' ? DATABASE_NAME : name
}

async function printDifference(adminUrl: string): Promise<number> {
  const sql = await findDrift(adminUrl)
  console.log(sql === '' ? 'The database is what prisma/schema says.' : sql)
  return sql === '' ? 0 : 1
}

async function writeMigration(adminUrl: string, name: string | undefined): Promise<number> {
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name))
    throw new CliError('new needs a name of lower-case letters, digits and underscores')
  await migrateDatabase(adminUrl)
  const sql = await findDrift(adminUrl)
  if (sql === '') {
    console.log('prisma/schema has not changed: no migration written.')
    return 0
  }
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = path.join(MIGRATIONS_FOLDER, `${stamp}_${name}`)
  fs.mkdirSync(folder)
  fs.writeFileSync(path.join(folder, 'migration.sql'), sql)
  console.log(
    `${path.relative('.', folder)}/migration.sql written. New tables need a tenant policy: see the guards migration.`,
  )
  return 0
}
