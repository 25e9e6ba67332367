// Spelling of money and ids in webhook payloads.
import { type MinorBag, writeBag } from '#sandbox/commerce/minor-bag.ts'
import type { Order } from '#sandbox/state/nouns.ts'

/** "12.00" under `name`, and both currencies under `name_set`. */
export function money(name: string, bag: MinorBag, order: Order): Record<string, unknown> {
  const { shop } = writeBag(bag, order)
  return { [name]: shop, [`${name}_set`]: moneySet(bag, order) }
}

export function moneySet(bag: MinorBag, order: Order) {
  const { shop, presentment } = writeBag(bag, order)
  return {
    shop_money: { amount: shop, currency_code: order.currency },
    presentment_money: { amount: presentment, currency_code: order.presentmentCurrency },
  }
}

/** Ids are numbers in payloads. */
export function restId(id: string): number {
  return Number(id)
}

export function gidOf(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`
}
