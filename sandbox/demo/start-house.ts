// The whole house on this machine: database, sandbox, web and workers, each a process of its own.
import fs from 'node:fs'
import path from 'node:path'
import { type HousePorts, houseEnvironment } from './house-environment.ts'
import { choosePort, type RunningProcess, startProcess, waitFor } from './processes.ts'

export interface HouseOptions {
  /** Keeps database, sandbox state, keys and logs. */
  folder: string
  /** Wished ports; 0 or taken ones are replaced by free ones. */
  ports: HousePorts
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

const WEB = 'build/sandbox/web.js'
const BUILT = {
  database: ['build/sandbox/db.js'],
  web: [WEB],
  worker: ['build/sandbox/worker.js'],
}

/** On one machine, whoever waits for an answer goes before whatever can wait. */
const BEHIND_WEB = 10

/** The constant that the build sets is set here by hand: it lets the sandbox seam in. */
const WITH_SEAM = ['--import', 'data:text/javascript,globalThis.__SANDBOX__=true']
const SOURCE = {
  database: ['--import', 'tsx', 'app/cli/db.ts'],
  web: ['--import', 'tsx', 'app/entry.web-dev.ts'],
  // Starts anew when one of its files changes; the pages are reloaded by the web process itself.
  worker: [
    'node_modules/tsx/dist/cli.mjs',
    'watch',
    '--clear-screen=false',
    ...WITH_SEAM,
    'app/entry.worker.ts',
  ],
}

/** Errors: rejects with the last words of a process that does not start; whatever had started is stopped again. */
export async function startHouse(options: HouseOptions): Promise<House> {
  const say = options.onStep ?? (() => {})
  const logFolder = path.join(options.folder, 'logs')
  const commands = options.fromSource ? SOURCE : BUILT
  if (!options.fromSource && !fs.existsSync(WEB))
    throw new Error(`${WEB} is not built yet: npm run build:sandbox`)
  const running: RunningProcess[] = []
  const start = (name: string, args: string[], env: Record<string, string>, niceness = 0) => {
    const process = startProcess({ name, args, env, logFolder, niceness })
    running.push(process)
    return process
  }
  const stop = async () => {
    for (const process of running.toReversed()) await process.stop()
  }
  try {
    say('database and sandbox')
    const database = start('database', [...commands.database, 'serve'], { FILIGREE_DATA: options.folder })
    const ports = await choosePorts(options.ports)
    const env = houseEnvironment(options.folder, ports, options.fromSource ? 'development' : 'production')
    const { SANDBOX_URL: sandboxUrl = '', SHOPIFY_APP_URL: appUrl = '' } = env
    const sandbox = start('sandbox', sandboxCommand(options.folder, ports, appUrl), {
      SHOPIFY_API_KEY: env.SHOPIFY_API_KEY ?? '',
      SHOPIFY_API_SECRET: env.SHOPIFY_API_SECRET ?? '',
    })
    const [{ runtimeUrl }] = await Promise.all([
      database.firstJson(),
      waitFor(`${sandboxUrl}/control/clock`, sandbox),
    ])
    env.DATABASE_URL = String(runtimeUrl)

    say('app')
    const web = start('web', commands.web, env)
    for (let index = 1; index <= (options.workers ?? 1); index++)
      start(`worker-${index}`, commands.worker, env, BEHIND_WEB)
    await waitFor(`${appUrl}/internal/ready`, web)
    const died = Promise.race(running.map((process) => process.died))
    died.catch(() => {})
    return { appUrl, sandboxUrl, smtpPort: ports.smtp, env, died, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function choosePorts(wished: HousePorts): Promise<HousePorts> {
  const app = await choosePort(wished.app)
  const sandbox = await choosePort(wished.sandbox)
  return { app, sandbox, smtp: await choosePort(wished.smtp) }
}

function sandboxCommand(folder: string, ports: HousePorts, appUrl: string): string[] {
  return [
    ...['--import', 'tsx', 'sandbox/cli.ts', 'start'],
    ...['--port', String(ports.sandbox), '--app-url', appUrl, '--smtp-port', String(ports.smtp)],
    ...['--state', path.join(folder, 'sandbox-state.json')],
  ]
}
