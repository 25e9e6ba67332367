// The topics that shopify.app.toml subscribes to, and what each one is kept for.

export type WebhookTopic =
  | 'orders/create'
  | 'orders/paid'
  | 'orders/edited'
  | 'orders/cancelled'
  | 'refunds/create'
  | 'returns/process'
  | 'disputes/create'
  | 'disputes/update'
  | 'products/update'
  | 'inventory_levels/update'
  | 'shop/update'
  | 'app/uninstalled'
  | 'app/scopes_update'
  | 'customers/data_request'
  | 'customers/redact'
  | 'shop/redact'

/** These come, and are worked off, when the app is no longer installed. */
const AFTER_UNINSTALL: ReadonlySet<WebhookTopic> = new Set<WebhookTopic>([
  'app/uninstalled',
  'customers/data_request',
  'customers/redact',
  'shop/redact',
])

export function mattersAfterUninstall(topic: WebhookTopic): boolean {
  return AFTER_UNINSTALL.has(topic)
}
