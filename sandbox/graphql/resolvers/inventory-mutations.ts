// Inventory mutations: all changes of one call are checked first, then made together.
import { tellLevel } from '#sandbox/commerce/stock.ts'
import type { InventoryLevel } from '#sandbox/state/nouns.ts'
import { gid, idOf } from '../gid.ts'
import { replayable } from '../idempotency.ts'
import { fields, type GraphqlContext, type Resolvers } from '../resolver.ts'
import { findInventoryItem, quantityOf } from './inventory.ts'
import {
  type AdjustInput,
  type Change,
  levelAt,
  type MoveInput,
  type Plan,
  type Problem,
  planAdjust,
  planMove,
  planSet,
  type SetInput,
} from './inventory-plan.ts'

const REASONS = new Set([
  'correction',
  'cycle_count_available',
  'damaged',
  'movement_canceled',
  'movement_created',
  'movement_received',
  'movement_updated',
  'other',
  'promotion',
  'quality_control',
  'received',
  'reservation_created',
  'reservation_deleted',
  'reservation_updated',
  'restock',
  'safety_stock',
  'shrinkage',
])
/** JSON-safe: it is also what a repeated key is answered with. */
interface Group {
  id: string
  reason: string
  referenceDocumentUri: string | null
  createdAt: string
  changes: Array<Change & { quantityAfterChange: number }>
}

interface Outcome {
  group: Group | null
  problems: Problem[]
}

/** Changes one quantity in the state; setting what is on hand moves what is available. Answers the level. */
function apply(change: Change, context: GraphqlContext): InventoryLevel {
  const level = levelAt(context, change.inventoryItemId, change.locationId)
  if (!level) throw new Error(`sandbox: no inventory level for ${change.inventoryItemId}`)
  if (change.name === 'reserved') level.reserved += change.delta
  else level.available += change.delta
  level.onHand = level.available + level.reserved + level.committed
  return level
}

function carryOut(plan: Plan, context: GraphqlContext): { stored: Outcome; failed: boolean } {
  const problems = [...plan.problems]
  if (!REASONS.has(plan.reason)) {
    problems.push({
      field: ['input', 'reason'],
      code: 'INVALID_REASON',
      message: 'The specified reason is invalid.',
    })
  }
  if (plan.referenceDocumentUri && !/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(plan.referenceDocumentUri)) {
    const message = 'The reference document URI is invalid.'
    problems.push({ field: ['input', 'referenceDocumentUri'], code: 'INVALID_REFERENCE_DOCUMENT', message })
  }
  if (problems.length > 0) return { stored: { group: null, problems }, failed: true }
  const { sandbox, state } = context
  const touched = new Set<InventoryLevel>()
  const changes = plan.changes.map((change) => {
    const level = apply(change, context)
    touched.add(level)
    return { ...change, quantityAfterChange: quantityOf(level, change.name) ?? 0 }
  })
  for (const level of touched) tellLevel(sandbox, state, level)
  const createdAt = sandbox.clock.now().toISOString()
  const id = sandbox.nextId('inventoryAdjustmentGroup')
  const group = {
    id,
    reason: plan.reason,
    referenceDocumentUri: plan.referenceDocumentUri ?? null,
    createdAt,
    changes,
  }
  return { stored: { group, problems: [] }, failed: false }
}

function payload({ group, problems }: Outcome) {
  return { inventoryAdjustmentGroup: group, userErrors: problems }
}

interface ChangeFilter {
  inventoryItemIds?: string[] | null
  locationIds?: string[] | null
  quantityNames?: string[] | null
}

export const inventoryMutations: Resolvers = {
  Mutation: fields({
    inventoryMoveQuantities: replayable(
      'inventoryMoveQuantities',
      ({ input }: { input: MoveInput }, context) => carryOut(planMove(input, context), context),
      payload,
    ),
    inventoryAdjustQuantities: replayable(
      'inventoryAdjustQuantities',
      ({ input }: { input: AdjustInput }, context) => carryOut(planAdjust(input, context), context),
      payload,
    ),
    inventorySetQuantities: replayable(
      'inventorySetQuantities',
      ({ input }: { input: SetInput }, context) => carryOut(planSet(input, context), context),
      payload,
    ),
  }),
  InventoryAdjustmentGroup: fields<Group>({
    id: (group) => gid('InventoryAdjustmentGroup', group.id),
    reason: (group) => group.reason,
    referenceDocumentUri: (group) => group.referenceDocumentUri,
    createdAt: (group) => group.createdAt,
    app: (_group, _args, { state }) => state.shop,
    changes: (group, { inventoryItemIds, locationIds, quantityNames }: ChangeFilter) =>
      group.changes.filter(
        (change) =>
          (inventoryItemIds?.includes(change.inventoryItemId) ?? true) &&
          (locationIds?.includes(change.locationId) ?? true) &&
          (quantityNames?.includes(change.name) ?? true),
      ),
  }),
  InventoryChange: fields<Group['changes'][number]>({
    name: (change) => change.name,
    delta: (change) => change.delta,
    quantityAfterChange: (change) => change.quantityAfterChange,
    ledgerDocumentUri: (change) => change.ledgerDocumentUri,
    item: (change, _args, { state }) =>
      findInventoryItem(state, idOf(change.inventoryItemId, 'InventoryItem')),
    location: (change, _args, { state }) => state.locations[idOf(change.locationId, 'Location')] ?? null,
  }),
}
