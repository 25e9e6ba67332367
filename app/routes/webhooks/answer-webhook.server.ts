// From a POST to one call, and from its outcome to a status: 200 only after the durable write, 4xx for what is not Shopify's, 5xx so
// that Shopify delivers again.
import { type ReceiveOutcome, receiveDelivery } from '#app/features/webhooks/receive-delivery.server.ts'
import type { WebhookTopic } from '#app/features/webhooks/webhook-topics.ts'
import { webServices } from '../web-services.server.ts'
import { readBoundedBody } from './bounded-body.ts'

/** Shopify's payloads stay far below this. */
const LARGEST_BYTES = 10 * 1024 * 1024

export function answerWebhook(topic: WebhookTopic) {
  return async ({ request }: { request: Request }): Promise<Response> => {
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { Allow: 'POST' } })
    const { services, receipts, environment } = webServices()
    const { clock, log, linkSecret } = services
    try {
      const rawBody = await readBoundedBody(request, LARGEST_BYTES)
      if (rawBody === null) return new Response(null, { status: 413 })
      const raw = { header: (name: string) => request.headers.get(name), rawBody }
      const { apiSecret, previousApiSecret } = environment.shopify
      const context = { receipts, clock, log, linkSecret, apiSecret, previousApiSecret }
      const outcome = await receiveDelivery(context, topic, raw)
      if (!outcome.ok) log.warn({ topic, refusal: outcome }, 'webhook refused')
      return new Response(outcome.ok ? null : outcome.reason, { status: statusOf(outcome) })
    } catch (error) {
      log.error({ error, topic }, 'webhook not stored')
      return new Response(null, { status: 503 })
    }
  }
}

function statusOf(outcome: ReceiveOutcome): number {
  if (outcome.ok) return 200
  return outcome.reason === 'invalid_signature' ? 401 : 400
}
