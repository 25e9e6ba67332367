// The web process: opens what requests need, serves assets and pages, stops gracefully.
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type Express } from 'express'
import { answerErrors } from './adapters/http/answer-errors.ts'
import { bodyLimit } from './adapters/http/body-limit.ts'
import { stopGracefully } from './adapters/http/graceful-stop.ts'
import { startMetrics } from './adapters/http/http-metrics.ts'
import { TOLD_CLIENT_HEADER, toldClient } from './adapters/http/rate-limit.ts'
import { requestLog } from './adapters/http/request-log.ts'
import { securityHeaders } from './adapters/http/security-headers.ts'
import { openShopify } from './adapters/shopify/shopify.server.ts'
import { getEnvironment } from './config/environment.ts'
import { log } from './config/logger.ts'
import { openReceiptWriter } from './features/webhooks/receipt-writer.server.ts'
import { openServices } from './jobs/service-context.ts'
import { openLiveState } from './routes/storefront/drops/open-live-state.ts'
import { inRequestScope, provideWebServices } from './routes/web-services.server.ts'
import { mountWebhookRoutes } from './routes/webhooks/webhook-routes.ts'

const STOP_WITHIN_MS = 10_000
const isSource = import.meta.filename.endsWith('.ts')

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})

async function main(): Promise<void> {
  const environment = getEnvironment()
  startMetrics()
  const services = await openServices(environment, { worker: false })
  const shopify = await openShopify(services.db, {
    ...environment.shopify,
    tokenKeys: environment.tokenKeys,
    sandboxUrl: environment.sandboxUrl,
    warn: (message) => log.warn({ source: 'shopify' }, message),
  })
  const receipts = openReceiptWriter(services.db, services.queue, log)
  const liveState = openLiveState(services, environment.shopify)

  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', 'loopback, linklocal, uniquelocal')
  // What pages see as the visitor's address is the one that the trusted proxies vouch for, never what a visitor claims.
  app.use((request, _response, next) => {
    // Behind Shopify's proxy that is Shopify; whom Shopify names as the client is kept beside it, for what asks for fairness and not for proof.
    request.headers[TOLD_CLIENT_HEADER] = toldClient(request.headers['x-forwarded-for'])
    request.headers['x-forwarded-for'] = request.ip
    next()
  })
  app.use(requestLog(log))
  app.use(securityHeaders(environment.shopify.appUrl.startsWith('https:')))
  mountWebhookRoutes(app)
  app.use(compression())
  const mountPages = isSource ? await pagesFromSource(app) : await pagesFromBuild(app)

  const server = http
    .createServer((request, response) => {
      if (!liveState.answer(request, response)) app(request, response)
    })
    .listen(environment.port, () => log.info({ port: environment.port }, 'web is listening'))
  const stopping = stopGracefully(server, {
    graceMs: STOP_WITHIN_MS,
    async onStopped() {
      await receipts.close()
      await liveState.stop()
      await services.close()
      log.info('web has stopped')
    },
  })
  provideWebServices({
    services,
    shopify,
    receipts,
    environment,
    migrations: migrationNames(),
    isStopping: stopping.isStopping,
  })
  mountPages()
}

/** Assets with a hash in their name never change; the rest of public/ may. */
async function pagesFromBuild(app: Express): Promise<() => void> {
  const folder = import.meta.dirname
  const build = (await import(path.join(folder, 'server/index.js'))) as ServerBuild
  const client = path.join(folder, 'client')
  app.use(
    '/assets',
    express.static(path.join(client, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }),
  )
  app.use(express.static(client, { maxAge: '1h', index: false }))
  return () => mount(app, build)
}

/** With hot reload, for development. */
async function pagesFromSource(app: Express): Promise<() => void> {
  const vite = await import('vite')
  const server = await vite.createServer({ server: { middlewareMode: true } })
  app.use(server.middlewares)
  return () => mount(app, () => server.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>)
}

function mount(app: Express, build: ServerBuild | (() => Promise<ServerBuild>)): void {
  const handle = createRequestHandler({ build, mode: isSource ? 'development' : 'production' })
  app.all('*', bodyLimit, (request, response, next) => {
    const scope = { requestId: String(response.locals.requestId), memo: new Map<string, Promise<unknown>>() }
    void inRequestScope(scope, () => handle(request, response, next))
  })
  app.use(answerErrors(log))
}

function migrationNames(): string[] {
  const entries = fs.readdirSync('prisma/migrations', { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}
