// Draft orders: units held for a buyer until a time, given back by themselves, or sold when the draft is paid.
import { randomBytes } from 'node:crypto'
import type { DraftOrder, Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import type { AutomaticOffer } from './combine-discounts.ts'
import { findShopState, findVariant } from './find-nouns.ts'
import { parseMoney, parseRatio, scale } from './money.ts'
import { type PlaceOrderInput, type PlaceOrderRefusal, placeOrder } from './place-order.ts'
import { type Refusal, refuse } from './refusal.ts'
import { checkStock, levelsOf, tellLevel } from './stock.ts'

export type DraftOrderInput = Pick<
  DraftOrder,
  | 'email'
  | 'customerId'
  | 'customAttributes'
  | 'note'
  | 'tags'
  | 'acceptAutomaticDiscounts'
  | 'reserveInventoryUntil'
> & { lines: Array<Omit<DraftOrder['lines'][number], 'id'>> }

/** Prepares a draft and holds its units if it says until when. Nothing is held when not all of it can be. */
export function createDraftOrder(
  sandbox: Sandbox,
  state: ShopState,
  input: DraftOrderInput,
): { ok: true; draft: DraftOrder } | Refusal<'unknown_variant' | 'out_of_stock' | 'reserved_in_the_past'> {
  const needs = []
  for (const { variantId, quantity } of input.lines) {
    const found = findVariant(state, variantId)
    if (!found) return refuse('unknown_variant', `There is no variant ${variantId}.`)
    needs.push({ variant: found.variant, title: found.product.title, quantity })
  }
  const now = sandbox.clock.now()
  const until = input.reserveInventoryUntil
  if (until !== null) {
    if (Date.parse(until) <= now.getTime())
      return refuse('reserved_in_the_past', 'Inventory cannot be reserved until a time that has passed.')
    const stock = checkStock(state, needs)
    if (!stock.ok) return stock
  }
  const id = sandbox.nextId('draft-order')
  const draft: DraftOrder = {
    ...input,
    id,
    name: `#D${id}`,
    token: randomBytes(16).toString('hex'),
    lines: input.lines.map((line) => ({ ...line, id: sandbox.nextId('draft-line') })),
    reserved: [],
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    completedAt: null,
    orderId: null,
  }
  state.draftOrders = { ...state.draftOrders, [id]: draft }
  if (until !== null)
    for (const { variant, quantity } of needs) hold(sandbox, state, draft, variant.inventoryItemId, quantity)
  sandbox.changed()
  return { ok: true, draft }
}

function hold(sandbox: Sandbox, state: ShopState, draft: DraftOrder, itemId: string, quantity: number): void {
  let left = quantity
  for (const level of levelsOf(state, itemId)) {
    const taken = Math.min(left, Math.max(level.available, 0))
    if (taken === 0) continue
    level.available -= taken
    level.reserved += taken
    left -= taken
    draft.reserved.push({ levelId: level.id, quantity: taken })
    tellLevel(sandbox, state, level)
  }
}

/** Gives back what a draft holds. */
export function releaseDraft(sandbox: Sandbox, state: ShopState, draft: DraftOrder): void {
  const { reserved } = draft
  draft.reserved = []
  for (const { levelId, quantity } of reserved) {
    const level = state.inventoryLevels[levelId]
    if (!level) continue
    level.available += quantity
    level.reserved -= quantity
    tellLevel(sandbox, state, level)
  }
}

/** Ends the reservations whose time is over, by the movable clock. */
export function releaseExpired(sandbox: Sandbox, state: ShopState): void {
  const now = sandbox.clock.now().getTime()
  for (const draft of Object.values(state.draftOrders ?? {})) {
    const until = draft.reserveInventoryUntil
    if (draft.reserved.length > 0 && until !== null && Date.parse(until) <= now)
      releaseDraft(sandbox, state, draft)
  }
}

/** Sells the draft. After its reservation it still sells what is there. Nothing changes when it is refused. */
export function completeDraftOrder(
  sandbox: Sandbox,
  shopDomain: string,
  draftId: string,
  order: PlaceOrderInput,
): { ok: true; order: Order } | PlaceOrderRefusal | Refusal<'unknown_draft' | 'draft_completed'> {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const { state } = found
  const draft = state.draftOrders?.[draftId]
  if (!draft) return refuse('unknown_draft', 'This invoice does not exist any more.')
  if (draft.completedAt) return refuse('draft_completed', 'This invoice is already paid.')
  const { reserved } = draft
  releaseDraft(sandbox, state, draft)
  const placed = placeOrder(sandbox, shopDomain, {
    ...order,
    tags: draft.tags,
    note: draft.note,
    customAttributes: [...draft.customAttributes, ...(order.customAttributes ?? [])],
  })
  if (!placed.ok) {
    for (const { levelId, quantity } of reserved) {
      const item = state.inventoryLevels[levelId]?.inventoryItemId
      if (item) hold(sandbox, state, draft, item, quantity)
    }
    return placed
  }
  draft.completedAt = sandbox.clock.now().toISOString()
  draft.updatedAt = draft.completedAt
  draft.orderId = placed.order.id
  return placed
}

/** What was given on the draft's own lines, as offers by line. */
export function draftOffers(state: ShopState, draft: DraftOrder): AutomaticOffer[] {
  return draft.lines.flatMap(({ discount }, index): AutomaticOffer[] => {
    const ratio = discount ? parseRatio(discount.fraction) : null
    if (!discount || !ratio) return []
    const amounts = draft.lines.map(({ variantId, quantity }, other) => {
      if (other !== index) return 0n
      const price = parseMoney(findVariant(state, variantId)?.variant.price ?? '0', state.shop.currency) ?? 0n
      return scale(price * BigInt(quantity), ratio.numerator, ratio.denominator)
    })
    return [{ discountId: '', title: discount.title, combines: true, amounts }]
  })
}
