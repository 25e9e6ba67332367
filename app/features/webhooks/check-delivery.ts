// Is this delivery Shopify's own? Decided on the raw bytes, before anything is parsed or looked up.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { WebhookTopic } from './webhook-topics.ts'

export interface RawDelivery {
  /** Case does not matter, as in HTTP. */
  header(name: string): string | null
  rawBody: Uint8Array
}

export interface CheckedDelivery {
  topic: WebhookTopic
  shopDomain: string
  /** Equal over the duplicates of one event. */
  eventId: string
  webhookId: string
  apiVersion: string
  triggeredAt: Date | null
}

export interface SigningSecrets {
  apiSecret: string
  /** While the client secret is being replaced, Shopify signs with the older one until that is revoked. */
  previousApiSecret?: string | undefined
}

export type CheckDeliveryResult =
  | { ok: true; delivery: CheckedDelivery; isSignedWithPrevious: boolean }
  | { ok: false; reason: 'missing_header'; header: string }
  | { ok: false; reason: 'empty_body' | 'invalid_signature' | 'malformed_shop' }
  | { ok: false; reason: 'wrong_topic'; topic: string }

const REQUIRED = [
  'x-shopify-hmac-sha256',
  'x-shopify-topic',
  'x-shopify-shop-domain',
  'x-shopify-api-version',
  'x-shopify-webhook-id',
]
export const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]{0,99}\.myshopify\.com$/
const LONGEST_ID = 200

/** The signature is judged before the topic: who cannot sign learns nothing of what we expect. */
export function checkDelivery(
  raw: RawDelivery,
  topic: WebhookTopic,
  secrets: SigningSecrets,
): CheckDeliveryResult {
  for (const header of REQUIRED) {
    if (!raw.header(header)) return { ok: false, reason: 'missing_header', header }
  }
  if (raw.rawBody.byteLength === 0) return { ok: false, reason: 'empty_body' }
  const read = (name: string) => raw.header(name) ?? ''
  const signature = read('x-shopify-hmac-sha256')
  const previous = secrets.previousApiSecret
  const isCurrent = isSigned(raw.rawBody, signature, secrets.apiSecret)
  if (!isCurrent && !(previous && isSigned(raw.rawBody, signature, previous))) {
    return { ok: false, reason: 'invalid_signature' }
  }
  const told = read('x-shopify-topic')
  if (told !== topic) return { ok: false, reason: 'wrong_topic', topic: told.slice(0, LONGEST_ID) }
  const shopDomain = read('x-shopify-shop-domain').toLowerCase()
  if (!SHOP_DOMAIN.test(shopDomain)) return { ok: false, reason: 'malformed_shop' }
  const webhookId = read('x-shopify-webhook-id').slice(0, LONGEST_ID)
  return {
    ok: true,
    isSignedWithPrevious: !isCurrent,
    delivery: {
      topic,
      shopDomain,
      eventId: (raw.header('x-shopify-event-id') || webhookId).slice(0, LONGEST_ID),
      webhookId,
      apiVersion: read('x-shopify-api-version').slice(0, 20),
      triggeredAt: instantOf(raw.header('x-shopify-triggered-at')),
    },
  }
}

function isSigned(body: Uint8Array, given: string, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest()
  const told = Buffer.from(given, 'base64')
  // Only the length of a public format is compared openly.
  return told.length === expected.length && timingSafeEqual(told, expected)
}

function instantOf(text: string | null): Date | null {
  const milliseconds = Date.parse(text ?? '')
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds)
}
