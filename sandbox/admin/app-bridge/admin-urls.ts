// Addresses of Shopify's admin, spoken to the sandbox instead.

/** Maps admin.shopify.com, {shop}.myshopify.com and shopify://admin to the sandbox; other addresses stay what they are. */
export function toSandboxUrl(address: string, adminOrigin: string, shop: string): string {
  const handle = shop.replace(/\.myshopify\.com$/, '')
  if (address.startsWith('shopify://admin')) {
    return `${adminOrigin}/store/${handle}${address.slice('shopify://admin'.length) || '/home'}`
  }
  const url = new URL(address, location.href)
  if (url.hostname === 'admin.shopify.com') return `${adminOrigin}${url.pathname}${url.search}${url.hash}`
  const shopHost = /^([a-z0-9-]+)\.myshopify\.com$/.exec(url.hostname)
  if (!shopHost) return url.href
  const tail = `${url.pathname}${url.search}${url.hash}`
  return tail.startsWith('/admin')
    ? `${adminOrigin}/store/${shopHost[1]}${tail.slice('/admin'.length)}`
    : `${adminOrigin}/storefront/${shopHost[1]}${tail}`
}

/** The app's own address as the shell shows it: without what Shopify added. */
export function innerPath(url: URL): string {
  const query = new URLSearchParams(url.search)
  for (const name of ['embedded', 'shop', 'host', 'id_token', 'locale', 'session', 'timestamp', 'hmac']) {
    query.delete(name)
  }
  const search = query.toString()
  return `${url.pathname}${search ? `?${search}` : ''}`
}
