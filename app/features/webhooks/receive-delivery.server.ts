// Takes one webhook delivery: proven, written down, and nothing more. No session is loaded on this way, so an uninstalled shop's last
// deliveries are accepted like any others.

import type { Clock } from '../../adapters/clock/clock.ts'
import { customerKeyOf, emailKeyOf } from '../../adapters/shopify/customer-key.ts'
import type { Log } from '../../config/logger.ts'
import {
  type CheckDeliveryResult,
  checkDelivery,
  type RawDelivery,
  type SigningSecrets,
} from './check-delivery.ts'
import { bearsOutShop } from './named-shop.ts'
import { readReceiptFacts } from './receipt-facts.ts'
import type { ReceiptWriter, WriteOutcome } from './receipt-writer.server.ts'
import type { WebhookTopic } from './webhook-topics.ts'

/** With the app's client secret, with which Shopify signs. */
export interface IntakeContext extends SigningSecrets {
  receipts: ReceiptWriter
  clock: Clock
  log: Log
  linkSecret: string
}

/**
 * `shop_unknown` and `shop_uninstalled` are fine: the delivery is Shopify's own, there is just nothing of that shop that it could
 * change, and delivering it again would not alter that.
 */
export type ReceiveOutcome =
  | { ok: true; outcome: WriteOutcome; shopDomain: string }
  | Extract<CheckDeliveryResult, { ok: false }>
  | { ok: false; reason: 'unreadable_body' }
  /** The signed body names another shop than the header, or none where it should. */
  | { ok: false; reason: 'other_shop'; shopDomain: string }

/** Errors: throws when the receipt could not be made durable. */
export async function receiveDelivery(
  context: IntakeContext,
  topic: WebhookTopic,
  raw: RawDelivery,
): Promise<ReceiveOutcome> {
  const checked = checkDelivery(raw, topic, context)
  if (!checked.ok) return checked
  const { delivery } = checked
  let payload: unknown
  try {
    payload = JSON.parse(Buffer.from(raw.rawBody).toString('utf8'))
  } catch {
    return { ok: false, reason: 'unreadable_body' }
  }
  if (!bearsOutShop(topic, payload, delivery.shopDomain)) {
    return { ok: false, reason: 'other_shop', shopDomain: delivery.shopDomain }
  }
  if (checked.isSignedWithPrevious) {
    // When these end, the previous secret has done its work.
    context.log.info({ shop: delivery.shopDomain, topic }, 'webhook signed with the previous secret')
  }
  const { shopDomain } = delivery
  const keys = {
    customerKeyOf: (id: bigint) => customerKeyOf(shopDomain, id, context.linkSecret),
    emailKeyOf: (email: string) => emailKeyOf(shopDomain, email, context.linkSecret),
  }
  const outcome = await context.receipts.write({
    ...delivery,
    ...readReceiptFacts(topic, payload, keys),
    receivedAt: context.clock.now(),
  })
  const told = { shop: delivery.shopDomain, topic, outcome }
  if (outcome === 'duplicate') context.log.debug(told, 'webhook without work')
  else if (outcome !== 'stored') context.log.info(told, 'webhook without work')
  return { ok: true, outcome, shopDomain: delivery.shopDomain }
}
