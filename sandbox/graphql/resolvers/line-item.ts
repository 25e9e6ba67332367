import type { LineItem, MoneyBag, Order, ShippingLine, TaxLine } from '#sandbox/state/nouns.ts'
import { gid } from '../gid.ts'
import { fields, type GraphqlContext, plain, type Resolvers, Typed } from '../resolver.ts'
import { addBags, type Currencies, isZeroBag, moneyBag, subtractBags, timesBag, ZERO_BAG } from './money.ts'
import { findVariant } from './product.ts'

/** Lines know their currencies only through their order. */
export interface LineSource {
  order: Order
  line: LineItem
}

export interface ShippingSource {
  order: Order
  shipping: ShippingLine
  id: string
}

/** All of the order's shipping lines, those that edits removed too. */
export function shippingLinesOf(order: Order): ShippingSource[] {
  const own = order.shipping ? [{ order, shipping: order.shipping, id: order.id }] : []
  return [...own, ...(order.addedShipping ?? []).map((shipping) => ({ order, shipping, id: shipping.id }))]
}

/** The shipping line that a sale is of; without an id the order's own. */
export function findShippingLine(order: Order, partId: string | undefined): ShippingSource | null {
  return shippingLinesOf(order).find(({ id }) => id === (partId ?? order.id)) ?? null
}

export function taxLine(tax: TaxLine, currencies: Currencies) {
  return {
    title: tax.title,
    rate: Number(tax.rate),
    ratePercentage: Math.round(Number(tax.rate) * 1e6) / 1e4,
    priceSet: moneyBag(tax.amount, currencies),
    price: tax.amount.shop,
    channelLiable: false,
    source: null,
  }
}

export function findLine(order: Order, lineItemId: string | null): LineSource {
  const line = order.lineItems.find(({ id }) => id === lineItemId)
  if (!line) throw new Error(`sandbox: order ${order.name} has no line ${lineItemId}`)
  return { order, line }
}

function originalTotal({ line }: LineSource): MoneyBag {
  return timesBag(line.unitPrice, line.quantity)
}

/** Shopify leaves discounts by code out of a line's discounted total unless they are asked for. */
function lineDiscount({ order, line }: LineSource, withCodes: boolean): MoneyBag {
  const isByCode = order.discountCodes.length > 0 && !line.automaticDiscount
  return withCodes || !isByCode ? line.discount : ZERO_BAG
}

function allocations(order: Order, discount: MoneyBag, automatic?: LineItem['automaticDiscount']) {
  if (isZeroBag(discount)) return []
  const [code] = order.discountCodes
  const shared = {
    index: 0,
    allocationMethod: 'ACROSS',
    targetType: 'LINE_ITEM',
    targetSelection: 'ENTITLED',
  }
  const application = automatic
    ? new Typed('AutomaticDiscountApplication', {
        ...shared,
        allocationMethod: 'EACH',
        title: automatic.title,
      })
    : code
      ? new Typed('DiscountCodeApplication', { ...shared, code })
      : new Typed('ManualDiscountApplication', { ...shared, title: 'Discount', description: null })
  return [{ allocatedAmountSet: moneyBag(discount, order), discountApplication: application }]
}

export const lineItemResolvers: Resolvers = {
  LineItem: fields<LineSource>({
    id: ({ line }) => gid('LineItem', line.id),
    title: ({ line }) => line.title,
    name: ({ line }) => line.title,
    quantity: ({ line }) => line.quantity,
    currentQuantity: ({ line }) => line.currentQuantity,
    refundableQuantity: ({ line }) => line.currentQuantity,
    unfulfilledQuantity: ({ line }) => line.currentQuantity,
    isGiftCard: ({ line }) => line.isGiftCard,
    sku: ({ line }) => line.sku,
    requiresShipping: ({ line }) => !line.isGiftCard && !line.isNotShipped,
    taxable: ({ line }) => line.taxes.length > 0,
    restockable: ({ line }) => line.variantId !== null,
    customAttributes: () => [],
    product: ({ line }, _args, { state }: GraphqlContext) =>
      line.productId ? (state.products[line.productId] ?? null) : null,
    variant: ({ line }, _args, { state }) => (line.variantId ? findVariant(state, line.variantId) : null),
    variantTitle: ({ line }, _args, { state }) =>
      (line.variantId ? findVariant(state, line.variantId)?.variant.title : null) ?? null,
    vendor: ({ line }, _args, { state }) =>
      line.productId ? (state.products[line.productId]?.vendor ?? null) : null,
    sellingPlan: ({ line }) =>
      line.sellingPlanName ? { name: line.sellingPlanName, sellingPlanId: null } : null,
    originalUnitPriceSet: ({ order, line }) => moneyBag(line.unitPrice, order),
    originalTotalSet: (source) => moneyBag(originalTotal(source), source.order),
    discountedTotalSet: (source, { withCodeDiscounts }: { withCodeDiscounts?: boolean | null }) => {
      const discount = lineDiscount(source, withCodeDiscounts ?? false)
      return moneyBag(subtractBags(originalTotal(source), discount), source.order)
    },
    priceAfterAllDiscountsBeforeTaxesSet: ({ order, line }) => {
      const sales = order.agreements
        .flatMap((agreement) => agreement.sales)
        .filter((sale) => sale.lineItemId === line.id)
      return moneyBag(addBags(ZERO_BAG, ...sales.map(({ total, tax }) => subtractBags(total, tax))), order)
    },
    duties: ({ order, line }) =>
      (order.duties ?? [])
        .filter(({ lineItemId }) => lineItemId === line.id)
        .map((duty) => ({ order, duty })),
    discountAllocations: ({ order, line }) => allocations(order, line.discount, line.automaticDiscount),
    taxLines: ({ order, line }, { first }: { first?: number | null }) =>
      line.taxes.slice(0, first ?? line.taxes.length).map((tax) => taxLine(tax, order)),
  }),
  ShippingLine: fields<ShippingSource>({
    id: (source) => gid('ShippingLine', source.id),
    title: ({ shipping }) => shipping.title,
    code: ({ shipping }) => shipping.title,
    custom: () => false,
    isRemoved: ({ shipping }) => shipping.isRemoved ?? false,
    originalPriceSet: ({ order, shipping }) => moneyBag(shipping.price, order),
    discountedPriceSet: ({ order, shipping }) =>
      moneyBag(subtractBags(shipping.price, shipping.discount), order),
    discountAllocations: ({ order, shipping }) => allocations(order, shipping.discount),
    taxLines: ({ order, shipping }) => shipping.taxes.map((tax) => taxLine(tax, order)),
  }),
  OrderTransaction: fields<{ order: Order; transaction: Order['transactions'][number] }>({
    ...Object.fromEntries(
      Object.entries(plain<Order['transactions'][number]>('kind', 'status', 'gateway', 'createdAt')).map(
        ([name, resolve]) => [
          name,
          (source: { transaction: Order['transactions'][number] }, args: unknown, context: GraphqlContext) =>
            resolve(source.transaction, args, context),
        ],
      ),
    ),
    id: ({ transaction }) => gid('OrderTransaction', transaction.id),
    formattedGateway: ({ transaction }) => transaction.gateway,
    processedAt: ({ transaction }) => transaction.createdAt,
    amountSet: ({ order, transaction }) => moneyBag(transaction.amount, order),
    amountRoundingSet: ({ order, transaction }) =>
      transaction.rounding ? moneyBag(transaction.rounding, order) : null,
    parentTransaction: ({ order, transaction }) => {
      const parent = order.transactions.find(({ id }) => id === transaction.parentId)
      return parent ? { order, transaction: parent } : null
    },
    test: ({ order }) => order.test,
    order: ({ order }) => order,
  }),
}
