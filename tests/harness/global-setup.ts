// One PostgreSQL for the whole run, with a migrated template that each test clones.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { openDatabaseServer } from '#app/adapters/db/embedded-server.ts'
import { migrateDatabase } from '#app/adapters/db/migrate.ts'
import { dropDatabase, provisionDatabase } from '#app/adapters/db/provision.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseServerUrl: string
    templateDatabase: string
  }
}

export default async function setup(project: TestProject) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-test-'))
  fs.chmodSync(folder, 0o755)
  const server = await openDatabaseServer(process.env.DATABASE_URL, {
    dataFolder: path.join(folder, 'postgres'),
    temporary: true,
    relaxedDurability: true,
  })
  // The projects of one run each set up: a server that they share needs two names.
  const template = `filigree_template_${randomBytes(6).toString('hex')}`
  const { adminUrl } = await provisionDatabase(server.adminUrl, template)
  await migrateDatabase(adminUrl)
  project.provide('databaseServerUrl', server.adminUrl)
  project.provide('templateDatabase', template)
  return async () => {
    await dropDatabase(server.adminUrl, template)
    await server.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
