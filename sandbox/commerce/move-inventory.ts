import type { InventoryLevel } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { checkPlace, findLevel, type InventoryRefusal, type QuantityName } from './adjust-inventory.ts'
import { findShopState } from './find-nouns.ts'
import { refuse } from './refusal.ts'
import { addLevel, tellLevel } from './stock.ts'

export interface MoveInventoryInput {
  inventoryItemId: string
  quantity: number
  from: { locationId: string; name: QuantityName }
  to: { locationId: string; name: QuantityName }
}

/** Moves units between names or locations (inventory_levels/update for each level touched). Nothing moves below zero. */
export function moveInventory(
  sandbox: Sandbox,
  shopDomain: string,
  { inventoryItemId, quantity, from, to }: MoveInventoryInput,
): { ok: true; levels: InventoryLevel[] } | InventoryRefusal {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const { state } = found
  if (!Number.isSafeInteger(quantity) || quantity < 1) {
    return refuse('invalid_quantity', `quantity: ${quantity} is not a whole number above 0.`)
  }
  const problem =
    checkPlace(state, inventoryItemId, from.locationId) ?? checkPlace(state, inventoryItemId, to.locationId)
  if (problem) return problem
  const source = findLevel(state, inventoryItemId, from.locationId)
  if (!source) {
    return refuse('not_stocked_at_location', `from.locationId: the item is not kept at ${from.locationId}.`)
  }
  if (source[from.name] < quantity) {
    return refuse('not_enough_stock', `quantity: ${quantity} asked for, ${source[from.name]} ${from.name}.`)
  }
  const target =
    findLevel(state, inventoryItemId, to.locationId) ??
    addLevel(sandbox, state, inventoryItemId, 0, to.locationId)
  source[from.name] -= quantity
  target[to.name] += quantity
  const levels = source === target ? [source] : [source, target]
  for (const level of levels) tellLevel(sandbox, state, level)
  return { ok: true, levels }
}
