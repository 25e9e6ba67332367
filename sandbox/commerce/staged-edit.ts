// The changes of an order edit, put into an order: the one implementation behind the control API and orderEditCommit.
import type { LineItem, Order, ShopState } from '#sandbox/state/nouns.ts'
import type { StagedChange } from '#sandbox/state/order-edit-nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findVariant } from './find-nouns.ts'
import { readBag, writeBag, ZERO } from './minor-bag.ts'
import { isGiftCardProduct } from './order-input.ts'
import { priceBoth, saleMoney, taxLinesOf, taxRatesOf } from './order-parts.ts'
import { type Refusal, refuse } from './refusal.ts'
import { addMoney, appendAgreement, lineBalance, type SaleDraft, type SaleMoney } from './sales.ts'
import { sellMore, sellNew, takeOff } from './sell-lines.ts'
import type { StockNeed } from './stock.ts'
import { takeBackLines, takeBackPart } from './take-back.ts'

export interface EditResult {
  ok: true
  needs: StockNeed[]
  restocked: Array<{ variantId: string | null; quantity: number }>
}

export type StagedRefusal = Refusal<
  'unknown_line' | 'unknown_variant' | 'invalid_quantity' | 'quantity_exceeds_remaining'
>

type ChangeOf<Kind extends StagedChange['kind']> = Extract<StagedChange, { kind: Kind }>

function only<Kind extends StagedChange['kind']>(changes: StagedChange[], kind: Kind): Array<ChangeOf<Kind>> {
  return changes.filter((change): change is ChangeOf<Kind> => change.kind === kind)
}

interface Ids {
  /** The id that the line or shipping line which `change` adds gets in the order. */
  forAdded: (noun: string, changeId: string) => string
  nextId: Sandbox['nextId']
}

/** Changes the order itself and appends the agreement; stock is the caller's. A refused one leaves the order half changed: try it on a copy first. */
export function applyChanges(
  ids: Ids,
  state: ShopState,
  order: Order,
  changes: StagedChange[],
  facts: { happenedAt: string; staffNote?: string },
): EditResult | StagedRefusal {
  const result: EditResult = { ok: true, needs: [], restocked: [] }
  const sales: SaleDraft[] = []
  for (const change of only(changes, 'SET_QUANTITY')) {
    const set = setQuantity(state, order, change, result)
    if (!set.ok) return set
    sales.push(...set.sales)
  }
  const discounts = only(changes, 'DISCOUNT')
  for (const { lineId, value } of discounts) {
    const line = order.lineItems.find(({ id }) => id === lineId)
    const sale = line && takeOff(order, line, value, balanceWith(order, line, sales))
    if (sale) sales.push(sale)
  }
  for (const change of changes) {
    if (change.kind !== 'ADD_VARIANT' && change.kind !== 'ADD_CUSTOM') continue
    const discount = discounts.find(({ lineId }) => lineId === change.id)?.value ?? null
    const added = newLine(state, order, change, result)
    if (!added.ok) return added
    const nextId = () => ids.forAdded('line-item', change.id)
    sales.push(sellNew({ nextId }, state, order, added.line, discount).sale)
  }
  sales.push(...only(changes, 'REMOVE_SHIPPING').flatMap((change) => removeShipping(order, change)))
  sales.push(...only(changes, 'ADD_SHIPPING').map((change) => addShipping(ids, state, order, change)))
  appendAgreement(ids, order, { kind: 'ORDER_EDIT', subjectId: null, ...facts, sales })
  return result
}

/** The order as it would be, with the changes' own ids for what they add. */
export function previewChanges(
  state: ShopState,
  order: Order,
  changes: StagedChange[],
): { ok: true; order: Order; result: EditResult } | StagedRefusal {
  const copy = structuredClone(order)
  const ids: Ids = { forAdded: (_noun, changeId) => changeId, nextId: () => 'staged' }
  const result = applyChanges(ids, state, copy, changes, { happenedAt: order.updatedAt })
  return result.ok ? { ok: true, order: copy, result } : result
}

function setQuantity(
  state: ShopState,
  order: Order,
  { lineItemId, quantity, restock }: ChangeOf<'SET_QUANTITY'>,
  result: EditResult,
): { ok: true; sales: SaleDraft[] } | StagedRefusal {
  const line = order.lineItems.find(({ id }) => id === lineItemId)
  if (!line) return refuse('unknown_line', `${lineItemId} is no line of order ${order.name}.`)
  const more = quantity - line.currentQuantity
  if (more === 0) return { ok: true, sales: [] }
  if (more > 0) {
    const found = line.variantId === null ? undefined : findVariant(state, line.variantId)
    if (found) result.needs.push({ variant: found.variant, title: line.title, quantity: more })
    return { ok: true, sales: [sellMore(state, order, line, more)] }
  }
  const back = takeBackLines(order, [{ lineItemId, quantity: -more, restock }])
  if (!back.ok) return back
  line.currentQuantity += more
  if (restock !== 'NO_RESTOCK') result.restocked.push({ variantId: line.variantId, quantity: -more })
  return { ok: true, sales: back.sales }
}

function balanceWith(order: Order, line: LineItem, drafts: SaleDraft[]): SaleMoney {
  return drafts
    .filter(({ lineItemId }) => lineItemId === line.id)
    .reduce((sum, draft) => addMoney(sum, draft), lineBalance(order, line.id))
}

function newLine(
  state: ShopState,
  order: Order,
  change: ChangeOf<'ADD_VARIANT'> | ChangeOf<'ADD_CUSTOM'>,
  result: EditResult,
): { ok: true; line: Parameters<typeof sellNew>[3] } | StagedRefusal {
  const { quantity } = change
  const common = { quantity, unitPrice: readBag(change.price, order), sellingPlanName: null }
  if (change.kind === 'ADD_CUSTOM') {
    const { title, isTaxable, isShipped } = change
    const nothing = { productId: null, variantId: null, sku: '', isGiftCard: false }
    return {
      ok: true,
      line: { ...common, ...nothing, title, isTaxExempt: !isTaxable, isNotShipped: !isShipped },
    }
  }
  const found = findVariant(state, change.variantId)
  if (!found) return refuse('unknown_variant', `There is no variant ${change.variantId}.`)
  const { product, variant } = found
  result.needs.push({ variant, title: product.title, quantity })
  const isGiftCard = isGiftCardProduct(product)
  const known = { productId: product.id, variantId: variant.id, title: product.title, sku: variant.sku }
  return { ok: true, line: { ...common, ...known, isGiftCard } }
}

function addShipping(ids: Ids, state: ShopState, order: Order, change: ChangeOf<'ADD_SHIPPING'>): SaleDraft {
  const rates = taxRatesOf(state, order)
  const part = priceBoth(readBag(change.price, order), ZERO, rates, order.taxesIncluded)
  const id = ids.forAdded('shipping-line', change.id)
  order.addedShipping ??= []
  order.addedShipping.push({
    id,
    title: change.title,
    price: change.price,
    discount: writeBag(ZERO, order),
    taxes: taxLinesOf(part.taxes, rates, order),
  })
  const plain = { actionType: 'ORDER' as const, lineType: 'SHIPPING' as const, lineItemId: null, quantity: 1 }
  return { ...plain, partId: id, ...saleMoney(part) }
}

function removeShipping(order: Order, { lineId }: ChangeOf<'REMOVE_SHIPPING'>): SaleDraft[] {
  const added = order.addedShipping?.find(({ id }) => id === lineId)
  if (added) added.isRemoved = true
  else if (order.shipping) order.shipping.isRemoved = true
  const sale = takeBackPart(order, 'SHIPPING', lineId ?? undefined)
  return sale ? [sale] : []
}
