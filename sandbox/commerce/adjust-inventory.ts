import type { InventoryLevel, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findShopState } from './find-nouns.ts'
import { type Refusal, refuse } from './refusal.ts'
import { addLevel, levelsOf, tellLevel } from './stock.ts'

export type QuantityName = 'available' | 'reserved' | 'committed'

export interface AdjustInventoryInput {
  inventoryItemId: string
  locationId: string
  /** Default: available. */
  name?: QuantityName
  /** Units more or fewer. */
  delta?: number
  /** Units in all; instead of `delta`. */
  quantity?: number
}

export type InventoryRefusal = Refusal<
  | 'unknown_shop'
  | 'unknown_inventory_item'
  | 'unknown_location'
  | 'invalid_quantity'
  | 'not_stocked_at_location'
  | 'not_enough_stock'
>

/** Changes one quantity of an item at a location (inventory_levels/update). An item that was not kept there is from now on. */
export function adjustInventory(
  sandbox: Sandbox,
  shopDomain: string,
  { inventoryItemId, locationId, name = 'available', delta, quantity }: AdjustInventoryInput,
): { ok: true; level: InventoryLevel } | InventoryRefusal {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const { state } = found
  const change = quantity ?? delta
  if (
    change === undefined ||
    !Number.isSafeInteger(change) ||
    (quantity !== undefined && delta !== undefined)
  ) {
    return refuse('invalid_quantity', 'delta, quantity: give one of them, as a whole number.')
  }
  const problem = checkPlace(state, inventoryItemId, locationId)
  if (problem) return problem
  const level =
    findLevel(state, inventoryItemId, locationId) ?? addLevel(sandbox, state, inventoryItemId, 0, locationId)
  level[name] = quantity ?? level[name] + change
  tellLevel(sandbox, state, level)
  return { ok: true, level }
}

export function findLevel(
  state: ShopState,
  inventoryItemId: string,
  locationId: string,
): InventoryLevel | undefined {
  return levelsOf(state, inventoryItemId).find((level) => level.locationId === locationId)
}

export function checkPlace(
  state: ShopState,
  inventoryItemId: string,
  locationId: string,
): Refusal<'unknown_inventory_item' | 'unknown_location'> | null {
  const isKnown = Object.values(state.products).some(({ variants }) =>
    variants.some((variant) => variant.inventoryItemId === inventoryItemId),
  )
  if (!isKnown) {
    return refuse('unknown_inventory_item', `inventoryItemId: there is no inventory item ${inventoryItemId}.`)
  }
  return state.locations[locationId]
    ? null
    : refuse('unknown_location', `locationId: there is no location ${locationId}.`)
}
