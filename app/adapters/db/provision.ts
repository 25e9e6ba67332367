// Prepares a PostgreSQL server for Filigree: the three roles and the database. Runs as the server's administrator, before migrations.
import { createHmac } from 'node:crypto'
import pg from 'pg'

export const OWNER_ROLE = 'filigree_owner'
export const APP_ROLE = 'filigree_app'
export const DIRECTORY_ROLE = 'filigree_directory'

export interface ProvisionedDatabase {
  /** Administrator's connection to the database itself: for migrations. */
  adminUrl: string
  /** Connection of the runtime role, which row-level security binds: for web and worker. */
  runtimeUrl: string
}

/** Makes the roles when missing and the database when missing. Safe to run any number of times and at once. */
export async function provisionDatabase(
  serverUrl: string,
  name: string,
  options: { template?: string } = {},
): Promise<ProvisionedDatabase> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('filigree-provision'))")
    await createRoles(client, appPassword(serverUrl))
    const { rows } = await client.query<{ owner: string }>(
      'select pg_get_userbyid(datdba) as owner from pg_database where datname = $1',
      [name],
    )
    const [database] = rows
    if (!database) await createDatabaseFrom(client, name, options.template)
    // A database that was made beforehand, by a container's start for one, belongs to whoever made it: migrations could not write.
    else if (database.owner !== OWNER_ROLE)
      await client.query(`alter database ${pg.escapeIdentifier(name)} owner to ${OWNER_ROLE}`)
  } finally {
    await client.end()
  }
  return { adminUrl: withDatabase(serverUrl, name), runtimeUrl: runtimeUrlFor(serverUrl, name) }
}

export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`)
  } finally {
    await client.end()
  }
}

/** A database cloned from a template, in tens of milliseconds: nobody may be connected to the template. */
export async function cloneDatabase(serverUrl: string, template: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await createDatabaseFrom(client, name, template)
  } finally {
    await client.end()
  }
  return runtimeUrlFor(serverUrl, name)
}

async function createDatabaseFrom(client: pg.Client, name: string, template?: string): Promise<void> {
  const from = template ? ` template ${pg.escapeIdentifier(template)}` : ''
  await client.query(`create database ${pg.escapeIdentifier(name)}${from} owner ${OWNER_ROLE}`)
}

async function createRoles(client: pg.Client, password: string): Promise<void> {
  for (const role of [OWNER_ROLE, APP_ROLE, DIRECTORY_ROLE]) {
    const exists = await client.query('select 1 from pg_roles where rolname = $1', [role])
    if (exists.rowCount === 0) await client.query(`create role ${role} nosuperuser nobypassrls`)
  }
  await client.query(`alter role ${APP_ROLE} login password ${pg.escapeLiteral(password)}`)
  await client.query(`grant ${OWNER_ROLE} to current_user`)
  // The owner hands one function over to the directory role, which takes membership.
  await client.query(`grant ${DIRECTORY_ROLE} to ${OWNER_ROLE}`)
}

// Derived, so that every process that knows the administrator's connection finds the same one, and none is written to disk.
function appPassword(serverUrl: string): string {
  return createHmac('sha256', decodeURIComponent(new URL(serverUrl).password))
    .update(APP_ROLE)
    .digest('base64url')
}

export function runtimeUrlFor(serverUrl: string, name: string): string {
  const url = new URL(withDatabase(serverUrl, name))
  url.username = APP_ROLE
  url.password = appPassword(serverUrl)
  return url.toString()
}

export function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.toString()
}
