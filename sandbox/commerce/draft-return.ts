// What processing a part of a return does to its order: goods back, fees kept, goods of an exchange sold.
import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import type { ExchangeLine, Return, ReturnFee } from '#sandbox/state/return-nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findVariant } from './find-nouns.ts'
import { mapBag, readBag, subtractBags } from './minor-bag.ts'
import { parseMoney, scale } from './money.ts'
import { isGiftCardProduct, orderConverter } from './order-input.ts'
import { type Refusal, refuse } from './refusal.ts'
import { processedOf } from './return-progress.ts'
import { plainMoney, type SaleDraft } from './sales.ts'
import { sellNew } from './sell-lines.ts'
import type { StockNeed } from './stock.ts'
import { type BackLine, type LineRefusal, takeBackLines } from './take-back.ts'

/** Ids of return lines and exchange lines with the units that are processed now; absent: all that are left. */
export interface ProcessedUnits {
  lines?: Array<{ id: string; quantity: number }>
  exchange?: Array<{ id: string; quantity: number }>
}

export interface DraftedReturn {
  ok: true
  sales: SaleDraft[]
  lines: BackLine[]
  needs: StockNeed[]
}

export type DraftReturnRefusal = LineRefusal | Refusal<'unknown_return_line' | 'unknown_variant' | 'no_lines'>

/** Changes the order and the return; the agreement is the caller's. A refused one leaves them half changed: try it on a copy first. */
export function draftReturn(
  ids: Pick<Sandbox, 'nextId'>,
  state: ShopState,
  order: Order,
  one: Return,
  asked: ProcessedUnits,
): DraftedReturn | DraftReturnRefusal {
  const back = readUnits(
    one.lines.map((line) => ({ id: line.id, left: line.quantity - processedOf(one, line) })),
    asked.lines,
  )
  if (!back.ok) return back
  const out = readUnits(
    (one.exchange ?? []).map(({ id, quantity, processed }) => ({ id, left: quantity - processed })),
    asked.exchange,
  )
  if (!out.ok) return out
  if (back.units.size + out.units.size === 0) return refuse('no_lines', 'Nothing of the return is named.')
  const chosen = one.lines.filter(({ id }) => back.units.has(id))
  const goods = takeBackLines(
    order,
    chosen.map(({ id, lineItemId }) => ({ lineItemId, quantity: back.units.get(id) ?? 0 })),
  )
  if (!goods.ok) return goods
  const sales = [...goods.sales]
  for (const line of chosen) {
    const units = back.units.get(line.id) ?? 0
    const before = processedOf(one, line)
    line.processed = before + units
    const item = order.lineItems.find(({ id }) => id === line.lineItemId)
    if (item) item.currentQuantity -= units
    const fee = line.restockingFee
    if (fee) sales.push(...chargeFee(order, fee, before, line.processed, line.quantity))
  }
  if (one.shippingFee && !one.shippingFee.isCharged && chosen.length > 0) {
    one.shippingFee.isCharged = true
    sales.push(...chargeFee(order, one.shippingFee, 0, 1, 1))
  }
  const needs: StockNeed[] = []
  for (const line of one.exchange ?? []) {
    const units = out.units.get(line.id) ?? 0
    if (units === 0) continue
    const sold = sellExchange(ids, state, order, line, units)
    if (!sold.ok) return sold
    sales.push(sold.sale)
    needs.push(sold.need)
  }
  return { ok: true, sales, lines: goods.lines, needs }
}

function readUnits(
  known: Array<{ id: string; left: number }>,
  asked: Array<{ id: string; quantity: number }> | undefined,
): { ok: true; units: Map<string, number> } | DraftReturnRefusal {
  const units = new Map<string, number>()
  for (const { id, quantity } of asked ?? known.map(({ id, left }) => ({ id, quantity: left }))) {
    const line = known.find((one) => one.id === id)
    if (!line || units.has(id)) {
      return refuse('unknown_return_line', `${id} is ${line ? 'named twice' : 'no line of the return'}.`)
    }
    if (asked && (!Number.isSafeInteger(quantity) || quantity < 1)) {
      return refuse('invalid_quantity', `${id}: ${quantity} is no quantity.`)
    }
    if (quantity > line.left) {
      return refuse(
        'quantity_exceeds_remaining',
        `${id}: ${quantity} asked for, ${line.left} left to process.`,
      )
    }
    if (quantity > 0) units.set(id, quantity)
  }
  return { ok: true, units }
}

/** By cumulative difference: however a return is cut into pieces, its fee comes to the same. */
function chargeFee(order: Order, fee: ReturnFee, before: number, after: number, whole: number): SaleDraft[] {
  const amount = readBag(fee.amount, order)
  const upTo = (units: number) => mapBag(amount, (minor) => scale(minor, BigInt(units), BigInt(whole)))
  const due = subtractBags(upTo(after), upTo(before))
  if (due.shop === 0n && due.presentment === 0n) return []
  const plain = { actionType: 'ORDER' as const, lineType: 'FEE' as const, lineItemId: null, quantity: 1 }
  return [{ ...plain, partId: fee.id, ...plainMoney(due) }]
}

function sellExchange(
  ids: Pick<Sandbox, 'nextId'>,
  state: ShopState,
  order: Order,
  exchange: ExchangeLine,
  quantity: number,
): { ok: true; sale: SaleDraft; need: StockNeed } | Refusal<'unknown_variant'> {
  const found = findVariant(state, exchange.variantId)
  if (!found) return refuse('unknown_variant', `There is no variant ${exchange.variantId} any more.`)
  const { product, variant } = found
  const price = parseMoney(variant.price, order.currency) ?? 0n
  const { discount } = exchange
  const off =
    discount === null
      ? null
      : 'percentage' in discount
        ? { per: 'FRACTION' as const, fraction: discount.percentage }
        : { per: 'UNIT' as const, amount: discount.amount }
  const { line, sale } = sellNew(
    ids,
    state,
    order,
    {
      productId: product.id,
      variantId: variant.id,
      title: product.title,
      sku: variant.sku,
      quantity,
      isGiftCard: isGiftCardProduct(product),
      sellingPlanName: null,
      unitPrice: { shop: price, presentment: orderConverter(order)(price) },
    },
    off,
  )
  exchange.processed += quantity
  exchange.lineItemIds.push(line.id)
  return { ok: true, sale, need: { variant, title: product.title, quantity } }
}
