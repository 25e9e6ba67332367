// From a global id to the noun behind it.

import { publicationsOf } from '#sandbox/commerce/publish-product.ts'
import { parseGid } from '../gid.ts'
import { type GraphqlContext, notImplemented, Typed } from '../resolver.ts'
import { findCalculatedOrder } from './calculated-order.ts'
import { findInventoryItem } from './inventory.ts'
import { isVisible, visibleOrders } from './order-list.ts'
import { findVariant } from './product.ts'
import { findRefund, findReturn } from './refund.ts'
import { findValidation } from './validation.ts'

type Lookup = (id: string, context: GraphqlContext) => unknown

const LOOKUPS: Record<string, Lookup> = {
  App: (_id, { state }) => state.shop,
  AppInstallation: (id, { state }) => (id === state.shop.id ? state.shop : null),
  AppSubscription: (id, { state }) => state.shop.installation?.subscriptions.find((one) => one.id === id),
  CalculatedOrder: (id, context) => findCalculatedOrder(id, context),
  Collection: (id, { state }) => state.collections[id],
  Customer: (id, { state }) => state.customers[id],
  DiscountCodeNode: (id, { state }) => state.discounts[id],
  DiscountAutomaticNode: (id, { state }) => state.automaticDiscounts?.[id],
  DiscountNode: (id, { state }) => state.discounts[id] ?? state.automaticDiscounts?.[id],
  DraftOrder: (id, { state }) => state.draftOrders?.[id],
  InventoryItem: (id, { state }) => findInventoryItem(state, id),
  InventoryLevel: (id, { state }) => state.inventoryLevels[id],
  LineItem: (id, context) => {
    const order = visibleOrders(context).find(({ lineItems }) => lineItems.some((line) => line.id === id))
    const line = order?.lineItems.find((one) => one.id === id)
    return order && line ? { order, line } : null
  },
  Location: (id, { state }) => state.locations[id],
  Metaobject: (id, { state }) => state.metaobjects[id],
  Order: (id, context) => {
    const order = context.state.orders[id]
    return order && isVisible(context, order) ? order : null
  },
  Product: (id, { state }) => state.products[id],
  ProductVariant: (id, { state }) => findVariant(state, id),
  Publication: (id, { state }) => publicationsOf(state).find((publication) => publication.id === id),
  Refund: (id, context) => findRefund(context, id),
  Return: (id, context) => findReturn(context, id),
  Shop: (id, { state }) => (id === state.shop.id ? state.shop : null),
  ShopifyPaymentsDispute: (id, { state }) => state.disputes[id],
  Validation: (id, context) => findValidation(context, id),
}

/** The noun as a typed value; null when there is none of that id. Errors: a type without lookup is refused by name. */
export function loadNode(globalId: string, context: GraphqlContext): Typed | null {
  const parsed = parseGid(globalId)
  if (!parsed) return null
  const lookup = LOOKUPS[parsed.type]
  if (!lookup) throw notImplemented(`node of type ${parsed.type}`)
  const noun = lookup(parsed.id, context)
  return noun == null ? null : new Typed(parsed.type, noun)
}
