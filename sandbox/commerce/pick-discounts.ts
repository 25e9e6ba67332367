// Which discount codes an order may use, and on which of its lines.
import type { DiscountCode, ShopState } from '#sandbox/state/nouns.ts'
import { type Refusal, refuse } from './refusal.ts'

export type DiscountRefusal = Refusal<
  | 'unknown_discount'
  | 'discount_not_active'
  | 'discount_used_up'
  | 'discount_used_by_customer'
  | 'discount_not_entitled'
  | 'discount_not_combinable'
>

export function findDiscountByCode(state: ShopState, code: string): DiscountCode | undefined {
  const folded = code.trim().toLowerCase()
  return Object.values(state.discounts).find((discount) => discount.code.toLowerCase() === folded)
}

/** `productIds`: one a line, null for a custom line. Answers the discounts in the order asked for, each once. */
export function pickDiscounts(
  state: ShopState,
  codes: string[],
  use: { productIds: Array<string | null>; customerId: string | null; at: string },
): { ok: true; discounts: Array<{ discount: DiscountCode; entitled: number[] }> } | DiscountRefusal {
  const picked: Array<{ discount: DiscountCode; entitled: number[] }> = []
  for (const code of codes) {
    const discount = findDiscountByCode(state, code)
    if (!discount) return refuse('unknown_discount', `There is no discount code ${code}.`)
    if (picked.some((one) => one.discount.id === discount.id)) continue
    const problem = problemWith(state, discount, use)
    if (problem) return problem
    const entitled = use.productIds.flatMap((productId, index) =>
      discount.productIds.length === 0 || (productId !== null && discount.productIds.includes(productId))
        ? [index]
        : [],
    )
    if (entitled.length === 0) {
      return refuse('discount_not_entitled', `${discount.code} is not valid for anything in this order.`)
    }
    picked.push({ discount, entitled })
  }
  const loner = picked.length > 1 ? picked.find(({ discount }) => !discount.combines) : undefined
  if (loner) {
    return refuse('discount_not_combinable', `${loner.discount.code} cannot be used with other codes.`)
  }
  return { ok: true, discounts: picked }
}

function problemWith(
  state: ShopState,
  discount: DiscountCode,
  { customerId, at }: { customerId: string | null; at: string },
): DiscountRefusal | null {
  const time = Date.parse(at)
  if (
    discount.status === 'EXPIRED' ||
    Date.parse(discount.startsAt) > time ||
    (discount.endsAt !== null && Date.parse(discount.endsAt) <= time)
  ) {
    return refuse('discount_not_active', `${discount.code} is not active at ${at}.`)
  }
  if (discount.usageLimit !== null && discount.usageCount >= discount.usageLimit) {
    return refuse('discount_used_up', `${discount.code} was used ${discount.usageCount} times, its limit.`)
  }
  const usedBefore =
    discount.appliesOncePerCustomer &&
    customerId !== null &&
    Object.values(state.orders).some(
      (order) => order.customerId === customerId && order.discountCodes.includes(discount.code),
    )
  return usedBefore
    ? refuse('discount_used_by_customer', `This customer has used ${discount.code} before.`)
    : null
}
