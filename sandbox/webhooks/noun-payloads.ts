// Payloads of the plain nouns.
import { processedOf } from '#sandbox/commerce/return-progress.ts'
import type { Customer, Dispute, InventoryLevel, Order, Product, Shop } from '#sandbox/state/nouns.ts'
import type { Return } from '#sandbox/state/return-nouns.ts'
import { gidOf, restId } from './rest-money.ts'

export function customerPayload(customer: Customer) {
  return {
    id: restId(customer.id),
    admin_graphql_api_id: gidOf('Customer', customer.id),
    email: customer.email || null,
    first_name: customer.firstName || null,
    last_name: customer.lastName || null,
    phone: customer.phone,
    tags: customer.tags.join(', '),
    created_at: customer.createdAt,
  }
}

export function returnPayload(order: Order, one: Return) {
  return {
    id: restId(one.id),
    admin_graphql_api_id: gidOf('Return', one.id),
    order: { id: restId(order.id), admin_graphql_api_id: gidOf('Order', order.id) },
    status: one.status.toLowerCase(),
    name: `${order.name}-R${order.returns.indexOf(one) + 1}`,
    total_return_line_items: one.lines.length,
    return_line_items: one.lines.map((line) => ({
      id: restId(line.id),
      admin_graphql_api_id: gidOf('ReturnLineItem', line.id),
      line_item: { id: restId(line.lineItemId), admin_graphql_api_id: gidOf('LineItem', line.lineItemId) },
      quantity: line.quantity,
      return_reason: line.reason.toLowerCase(),
      processed_quantity: processedOf(one, line),
    })),
    exchange_line_items: (one.exchange ?? []).map((line) => ({
      id: restId(line.id),
      admin_graphql_api_id: gidOf('ExchangeLineItem', line.id),
      variant_id: restId(line.variantId),
      quantity: line.quantity,
      processed_quantity: line.processed,
      line_items: line.lineItemIds.map((id) => ({
        id: restId(id),
        admin_graphql_api_id: gidOf('LineItem', id),
      })),
    })),
    decline: one.decline ? { reason: one.decline.reason.toLowerCase(), note: one.decline.note } : null,
  }
}

export function disputePayload(dispute: Dispute) {
  return {
    id: restId(dispute.id),
    admin_graphql_api_id: gidOf('ShopifyPaymentsDispute', dispute.id),
    order_id: restId(dispute.orderId),
    type: dispute.type.toLowerCase(),
    amount: dispute.amount,
    currency: dispute.currency,
    reason: dispute.reason,
    network_reason_code: null,
    status: dispute.status.toLowerCase(),
    evidence_due_by: dispute.evidenceDueBy,
    evidence_sent_on: null,
    finalized_on: dispute.finalizedOn,
    initiated_at: dispute.initiatedAt,
  }
}

export function productPayload(product: Product) {
  return {
    id: restId(product.id),
    admin_graphql_api_id: gidOf('Product', product.id),
    title: product.title,
    handle: product.handle,
    body_html: product.descriptionHtml,
    vendor: product.vendor,
    product_type: product.productType,
    tags: product.tags.join(', '),
    status: product.status.toLowerCase(),
    created_at: product.createdAt,
    updated_at: product.updatedAt,
    images: product.images.map(({ url, altText }, index) => ({
      position: index + 1,
      src: url,
      alt: altText,
    })),
    variants: product.variants.map((variant, index) => ({
      id: restId(variant.id),
      admin_graphql_api_id: gidOf('ProductVariant', variant.id),
      product_id: restId(product.id),
      title: variant.title,
      sku: variant.sku,
      price: variant.price,
      compare_at_price: variant.compareAtPrice,
      position: index + 1,
      inventory_policy: variant.inventoryPolicy.toLowerCase(),
      inventory_item_id: restId(variant.inventoryItemId),
    })),
  }
}

export function inventoryLevelPayload(level: InventoryLevel) {
  const { inventoryItemId, locationId } = level
  return {
    inventory_item_id: restId(inventoryItemId),
    location_id: restId(locationId),
    available: level.available,
    updated_at: level.updatedAt,
    admin_graphql_api_id: `${gidOf('InventoryLevel', level.id)}?inventory_item_id=${inventoryItemId}`,
  }
}

export function shopPayload(shop: Shop) {
  return {
    id: restId(shop.id),
    name: shop.name,
    email: shop.email,
    domain: shop.domain,
    myshopify_domain: shop.domain,
    currency: shop.currency,
    iana_timezone: shop.timeZone,
    country_code: shop.country,
    taxes_included: shop.taxesIncluded,
    plan_display_name: shop.planPublicName,
    shop_owner: shop.ownerName,
  }
}
