// A database of its own for each test: cloned from the migrated template, dropped afterwards.
import { randomBytes } from 'node:crypto'
import { createDatabase, type Database } from '#app/adapters/db/database.ts'
import { cloneDatabase, dropDatabase, withDatabase } from '#app/adapters/db/provision.ts'

export interface TestDatabase extends AsyncDisposable {
  /** Bound to the runtime role, as in production. */
  db: Database
  /** The runtime role's connection string. */
  url: string
  /** The administrator's, for looking behind the policies. */
  adminUrl: string
}

/** `await using test = await createTestDatabase()` */
export async function createTestDatabase(): Promise<TestDatabase> {
  // Benchmarks bring a database of their own: they know no test runner.
  const { inject } = await import('vitest')
  const serverUrl = inject('databaseServerUrl')
  const name = `filigree_test_${randomBytes(6).toString('hex')}`
  const url = await cloneDatabase(serverUrl, inject('templateDatabase'), name)
  const db = createDatabase(url, { maxConnections: 8 })
  return {
    db,
    url,
    adminUrl: withDatabase(serverUrl, name),
    async [Symbol.asyncDispose]() {
      await db.close()
      await dropDatabase(serverUrl, name)
    },
  }
}
