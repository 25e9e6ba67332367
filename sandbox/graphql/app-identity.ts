// How Shopify knows the app: its id, the owner of its reserved namespaces, its installation.
import type { Sandbox } from '#sandbox/state/sandbox.ts'

/** Shopify's numeric id of the app; `$app` stands for app--{id}. */
export const APP_ID = '1000001'

/** Spells out `$app`, `$app:name` and an absent namespace. */
export function expandAppNamespace(namespace: string | null | undefined): string {
  if (namespace == null || namespace === '$app') return `app--${APP_ID}`
  return namespace.startsWith('$app:') ? `app--${APP_ID}--${namespace.slice('$app:'.length)}` : namespace
}

/** Handle of the shop in admin URLs: its domain's first label. */
export function shopHandle(shopDomain: string): string {
  return shopDomain.replace(/\.myshopify\.com$/, '')
}

/** Where Shopify's admin shows the app. */
export function appLaunchUrl(sandbox: Sandbox, shopDomain: string): string {
  return `https://admin.shopify.com/store/${shopHandle(shopDomain)}/apps/${sandbox.options.apiKey}`
}
