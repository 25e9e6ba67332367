// The discount of an order edit: a percentage, or an amount off each unit.
import { parseMoney } from '#sandbox/commerce/money.ts'
import { type Refusal, refuse } from '#sandbox/commerce/refusal.ts'
import type { MoneyBag, Order } from '#sandbox/state/nouns.ts'
import type { StagedDiscount } from '#sandbox/state/order-edit-nouns.ts'
import { type MoneyInput, readPrice } from './edit-money.ts'
import { spellFraction } from './money.ts'

export interface DiscountInput {
  description?: string | null
  fixedValue?: MoneyInput | null
  percentValue?: number | null
}

/** `unitPrice`: more than it cannot be taken off. Errors name both kinds when neither or both are given. */
export function readDiscount(
  order: Order,
  { description, fixedValue, percentValue }: DiscountInput,
  unitPrice: MoneyBag,
): { ok: true; description: string; value: StagedDiscount } | Refusal<'invalid_discount' | 'invalid_price'> {
  if ((fixedValue == null) === (percentValue == null)) {
    return refuse('invalid_discount', 'Give either a fixed value or a percent value.')
  }
  const described = { ok: true as const, description: description ?? '' }
  if (percentValue != null) {
    if (!(percentValue > 0 && percentValue <= 100)) {
      return refuse('invalid_discount', 'Percent value must be greater than 0 and at most 100.')
    }
    return { ...described, value: { per: 'FRACTION', fraction: spellFraction(percentValue / 100) } }
  }
  if (!fixedValue) return refuse('invalid_discount', 'Give either a fixed value or a percent value.')
  const price = readPrice(order, fixedValue)
  if (!price.ok) return price
  const most = parseMoney(unitPrice.presentment, order.presentmentCurrency) ?? 0n
  const minor = parseMoney(price.bag.presentment, order.presentmentCurrency) ?? 0n
  if (minor <= 0n || minor > most) {
    return refuse('invalid_discount', 'Fixed value must be greater than 0 and at most the price of the item.')
  }
  return { ...described, value: { per: 'UNIT', amount: price.bag } }
}
