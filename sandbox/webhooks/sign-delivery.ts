import { createHmac } from 'node:crypto'

export interface DeliveryFacts {
  topic: string
  shop: string
  apiVersion: string
  /** One per delivery, the same on every retry. */
  webhookId: string
  /** One per event, the same on its duplicates. */
  eventId: string
  triggeredAt: string
}

/** base64(HMAC-SHA256(secret, raw body)) */
export function signBody(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body, 'utf8').digest('base64')
}

export function deliveryHeaders(facts: DeliveryFacts, body: string, secret: string): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'Shopify-Captain-Hook',
    'X-Shopify-Topic': facts.topic,
    'X-Shopify-Hmac-Sha256': signBody(body, secret),
    'X-Shopify-Shop-Domain': facts.shop,
    'X-Shopify-API-Version': facts.apiVersion,
    'X-Shopify-Webhook-Id': facts.webhookId,
    'X-Shopify-Event-Id': facts.eventId,
    'X-Shopify-Triggered-At': facts.triggeredAt,
  }
}
