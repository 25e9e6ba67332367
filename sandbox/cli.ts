// npm run sandbox -- start | import-order
import fs from 'node:fs'
import path from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'

const HELP = `The sandbox: a Shopify on your own machine.

  npm run sandbox -- start [options]
    --port NUMBER        port of the sandbox (4000)
    --app-url URL        where the app runs (http://localhost:3000)
    --state FILE         keep the state in this file across restarts
    --smtp-port NUMBER   port of the mailbox (1025)
    --toml FILE          shopify.app.toml to honour

  npm run sandbox -- import-order FILE [options]
    Feeds a captured orders/paid or refunds/create payload (JSON) to a running sandbox.
    --shop DOMAIN        lumen-atelier.myshopify.com
    --topic TOPIC        orders/paid or refunds/create; without it the payload decides
    --url URL            the running sandbox (SANDBOX_URL or http://localhost:4000)

  SHOPIFY_API_KEY and SHOPIFY_API_SECRET name the app (filigree-local-key, shpss_local_secret).
  Exit codes: 0 done, 1 refused, 2 wrong arguments.
`

class UsageError extends Error {}

async function main(argv: string[]): Promise<number> {
  const [command, ...rest] = argv
  if (command === undefined || command === '--help' || command === 'help' || rest.includes('--help')) {
    process.stdout.write(HELP)
    return command === undefined ? 2 : 0
  }
  if (command === 'start') return start(rest)
  if (command === 'import-order') return importOrder(rest)
  throw new UsageError(`There is no command ${command}.`)
}

async function start(argv: string[]): Promise<number> {
  const { values, positionals } = parse(argv, {
    port: { type: 'string', default: '4000' },
    'app-url': { type: 'string', default: 'http://localhost:3000' },
    state: { type: 'string' },
    'smtp-port': { type: 'string', default: '1025' },
    toml: { type: 'string', default: path.join(import.meta.dirname, '../shopify.app.toml') },
  })
  if (positionals.length > 0) throw new UsageError(`start takes no ${positionals[0]}.`)
  const { startSandbox } = await import('./server.ts')
  const running = await startSandbox({
    apiKey: process.env.SHOPIFY_API_KEY || 'filigree-local-key',
    apiSecret: process.env.SHOPIFY_API_SECRET || 'shpss_local_secret',
    appUrl: readUrl('--app-url', values['app-url']),
    port: readPort('--port', values.port),
    smtpPort: readPort('--smtp-port', values['smtp-port']),
    appTomlPath: path.resolve(String(values.toml)),
    statePath: typeof values.state === 'string' ? path.resolve(values.state) : undefined,
  })
  process.stdout.write(`${JSON.stringify({ url: running.url, smtpPort: running.smtpPort })}\n`)
  const signal = await new Promise<string>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name))
  })
  process.stderr.write(`${signal}: saving and stopping.\n`)
  await running.stop()
  return 0
}

async function importOrder(argv: string[]): Promise<number> {
  const { values, positionals } = parse(argv, {
    shop: { type: 'string', default: 'lumen-atelier.myshopify.com' },
    topic: { type: 'string' },
    url: { type: 'string', default: process.env.SANDBOX_URL || 'http://localhost:4000' },
  })
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0) throw new UsageError('import-order takes one FILE.')
  const text = readPayload(file)
  const url = new URL(`/control/shops/${values.shop}/orders/import`, readUrl('--url', values.url))
  if (typeof values.topic === 'string') url.searchParams.set('topic', values.topic)
  const response = await fetch(url, { method: 'POST', body: text }).catch((error: Error) => {
    throw new Error(
      `No sandbox answers at ${url.origin} (${error.message}). Start it, or name it with --url.`,
    )
  })
  const result = (await response.json()) as ImportAnswer
  if (!result.ok) {
    process.stderr.write(`${file} was refused: ${result.message} (${result.reason})\n`)
    return 1
  }
  process.stdout.write(describe(file, result))
  return 0
}

interface ImportAnswer {
  ok: boolean
  reason?: string
  message?: string
  created?: boolean
  notes?: string[]
  difference?: { shop: string; presentment: string }
  order?: { id: string; name: string; currency: string; currentTotal: { shop: string } }
}

function describe(file: string, { order, created, notes = [], difference }: ImportAnswer): string {
  const state = created ? 'imported' : 'known already'
  const lines = [
    `${file}: order ${order?.name} (${order?.id}) ${state}, ${order?.currentTotal.shop} ${order?.currency}.`,
  ]
  for (const note of notes) lines.push(`  note: ${note}`)
  lines.push(`  difference: ${difference?.shop} ${order?.currency}`)
  return `${lines.join('\n')}\n`
}

function readPayload(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`)
  }
}

function parse<const Options extends NonNullable<ParseArgsConfig['options']>>(
  argv: string[],
  options: Options,
) {
  try {
    return parseArgs({ args: argv, options, allowPositionals: true as const })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function readPort(flag: string, text: unknown): number {
  const port = Number(text)
  if (typeof text !== 'string' || !/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`${flag}: "${text}" is no port.`)
  }
  return port
}

function readUrl(flag: string, text: unknown): string {
  const isUrl = typeof text === 'string' && /^https?:/.test(text) && URL.canParse(text)
  if (!isUrl) throw new UsageError(`${flag}: "${text}" is no http(s) URL.`)
  return new URL(text).origin
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const isUsage = error instanceof UsageError
  process.stderr.write(`${(error as Error).message}\n${isUsage ? '\nSee: npm run sandbox -- --help\n' : ''}`)
  process.exitCode = isUsage ? 2 : 1
}
