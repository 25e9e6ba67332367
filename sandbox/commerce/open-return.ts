import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import type { ExchangeLine, Return, ReturnLine } from '#sandbox/state/return-nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder, findVariant, readTime } from './find-nouns.ts'
import { mapBag, subtractBags, writeBag } from './minor-bag.ts'
import { parseMoney, parseRatio, scale } from './money.ts'
import { orderConverter } from './order-input.ts'
import { type Refusal, refuse } from './refusal.ts'
import { processedOf } from './return-progress.ts'
import { lineBalance, portion } from './sales.ts'
import { emitEvent } from './shop-events.ts'
import { type LineRefusal, takeBackLines } from './take-back.ts'

export interface OpenReturnInput {
  lines: Array<{
    lineItemId: string
    quantity: number
    reason?: string
    customerNote?: string
    /** Fraction of the units' price after discounts that the shop keeps, "0.1" = 10 %. */
    restockingFee?: string
  }>
  /** Goods that go out in their place; they become lines of the same order when the return is processed. */
  exchange?: Array<{
    variantId: string
    quantity: number
    /** Off each unit: a fraction, or a decimal in the shop's currency. */
    discountPercentage?: string
    discountAmount?: string
  }>
  /** Decimal in the shop's currency that the shop keeps for the way back. */
  shippingFee?: string
  /** Asked for by the buyer; the shop has yet to approve it. */
  request?: boolean
  happenedAt?: string
}

export type OpenReturnRefusal =
  | LineRefusal
  | Refusal<
      | 'unknown_shop'
      | 'unknown_order'
      | 'no_lines'
      | 'invalid_time'
      | 'invalid_fee'
      | 'unknown_variant'
      | 'invalid_discount'
    >

/** Announces goods to come back (returns/approve, or returns/request). No sale yet: that is made when the return is processed. */
export function openReturn(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
  input: OpenReturnInput,
): { ok: true; order: Order; return: Return } | OpenReturnRefusal {
  const { lines, happenedAt, request = false } = input
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order, state } = found
  const time = readTime(sandbox, happenedAt)
  if (!time.ok) return time
  if (lines.length === 0) return refuse('no_lines', 'lines: a return needs at least one line.')
  const check = checkAvailable(order, lines)
  if (!check.ok) return check
  const fees = readFees(order, input)
  if (!fees.ok) return fees
  const exchange = readExchange(state, order, input)
  if (!exchange.ok) return exchange
  const opened: Return = {
    id: sandbox.nextId('return'),
    status: request ? 'REQUESTED' : 'OPEN',
    createdAt: time.at,
    processedAt: null,
    lines: lines.map(({ lineItemId, quantity, reason = 'OTHER', customerNote }, index): ReturnLine => {
      const fee = fees.restocking[index]
      return {
        id: sandbox.nextId('return-line'),
        lineItemId,
        quantity,
        reason,
        processed: 0,
        ...(customerNote && { customerNote }),
        ...(fee && { restockingFee: { id: sandbox.nextId('return-fee'), kind: 'RESTOCKING', ...fee } }),
      }
    }),
    ...(exchange.lines.length > 0 && {
      exchange: exchange.lines.map((line) => ({ ...line, id: sandbox.nextId('exchange-line') })),
    }),
    ...(fees.shipping && {
      shippingFee: {
        id: sandbox.nextId('return-fee'),
        kind: 'RETURN_SHIPPING',
        percentage: null,
        amount: fees.shipping,
        isCharged: false,
      },
    }),
  }
  order.returns.push(opened)
  order.updatedAt = sandbox.clock.now().toISOString()
  sandbox.changed()
  emitEvent(sandbox, shopDomain, request ? 'returns/request' : 'returns/approve', opened.id, { orderId })
  return { ok: true, order, return: opened }
}

/** Units that another return waits for cannot be announced twice. `except`: the return that asks again. */
export function checkAvailable(
  order: Order,
  lines: Array<{ lineItemId: string; quantity: number }>,
  except?: string,
): { ok: true } | LineRefusal {
  const check = takeBackLines(
    order,
    lines.map(({ lineItemId, quantity }) => ({
      lineItemId,
      quantity: quantity + waitingFor(order, lineItemId, except),
    })),
  )
  return check.ok ? { ok: true } : check
}

function waitingFor(order: Order, lineItemId: string, except: string | undefined): number {
  return order.returns
    .filter(({ id, status }) => id !== except && (status === 'OPEN' || status === 'REQUESTED'))
    .flatMap((one) => one.lines.map((line) => ({ line, open: line.quantity - processedOf(one, line) })))
    .filter(({ line }) => line.lineItemId === lineItemId)
    .reduce((sum, { open }) => sum + open, 0)
}

function readFees(order: Order, { lines, shippingFee }: OpenReturnInput) {
  const restocking: Array<{ percentage: string; amount: ReturnType<typeof writeBag> } | null> = []
  for (const [index, { lineItemId, quantity, restockingFee }] of lines.entries()) {
    const ratio = restockingFee === undefined ? null : parseRatio(restockingFee)
    if (restockingFee === undefined || ratio?.numerator === 0n) {
      restocking.push(null)
      continue
    }
    if (!ratio || ratio.numerator < 0n || ratio.numerator > ratio.denominator) {
      return refuse(
        'invalid_fee',
        `lines[${index}].restockingFee: "${restockingFee}" is not between 0 and 1.`,
      )
    }
    const current = order.lineItems.find(({ id }) => id === lineItemId)?.currentQuantity ?? 1
    const { total, tax } = portion(lineBalance(order, lineItemId), BigInt(quantity), BigInt(current))
    const price = order.taxesIncluded ? total : subtractBags(total, tax)
    const amount = mapBag(price, (minor) => scale(minor, ratio.numerator, ratio.denominator))
    restocking.push({ percentage: restockingFee, amount: writeBag(amount, order) })
  }
  if (shippingFee === undefined) return { ok: true as const, restocking, shipping: null }
  const shop = parseMoney(shippingFee, order.currency)
  if (shop === null || shop <= 0n) {
    return refuse('invalid_fee', `shippingFee: "${shippingFee}" is no amount above 0 in ${order.currency}.`)
  }
  const shipping = writeBag({ shop, presentment: orderConverter(order)(shop) }, order)
  return { ok: true as const, restocking, shipping }
}

function readExchange(
  state: ShopState,
  order: Order,
  { exchange = [] }: OpenReturnInput,
):
  | { ok: true; lines: Array<Omit<ExchangeLine, 'id'>> }
  | Refusal<'unknown_variant' | 'invalid_quantity' | 'invalid_discount'> {
  const lines: Array<Omit<ExchangeLine, 'id'>> = []
  for (const [index, { variantId, quantity, discountPercentage, discountAmount }] of exchange.entries()) {
    const where = `exchange[${index}]`
    if (!findVariant(state, variantId)) {
      return refuse('unknown_variant', `${where}.variantId: there is no variant ${variantId}.`)
    }
    if (!Number.isSafeInteger(quantity) || quantity < 1) {
      return refuse('invalid_quantity', `${where}.quantity: ${quantity} is no quantity.`)
    }
    const fraction = discountPercentage === undefined ? null : parseRatio(discountPercentage)
    const amount = discountAmount === undefined ? null : parseMoney(discountAmount, order.currency)
    const isOff = fraction !== null && fraction.numerator >= 0n && fraction.numerator <= fraction.denominator
    if (discountPercentage !== undefined && !isOff) {
      return refuse('invalid_discount', `${where}: "${discountPercentage}" is not between 0 and 1.`)
    }
    if (discountAmount !== undefined && (amount === null || amount < 0n)) {
      return refuse('invalid_discount', `${where}: "${discountAmount}" is no amount.`)
    }
    const off =
      amount === null ? null : writeBag({ shop: amount, presentment: orderConverter(order)(amount) }, order)
    const discount = discountPercentage ? { percentage: discountPercentage } : off ? { amount: off } : null
    lines.push({ variantId, quantity, processed: 0, discount, lineItemIds: [] })
  }
  return { ok: true, lines }
}
