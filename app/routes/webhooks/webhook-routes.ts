// Every webhook address with its topic, as shopify.app.toml declares them. They are answered without the pages' router and compression:
// Shopify waits, and bursts are their nature.
import { Readable } from 'node:stream'
import type { Express, Request as ExpressRequest } from 'express'
import { answerWebhook } from './answer-webhook.server.ts'

const webhookRoutes = {
  '/webhooks/orders/create': answerWebhook('orders/create'),
  '/webhooks/orders/paid': answerWebhook('orders/paid'),
  '/webhooks/orders/edited': answerWebhook('orders/edited'),
  '/webhooks/orders/cancelled': answerWebhook('orders/cancelled'),
  '/webhooks/refunds/create': answerWebhook('refunds/create'),
  '/webhooks/returns/process': answerWebhook('returns/process'),
  '/webhooks/disputes/create': answerWebhook('disputes/create'),
  '/webhooks/disputes/update': answerWebhook('disputes/update'),
  '/webhooks/products/update': answerWebhook('products/update'),
  '/webhooks/inventory-levels/update': answerWebhook('inventory_levels/update'),
  '/webhooks/shop/update': answerWebhook('shop/update'),
  '/webhooks/app/uninstalled': answerWebhook('app/uninstalled'),
  '/webhooks/app/scopes-update': answerWebhook('app/scopes_update'),
  '/webhooks/customers/data-request': answerWebhook('customers/data_request'),
  '/webhooks/customers/redact': answerWebhook('customers/redact'),
  '/webhooks/shop/redact': answerWebhook('shop/redact'),
}

export function mountWebhookRoutes(app: Express): void {
  for (const [path, answer] of Object.entries(webhookRoutes)) {
    app.all(path, (request, response, next) => {
      answer({ request: toWebRequest(request) })
        .then(async (answered) => {
          response.status(answered.status)
          for (const [name, value] of answered.headers) response.setHeader(name, value)
          response.end(await answered.text())
        })
        .catch(next)
    })
  }
}

function toWebRequest(request: ExpressRequest): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string') headers.set(name, value)
  }
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
  // The host plays no part in a webhook's answer, so the sender's claim about it is not used.
  return new Request(`http://localhost${request.path}`, {
    method: request.method,
    headers,
    ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' } : {}),
  })
}
