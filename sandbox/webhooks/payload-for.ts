// The payload of an event, built from the state at the moment of the event.
import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import type { ShopEvent } from '#sandbox/state/sandbox.ts'
import {
  customerPayload,
  disputePayload,
  inventoryLevelPayload,
  productPayload,
  returnPayload,
  shopPayload,
} from './noun-payloads.ts'
import { orderEditPayload } from './order-edit-payload.ts'
import { orderPayload } from './order-payload.ts'
import { refundPayload } from './refund-payload.ts'
import { gidOf, restId } from './rest-money.ts'

/** JSON-ready. Throws for a topic that the sandbox does not play and for a noun that is not there. */
export function payloadFor(state: ShopState, event: ShopEvent): Record<string, unknown> {
  const { topic, resourceId, detail } = event
  const compliance = compliancePayload(state, event)
  if (compliance) return compliance
  if (topic === 'orders/edited') return orderEditPayload(must(state.orders[resourceId], event))
  if (topic.startsWith('orders/')) return orderPayload(state, must(state.orders[resourceId], event))
  if (topic.startsWith('refunds/')) {
    const order = orderOf(state, event)
    return refundPayload(
      order,
      must(
        order.refunds.find(({ id }) => id === resourceId),
        event,
      ),
    )
  }
  if (topic.startsWith('returns/')) {
    const order = orderOf(state, event)
    return returnPayload(
      order,
      must(
        order.returns.find(({ id }) => id === resourceId),
        event,
      ),
    )
  }
  if (topic.startsWith('disputes/')) return disputePayload(must(state.disputes[resourceId], event))
  if (topic.startsWith('products/')) return productPayload(must(state.products[resourceId], event))
  if (topic.startsWith('customers/')) return customerPayload(must(state.customers[resourceId], event))
  if (topic === 'inventory_levels/update') {
    return inventoryLevelPayload(must(state.inventoryLevels[resourceId], event))
  }
  if (topic === 'app/uninstalled' || topic === 'shop/update') return shopPayload(state.shop)
  if (topic === 'app/scopes_update') {
    const { previous, current } = detail
    return { id: gidOf('AppInstallation', state.shop.id), previous, current, updated_at: event.happenedAt }
  }
  throw new Error(`The sandbox has no payload for webhook topic ${topic}.`)
}

function compliancePayload(
  { shop }: ShopState,
  { topic, resourceId, detail }: ShopEvent,
): Record<string, unknown> | null {
  const { email = null, phone = null, orderIds = [], dataRequestId } = detail
  const common = { shop_id: restId(shop.id), shop_domain: shop.domain }
  const customer = { id: restId(resourceId), email, phone }
  const orders = Array.isArray(orderIds) ? orderIds.map((id) => restId(String(id))) : []
  if (topic === 'shop/redact') return common
  if (topic === 'customers/redact') return { ...common, customer, orders_to_redact: orders }
  if (topic === 'customers/data_request') {
    return {
      ...common,
      customer,
      orders_requested: orders,
      data_request: { id: restId(String(dataRequestId)) },
    }
  }
  return null
}

function orderOf(state: ShopState, event: ShopEvent): Order {
  return must(state.orders[String(event.detail.orderId)], event)
}

function must<Noun>(noun: Noun | undefined, { topic, resourceId }: ShopEvent): Noun {
  if (noun === undefined) throw new Error(`${topic} tells of ${resourceId}, which is not in the state.`)
  return noun
}
