// A worker of the benchmark `act-lateness`, to be killed: runs acts as the real one does, and nothing else. Told by JSON in its first argument.
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '#app/adapters/clock/clock.ts'
import { createDatabase } from '#app/adapters/db/database.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import { openShopify } from '#app/adapters/shopify/shopify.server.ts'
import type { TokenKeys } from '#app/adapters/shopify/token-cipher.ts'
import { log } from '#app/config/logger.ts'
import { startActRunner } from '#app/jobs/act-runner.ts'
import { LINK_SECRET } from '#tests/factories/partners.ts'
import { API_KEY, API_SECRET, APP_URL } from '#tests/harness/house-in-process.ts'

/** As the real worker has them. */
const CONNECTIONS = 8
const POLL_MS = 1_000

const { databaseUrl, sandboxUrl, tokenKey, owner } = JSON.parse(process.argv[2] ?? '{}') as {
  databaseUrl: string
  sandboxUrl: string
  tokenKey: { id: string; hex: string }
  owner: string
}
// What builds replace: this process speaks to a sandbox.
Object.assign(globalThis, { __SANDBOX__: true })
const db = createDatabase(databaseUrl, { maxConnections: CONNECTIONS })
const queue = await openJobQueue(db.pool, {
  databaseUrl,
  worker: false,
  onError: (error) => log.error({ error }),
})
const key = { id: tokenKey.id, key: Buffer.from(tokenKey.hex, 'hex') }
const tokenKeys: TokenKeys = { current: key, all: new Map([[key.id, key.key]]) }
const shopify = await openShopify(db, {
  apiKey: API_KEY,
  apiSecret: API_SECRET,
  scopes: ['read_orders'],
  appUrl: APP_URL,
  tokenKeys,
  sandboxUrl,
  warn: (message) => log.warn({}, message),
})
const mailer = {
  async send(): Promise<never> {
    throw new Error('acts send no mail')
  },
  async close() {},
}
const services = {
  db,
  queue,
  clock: systemClock,
  log,
  appUrl: APP_URL,
  linkSecret: LINK_SECRET,
  mailer,
  tokenKeys,
}
startActRunner({ ...services, adminApiFor: shopify.adminApiFor }, { owner, pollMs: POLL_MS })
console.log('ready')
for (;;) await sleep(60_000)
