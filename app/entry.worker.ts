// The worker process: jobs and the ticker. Start as many as the work needs; they share it by the queue.
import os from 'node:os'
import { openShopify } from './adapters/shopify/shopify.server.ts'
import { getEnvironment } from './config/environment.ts'
import { log } from './config/logger.ts'
import { startActRunner } from './jobs/act-runner.ts'
import { createJobHandlers } from './jobs/handlers.ts'
import { TryAgainLater } from './jobs/retry-policy.ts'
import { openServices } from './jobs/service-context.ts'
import { startTicker } from './jobs/ticker.ts'

const TICK_MS = 5_000
/** On the sandbox the clock is moved by hand, and whoever moves it is waiting. */
const SANDBOX_TICK_MS = 400
/** Acts have timers of their own; this look finds what was pressed or left over. */
const ACTS_MS = 1_000
const SANDBOX_ACTS_MS = 250
const STOP_WITHIN_MS = 25_000

async function main(): Promise<void> {
  const environment = getEnvironment()
  const services = await openServices(environment, { worker: true })
  const shopify = await openShopify(services.db, {
    ...environment.shopify,
    tokenKeys: environment.tokenKeys,
    sandboxUrl: environment.sandboxUrl,
    warn: (message) => log.warn({ message }, 'shopify library'),
  })
  const jobServices = { ...services, adminApiFor: shopify.adminApiFor, tokenKeys: environment.tokenKeys }
  const handlers = createJobHandlers(jobServices)
  await services.queue.work(handlers, (job, error) => {
    if (error instanceof TryAgainLater) log.info({ job, reason: error.message }, 'job will be tried again')
    else log.error({ job, error }, 'job failed')
  })
  const ticker = startTicker(services, environment.sandboxUrl ? SANDBOX_TICK_MS : TICK_MS)
  const acts = startActRunner(jobServices, {
    owner: `${os.hostname()}/${process.pid}`,
    pollMs: environment.sandboxUrl ? SANDBOX_ACTS_MS : ACTS_MS,
  })
  log.info('worker is ready')

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'worker stops: running jobs end first')
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    await Promise.all([ticker.stop(), acts.stop()])
    await services.close()
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop('SIGTERM'))
  process.on('SIGINT', () => void stop('SIGINT'))
}

main().catch((error) => {
  log.fatal({ error }, error instanceof Error ? error.message : 'the worker could not start')
  process.exit(1)
})
