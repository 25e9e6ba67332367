import type { DiscountCode } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findShopState } from './find-nouns.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Switches a code off from now on. Ending an ended one changes nothing. */
export function endDiscount(
  sandbox: Sandbox,
  shopDomain: string,
  discountId: string,
): { ok: true; discount: DiscountCode } | Refusal<'unknown_shop' | 'unknown_discount'> {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const discount = found.state.discounts[discountId]
  if (!discount) return refuse('unknown_discount', `There is no discount ${discountId}.`)
  if (discount.status !== 'EXPIRED') {
    discount.status = 'EXPIRED'
    discount.endsAt = sandbox.clock.now().toISOString()
    sandbox.changed()
  }
  return { ok: true, discount }
}
