// A captured order written into the shop: its first agreement says what its lines say, line by line.
import type { Customer, LineItem, Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { ensureProduct } from './ensure-product.ts'
import { addBags, isZero, type MinorBag, map2, subtractBags, writeBag, ZERO } from './minor-bag.ts'
import { scale } from './money.ts'
import { child, flag, id, isRecord, list, type Source, text, time } from './payload-fields.ts'
import type { PayloadMoney } from './payload-money.ts'
import type { CapturedCharge, CapturedGoods, CapturedLine } from './read-order-payload.ts'
import { appendAgreement, negateMoney, plainMoney, type SaleDraft, type SaleMoney } from './sales.ts'

/** The order without lines, agreements and money: everything that the payload says plainly. */
export function startCapturedOrder(
  sandbox: Sandbox,
  state: ShopState,
  payload: Source,
  facts: { orderId: string; money: PayloadMoney; fingerprint: string },
): Order {
  const now = sandbox.clock.now().toISOString()
  const processedAt = time(payload, 'processed_at') ?? time(payload, 'created_at') ?? now
  const { currency, presentmentCurrency } = facts.money
  const number = readNumber(payload)
  const nothing = writeBag(ZERO, facts.money)
  return {
    id: facts.orderId,
    name: text(payload, 'name') ?? `#${number ?? facts.orderId}`,
    number: number ?? 0,
    customerId: ensureCustomer(sandbox, state, payload)?.id ?? null,
    email: text(payload, 'email') ?? text(payload, 'contact_email'),
    createdAt: time(payload, 'created_at') ?? processedAt,
    processedAt,
    updatedAt: now,
    cancelledAt: time(payload, 'cancelled_at'),
    cancelReason: text(payload, 'cancel_reason'),
    test: flag(payload, 'test') ?? false,
    currency,
    presentmentCurrency,
    taxesIncluded: flag(payload, 'taxes_included') ?? false,
    financialStatus: 'PENDING',
    discountCodes: readCodes(payload),
    customAttributes: readAttributes(payload),
    note: text(payload, 'note') ?? '',
    tags: readTags(payload),
    sourceName: text(payload, 'source_name') ?? 'web',
    lineItems: [],
    shipping: null,
    tip: null,
    currentTotal: nothing,
    originalTotal: nothing,
    agreements: [],
    transactions: [],
    refunds: [],
    returns: [],
    importNotes: [],
    imported: {
      fingerprint: facts.fingerprint,
      payloadUpdatedAt: time(payload, 'updated_at'),
      tipLineIds: [],
    },
  }
}

/** Lines, shipping and the first agreement. Answers the sales of an edit that the payload only hints at: removed shipping. */
export function writeGoods(
  sandbox: Sandbox,
  state: ShopState,
  order: Order,
  goods: CapturedGoods,
): SaleDraft[] {
  const sales: SaleDraft[] = []
  for (const line of goods.lines) {
    ensureProduct(sandbox, state, line)
    const money = chargeMoney(line, order.taxesIncluded)
    if (line.isTip) {
      if (line.id) order.imported?.tipLineIds.push(line.id)
      order.tip = writeBag(money.total, order)
      sales.push({
        actionType: 'ORDER',
        lineType: 'TIP',
        lineItemId: null,
        quantity: line.quantity,
        ...money,
      })
      continue
    }
    const item = lineItemOf(sandbox, order, line)
    order.lineItems.push(item)
    const lineType = line.isGiftCard ? 'GIFT_CARD' : 'PRODUCT'
    sales.push({ actionType: 'ORDER', lineType, lineItemId: item.id, quantity: line.quantity, ...money })
  }
  const removed = writeShipping(order, goods, sales)
  const plain = { actionType: 'ORDER' as const, lineItemId: null, quantity: null }
  if (!isZero(goods.tip)) {
    order.tip = writeBag(goods.tip, order)
    sales.push({ ...plain, lineType: 'TIP', ...plainMoney(goods.tip) })
  }
  if (!isZero(goods.duties)) sales.push({ ...plain, lineType: 'DUTY', ...plainMoney(goods.duties) })
  if (!isZero(goods.additionalFees)) {
    sales.push({ ...plain, lineType: 'ADDITIONAL_FEE', ...plainMoney(goods.additionalFees) })
  }
  appendAgreement(sandbox, order, { kind: 'ORDER', happenedAt: order.processedAt, subjectId: null, sales })
  order.originalTotal = order.currentTotal
  return removed
}

/** Lines that a later version of the payload has and the order has not: an edit added them. */
export function addedSales(
  sandbox: Sandbox,
  state: ShopState,
  order: Order,
  lines: CapturedLine[],
): SaleDraft[] {
  const unseen = lines.filter(
    (line) => line.id !== null && !line.isTip && !order.lineItems.some((item) => item.id === line.id),
  )
  return unseen.map((line) => {
    ensureProduct(sandbox, state, line)
    const item = lineItemOf(sandbox, order, line)
    order.lineItems.push(item)
    const lineType = line.isGiftCard ? 'GIFT_CARD' : 'PRODUCT'
    const money = chargeMoney(line, order.taxesIncluded)
    return { actionType: 'ORDER', lineType, lineItemId: item.id, quantity: line.quantity, ...money }
  })
}

function writeShipping(order: Order, goods: CapturedGoods, sales: SaleDraft[]): SaleDraft[] {
  const removed: SaleDraft[] = []
  for (const line of goods.shipping) {
    const money = chargeMoney(line, order.taxesIncluded)
    sales.push({ actionType: 'ORDER', lineType: 'SHIPPING', lineItemId: null, quantity: 1, ...money })
    if (line.isRemoved) {
      removed.push({
        actionType: 'RETURN',
        lineType: 'SHIPPING',
        lineItemId: null,
        quantity: null,
        ...negateMoney(money),
      })
    }
  }
  if (goods.shipping.length > 0) {
    order.shipping = {
      title: goods.shipping.map(({ title }) => title).join(' + '),
      price: writeBag(addBags(...goods.shipping.map(({ gross }) => gross)), order),
      discount: writeBag(addBags(...goods.shipping.map(({ discount }) => discount)), order),
      taxes: goods.shipping.flatMap(({ taxes }) => writeTaxes(taxes, order)),
    }
  }
  return removed
}

function chargeMoney({ gross, discount, taxes }: CapturedCharge, taxesIncluded: boolean): SaleMoney {
  const tax = addBags(ZERO, ...(taxes ?? []).map(({ amount }) => amount))
  const net = subtractBags(gross, discount)
  const taxInDiscount: MinorBag = taxesIncluded ? proportion(discount, tax, net) : ZERO
  return {
    total: taxesIncluded ? net : addBags(net, tax),
    tax,
    discountBeforeTaxes: subtractBags(discount, taxInDiscount),
    discountAfterTaxes: discount,
  }
}

/** discount × tax ÷ net; nothing where nothing was charged. */
function proportion(discount: MinorBag, tax: MinorBag, net: MinorBag): MinorBag {
  const shares = map2(tax, net, (part, whole) => (whole > 0n ? (part * 1_000_000_000n) / whole : 0n))
  return map2(discount, shares, (value, share) => scale(value, share, 1_000_000_000n))
}

function lineItemOf(sandbox: Sandbox, order: Order, line: CapturedLine): LineItem {
  const hasVariantTitle = line.variantTitle !== null && line.variantTitle !== 'Default Title'
  return {
    id: line.id ?? sandbox.nextId('line-item'),
    productId: line.productId,
    variantId: line.productId === null ? null : line.variantId,
    title: hasVariantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    sku: line.sku,
    quantity: line.quantity,
    currentQuantity: line.quantity,
    isGiftCard: line.isGiftCard,
    unitPrice: writeBag(line.unitPrice, order),
    discount: writeBag(line.discount, order),
    taxes: writeTaxes(line.taxes, order),
    sellingPlanName: line.sellingPlanName,
  }
}

function writeTaxes(taxes: CapturedCharge['taxes'], order: Order): LineItem['taxes'] {
  return (taxes ?? []).map(({ title, rate, amount }) => ({ title, rate, amount: writeBag(amount, order) }))
}

function readNumber(payload: Source): number | null {
  const spelled = text(payload, 'order_number') ?? text(payload, 'name') ?? text(payload, 'number')
  const digits = spelled?.match(/\d{1,15}/)?.[0]
  return digits === undefined ? null : Number(digits)
}

function readCodes(payload: Source): string[] {
  const codes = (list(payload, 'discount_codes') ?? []).flatMap((one) => text(one, 'code') ?? [])
  const applied = (list(payload, 'discount_applications') ?? [])
    .filter((one) => text(one, 'type') === 'discount_code')
    .flatMap((one) => text(one, 'code') ?? [])
  return [...new Set(codes.length > 0 ? codes : applied)]
}

function readAttributes(payload: Source): Order['customAttributes'] {
  return (list(payload, 'note_attributes') ?? []).flatMap((one) => {
    const key = text(one, 'name')
    return key === null ? [] : [{ key, value: text(one, 'value') ?? '' }]
  })
}

function readTags(payload: Source): string[] {
  const { tags } = payload.fields
  const all = Array.isArray(tags) ? tags.map(String) : (text(payload, 'tags') ?? '').split(',')
  return all.map((tag) => tag.trim()).filter((tag) => tag !== '')
}

function ensureCustomer(sandbox: Sandbox, state: ShopState, payload: Source): Customer | null {
  const source = isRecord(payload.fields.customer) ? child(payload, 'customer') : null
  if (!source) return null
  const email = (text(source, 'email') ?? '').toLowerCase()
  const customerId = id(source, 'id')
  if (customerId === null && email === '') return null
  const known =
    (customerId === null ? undefined : state.customers[customerId]) ??
    (email ? Object.values(state.customers).find((one) => one.email === email) : undefined)
  if (known) return known
  const customer: Customer = {
    id: customerId ?? sandbox.nextId('customer'),
    firstName: text(source, 'first_name') ?? '',
    lastName: text(source, 'last_name') ?? '',
    email,
    phone: text(source, 'phone'),
    tags: [],
    createdAt: sandbox.clock.now().toISOString(),
    redactedAt: null,
  }
  state.customers[customer.id] = customer
  return customer
}
