// Stock moved by orders. An item without a level at any location is not tracked and never runs out.
import type { InventoryLevel, ShopState, Variant } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findVariant } from './find-nouns.ts'
import { type Refusal, refuse } from './refusal.ts'
import { emitEvent } from './shop-events.ts'

export interface StockNeed {
  variant: Variant
  title: string
  quantity: number
}

export function levelsOf(state: ShopState, inventoryItemId: string): InventoryLevel[] {
  return Object.values(state.inventoryLevels).filter((level) => level.inventoryItemId === inventoryItemId)
}

/** Starts to keep an item at a location; default: the shop's first. Throws when the shop has none. */
export function addLevel(
  sandbox: Sandbox,
  state: ShopState,
  inventoryItemId: string,
  available: number,
  locationId: string | undefined = Object.values(state.locations)[0]?.id,
): InventoryLevel {
  if (locationId === undefined) throw new Error(`${state.shop.domain} has no location to keep stock at.`)
  const level: InventoryLevel = {
    id: sandbox.nextId('inventory-level'),
    inventoryItemId,
    locationId,
    available,
    reserved: 0,
    committed: 0,
    onHand: available,
    updatedAt: sandbox.clock.now().toISOString(),
  }
  state.inventoryLevels[level.id] = level
  return level
}

/** Refuses when an item that must not be oversold has too few units; otherwise nothing happens. */
export function checkStock(state: ShopState, needs: StockNeed[]): { ok: true } | Refusal<'out_of_stock'> {
  for (const { variant, title } of needs) {
    const levels = levelsOf(state, variant.inventoryItemId)
    if (variant.inventoryPolicy === 'CONTINUE' || levels.length === 0) continue
    const wanted = needs
      .filter((need) => need.variant.id === variant.id)
      .reduce((sum, need) => sum + need.quantity, 0)
    const available = levels.reduce((sum, level) => sum + level.available, 0)
    if (wanted > available) {
      return refuse('out_of_stock', `${title}: ${wanted} asked for, ${Math.max(available, 0)} available.`)
    }
  }
  return { ok: true }
}

/** Moves units from available to committed, location by location; what must be oversold goes to the first. */
export function commitStock(sandbox: Sandbox, state: ShopState, needs: StockNeed[]): void {
  for (const { variant, quantity } of needs) {
    const levels = levelsOf(state, variant.inventoryItemId)
    let left = quantity
    levels.forEach((level, index) => {
      const isLast = index === levels.length - 1
      const taken = isLast ? left : Math.min(left, Math.max(level.available, 0))
      left -= taken
      moveBetween(sandbox, state, level, taken)
    })
  }
}

/** Puts units of a variant back where they are kept first. Variants that are gone are left alone. */
export function restock(
  sandbox: Sandbox,
  state: ShopState,
  variantId: string | null,
  quantity: number,
): void {
  const found = variantId === null ? undefined : findVariant(state, variantId)
  const level = found ? levelsOf(state, found.variant.inventoryItemId)[0] : undefined
  if (level) moveBetween(sandbox, state, level, -quantity)
}

function moveBetween(sandbox: Sandbox, state: ShopState, level: InventoryLevel, toCommitted: number): void {
  if (toCommitted === 0) return
  level.available -= toCommitted
  level.committed += toCommitted
  // Restocked units that had left the house come back as stock on hand.
  if (level.committed < 0) level.committed = 0
  tellLevel(sandbox, state, level)
}

/** Recounts what is on hand, dates the level and tells of it. */
export function tellLevel(sandbox: Sandbox, state: ShopState, level: InventoryLevel): void {
  level.onHand = level.available + level.committed + level.reserved
  level.updatedAt = sandbox.clock.now().toISOString()
  sandbox.changed()
  emitEvent(sandbox, state.shop.domain, 'inventory_levels/update', level.id)
}
