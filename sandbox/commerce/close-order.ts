import type { Order } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder } from './find-nouns.ts'
import type { Refusal } from './refusal.ts'
import { emitOrderChange } from './shop-events.ts'

/** Archives an order or takes it out of the archive; an archived one cannot be edited. Doing it twice changes nothing. */
export function setArchived(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
  isArchived: boolean,
): { ok: true; order: Order } | Refusal<'unknown_shop' | 'unknown_order'> {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order } = found
  if (Boolean(order.closedAt) === isArchived) return { ok: true, order }
  order.closedAt = isArchived ? sandbox.clock.now().toISOString() : null
  emitOrderChange(sandbox, shopDomain, order, 'orders/updated')
  return { ok: true, order }
}
