// Between the shop's handle in admin URLs and its state.
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'

const HANDLE = /^[a-z0-9][a-z0-9-]{0,62}$/

/** lumen-atelier.myshopify.com → lumen-atelier */
export function handleOf(shopDomain: string): string {
  return shopDomain.replace(/\.myshopify\.com$/, '')
}

/** State of the shop with this handle; undefined when there is none. */
export function findShopByHandle(sandbox: Sandbox, handle: string): ShopState | undefined {
  return HANDLE.test(handle) ? sandbox.findShop(`${handle}.myshopify.com`) : undefined
}
