// An order changed after it was placed: lines added, more or fewer units, a price reduced. Money moves later, by capture or refund.
import type { LineItem, Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder, readTime } from './find-nouns.ts'
import {
  addBags,
  type MinorBag,
  map2,
  mapBag,
  negateBag,
  readBag,
  subtractBags,
  writeBag,
  ZERO,
} from './minor-bag.ts'
import { lesser, parseMoney, scale } from './money.ts'
import { orderConverter, resolveLines } from './order-input.ts'
import { joinParts, lineItemOf, saleMoney, taxRateOf } from './order-parts.ts'
import { settleStatus } from './payments.ts'
import { pricePart } from './price-order.ts'
import { type Refusal, refuse } from './refusal.ts'
import { appendAgreement, lineBalance, type SaleDraft } from './sales.ts'
import { emitOrderChange } from './shop-events.ts'
import { checkStock, commitStock, restock, type StockNeed } from './stock.ts'
import { type AskedLine, type LineRefusal, takeBackLines } from './take-back.ts'

export interface EditOrderInput {
  add?: Array<{ variantId: string; quantity: number; unitPrice?: string }>
  /** More units of lines that are there. */
  increase?: Array<{ lineItemId: string; quantity: number }>
  /** Units taken off; a line may be named once. */
  remove?: AskedLine[]
  /** Off what is left of a line, decimal in the shop's currency, before taxes where prices are without. */
  discount?: Array<{ lineItemId: string; amount: string }>
  happenedAt?: string
}

export type EditOrderRefusal =
  | LineRefusal
  | Refusal<
      | 'unknown_shop'
      | 'unknown_order'
      | 'invalid_time'
      | 'nothing_to_edit'
      | 'already_cancelled'
      | 'no_lines'
      | 'unknown_variant'
      | 'invalid_amount'
      | 'out_of_stock'
    >

/** Edits an order (orders/edited). Nothing changes when it is refused. */
export function editOrder(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
  input: EditOrderInput,
): { ok: true; order: Order } | EditOrderRefusal {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order, state } = found
  const time = readTime(sandbox, input.happenedAt)
  if (!time.ok) return time
  if (order.cancelledAt) return refuse('already_cancelled', `Order ${order.name} is cancelled.`)
  const plan = planEdit(state, order, input)
  if (!plan.ok) return plan
  const { added, increased, removed, discounted, needs } = plan

  const sales: SaleDraft[] = [
    ...removed.sales,
    ...discounted.map((change) => takeOff(order, change)),
    ...increased.map((change) => sellMore(state, order, change)),
    ...added.map((line) => sellNew(sandbox, state, order, line)),
  ]
  for (const { lineItemId, quantity, restock: how } of removed.lines) {
    const line = lineOf(order, lineItemId)
    line.currentQuantity -= quantity
    if (how !== 'NO_RESTOCK') restock(sandbox, state, line.variantId, quantity)
  }
  appendAgreement(sandbox, order, { kind: 'ORDER_EDIT', happenedAt: time.at, subjectId: null, sales })
  commitStock(sandbox, state, needs)
  settleStatus(order)
  emitOrderChange(sandbox, shopDomain, order, 'orders/edited', 'orders/updated')
  return { ok: true, order }
}

interface Increase {
  line: LineItem
  quantity: number
}

interface Discount {
  line: LineItem
  amount: bigint
}

function planEdit(state: ShopState, order: Order, input: EditOrderInput) {
  const { add = [], increase = [], remove = [], discount = [] } = input
  if (add.length + increase.length + remove.length + discount.length === 0) {
    return refuse('nothing_to_edit', 'add, increase, remove, discount: name at least one change.')
  }
  const touched = [...increase, ...remove, ...discount].map(({ lineItemId }) => lineItemId)
  const twice = touched.find((id, index) => touched.indexOf(id) !== index)
  if (twice !== undefined) return refuse('unknown_line', `lineItemId: ${twice} is named twice in one edit.`)
  const added = add.length === 0 ? { ok: true as const, lines: [] } : resolveLines(state, add)
  if (!added.ok) return added
  const removed = takeBackLines(order, remove)
  if (!removed.ok) return removed
  const increased = planIncreases(order, increase)
  if (!increased.ok) return increased
  const discounted = planDiscounts(order, discount)
  if (!discounted.ok) return discounted
  const needs: StockNeed[] = [
    ...added.lines.map(({ variant, product, quantity }) => ({ variant, title: product.title, quantity })),
    ...increased.changes.flatMap(({ line, quantity }) => {
      const variant = state.products[line.productId ?? '']?.variants.find(({ id }) => id === line.variantId)
      return variant ? [{ variant, title: line.title, quantity }] : []
    }),
  ]
  const stock = checkStock(state, needs)
  if (!stock.ok) return stock
  return {
    ok: true as const,
    added: added.lines,
    increased: increased.changes,
    removed,
    discounted: discounted.changes,
    needs,
  }
}

function planIncreases(order: Order, asked: NonNullable<EditOrderInput['increase']>) {
  const changes: Increase[] = []
  for (const [index, { lineItemId, quantity }] of asked.entries()) {
    const line = order.lineItems.find(({ id }) => id === lineItemId)
    if (!line)
      return refuse(
        'unknown_line',
        `increase[${index}].lineItemId: ${lineItemId} is no line of ${order.name}.`,
      )
    if (!Number.isSafeInteger(quantity) || quantity < 1) {
      return refuse('invalid_quantity', `increase[${index}].quantity: ${quantity} is no quantity.`)
    }
    changes.push({ line, quantity })
  }
  return { ok: true as const, changes }
}

function planDiscounts(order: Order, asked: NonNullable<EditOrderInput['discount']>) {
  const changes: Discount[] = []
  for (const [index, { lineItemId, amount }] of asked.entries()) {
    const line = order.lineItems.find(({ id }) => id === lineItemId)
    if (!line)
      return refuse(
        'unknown_line',
        `discount[${index}].lineItemId: ${lineItemId} is no line of ${order.name}.`,
      )
    const minor = parseMoney(amount, order.currency)
    const worth = worthBeforeTax(order, lineItemId).shop
    if (minor === null || minor <= 0n || minor > worth) {
      return refuse(
        'invalid_amount',
        `discount[${index}].amount: "${amount}" is not above 0 and at most the line's worth.`,
      )
    }
    changes.push({ line, amount: minor })
  }
  return { ok: true as const, changes }
}

function worthBeforeTax(order: Order, lineItemId: string): MinorBag {
  const { total, tax } = lineBalance(order, lineItemId)
  return order.taxesIncluded ? total : subtractBags(total, tax)
}

function lineOf(order: Order, lineItemId: string): LineItem {
  const line = order.lineItems.find(({ id }) => id === lineItemId)
  if (!line) throw new Error(`Order ${order.name} lost its line ${lineItemId}.`)
  return line
}

/** A price reduced: tax falls in proportion. */
function takeOff(order: Order, { line, amount }: Discount): SaleDraft {
  const worth = worthBeforeTax(order, line.id)
  const { tax, total } = lineBalance(order, line.id)
  const isAll = amount === worth.shop
  const off: MinorBag = isAll
    ? worth
    : { shop: amount, presentment: lesser(orderConverter(order)(amount), worth.presentment) }
  const taxOff: MinorBag = {
    shop: isAll ? tax.shop : scale(tax.shop, off.shop, worth.shop),
    presentment: worth.presentment === 0n ? 0n : scale(tax.presentment, off.presentment, worth.presentment),
  }
  const totalOff = order.taxesIncluded ? off : map2(off, taxOff, (a, b) => a + b)
  line.discount = writeBag(addBags(readBag(line.discount, order), off), order)
  return {
    actionType: 'UPDATE',
    lineType: line.isGiftCard ? 'GIFT_CARD' : 'PRODUCT',
    lineItemId: line.id,
    quantity: null,
    total: negateBag(isAll ? total : totalOff),
    tax: negateBag(taxOff),
    discountBeforeTaxes: order.taxesIncluded ? subtractBags(off, taxOff) : off,
    discountAfterTaxes: off,
  }
}

/** More units of a line, at its price without its discount. */
function sellMore(state: ShopState, order: Order, { line, quantity }: Increase): SaleDraft {
  const rate = line.isGiftCard ? null : taxRateOf(state)
  const gross = mapBag(readBag(line.unitPrice, order), (minor) => minor * BigInt(quantity))
  const part = joinParts(
    pricePart(gross.shop, 0n, rate, order.taxesIncluded),
    pricePart(gross.presentment, 0n, rate, order.taxesIncluded),
  )
  line.quantity += quantity
  line.currentQuantity += quantity
  const lineType = line.isGiftCard ? 'GIFT_CARD' : 'PRODUCT'
  return { actionType: 'ORDER', lineType, lineItemId: line.id, quantity, ...saleMoney(part) }
}

function sellNew(
  sandbox: Sandbox,
  state: ShopState,
  order: Order,
  line: Parameters<typeof lineItemOf>[3],
): SaleDraft {
  const convert = orderConverter(order)
  const rate = line.isGiftCard ? null : taxRateOf(state)
  const quantity = BigInt(line.quantity)
  const part = joinParts(
    pricePart(line.unitPrice * quantity, 0n, rate, order.taxesIncluded),
    pricePart(convert(line.unitPrice) * quantity, 0n, rate, order.taxesIncluded),
  )
  const item = lineItemOf(sandbox, order, state, line, { ...part, discount: ZERO }, { convert })
  order.lineItems.push(item)
  const lineType = line.isGiftCard ? 'GIFT_CARD' : 'PRODUCT'
  return { actionType: 'ORDER', lineType, lineItemId: item.id, quantity: line.quantity, ...saleMoney(part) }
}
