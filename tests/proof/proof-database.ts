// A PostgreSQL of its own for a proof or a benchmark: in a folder that is deleted afterwards, or databases on the server that DATABASE_URL
// names. Durable as in production unless a proof says that nobody keeps its data.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createDatabase, type Database } from '#app/adapters/db/database.ts'
import { openDatabaseServer } from '#app/adapters/db/embedded-server.ts'
import { migrateDatabase } from '#app/adapters/db/migrate.ts'
import { cloneDatabase, dropDatabase, provisionDatabase, withDatabase } from '#app/adapters/db/provision.ts'

export interface ProofDatabase extends AsyncDisposable {
  db: Database
  /** The runtime role's. */
  url: string
  /** The superuser's, on the same database. */
  adminUrl: string
}

export interface ProofServer extends AsyncDisposable {
  /** The superuser's. */
  adminUrl: string
  /** A fresh, migrated database. */
  open(): Promise<ProofDatabase>
}

export async function openProofServer(options: { durable: boolean }): Promise<ProofServer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-proof-'))
  fs.chmodSync(folder, 0o755)
  const server = await openDatabaseServer(process.env.DATABASE_URL || undefined, {
    dataFolder: path.join(folder, 'postgres'),
    temporary: true,
    relaxedDurability: !options.durable,
  })
  const template = `filigree_proof_${randomBytes(4).toString('hex')}`
  const { adminUrl } = await provisionDatabase(server.adminUrl, template)
  await migrateDatabase(adminUrl)
  return {
    adminUrl: server.adminUrl,
    async open() {
      const name = `${template}_${randomBytes(4).toString('hex')}`
      const url = await cloneDatabase(server.adminUrl, template, name)
      const db = createDatabase(url, { maxConnections: 10 })
      return {
        db,
        url,
        adminUrl: withDatabase(server.adminUrl, name),
        async [Symbol.asyncDispose]() {
          await db.close()
          await dropDatabase(server.adminUrl, name)
        },
      }
    },
    async [Symbol.asyncDispose]() {
      await dropDatabase(server.adminUrl, template)
      await server.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}
