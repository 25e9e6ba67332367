// A captured order as plain facts, whatever version it was written in. Nothing is decided here about whether it adds up.
import { addBags, isZero, type MinorBag, map2, mapBag, subtractBags, ZERO } from './minor-bag.ts'
import { spread } from './money.ts'
import {
  child,
  flag,
  id,
  list,
  PayloadProblem,
  pathOf,
  quantity,
  type Source,
  text,
} from './payload-fields.ts'
import { type PayloadMoney, readMoney, readMoneySet, readPositive } from './payload-money.ts'

export interface CapturedTax {
  title: string
  rate: string
  amount: MinorBag
}

/** Anything that was charged: a line, shipping. */
export interface CapturedCharge {
  gross: MinorBag
  discount: MinorBag
  /** Null: the payload has no tax lines here. */
  taxes: CapturedTax[] | null
}

export interface CapturedLine extends CapturedCharge {
  /** Null: the payload gives none. */
  id: string | null
  productId: string | null
  variantId: string | null
  title: string
  variantTitle: string | null
  vendor: string | null
  sku: string
  quantity: number
  /** Null: the payload's version does not know it. */
  currentQuantity: number | null
  isGiftCard: boolean
  isTip: boolean
  isTaxable: boolean
  unitPrice: MinorBag
  duties: MinorBag
  sellingPlanName: string | null
}

export interface CapturedShipping extends CapturedCharge {
  title: string
  isRemoved: boolean
}

export interface CapturedGoods {
  lines: CapturedLine[]
  shipping: CapturedShipping[]
  tip: MinorBag
  duties: MinorBag
  additionalFees: MinorBag
}

export function readGoods(money: PayloadMoney, order: Source, taxesIncluded: boolean): CapturedGoods {
  const sources = list(order, 'line_items')
  if (!sources) money.notes.push('line_items: is missing; the order has no lines.')
  const lines = (sources ?? []).map((line) => readLine(money, line))
  const named = lines.flatMap((line) => line.id ?? [])
  const twice = named.find((lineId, index) => named.indexOf(lineId) !== index)
  if (twice !== undefined)
    throw new PayloadProblem('duplicate_line', `line_items: the id ${twice} is there twice.`)
  const shipping = (list(order, 'shipping_lines') ?? []).map((line) => readShipping(money, line))
  const goods: CapturedGoods = {
    lines,
    shipping,
    tip: lines.some(({ isTip }) => isTip) ? ZERO : (readPositive(money, order, 'total_tip_received') ?? ZERO),
    duties: readDuties(money, order, lines),
    additionalFees: readAdditionalFees(money, order),
  }
  spreadOrderDiscount(money, order, sources ?? [], goods)
  spreadOrderTax(money, order, goods, taxesIncluded)
  return goods
}

function readLine(money: PayloadMoney, line: Source): CapturedLine {
  const unitPrice = readPositive(money, line, 'price')
  if (!unitPrice) money.notes.push(`${pathOf(line, 'price')}: is missing; read as nothing.`)
  const units = quantity(line, 'quantity') ?? quantity(line, 'current_quantity')
  if (units === null) money.notes.push(`${pathOf(line, 'quantity')}: is missing; read as 1.`)
  const plan = child(line, 'selling_plan_allocation')
  const sellingPlan = plan && child(plan, 'selling_plan')
  const price = unitPrice ?? ZERO
  const count = units ?? 1
  return {
    id: id(line, 'id') ?? id(line, 'admin_graphql_api_id'),
    productId: id(line, 'product_id'),
    variantId: id(line, 'variant_id'),
    title: text(line, 'title') ?? text(line, 'name') ?? 'Untitled',
    variantTitle: text(line, 'variant_title'),
    vendor: text(line, 'vendor'),
    sku: text(line, 'sku') ?? '',
    quantity: count,
    currentQuantity: quantity(line, 'current_quantity'),
    isGiftCard: flag(line, 'gift_card') ?? false,
    isTip: isTip(line),
    isTaxable: flag(line, 'taxable') ?? true,
    unitPrice: price,
    gross: mapBag(price, (minor) => minor * BigInt(count)),
    discount: readDiscount(money, line, 'total_discount'),
    taxes: readTaxes(money, line),
    duties: readLineDuties(money, line),
    sellingPlanName: (sellingPlan && text(sellingPlan, 'name')) ?? null,
  }
}

function isTip(line: Source): boolean {
  const tip = line.fields.tip
  return tip !== undefined && tip !== null && tip !== false
}

/** The allocations decide (line and order level together); an older version has only the line's own total. */
function readDiscount(money: PayloadMoney, source: Source, fallback: string): MinorBag {
  const allocations = list(source, 'discount_allocations') ?? []
  if (allocations.length > 0) {
    return addBags(...allocations.map((one) => readPositive(money, one, 'amount') ?? ZERO))
  }
  return readPositive(money, source, fallback) ?? ZERO
}

function readTaxes(money: PayloadMoney, source: Source): CapturedTax[] | null {
  return (
    list(source, 'tax_lines')?.map((tax) => ({
      title: text(tax, 'title') ?? 'Tax',
      rate: text(tax, 'rate') ?? '0',
      amount: readMoney(money, tax, 'price') ?? ZERO,
    })) ?? null
  )
}

function readShipping(money: PayloadMoney, line: Source): CapturedShipping {
  const gross = readPositive(money, line, 'price') ?? ZERO
  const discounted = readPositive(money, line, 'discounted_price')
  const allocated = readDiscount(money, line, 'total_discount')
  return {
    title: text(line, 'title') ?? 'Shipping',
    isRemoved: flag(line, 'is_removed') ?? false,
    gross,
    discount: isZero(allocated) && discounted ? subtractBags(gross, discounted) : allocated,
    taxes: readTaxes(money, line),
  }
}

function readLineDuties(money: PayloadMoney, line: Source): MinorBag {
  const duties = (list(line, 'duties') ?? []).map((duty) => {
    const amount = readMoneySet(money, duty) ?? readPositive(money, duty, 'price') ?? ZERO
    const taxes = readTaxes(money, duty) ?? []
    return addBags(amount, ...taxes.map((tax) => tax.amount))
  })
  return addBags(ZERO, ...duties)
}

function readDuties(money: PayloadMoney, order: Source, lines: CapturedLine[]): MinorBag {
  // Prices that contain their duties already are not to be charged again.
  if (flag(order, 'duties_included')) return ZERO
  const ofLines = addBags(ZERO, ...lines.map(({ duties }) => duties))
  if (!isZero(ofLines)) return ofLines
  return (
    readPositive(money, order, 'original_total_duties') ??
    readPositive(money, order, 'current_total_duties') ??
    ZERO
  )
}

function readAdditionalFees(money: PayloadMoney, order: Source): MinorBag {
  const fees = (list(order, 'additional_fees') ?? []).map((fee) => {
    const taxes = readTaxes(money, fee) ?? []
    return addBags(readPositive(money, fee, 'price') ?? ZERO, ...taxes.map((tax) => tax.amount))
  })
  if (fees.length > 0) return addBags(...fees)
  return (
    readPositive(money, order, 'original_total_additional_fees') ??
    readPositive(money, order, 'current_total_additional_fees') ??
    ZERO
  )
}

/** Versions before allocations: what total_discounts says beyond the lines and shipping belongs to all lines. */
function spreadOrderDiscount(
  money: PayloadMoney,
  order: Source,
  sources: Source[],
  goods: CapturedGoods,
): void {
  if (sources.some((line) => list(line, 'discount_allocations') !== null)) return
  const total = readPositive(money, order, 'total_discounts')
  if (!total) return
  const known = addBags(ZERO, ...[...goods.lines, ...goods.shipping].map(({ discount }) => discount))
  const rest = subtractBags(total, known)
  const eligible = goods.lines.filter((line) => !line.isGiftCard && !line.isTip)
  if (rest.shop <= 0n || eligible.length === 0) return
  shareOut(rest, eligible).forEach((share, index) => {
    const line = eligible[index]
    if (line) line.discount = addBags(line.discount, share)
  })
  money.notes.push('total_discounts: the lines carry no allocations; it was spread over them by value.')
}

/** Versions or exports without tax lines: total_tax belongs to everything taxable. */
function spreadOrderTax(
  money: PayloadMoney,
  order: Source,
  goods: CapturedGoods,
  taxesIncluded: boolean,
): void {
  const charges = [...goods.lines, ...goods.shipping]
  if (charges.some(({ taxes }) => taxes !== null)) return
  const ofOrder = (list(order, 'tax_lines') ?? []).map((tax) => readPositive(money, tax, 'price') ?? ZERO)
  const total = readPositive(money, order, 'total_tax') ?? addBags(ZERO, ...ofOrder)
  const taxable = goods.lines.filter((line) => line.isTaxable && !line.isGiftCard && !line.isTip)
  if (isZero(total) || taxable.length === 0) return
  shareOut(total, taxable).forEach((amount, index) => {
    const line = taxable[index]
    if (line) line.taxes = [{ title: taxesIncluded ? 'Tax included' : 'Tax', rate: '0', amount }]
  })
  money.notes.push('total_tax: no line carries tax lines; it was spread over the taxable ones by value.')
}

function shareOut(total: MinorBag, charges: CapturedCharge[]): MinorBag[] {
  const worth = charges.map(({ gross, discount }) => map2(gross, discount, (a, b) => (a > b ? a - b : 0n)))
  const shop = spread(
    total.shop,
    worth.map((bag) => bag.shop),
  )
  const presentment = spread(
    total.presentment,
    worth.map((bag) => bag.presentment),
  )
  return shop.map((share, index) => ({ shop: share, presentment: presentment[index] ?? 0n }))
}
