// Started by Shopify's CLI, which gives key, secret, scopes, address and port by the environment: opens the embedded database unless
// DATABASE_URL names one, makes local keys once, and runs web and worker from source.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { openDatabaseServer } from '../adapters/db/embedded-server.ts'
import { migrateDatabase } from '../adapters/db/migrate.ts'
import { provisionDatabase } from '../adapters/db/provision.ts'
import { DATA_FOLDER, DATABASE_NAME } from './database-location.ts'
import { runCli } from './run-cli.ts'

const KEYS = path.join(path.dirname(DATA_FOLDER), 'development-keys.json')

await runCli(
  'usage: node --import tsx app/cli/serve-for-shopify.ts   (started by shopify app dev)',
  async () => {
    const server = await openDatabaseServer(process.env.DATABASE_URL || undefined, {
      dataFolder: DATA_FOLDER,
    })
    const { adminUrl, runtimeUrl } = await provisionDatabase(server.adminUrl, DATABASE_NAME)
    await migrateDatabase(adminUrl)
    const env = {
      ...process.env,
      ...localKeys(),
      DATABASE_URL: runtimeUrl,
      SHOPIFY_APP_URL: process.env.SHOPIFY_APP_URL || process.env.HOST || '',
      SMTP_URL: process.env.SMTP_URL || 'smtp://127.0.0.1:1025',
      MAIL_FROM: process.env.MAIL_FROM || 'Filigree <statements@filigree.example>',
    }
    const children = ['app/entry.web-dev.ts', 'app/entry.worker.ts'].map((entry) =>
      spawn(process.execPath, ['--import', 'tsx', entry], { env, stdio: 'inherit' }),
    )
    process.once('SIGTERM', () => stop(children))
    process.once('SIGINT', () => stop(children))
    const codes = await Promise.all(children.map((child) => ended(child, children)))
    await server.stop()
    return codes.find((code) => code !== 0) ?? 0
  },
)

/** Kept beside the database: tokens that were sealed with them must open tomorrow. */
function localKeys(): { TOKEN_KEYS: string; LINK_SECRET: string } {
  if (!fs.existsSync(KEYS)) {
    const made = {
      TOKEN_KEYS: `local:${randomBytes(32).toString('base64')}`,
      LINK_SECRET: randomBytes(32).toString('base64'),
    }
    fs.mkdirSync(path.dirname(KEYS), { recursive: true })
    fs.writeFileSync(KEYS, JSON.stringify(made), { mode: 0o600 })
  }
  return JSON.parse(fs.readFileSync(KEYS, 'utf8')) as { TOKEN_KEYS: string; LINK_SECRET: string }
}

function stop(children: ChildProcess[]): void {
  for (const child of children) child.kill('SIGTERM')
}

/** One that ends takes the other along: half an app would only confuse. */
function ended(child: ChildProcess, children: ChildProcess[]): Promise<number> {
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      stop(children)
      resolve(code ?? 1)
    })
  })
}
