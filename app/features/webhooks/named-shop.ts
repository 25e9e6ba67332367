// Shopify signs a delivery's body and nothing else: whoever replays a genuine body may put other headers before it. What a delivery says
// about its shop and topic is therefore believed only as far as a swap is harmless:
// - the topics below do their work on the shop itself, so the signed body must name the shop that the header names. It also keeps
//   other topics' bodies out, which name no shop;
// - all others bring ids or nothing. What they mean is asked of Shopify with the token of the shop in the header, where another shop's
//   id finds nothing.
import type { WebhookTopic } from './webhook-topics.ts'

/** Where the body of a topic has its shop's permanent domain. */
const SHOP_FIELD: Partial<Record<WebhookTopic, 'shop_domain' | 'myshopify_domain'>> = {
  // The body is the shop as the REST Admin API tells it.
  'app/uninstalled': 'myshopify_domain',
  'shop/update': 'myshopify_domain',
  'customers/data_request': 'shop_domain',
  'customers/redact': 'shop_domain',
  'shop/redact': 'shop_domain',
}

/** Whether the signed body bears out the header. True for topics whose body names no shop. */
export function bearsOutShop(topic: WebhookTopic, payload: unknown, shopDomain: string): boolean {
  const field = SHOP_FIELD[topic]
  if (!field) return true
  const told = typeof payload === 'object' && payload !== null ? Reflect.get(payload, field) : undefined
  return typeof told === 'string' && told.toLowerCase() === shopDomain
}
