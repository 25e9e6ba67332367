import type { DiscountCode } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { type CreateDiscountInput, type CreateDiscountRefusal, readDiscount } from './create-discount.ts'
import { findShopState } from './find-nouns.ts'
import { type Refusal, refuse } from './refusal.ts'

/** What is absent stays; `endsAt` and `usageLimit` null take the limit off. */
export type UpdateDiscountInput = Partial<CreateDiscountInput>

/** Changes a discount's terms from now on; what was sold under the old ones stays as it is. One that was switched off stays off. */
export function updateDiscount(
  sandbox: Sandbox,
  shopDomain: string,
  discountId: string,
  input: UpdateDiscountInput,
): { ok: true; discount: DiscountCode } | CreateDiscountRefusal | Refusal<'unknown_discount'> {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const discount = found.state.discounts[discountId]
  if (!discount) return refuse('unknown_discount', `There is no discount ${discountId}.`)
  const now = sandbox.clock.now().toISOString()
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
  const read = readDiscount(found.state, { ...discount, ...given }, now, discountId)
  if (!read.ok) return read
  Object.assign(discount, read.terms, { updatedAt: now })
  if (input.combines !== undefined) discount.combines = input.combines
  sandbox.changed()
  return { ok: true, discount }
}

/** Switches a code on from now on: one that was to start later starts now, one that ended has no end any more. */
export function activateDiscount(
  sandbox: Sandbox,
  shopDomain: string,
  discountId: string,
): { ok: true; discount: DiscountCode } | Refusal<'unknown_shop' | 'unknown_discount'> {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const discount = found.state.discounts[discountId]
  if (!discount) return refuse('unknown_discount', `There is no discount ${discountId}.`)
  const now = sandbox.clock.now().toISOString()
  discount.status = 'ACTIVE'
  if (discount.startsAt > now) discount.startsAt = now
  if (discount.endsAt !== null && discount.endsAt <= now) discount.endsAt = null
  discount.updatedAt = now
  sandbox.changed()
  return { ok: true, discount }
}
