import type { InventoryLevel, Location } from '#sandbox/state/nouns.ts'
import { connect, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, notImplemented, plain, type Resolvers } from '../resolver.ts'
import { metafieldFields } from './metafield.ts'

function primaryLocation(context: GraphqlContext): Location | null {
  return Object.values(context.state.locations)[0] ?? null
}

export const locationResolvers: Resolvers = {
  QueryRoot: fields({
    location: (_root, { id }: { id?: string | null }, context: GraphqlContext) =>
      id ? (context.state.locations[idOf(id, 'Location')] ?? null) : primaryLocation(context),
    locations: (
      _root,
      args: PageArgs & { query?: string; sortKey?: string; includeInactive?: boolean },
      { state },
    ) => {
      if (args.query) throw notImplemented('argument QueryRoot.locations(query:)')
      const sortValueOf = (location: Location) => (args.sortKey === 'ID' ? '' : location.name.toLowerCase())
      const shown = Object.values(state.locations).filter(({ active }) => active || args.includeInactive)
      return connect(
        shown,
        args,
        (location) => ({ value: sortValueOf(location), id: location.id }),
        (location) => location,
      )
    },
  }),
  Location: fields<Location>({
    ...plain<Location>('name'),
    ...metafieldFields((location: Location) => gid('Location', location.id)),
    id: (location) => gid('Location', location.id),
    legacyResourceId: (location) => location.id,
    isActive: (location) => location.active,
    isPrimary: (location, _args, context) => primaryLocation(context) === location,
    fulfillsOnlineOrders: (location) => location.active,
    shipsInventory: (location) => location.active,
    inventoryLevels: (location, args: PageArgs, { state }) => {
      const levels = Object.values(state.inventoryLevels).filter(
        ({ locationId }) => locationId === location.id,
      )
      return connect(
        levels,
        args,
        ({ id }) => ({ value: '', id }),
        (level: InventoryLevel) => level,
      )
    },
    inventoryLevel: (location, { inventoryItemId }: { inventoryItemId: string }, { state }) =>
      Object.values(state.inventoryLevels).find(
        (level) =>
          level.locationId === location.id &&
          level.inventoryItemId === idOf(inventoryItemId, 'InventoryItem'),
      ) ?? null,
  }),
}
