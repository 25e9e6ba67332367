// The whole house on this machine: database, sandbox, web and workers, each a process of its own.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { choosePort, type RunningProcess, startProcess, waitFor } from './processes.ts'

export interface HouseOptions {
  /** Keeps database, sandbox state, keys and logs. */
  folder: string
  /** Wished ports; 0 or taken ones are replaced by free ones. */
  ports: { app: number; sandbox: number; smtp: number }
  workers?: number
  /** Runs web and worker from source, with hot reload of pages; else from build/sandbox/. */
  fromSource?: boolean
  /** Said before each process starts. */
  onStep?: (label: string) => void
}

export interface House {
  appUrl: string
  sandboxUrl: string
  smtpPort: number
  /** Environment of web and worker, for tools that want to look at the same database. */
  env: Record<string, string>
  /** Rejects when a process ends by itself. */
  died: Promise<never>
  stop(): Promise<void>
}

const BUILT = {
  database: ['build/sandbox/db.js'],
  web: ['build/sandbox/web.js'],
  worker: ['build/sandbox/worker.js'],
}

/** The constant that the build sets is set here by hand: it lets the sandbox seam in. */
const WITH_SEAM = ['--import', 'data:text/javascript,globalThis.__SANDBOX__=true']
const SOURCE = {
  database: ['--import', 'tsx', 'app/cli/db.ts'],
  web: ['--import', 'tsx', 'app/entry.web-dev.ts'],
  worker: ['--import', 'tsx', ...WITH_SEAM, 'app/entry.worker.ts'],
}

interface Keys {
  apiSecret: string
  tokenKey: string
  linkSecret: string
}

export async function startHouse(options: HouseOptions): Promise<House> {
  const say = options.onStep ?? (() => {})
  const logFolder = path.join(options.folder, 'logs')
  const keys = readOrMakeKeys(path.join(options.folder, 'keys.json'))
  const commands = options.fromSource ? SOURCE : BUILT
  const running: RunningProcess[] = []
  const stop = async () => {
    for (const process of running.reverse()) await process.stop()
  }
  try {
    say('database')
    const database = startProcess({
      name: 'database',
      args: [...commands.database, 'serve'],
      env: { FILIGREE_DATA: options.folder },
      logFolder,
    })
    running.push(database)
    const { runtimeUrl } = await database.firstJson()

    const [appPort, sandboxPort, smtpPort] = [
      await choosePort(options.ports.app),
      await choosePort(options.ports.sandbox),
      await choosePort(options.ports.smtp),
    ]
    const appUrl = `http://localhost:${appPort}`
    const sandboxUrl = `http://localhost:${sandboxPort}`
    const env: Record<string, string> = {
      NODE_ENV: options.fromSource ? 'development' : 'production',
      DATABASE_URL: String(runtimeUrl),
      SHOPIFY_API_KEY: 'filigree-local-key',
      SHOPIFY_API_SECRET: keys.apiSecret,
      SHOPIFY_APP_URL: appUrl,
      SCOPES: readScopes(),
      TOKEN_KEYS: `local:${keys.tokenKey}`,
      LINK_SECRET: keys.linkSecret,
      SMTP_URL: process.env.SMTP_URL || `smtp://127.0.0.1:${smtpPort}`,
      MAIL_FROM: 'Filigree <statements@filigree.example>',
      SANDBOX_URL: sandboxUrl,
      PORT: String(appPort),
      LOG_LEVEL: process.env.LOG_LEVEL || 'info',
    }
    say('sandbox')
    const sandbox = startProcess({
      name: 'sandbox',
      args: [
        ...['--import', 'tsx', 'sandbox/cli.ts', 'start'],
        ...['--port', String(sandboxPort), '--app-url', appUrl, '--smtp-port', String(smtpPort)],
        ...['--state', path.join(options.folder, 'sandbox-state.json')],
      ],
      env: { SHOPIFY_API_KEY: 'filigree-local-key', SHOPIFY_API_SECRET: keys.apiSecret },
      logFolder,
    })
    running.push(sandbox)
    await waitFor(`${sandboxUrl}/control/clock`, sandbox)

    say('app')
    const web = startProcess({ name: 'web', args: commands.web, env, logFolder })
    running.push(web)
    for (let index = 1; index <= (options.workers ?? 1); index++) {
      running.push(startProcess({ name: `worker-${index}`, args: commands.worker, env, logFolder }))
    }
    await waitFor(`${appUrl}/internal/ready`, web)
    const died = Promise.race(running.map((process) => process.died))
    died.catch(() => {})
    return { appUrl, sandboxUrl, smtpPort, env, died, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function readOrMakeKeys(file: string): Keys {
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8')) as Keys
  const keys: Keys = {
    apiSecret: randomBytes(24).toString('hex'),
    tokenKey: randomBytes(32).toString('base64'),
    linkSecret: randomBytes(32).toString('base64'),
  }
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, JSON.stringify(keys), { mode: 0o600 })
  return keys
}

function readScopes(): string {
  const line = /^scopes = "([^"]+)"$/m.exec(fs.readFileSync('shopify.app.toml', 'utf8'))
  if (!line?.[1]) throw new Error('shopify.app.toml names no scopes')
  return line[1]
}
