import type { Shop } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { isTimeZone } from './create-shop.ts'
import { findShopState } from './find-nouns.ts'
import { type Refusal, refuse } from './refusal.ts'
import { emitEvent } from './shop-events.ts'

export interface UpdateShopInput {
  name?: string | undefined
  email?: string | undefined
  timeZone?: string | undefined
}

/** What the merchant changes in the shop's settings; `shop/update` goes out. */
export function updateShop(
  sandbox: Sandbox,
  shopDomain: string,
  { name, email, timeZone }: UpdateShopInput,
): { ok: true; shop: Shop } | Refusal<'unknown_shop' | 'invalid_time_zone'> {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  if (timeZone !== undefined && !isTimeZone(timeZone))
    return refuse('invalid_time_zone', `timeZone: "${timeZone}" is no time zone.`)
  const { shop } = found.state
  if (name !== undefined) shop.name = name
  if (email !== undefined) shop.email = email
  if (timeZone !== undefined) shop.timeZone = timeZone
  sandbox.changed()
  emitEvent(sandbox, shopDomain, 'shop/update', shop.id)
  return { ok: true, shop }
}
