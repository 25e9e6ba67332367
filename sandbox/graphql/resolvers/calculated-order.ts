// An order edit as it would come out: CalculatedOrder, its lines, shipping lines and staged changes.

import { formatMoney } from '#sandbox/commerce/money.ts'
import type { CalculatedEdit } from '#sandbox/commerce/order-edits.ts'
import { calculateEdit } from '#sandbox/commerce/order-edits.ts'
import { netPaid } from '#sandbox/commerce/payments.ts'
import { lineBalance, sumSales } from '#sandbox/commerce/sales.ts'
import type { LineItem, MoneyBag, Order } from '#sandbox/state/nouns.ts'
import type { StagedChange } from '#sandbox/state/order-edit-nouns.ts'
import { connectInOrder, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, notImplemented, type Resolvers, Typed } from '../resolver.ts'
import { taxLine } from './line-item.ts'
import { addBags, isZeroBag, moneyBag, moneyV2, subtractBags, ZERO_BAG } from './money.ts'
import { currentTaxes } from './order-taxes.ts'
import { findVariant } from './product.ts'

type Discount = Extract<StagedChange, { kind: 'DISCOUNT' }>

export interface CalculatedLineSource extends CalculatedEdit {
  line: LineItem
}

interface ChangeSource extends CalculatedEdit {
  change: StagedChange
}

/** Both names of an edit in the API mean the same edit. */
export function editIdOf(id: string): string {
  return idOf(id, 'CalculatedOrder', 'OrderEditSession')
}

/** The calculated line of that id; null when there is none. */
export function calculatedLine(calculated: CalculatedEdit, lineId: string): CalculatedLineSource | null {
  const line = calculated.preview.lineItems.find(({ id }) => id === lineId)
  return line ? { ...calculated, line } : null
}

function discountsOn({ edit }: CalculatedEdit, lineId: string): Discount[] {
  return edit.changes.filter((one): one is Discount => one.kind === 'DISCOUNT' && one.lineId === lineId)
}

function pricingValue({ value }: Discount, order: Order) {
  if (value.per === 'FRACTION') {
    return new Typed('PricingPercentageValue', { percentage: Number(value.fraction) * 100 })
  }
  return new Typed('MoneyV2', moneyV2(value.amount.presentment, order.presentmentCurrency))
}

function application(change: Discount, order: Order) {
  return new Typed('CalculatedManualDiscountApplication', {
    id: gid('CalculatedManualDiscountApplication', change.id),
    allocationMethod: 'EACH',
    appliedTo: 'LINE',
    description: change.description,
    targetSelection: 'EXPLICIT',
    targetType: 'LINE_ITEM',
    value: pricingValue(change, order),
  })
}

/** What this edit takes off the line, all its staged discounts together. */
function stagedOff({ order, line }: CalculatedLineSource): MoneyBag {
  const before = order.lineItems.find(({ id }) => id === line.id)?.discount ?? ZERO_BAG
  return subtractBags(line.discount, before)
}

function editableSubtotal({ preview, line }: Pick<CalculatedLineSource, 'preview' | 'line'>): MoneyBag {
  const { total, tax } = lineBalance(preview, line.id)
  const side = (currency: 'shop' | 'presentment') =>
    formatMoney(
      preview.taxesIncluded ? total[currency] : total[currency] - tax[currency],
      currency === 'shop' ? preview.currency : preview.presentmentCurrency,
    )
  return { shop: side('shop'), presentment: side('presentment') }
}

function perUnit(source: CalculatedLineSource): MoneyBag {
  const { line, preview } = source
  if (line.currentQuantity === 0) return line.unitPrice
  const of = (text: string, currency: string) => {
    const negative = text.startsWith('-')
    const digits = BigInt(text.replace(/[-.]/g, ''))
    const each = digits / BigInt(line.currentQuantity)
    return formatMoney(negative ? -each : each, currency)
  }
  const whole = editableSubtotal(source)
  return {
    shop: of(whole.shop, preview.currency),
    presentment: of(whole.presentment, preview.presentmentCurrency),
  }
}

/** The changes that there are to tell of; discounts that were there before are not among them. */
function changesOf(calculated: CalculatedEdit, lineId?: string) {
  return calculated.edit.changes
    .filter((change) => lineId === undefined || touches(change, lineId))
    .map((change) => stagedChange({ ...calculated, change }))
}

function touches(change: StagedChange, lineId: string): boolean {
  if (change.kind === 'SET_QUANTITY') return change.lineItemId === lineId
  if (change.kind === 'DISCOUNT') return change.lineId === lineId
  return (change.kind === 'ADD_VARIANT' || change.kind === 'ADD_CUSTOM') && change.id === lineId
}

function stagedChange(source: ChangeSource): Typed {
  const { change, order } = source
  if (change.kind === 'SET_QUANTITY') {
    const now = order.lineItems.find(({ id }) => id === change.lineItemId)?.currentQuantity ?? 0
    return new Typed(
      change.quantity > now ? 'OrderStagedChangeIncrementItem' : 'OrderStagedChangeDecrementItem',
      source,
    )
  }
  const names = {
    ADD_VARIANT: 'OrderStagedChangeAddVariant',
    ADD_CUSTOM: 'OrderStagedChangeAddCustomItem',
    DISCOUNT: 'OrderStagedChangeAddLineItemDiscount',
    ADD_SHIPPING: 'OrderStagedChangeAddShippingLine',
    REMOVE_SHIPPING: 'OrderStagedChangeRemoveShippingLine',
  } as const
  return new Typed(names[change.kind], source)
}

type Of<Kind extends StagedChange['kind']> = CalculatedEdit & {
  change: Extract<StagedChange, { kind: Kind }>
}

function quantityFields() {
  const now = ({ order, change }: Of<'SET_QUANTITY'>) =>
    order.lineItems.find(({ id }) => id === change.lineItemId)
  return {
    delta: (source: Of<'SET_QUANTITY'>) =>
      Math.abs(source.change.quantity - (now(source)?.currentQuantity ?? 0)),
    lineItem: (source: Of<'SET_QUANTITY'>) => ({ order: source.order, line: now(source) }),
  }
}

/** First the order's own shipping, then what edits added, this one included. */
export function calculatedShippingLines({ order, preview }: CalculatedEdit) {
  const own = order.shipping ? [{ id: order.id, line: preview.shipping, before: order.shipping }] : []
  const added = (preview.addedShipping ?? []).map((line) => ({
    id: line.id,
    line,
    before: order.addedShipping?.find(({ id }) => id === line.id),
  }))
  return [...own, ...added].flatMap(({ id, line, before }) => {
    if (!line || before?.isRemoved) return []
    const stagedStatus = line.isRemoved ? 'REMOVED' : before ? 'NONE' : 'ADDED'
    return [
      {
        id: gid('CalculatedShippingLine', id),
        title: line.title,
        price: moneyBag(line.price, order),
        stagedStatus,
      },
    ]
  })
}

export const calculatedOrderResolvers: Resolvers = {
  QueryRoot: fields({
    orderEditSession: (_root, { id }: { id: string }, { state }: GraphqlContext) => {
      const edit = state.orderEdits?.[editIdOf(id)]
      return edit && !edit.committedAt ? { id: gid('OrderEditSession', edit.id) } : null
    },
  }),
  CalculatedOrder: fields<CalculatedEdit>({
    id: ({ edit }) => gid('CalculatedOrder', edit.id),
    originalOrder: ({ order }) => order,
    committed: ({ edit }) => edit.committedAt !== null,
    lineItems: (source, args: PageArgs & { query?: string | null }) => {
      if (args.query) throw notImplemented('argument CalculatedOrder.lineItems(query:)')
      return connectInOrder(source.preview.lineItems, args, (line) => ({ ...source, line }))
    },
    addedLineItems: (source, args: PageArgs) => {
      const known = new Set(source.order.lineItems.map(({ id }) => id))
      const added = source.preview.lineItems.filter(({ id }) => !known.has(id))
      return connectInOrder(added, args, (line) => ({ ...source, line }))
    },
    addedDiscountApplications: ({ edit, order }, args: PageArgs) => {
      const discounts = edit.changes.filter((change): change is Discount => change.kind === 'DISCOUNT')
      return connectInOrder(discounts, args, (change) => application(change, order))
    },
    shippingLines: calculatedShippingLines,
    stagedChanges: (source, args: PageArgs) => connectInOrder(changesOf(source), args, (change) => change),
    subtotalLineItemsQuantity: ({ preview }) =>
      preview.lineItems.reduce((sum, { currentQuantity }) => sum + currentQuantity, 0),
    subtotalPriceSet: ({ preview }) => {
      const lines = preview.lineItems.map((line) => editableSubtotal({ line, preview }))
      return moneyBag(addBags(ZERO_BAG, ...lines), preview)
    },
    cartDiscountAmountSet: () => null,
    taxLines: ({ preview }) => currentTaxes(preview).map((tax) => taxLine(tax, preview)),
    totalPriceSet: ({ preview }) => moneyBag(preview.currentTotal, preview),
    totalOutstandingSet: ({ preview }) => {
      const paid = netPaid(preview)
      const total = sumSales(preview).total
      const side = (currency: 'shop' | 'presentment', code: string) =>
        formatMoney(total[currency] - paid[currency], code)
      return moneyBag(
        {
          shop: side('shop', preview.currency),
          presentment: side('presentment', preview.presentmentCurrency),
        },
        preview,
      )
    },
  }),
  CalculatedLineItem: fields<CalculatedLineSource>({
    id: ({ line }) => gid('CalculatedLineItem', line.id),
    title: ({ line }) => line.title,
    sku: ({ line }) => line.sku || null,
    quantity: ({ line }) => line.currentQuantity,
    editableQuantity: ({ line }) => line.currentQuantity,
    editableQuantityBeforeChanges: ({ order, line }) =>
      order.lineItems.find(({ id }) => id === line.id)?.currentQuantity ?? 0,
    editableSubtotalSet: (source) => moneyBag(editableSubtotal(source), source.order),
    uneditableSubtotalSet: ({ order }) => moneyBag(ZERO_BAG, order),
    originalUnitPriceSet: ({ order, line }) => moneyBag(line.unitPrice, order),
    discountedUnitPriceSet: (source) => moneyBag(perUnit(source), source.order),
    hasStagedLineItemDiscount: (source) => discountsOn(source, source.line.id).length > 0,
    restockable: ({ line }) => line.variantId !== null,
    restocking: ({ edit, line }) =>
      edit.changes.some(
        (change) =>
          change.kind === 'SET_QUANTITY' && change.lineItemId === line.id && change.restock !== 'NO_RESTOCK',
      ),
    customAttributes: () => [],
    image: () => null,
    stagedChanges: (source) => changesOf(source, source.line.id),
    variant: ({ line }, _args, { state }) => (line.variantId ? findVariant(state, line.variantId) : null),
    variantTitle: ({ line }, _args, { state }) =>
      (line.variantId ? findVariant(state, line.variantId)?.variant.title : null) ?? null,
    calculatedDiscountAllocations: (source) => {
      const off = stagedOff(source)
      const [first] = discountsOn(source, source.line.id)
      if (!first || isZeroBag(off)) return []
      return [
        {
          allocatedAmountSet: moneyBag(off, source.order),
          discountApplication: application(first, source.order),
        },
      ]
    },
  }),
  OrderStagedChangeAddVariant: fields<Of<'ADD_VARIANT'>>({
    quantity: ({ change }) => change.quantity,
    variant: ({ change }, _args, { state }) => findVariant(state, change.variantId),
  }),
  OrderStagedChangeAddCustomItem: fields<Of<'ADD_CUSTOM'>>({
    quantity: ({ change }) => change.quantity,
    title: ({ change }) => change.title,
    originalUnitPrice: ({ change, order }) => moneyV2(change.price.presentment, order.presentmentCurrency),
  }),
  OrderStagedChangeAddLineItemDiscount: fields<Of<'DISCOUNT'>>({
    id: ({ change }) => gid('OrderStagedChangeAddLineItemDiscount', change.id),
    description: ({ change }) => change.description,
    value: ({ change, order }) => pricingValue(change, order),
  }),
  OrderStagedChangeIncrementItem: fields<Of<'SET_QUANTITY'>>(quantityFields()),
  OrderStagedChangeDecrementItem: fields<Of<'SET_QUANTITY'>>({
    ...quantityFields(),
    restock: ({ change }) => change.restock !== 'NO_RESTOCK',
  }),
  OrderStagedChangeAddShippingLine: fields<Of<'ADD_SHIPPING'>>({
    title: ({ change }) => change.title,
    presentmentTitle: ({ change }) => change.title,
    phone: () => null,
    price: ({ change, order }) => moneyV2(change.price.presentment, order.presentmentCurrency),
  }),
  OrderStagedChangeRemoveShippingLine: fields<Of<'REMOVE_SHIPPING'>>({
    shippingLine: ({ change, order }) => {
      const added = order.addedShipping?.find(({ id }) => id === change.lineId)
      const shipping = added ?? order.shipping
      return { order, shipping, id: added?.id ?? order.id }
    },
  }),
}

/** For node(id:): an edit under way. */
export function findCalculatedOrder(id: string, { state }: GraphqlContext): CalculatedEdit | null {
  const found = calculateEdit(state, id)
  return found.ok ? found : null
}
