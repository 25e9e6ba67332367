import type { InventoryLevel, ShopState } from '#sandbox/state/nouns.ts'
import { connect, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, notImplemented, plain, type Resolvers } from '../resolver.ts'
import { compileSearch, type SearchFields } from '../search-query.ts'
import { exactCount } from './count.ts'
import { moneyV2 } from './money.ts'
import { isTracked, type VariantSource, variantsOf } from './product.ts'

const ITEM_SEARCH: SearchFields<VariantSource> = {
  text: ({ variant }) => [variant.sku],
  fields: {
    id: { kind: 'number', of: ({ variant }) => Number(variant.inventoryItemId) },
    sku: { kind: 'text', of: ({ variant }) => [variant.sku] },
    updated_at: { kind: 'time', of: ({ product }) => product.updatedAt },
  },
}

export function findInventoryItem(state: ShopState, itemId: string): VariantSource | null {
  for (const product of Object.values(state.products)) {
    const variant = product.variants.find(({ inventoryItemId }) => inventoryItemId === itemId)
    if (variant) return { product, variant }
  }
  return null
}

export function levelsOf(state: ShopState, itemId: string): InventoryLevel[] {
  return Object.values(state.inventoryLevels).filter(({ inventoryItemId }) => inventoryItemId === itemId)
}

/** Quantity of a level by Shopify's state name; undefined for a name that it does not have. */
export function quantityOf(level: InventoryLevel, name: string): number | undefined {
  switch (name) {
    case 'available':
      return level.available
    case 'reserved':
      return level.reserved
    case 'committed':
      return level.committed
    case 'on_hand':
      return level.onHand
    case 'incoming':
    case 'damaged':
    case 'quality_control':
    case 'safety_stock':
      return 0
    default:
      return undefined
  }
}

function quantities(level: InventoryLevel, { names }: { names: string[] }) {
  return names.map((name) => {
    const quantity = quantityOf(level, name)
    if (quantity === undefined) throw notImplemented(`inventory quantity "${name}"`)
    const id = `${gid('InventoryQuantity', level.id)}?name=${name}`
    return { id, name, quantity, updatedAt: level.updatedAt }
  })
}

export const inventoryResolvers: Resolvers = {
  QueryRoot: fields({
    inventoryItem: (_root, { id }: { id: string }, { state }: GraphqlContext) =>
      findInventoryItem(state, idOf(id, 'InventoryItem')),
    inventoryItems: (_root, args: PageArgs & { query?: string | null }, { state }) => {
      const all = Object.values(state.products).flatMap(variantsOf)
      const found = all.filter(compileSearch(args.query, ITEM_SEARCH))
      return connect(
        found,
        args,
        ({ variant }) => ({ value: '', id: variant.inventoryItemId }),
        (source) => source,
      )
    },
    inventoryLevel: (_root, { id }: { id: string }, { state }) =>
      state.inventoryLevels[idOf(id, 'InventoryLevel')] ?? null,
  }),
  InventoryItem: fields<VariantSource>({
    id: ({ variant }) => gid('InventoryItem', variant.inventoryItemId),
    legacyResourceId: ({ variant }) => variant.inventoryItemId,
    sku: ({ variant }) => variant.sku,
    tracked: ({ variant }, _args, { state }) => isTracked(state, variant),
    requiresShipping: () => true,
    unitCost: ({ variant }, _args, { state }) =>
      variant.unitCost === null ? null : moneyV2(variant.unitCost, state.shop.currency),
    variant: (source) => source,
    createdAt: ({ product }) => product.createdAt,
    updatedAt: ({ product }) => product.updatedAt,
    locationsCount: ({ variant }, _args, { state }) =>
      exactCount(levelsOf(state, variant.inventoryItemId).length),
    inventoryLevel: ({ variant }, { locationId }: { locationId: string }, { state }) =>
      levelsOf(state, variant.inventoryItemId).find(
        (level) => level.locationId === idOf(locationId, 'Location'),
      ) ?? null,
    inventoryLevels: ({ variant }, args: PageArgs & { query?: string }, { state }) => {
      if (args.query) throw notImplemented('argument InventoryItem.inventoryLevels(query:)')
      const levels = levelsOf(state, variant.inventoryItemId)
      return connect(
        levels,
        args,
        ({ id }) => ({ value: '', id }),
        (level) => level,
      )
    },
  }),
  InventoryLevel: fields<InventoryLevel>({
    ...plain<InventoryLevel>('updatedAt'),
    id: (level) => `${gid('InventoryLevel', level.id)}?inventory_item_id=${level.inventoryItemId}`,
    isActive: () => true,
    canDeactivate: (level) => level.onHand === 0 && level.committed === 0,
    item: (level, _args, { state }) => findInventoryItem(state, level.inventoryItemId),
    location: (level, _args, { state }) => state.locations[level.locationId],
    quantities,
  }),
}
