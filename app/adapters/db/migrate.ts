// Brings a database to the newest migration: our tables by Prisma's engine, then the queue's own tables.
import fs from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { prepareQueueTables } from '../queue/prepare-queue-tables.ts'
import { OWNER_ROLE } from './provision.ts'
import { type Migration, openSchemaEngine, type SchemaFile } from './schema-engine.ts'

export const MIGRATIONS_FOLDER = path.resolve('prisma/migrations')
export const SCHEMA_FOLDER = path.resolve('prisma/schema')

export function readMigrations(folder: string = MIGRATIONS_FOLDER): Migration[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({ name, sql: fs.readFileSync(path.join(folder, name, 'migration.sql'), 'utf8') }))
}

export function readSchema(folder: string = SCHEMA_FOLDER): SchemaFile[] {
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({ path: name, content: fs.readFileSync(path.join(folder, name), 'utf8') }))
}

/** Applies what is missing. Returns the names of the migrations applied now. `adminUrl` names the database, as its administrator. */
export async function migrateDatabase(adminUrl: string): Promise<string[]> {
  const engine = await openSchemaEngine(adminUrl, OWNER_ROLE, readSchema())
  try {
    const applied = await engine.apply(readMigrations())
    await prepareQueueTables(adminUrl)
    return applied
  } finally {
    await engine.close()
  }
}

/** SQL by which the database differs from prisma/schema; empty when there is no drift. */
export async function findDrift(adminUrl: string): Promise<string> {
  const schema = readSchema()
  const engine = await openSchemaEngine(adminUrl, OWNER_ROLE, schema)
  try {
    return await engine.drift(schema)
  } finally {
    await engine.close()
  }
}

/** Names of migrations that the database has not had yet; asked by readiness checks. */
export async function pendingMigrations(
  pool: pg.Pool,
  migrations: Migration[] = readMigrations(),
): Promise<string[]> {
  const known = await pool.query<{ migration_name: string }>(
    'select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  )
  const applied = new Set(known.rows.map((row) => row.migration_name))
  return migrations.map((migration) => migration.name).filter((name) => !applied.has(name))
}
