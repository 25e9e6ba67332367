// What a receipt keeps of a payload: ids and little else. The payload is only a wake-up; what it means is read from the Admin API.
import type { WebhookTopic } from './webhook-topics.ts'

export interface ReceiptFacts {
  /** Order, product, dispute or inventory item; null when the topic has none or the payload does not say. */
  resourceId: bigint | null
  /** Ids as decimal strings; never a name, an address or a customer's id. */
  facts: Record<string, string | string[]>
}

type Json = Record<string, unknown>

/** What stands for a person, so that the person need not be kept. */
export interface PersonKeys {
  customerKeyOf(customerId: bigint): string
  /** Of the address under which somebody signed up for a restock. */
  emailKeyOf(email: string): string
}

export function readReceiptFacts(topic: WebhookTopic, payload: unknown, keys: PersonKeys): ReceiptFacts {
  const body = objectOf(payload)
  switch (topic) {
    case 'orders/create':
    case 'orders/paid':
    case 'orders/cancelled':
    case 'products/update':
      return { resourceId: idOf(body), facts: {} }
    case 'orders/edited': {
      const edit = objectOf(body.order_edit)
      return { resourceId: numberOf(edit.order_id), facts: named({ editId: numberOf(edit.id) }) }
    }
    case 'refunds/create':
      return { resourceId: numberOf(body.order_id), facts: refundFacts(body) }
    case 'returns/process':
      return { resourceId: idOf(objectOf(body.order)), facts: named({ returnId: idOf(body) }) }
    case 'disputes/create':
    case 'disputes/update':
      return { resourceId: idOf(body), facts: named({ orderId: numberOf(body.order_id) }) }
    case 'inventory_levels/update':
      return {
        resourceId: numberOf(body.inventory_item_id),
        facts: { ...named({ locationId: numberOf(body.location_id) }), ...stockFacts(body) },
      }
    case 'customers/data_request':
    case 'customers/redact':
      return { resourceId: null, facts: customerFacts(body, keys) }
    case 'shop/update':
    case 'app/scopes_update':
    case 'app/uninstalled':
    case 'shop/redact':
      return { resourceId: null, facts: {} }
  }
}

/** What was given back, as "12.50 USD" a payment: all that we may ever hear of the refund of an order that Shopify no longer shows. */
function refundFacts(body: Json): ReceiptFacts['facts'] {
  const refunded = (Array.isArray(body.transactions) ? body.transactions : []).flatMap((each) => {
    const { kind, status, amount, currency } = objectOf(each)
    if (kind !== 'refund' || (status !== 'success' && status !== 'pending')) return []
    if (typeof amount !== 'string' || !/^\d{1,15}(\.\d{1,4})?$/.test(amount)) return []
    return typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? [`${amount} ${currency}`] : []
  })
  return { ...named({ refundId: idOf(body) }), ...(refunded.length > 0 && { refunded }) }
}

/** A count of stock and when it was taken. Shopify sends no count for what it does not track. */
function stockFacts(body: Json): ReceiptFacts['facts'] {
  const { available, updated_at: updatedAt } = body
  return {
    ...(Number.isSafeInteger(available) && { available: String(available) }),
    ...(typeof updatedAt === 'string' && !Number.isNaN(Date.parse(updatedAt)) && { updatedAt }),
  }
}

function customerFacts(body: Json, { customerKeyOf, emailKeyOf }: PersonKeys): ReceiptFacts['facts'] {
  const customer = objectOf(body.customer)
  const customerId = idOf(customer)
  const orders = Array.isArray(body.orders_requested) ? body.orders_requested : body.orders_to_redact
  return {
    ...(customerId === null ? {} : { customerKey: customerKeyOf(customerId) }),
    ...(typeof customer.email === 'string' &&
      customer.email !== '' && { emailKey: emailKeyOf(customer.email) }),
    orderIds: (Array.isArray(orders) ? orders : []).flatMap((id) => numberOf(id)?.toString() ?? []),
    ...named({ dataRequestId: numberOf(objectOf(body.data_request).id) }),
  }
}

function named(ids: Record<string, bigint | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ids).flatMap(([name, id]) => (id === null ? [] : [[name, id.toString()]])),
  )
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

/** The global id first: it is text, and large numbers survive in it. */
function idOf(body: Json): bigint | null {
  return numberOf(body.admin_graphql_api_id) ?? numberOf(body.id)
}

/** Shopify writes ids as numbers, as text or as global ids, depending on topic and version. */
function numberOf(value: unknown): bigint | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? BigInt(value) : null
  const digits =
    typeof value === 'string' ? /^(?:gid:\/\/shopify\/\w+\/)?(\d{1,18})$/.exec(value)?.[1] : undefined
  return digits ? BigInt(digits) : null
}
