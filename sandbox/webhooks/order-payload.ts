// An order as orders/* webhooks carry it.
import { addBags, isZero, mapBag, readBag, subtractBags, ZERO } from '#sandbox/commerce/minor-bag.ts'
import { cashRounding, netPaid } from '#sandbox/commerce/payments.ts'
import { taxesOfSales } from '#sandbox/commerce/sale-taxes.ts'
import { type SaleMoney, sumSales } from '#sandbox/commerce/sales.ts'
import type { Duty, LineItem, Order, Sale, ShippingLine, ShopState, TaxLine } from '#sandbox/state/nouns.ts'
import { customerPayload } from './noun-payloads.ts'
import { refundPayload } from './refund-payload.ts'
import { gidOf, money, moneySet, restId } from './rest-money.ts'

/** Sales that sold something, as opposed to those that took it back. */
function isSold({ actionType }: Sale): boolean {
  return actionType === 'ORDER' || actionType === 'UPDATE'
}

export function orderPayload(state: ShopState, order: Order): Record<string, unknown> {
  const customer = order.customerId ? state.customers[order.customerId] : undefined
  return {
    id: restId(order.id),
    admin_graphql_api_id: gidOf('Order', order.id),
    name: order.name,
    number: order.number - 1000,
    order_number: order.number,
    created_at: order.createdAt,
    processed_at: order.processedAt,
    updated_at: order.updatedAt,
    cancelled_at: order.cancelledAt,
    cancel_reason: order.cancelReason,
    closed_at: order.closedAt ?? null,
    confirmed: true,
    test: order.test,
    currency: order.currency,
    presentment_currency: order.presentmentCurrency,
    taxes_included: order.taxesIncluded,
    financial_status: order.financialStatus.toLowerCase(),
    fulfillment_status: null,
    email: order.email,
    contact_email: order.email,
    note: order.note || null,
    note_attributes: order.customAttributes.map(({ key, value }) => ({ name: key, value })),
    tags: order.tags.join(', '),
    source_name: order.sourceName,
    payment_gateway_names: [...new Set(order.transactions.map(({ gateway }) => gateway))],
    discount_codes: discountCodes(order),
    ...totals(order),
    customer: customer ? customerPayload(customer) : null,
    line_items: order.lineItems.map((line) => linePayload(state, order, line)),
    shipping_lines: shippingLines(order),
    refunds: order.refunds.map((refund) => refundPayload(order, refund)),
  }
}

function totals(order: Order): Record<string, unknown> {
  const sold = sumSales(order, isSold)
  const now = sumSales(order)
  const isGoods = ({ lineType }: Sale) => lineType === 'PRODUCT' || lineType === 'GIFT_CARD'
  const goodsSold = beforeTax(
    order,
    sumSales(order, (sale) => isSold(sale) && isGoods(sale)),
  )
  const goodsNow = beforeTax(order, sumSales(order, isGoods))
  const discounts = addBags(
    ...order.lineItems.map(({ discount }) => readBag(discount, order)),
    ...shippingOf(order).map(({ discount }) => readBag(discount, order)),
  )
  const list = addBags(ZERO, ...order.lineItems.map((line) => gross(order, line)))
  const shipping = addBags(ZERO, ...shippingOf(order).map(({ price }) => readBag(price, order)))
  const outstanding = subtractBags(readBag(order.currentTotal, order), netPaid(order))
  return {
    ...money('total_price', sold.total, order),
    ...money('current_total_price', readBag(order.currentTotal, order), order),
    ...money('subtotal_price', goodsSold, order),
    ...money('current_subtotal_price', goodsNow, order),
    ...money('total_tax', sold.tax, order),
    ...money('current_total_tax', now.tax, order),
    ...money('total_discounts', discounts, order),
    ...money('total_line_items_price', list, order),
    total_shipping_price_set: moneySet(shipping, order),
    total_outstanding: money('x', outstanding, order).x,
    total_tip_received: order.tip?.shop ?? money('x', ZERO, order).x,
    ...charges(order),
    ...rounding(order),
  }
}

/** Duties and additional fees: null where an order has none, as Shopify has it. */
function charges(order: Order): Record<string, unknown> {
  const of = (type: Sale['lineType'], wanted: (sale: Sale) => boolean = () => true) => {
    const sales = order.agreements.flatMap(({ sales }) => sales).filter(({ lineType }) => lineType === type)
    if (sales.length === 0) return null
    return moneySet(sumSales(order, (sale) => sale.lineType === type && wanted(sale)).total, order)
  }
  return {
    original_total_duties_set: of('DUTY', isSold),
    current_total_duties_set: of('DUTY'),
    original_total_additional_fees_set: of('ADDITIONAL_FEE', isSold),
    current_total_additional_fees_set: of('ADDITIONAL_FEE'),
  }
}

function rounding(order: Order): Record<string, unknown> {
  const { paid, refunded } = cashRounding(order)
  return {
    total_cash_rounding_payment_adjustment_set: moneySet(paid, order),
    total_cash_rounding_refund_adjustment_set: moneySet(refunded, order),
  }
}

function shippingOf(order: Order): Array<ShippingLine & { id: string }> {
  const own = order.shipping ? [{ ...order.shipping, id: order.id }] : []
  return [...own, ...(order.addedShipping ?? [])]
}

function beforeTax(order: Order, { total, tax }: SaleMoney) {
  return order.taxesIncluded ? total : subtractBags(total, tax)
}

function gross(order: Order, line: LineItem) {
  return mapBag(readBag(line.unitPrice, order), (minor) => minor * BigInt(line.quantity))
}

function discountCodes(order: Order) {
  const byCode = order.lineItems.filter(({ automaticDiscount }) => !automaticDiscount)
  const all = addBags(ZERO, ...byCode.map(({ discount }) => readBag(discount, order)))
  return order.discountCodes.map((code, index) => ({
    code,
    amount: money('x', index === 0 ? all : ZERO, order).x,
    type: 'percentage',
  }))
}

function linePayload(state: ShopState, order: Order, line: LineItem): Record<string, unknown> {
  const product = line.productId ? state.products[line.productId] : undefined
  const variant = product?.variants.find(({ id }) => id === line.variantId)
  const discount = readBag(line.discount, order)
  const sold = order.agreements
    .flatMap(({ sales }) => sales)
    .filter((sale) => sale.lineItemId === line.id && isSold(sale))
  return {
    id: restId(line.id),
    admin_graphql_api_id: gidOf('LineItem', line.id),
    product_id: line.productId && restId(line.productId),
    product_exists: product !== undefined,
    variant_id: line.variantId && restId(line.variantId),
    title: product?.title ?? line.title,
    variant_title: variant?.title ?? null,
    name: line.title,
    sku: line.sku,
    vendor: product?.vendor ?? null,
    quantity: line.quantity,
    current_quantity: line.currentQuantity,
    fulfillable_quantity: line.currentQuantity,
    fulfillment_status: null,
    gift_card: line.isGiftCard,
    taxable: !line.isGiftCard && !line.isTaxExempt,
    requires_shipping: !line.isGiftCard && !line.isNotShipped,
    ...money('price', readBag(line.unitPrice, order), order),
    ...money('total_discount', ZERO, order),
    discount_allocations: isZero(discount)
      ? []
      : [{ ...money('amount', discount, order), discount_application_index: 0 }],
    tax_lines: taxesOfSales(order, line.taxes, sold).map((tax) =>
      taxPayload(order, tax, readBag(tax.amount, order)),
    ),
    properties: [],
    duties: (order.duties ?? [])
      .filter(({ lineItemId }) => lineItemId === line.id)
      .map((duty) => dutyPayload(order, duty)),
  }
}

function dutyPayload(order: Order, duty: Duty) {
  return {
    id: restId(duty.id),
    admin_graphql_api_id: gidOf('Duty', duty.id),
    harmonized_system_code: duty.harmonizedSystemCode,
    country_code_of_origin: duty.countryCodeOfOrigin,
    shop_money: { amount: duty.price.shop, currency_code: order.currency },
    presentment_money: { amount: duty.price.presentment, currency_code: order.presentmentCurrency },
    tax_lines: [],
  }
}

function taxPayload(order: Order, { title, rate }: TaxLine, amount: Parameters<typeof money>[1]) {
  return { title, rate: Number(rate), channel_liable: false, ...money('price', amount, order) }
}

function shippingLines(order: Order) {
  return shippingOf(order).map(({ id, title, price, discount, taxes, isRemoved = false }) => {
    const off = readBag(discount, order)
    return {
      id: restId(id),
      title,
      code: title,
      source: 'shopify',
      is_removed: isRemoved,
      ...money('price', readBag(price, order), order),
      ...money('discounted_price', subtractBags(readBag(price, order), off), order),
      discount_allocations: isZero(off)
        ? []
        : [{ ...money('amount', off, order), discount_application_index: 0 }],
      tax_lines: taxes.map((tax) => taxPayload(order, tax, readBag(tax.amount, order))),
    }
  })
}
