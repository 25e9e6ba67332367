// The worker as a process of its own, as it is started in production.
import { type ChildProcess, spawn } from 'node:child_process'

export const LINK_SECRET = 'a-secret-of-at-least-thirty-two-characters'

export interface Worker extends AsyncDisposable {
  process: ChildProcess
  output(): string
  ended: Promise<number | null>
}

export function startWorker(environment: Record<string, string>): Worker {
  const child = spawn(process.execPath, ['--import', 'tsx', 'app/entry.worker.ts'], {
    env: { NODE_ENV: 'test', PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      output += text.toString('utf8')
    })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    process: child,
    output: () => output,
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

export function workerEnvironment(databaseUrl: string, smtpUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: 'key',
    SHOPIFY_API_SECRET: 'secret',
    SHOPIFY_APP_URL: 'https://filigree.example',
    SCOPES: 'read_orders',
    TOKEN_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    LINK_SECRET,
    SMTP_URL: smtpUrl,
    MAIL_FROM: 'Filigree <statements@filigree.example>',
    WORKER_POLL_SECONDS: '0.5',
  }
}
