// The sales of taking things back: exactly the part that is left, so that the last piece leaves nothing.
import type { Order, SaleLineType } from '#sandbox/state/nouns.ts'
import { addBags, type MinorBag, negateBag } from './minor-bag.ts'
import { parseMoney } from './money.ts'
import { type Refusal, refuse } from './refusal.ts'
import {
  balanceOfPart,
  balanceOfType,
  isNothing,
  lineBalance,
  negateMoney,
  portion,
  type SaleDraft,
  type SaleMoney,
} from './sales.ts'

export interface BackLine {
  lineItemId: string
  quantity: number
  restock: 'RETURN' | 'CANCEL' | 'NO_RESTOCK'
  /** Positive. */
  money: SaleMoney
}

export interface AskedLine {
  lineItemId: string
  quantity: number
  restock?: BackLine['restock']
}

export type LineRefusal = Refusal<'unknown_line' | 'invalid_quantity' | 'quantity_exceeds_remaining'>

/** Units of lines taken back. A line may be named once only. */
export function takeBackLines(
  order: Order,
  asked: AskedLine[],
): { ok: true; lines: BackLine[]; sales: SaleDraft[] } | LineRefusal {
  const lines: BackLine[] = []
  const sales: SaleDraft[] = []
  for (const [index, { lineItemId, quantity, restock = 'RETURN' }] of asked.entries()) {
    const line = order.lineItems.find(({ id }) => id === lineItemId)
    if (!line || asked.findIndex((one) => one.lineItemId === lineItemId) !== index) {
      const why = line ? 'is named twice' : `is no line of order ${order.name}`
      return refuse('unknown_line', `lines[${index}].lineItemId: ${lineItemId} ${why}.`)
    }
    if (!Number.isSafeInteger(quantity) || quantity < 1) {
      return refuse('invalid_quantity', `lines[${index}].quantity: ${quantity} is no quantity.`)
    }
    if (quantity > line.currentQuantity) {
      return refuse(
        'quantity_exceeds_remaining',
        `lines[${index}].quantity: ${quantity} asked for, ${line.currentQuantity} left of ${line.title}.`,
      )
    }
    const money = portion(lineBalance(order, lineItemId), BigInt(quantity), BigInt(line.currentQuantity))
    lines.push({ lineItemId, quantity, restock, money })
    sales.push({
      actionType: 'RETURN',
      lineType: line.isGiftCard ? 'GIFT_CARD' : 'PRODUCT',
      lineItemId,
      quantity: -quantity,
      ...negateMoney(money),
    })
  }
  return { ok: true, lines, sales }
}

/**
 * Shipping taken back: 'full', a decimal in the shop's currency (taxes included), or undefined for none. Where there are several
 * shipping lines, the first gives first.
 */
export function takeBackShipping(
  order: Order,
  asked: string | undefined,
): { ok: true; sales: SaleDraft[]; amount: MinorBag | null } | Refusal<'invalid_amount'> {
  if (asked === undefined) return { ok: true, sales: [], amount: null }
  const left = balanceOfType(order, 'SHIPPING')
  const minor = asked === 'full' ? left.total.shop : parseMoney(asked, order.currency)
  if (minor === null || minor < 0n || minor > left.total.shop) {
    return refuse('invalid_amount', `shipping: "${asked}" is not an amount up to the shipping that is left.`)
  }
  let open = minor
  const sales = partsOfType(order, 'SHIPPING').flatMap((partId) => {
    const part = balanceOfPart(order, 'SHIPPING', partId)
    if (isNothing(part) || (asked !== 'full' && part.total.shop <= 0n)) return []
    const isAll = asked === 'full' || open >= part.total.shop
    const money = isAll ? part : portion(part, open, part.total.shop)
    open -= money.total.shop
    return isNothing(money) ? [] : [returnOf('SHIPPING', money, partId)]
  })
  if (sales.length === 0) return { ok: true, sales, amount: null }
  return { ok: true, sales, amount: negateBag(addBags(...sales.map(({ total }) => total))) }
}

/** Everything that is neither line nor shipping nor adjustment: tip, duties, fees. */
export function takeBackOthers(
  order: Order,
  types: SaleLineType[] = ['TIP', 'DUTY', 'FEE', 'ADDITIONAL_FEE', 'UNKNOWN'],
): SaleDraft[] {
  return types.flatMap((lineType) =>
    partsOfType(order, lineType).flatMap((partId) => {
      const left = balanceOfPart(order, lineType, partId)
      return isNothing(left) ? [] : [returnOf(lineType, left, partId)]
    }),
  )
}

/** What is left of one shipping line, taken back whole. */
export function takeBackPart(
  order: Order,
  lineType: SaleLineType,
  partId: string | undefined,
): SaleDraft | null {
  const left = balanceOfPart(order, lineType, partId)
  return isNothing(left) ? null : returnOf(lineType, left, partId)
}

function partsOfType(order: Order, lineType: SaleLineType): Array<string | undefined> {
  const sales = order.agreements.flatMap((agreement) => agreement.sales)
  return [
    ...new Set(
      sales
        .filter((sale) => sale.lineType === lineType && sale.lineItemId === null)
        .map(({ partId }) => partId),
    ),
  ]
}

/** A sale that takes `money` (positive) of a part back. */
export function returnOf(lineType: SaleLineType, money: SaleMoney, partId?: string): SaleDraft {
  return {
    actionType: 'RETURN',
    lineType,
    lineItemId: null,
    ...(partId !== undefined && { partId }),
    quantity: null,
    ...negateMoney(money),
  }
}
