// What an inventory mutation would change, and everything that is wrong with it, before anything is changed.
import { GraphQLError } from 'graphql'
import type { InventoryLevel } from '#sandbox/state/nouns.ts'
import { idOf } from '../gid.ts'
import { type GraphqlContext, notImplemented } from '../resolver.ts'
import { findInventoryItem, levelsOf, quantityOf } from './inventory.ts'

const MOST = 2_000_000_000
const MOST_LEDGER_DOCUMENTS = 2

export interface Change {
  inventoryItemId: string
  locationId: string
  name: string
  delta: number
  ledgerDocumentUri: string | null
}

export interface Problem {
  field: string[]
  code: string
  message: string
}

export interface Plan {
  reason: string
  referenceDocumentUri?: string | null
  changes: Change[]
  problems: Problem[]
}

export interface MoveInput {
  reason: string
  referenceDocumentUri: string
  changes: Array<{ inventoryItemId: string; quantity: number; from: Terminal; to: Terminal }>
}

interface Terminal {
  locationId: string
  name: string
  changeFromQuantity?: number | null
  ledgerDocumentUri?: string | null
}

export interface AdjustInput {
  reason: string
  name: string
  referenceDocumentUri?: string | null
  changes: Array<Omit<Change, 'name'> & { changeFromQuantity?: number | null }>
}

export interface SetInput {
  reason: string
  name: string
  referenceDocumentUri?: string | null
  quantities: Array<{
    inventoryItemId: string
    locationId: string
    quantity: number
    changeFromQuantity?: number | null
  }>
}

export function levelAt(
  { state }: GraphqlContext,
  itemId: string,
  locationId: string,
): InventoryLevel | undefined {
  const location = idOf(locationId, 'Location')
  return levelsOf(state, idOf(itemId, 'InventoryItem')).find((level) => level.locationId === location)
}

/** What is wrong with a reference to a quantity, if anything. */
function terminalProblem(
  context: GraphqlContext,
  path: string[],
  target: { inventoryItemId: string; locationId: string; name: string; changeFromQuantity?: number | null },
): Problem | null {
  const { inventoryItemId, locationId, name } = target
  if (!findInventoryItem(context.state, idOf(inventoryItemId, 'InventoryItem'))) {
    const message = 'The specified inventory item could not be found.'
    return { field: [...path, 'inventoryItemId'], code: 'INVALID_INVENTORY_ITEM', message }
  }
  const level = levelAt(context, inventoryItemId, locationId)
  if (!level) {
    const message = 'The specified location could not be found.'
    return { field: [...path, 'locationId'], code: 'INVALID_LOCATION', message }
  }
  const current = quantityOf(level, name)
  if (current === undefined || name === 'committed' || name === 'incoming') {
    const message = 'The specified quantity name is invalid.'
    return { field: [...path, 'name'], code: 'INVALID_QUANTITY_NAME', message }
  }
  if (!['available', 'reserved', 'on_hand'].includes(name))
    throw notImplemented(`inventory quantity "${name}"`)
  if (target.changeFromQuantity != null && target.changeFromQuantity !== current) {
    const message = `The quantity is ${current}, not ${target.changeFromQuantity} as expected.`
    return { field: [...path, 'changeFromQuantity'], code: 'CHANGE_FROM_QUANTITY_STALE', message }
  }
  return null
}

function documentProblem(
  path: string[],
  { name, ledgerDocumentUri }: Omit<Terminal, 'locationId'>,
): Problem | null {
  const field = [...path, 'ledgerDocumentUri']
  if (name === 'available' && ledgerDocumentUri) {
    return {
      field,
      code: 'INVALID_AVAILABLE_DOCUMENT',
      message: 'The available quantity takes no ledger document.',
    }
  }
  if (ledgerDocumentUri && !/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(ledgerDocumentUri)) {
    return { field, code: 'INVALID_LEDGER_DOCUMENT', message: 'The specified ledger document is invalid.' }
  }
  if (ledgerDocumentUri?.startsWith('gid://shopify/')) {
    const message = 'Internal (gid://shopify/) ledger documents are not allowed to be adjusted via API.'
    return { field, code: 'INTERNAL_LEDGER_DOCUMENT', message }
  }
  if (name === 'reserved' && !ledgerDocumentUri) {
    return {
      field,
      code: 'INVALID_QUANTITY_DOCUMENT',
      message: 'A ledger document URI is required except for available.',
    }
  }
  return null
}

/** Mandatory since 2026-04: leaving the comparison out has to be said with null. */
function requireComparison(target: { changeFromQuantity?: number | null }, type: string): void {
  if (target.changeFromQuantity !== undefined) return
  throw new GraphQLError(`${type} must include the following argument: changeFromQuantity.`, {
    extensions: { code: 'BAD_REQUEST' },
  })
}

function tooManyDocuments(changes: Change[]): Problem[] {
  const documents = new Set(changes.flatMap(({ ledgerDocumentUri }) => ledgerDocumentUri ?? []))
  if (documents.size <= MOST_LEDGER_DOCUMENTS) return []
  const message = `Only a maximum of ${MOST_LEDGER_DOCUMENTS} ledger document URIs across all changes is allowed.`
  return [{ field: ['input', 'changes'], code: 'MAXIMUM_LEDGER_DOCUMENT_URIS', message }]
}

function present(problems: Array<Problem | null>): Problem[] {
  return problems.filter((one) => one !== null)
}

export function planMove(input: MoveInput, context: GraphqlContext): Plan {
  const changes: Change[] = []
  const problems: Problem[] = []
  input.changes.forEach(({ inventoryItemId, quantity, from, to }, index) => {
    const path = ['input', 'changes', String(index)]
    const push = (field: string, code: string, message: string) =>
      problems.push({ field: [...path, field], code, message })
    if (quantity < 0) push('quantity', 'INVALID_QUANTITY_NEGATIVE', "The quantity can't be negative.")
    if (quantity > MOST) push('quantity', 'INVALID_QUANTITY_TOO_HIGH', 'The quantity is too high.')
    if (from.locationId !== to.locationId)
      push('to', 'DIFFERENT_LOCATIONS', "The quantities can't be moved between locations.")
    if (from.name === to.name) push('to', 'SAME_QUANTITY_NAME', 'The quantity names must differ.')
    for (const [side, terminal] of [['from', from] as const, ['to', to] as const]) {
      requireComparison(terminal, 'InventoryMoveQuantityTerminalInput')
      if (terminal.name === 'on_hand')
        push(side, 'INVALID_QUANTITY_NAME', 'The specified quantity name is invalid.')
      const sidePath = [...path, side]
      problems.push(
        ...present([
          terminalProblem(context, sidePath, { ...terminal, inventoryItemId }),
          documentProblem(sidePath, terminal),
        ]),
      )
    }
    const side = (terminal: Terminal, delta: number): Change => ({
      inventoryItemId,
      locationId: terminal.locationId,
      name: terminal.name,
      delta,
      ledgerDocumentUri: terminal.ledgerDocumentUri ?? null,
    })
    changes.push(side(from, -quantity), side(to, quantity))
  })
  problems.push(...tooManyDocuments(changes), ...overdrawn(changes, context, 'INVALID_QUANTITY_NEGATIVE'))
  return { ...input, changes, problems }
}

export function planAdjust(input: AdjustInput, context: GraphqlContext): Plan {
  const problems: Problem[] = []
  if (input.name === 'on_hand') {
    problems.push({
      field: ['input', 'name'],
      code: 'INVALID_QUANTITY_NAME',
      message: 'The specified quantity name is invalid.',
    })
  }
  const changes = input.changes.map((change, index): Change => {
    const path = ['input', 'changes', String(index)]
    const named = { ...change, name: input.name }
    problems.push(...present([terminalProblem(context, path, named), documentProblem(path, named)]))
    const { inventoryItemId, locationId, name, delta } = named
    return { inventoryItemId, locationId, name, delta, ledgerDocumentUri: change.ledgerDocumentUri ?? null }
  })
  problems.push(...overdrawn(changes, context, 'INVALID_QUANTITY_TOO_LOW'))
  return { ...input, changes, problems }
}

export function planSet(input: SetInput, context: GraphqlContext): Plan {
  const problems: Problem[] = []
  if (input.name !== 'available' && input.name !== 'on_hand') {
    const message = 'The quantity name must be either available or on_hand.'
    return { ...input, changes: [], problems: [{ field: ['input', 'name'], code: 'INVALID_NAME', message }] }
  }
  const changes = input.quantities.map(
    ({ inventoryItemId, locationId, quantity, changeFromQuantity }, index): Change => {
      const path = ['input', 'quantities', String(index)]
      const wrong = terminalProblem(context, path, {
        inventoryItemId,
        locationId,
        name: input.name,
        changeFromQuantity,
      })
      if (wrong) problems.push(wrong)
      if (quantity < 0 || quantity > MOST) {
        const code = quantity < 0 ? 'INVALID_QUANTITY_NEGATIVE' : 'INVALID_QUANTITY_TOO_HIGH'
        problems.push({ field: [...path, 'quantity'], code, message: 'The quantity is out of range.' })
      }
      const level = wrong ? undefined : levelAt(context, inventoryItemId, locationId)
      const current = level ? (quantityOf(level, input.name) ?? 0) : 0
      return {
        inventoryItemId,
        locationId,
        name: input.name,
        delta: quantity - current,
        ledgerDocumentUri: null,
      }
    },
  )
  return { ...input, changes, problems }
}

/** Reserved stock cannot fall below nothing; available stock can, as in Shopify. */
function overdrawn(changes: Change[], context: GraphqlContext, code: string): Problem[] {
  const deltas = new Map<InventoryLevel, number>()
  for (const { inventoryItemId, locationId, name, delta } of changes) {
    const level = name === 'reserved' ? levelAt(context, inventoryItemId, locationId) : undefined
    if (level) deltas.set(level, (deltas.get(level) ?? 0) + delta)
  }
  return [...deltas]
    .filter(([level, delta]) => level.reserved + delta < 0)
    .map(([level]) => ({
      field: ['input', 'changes'],
      code,
      message: `The reserved quantity can't be negative; ${level.reserved} are reserved.`,
    }))
}
