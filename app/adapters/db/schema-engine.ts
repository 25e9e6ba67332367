// Prisma's own schema engine as WebAssembly: migrations, history and drift without a downloaded binary. Its history table is the one
// that `prisma migrate deploy` uses, so either tool may run in production.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

export interface Migration {
  /** 20260101000000_init */
  name: string
  sql: string
}

interface Engine {
  version(request: null): Promise<string>
  applyMigrations(input: unknown): Promise<{ appliedMigrationNames: string[] }>
  diagnoseMigrationHistory(input: unknown): Promise<Record<string, unknown>>
  diff(input: unknown): Promise<{ exitCode: number; stdout: string | null }>
  free?(): void
}

export interface SchemaEngine {
  /** Names of the migrations that were applied now. */
  apply(migrations: Migration[]): Promise<string[]>
  diagnose(migrations: Migration[]): Promise<Record<string, unknown>>
  /** SQL that would bring the connected database to the schema; empty when there is no drift. */
  drift(schema: SchemaFile[]): Promise<string>
  /** SQL that creates the whole schema from nothing. */
  createScript(schema: SchemaFile[]): Promise<string>
  close(): Promise<void>
}

export interface SchemaFile {
  path: string
  content: string
}

// The adapter does not know Postgres's internal types "char" (18) and name (19), which catalogue queries return: hand them over as text (25).
function asText<T>(result: T): T {
  const fields = (result as { fields?: Array<{ dataTypeID: number }> } | undefined)?.fields ?? []
  for (const field of fields) if (field.dataTypeID === 18 || field.dataTypeID === 19) field.dataTypeID = 25
  return result
}
type Callback = (error: unknown, result: unknown) => void
class CatalogueClient extends pg.Client {
  // @ts-expect-error pg's overloads cannot be restated; both call forms are kept.
  override query(...args: unknown[]): unknown {
    const callback = args.at(-1)
    const forward = super.query.bind(this) as unknown as (...args: unknown[]) => unknown
    if (typeof callback !== 'function') return (forward(...args) as Promise<unknown>).then(asText)
    return forward(...args.slice(0, -1), (error: unknown, result: unknown) =>
      (callback as Callback)(error, asText(result)),
    )
  }
}

const filters = { externalTables: [], externalEnums: [] }

interface EngineModule {
  SchemaEngine: { new: (input: unknown, log: () => void, adapter: unknown) => Promise<Engine> }
}
const SLOT = Symbol.for('filigree.schema-engine')

// The glue code holds one instance's memory: a second instance in the same process would read the first one's. The slot is the process's, not
// this module's, because a test runner may load this file more than once.
function loadEngine(): Promise<EngineModule> {
  const holder = globalThis as { [SLOT]?: Promise<EngineModule> }
  holder[SLOT] ??= (async () => {
    const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
    const glue = await import(/* @vite-ignore */ pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href)
    const bytes = fs.readFileSync(path.join(folder, 'schema_engine_bg.wasm'))
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      './schema_engine_bg.js': glue,
    })
    glue.__wbg_set_wasm(instance.exports)
    ;(instance.exports.__wbindgen_start as () => void)()
    return glue as EngineModule
  })()
  return holder[SLOT]
}

/** Connects the engine to `url`; objects that it makes belong to `role`. */
export async function openSchemaEngine(
  url: string,
  role: string,
  schema: SchemaFile[],
): Promise<SchemaEngine> {
  const glue = await loadEngine()
  const pool = new pg.Pool({
    connectionString: url,
    Client: CatalogueClient as unknown as typeof pg.Client,
    options: `-c role=${role}`,
  } as pg.PoolConfig)
  const factory = bindMigrationAwareSqlAdapterFactory(withWholeScripts(pool))
  const engine: Engine = await glue.SchemaEngine.new(
    { datamodels: schema.map((file) => [file.path, file.content]) },
    () => {},
    factory,
  )
  return {
    async apply(migrations) {
      const result = await engine.applyMigrations({ migrationsList: toMigrationsList(migrations), filters })
      return result.appliedMigrationNames
    },
    diagnose: (migrations) =>
      engine.diagnoseMigrationHistory({
        migrationsList: toMigrationsList(migrations),
        filters,
        optInToShadowDatabase: false,
      }),
    async drift(files) {
      const result = await engine.diff({
        from: { tag: 'schemaDatasource', files, configDir: '.' },
        to: { tag: 'schemaDatamodel', files },
        script: true,
        exitCode: true,
        filters,
      })
      return result.exitCode === 0 ? '' : (result.stdout ?? '')
    },
    async createScript(files) {
      const result = await engine.diff({
        from: { tag: 'empty' },
        to: { tag: 'schemaDatamodel', files },
        script: true,
        exitCode: false,
        filters,
      })
      return result.stdout ?? ''
    },
    async close() {
      engine.free?.()
      await pool.end().catch(() => {})
    },
  }
}

// The adapter cuts scripts at every semicolon, which breaks function bodies. Sent whole, a script is also all or nothing.
function withWholeScripts(pool: pg.Pool): PrismaPg {
  const factory = new PrismaPg(pool, { disposeExternalPool: true })
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    adapter.executeScript = async (script) => {
      await pool.query(script)
    }
    // The one catalogue column that the engine insists on reading as a single character.
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query)
      const column = result.columnNames.indexOf('constraint_type')
      if (column >= 0) result.columnTypes[column] = ColumnTypeEnum.Character
      return result
    }
    return adapter
  }
  return factory
}

const toMigrationsList = (migrations: Migration[]) => ({
  baseDir: 'prisma/migrations',
  shadowDbInitScript: '',
  lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
  migrationDirectories: migrations.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
  })),
})
