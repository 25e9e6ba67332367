// Access scopes in a merchant's words.

const NOUNS: Record<string, string> = {
  orders: 'orders of the last 60 days',
  all_orders: 'all orders, however old',
  products: 'products and collections',
  customers: 'customers',
  inventory: 'stock levels',
  locations: 'locations',
  returns: 'returns',
  discounts: 'discounts and codes',
  shopify_payments_disputes: 'chargebacks and inquiries',
  app_proxy: 'pages of your online store that the app serves',
  metaobjects: 'custom content',
  themes: 'themes',
}

/** "write_discounts" → "View and edit discounts and codes". Unknown scopes are shown as they are spelled. */
export function scopeInWords(scope: string): string {
  const [access, ...rest] = scope.replace(/^unauthenticated_/, '').split('_')
  const noun = NOUNS[rest.join('_')] ?? rest.join(' ')
  return access === 'write' ? `View and edit ${noun}` : `View ${noun}`
}
