// Relay connections with Shopify's cursors: a cursor names the last item's sort value and id, so pages stay stable while
// other items come and go.
import { GraphQLError } from 'graphql'

export interface PageArgs {
  first?: number | null
  last?: number | null
  after?: string | null
  before?: string | null
  reverse?: boolean | null
}

/** What an item is sorted by, and its id, which settles ties. */
export interface SortKey {
  value: string | number
  id: string
}

export interface Connection<Node> {
  edges: Array<{ cursor: string; node: Node }>
  nodes: Node[]
  pageInfo: {
    hasNextPage: boolean
    hasPreviousPage: boolean
    startCursor: string | null
    endCursor: string | null
  }
}

/** One page of the items, sorted by their keys. `toNode` turns an item into what the node's resolvers take. */
export function connect<Item, Node = Item>(
  items: Iterable<Item>,
  args: PageArgs,
  keyOf: (item: Item) => SortKey,
  toNode: (item: Item) => Node,
): Connection<Node> {
  const direction = args.reverse ? -1 : 1
  const sorted = [...items].map((item) => ({ item, key: keyOf(item) }))
  sorted.sort((a, b) => direction * compareKeys(a.key, b.key))
  const after = args.after ? readCursor(args.after) : undefined
  const before = args.before ? readCursor(args.before) : undefined
  const start = after ? sorted.findIndex(({ key }) => direction * compareKeys(key, after) > 0) : 0
  const stop = before ? sorted.findIndex(({ key }) => direction * compareKeys(key, before) >= 0) : -1
  const from = start === -1 ? sorted.length : start
  const to = stop === -1 ? sorted.length : Math.max(stop, from)
  const [low, high] =
    args.last != null ? [Math.max(from, to - args.last), to] : [from, Math.min(to, from + (args.first ?? 0))]
  const edges = sorted
    .slice(low, high)
    .map(({ item, key }) => ({ cursor: writeCursor(key), node: toNode(item) }))
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: high < sorted.length,
      hasPreviousPage: low > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

/** A connection over a list whose order is its own: lines of an order, sales of an agreement. */
export function connectInOrder<Item, Node = Item>(
  items: readonly Item[],
  args: PageArgs,
  toNode: (item: Item, index: number) => Node,
): Connection<Node> {
  const indexed = items.map((item, index) => ({ item, index }))
  return connect(
    indexed,
    args,
    ({ index }) => ({ value: index, id: String(index) }),
    ({ item, index }) => toNode(item, index),
  )
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (a.value !== b.value) return a.value < b.value ? -1 : 1
  return compareIds(a.id, b.id)
}

/** Numeric text of any length, in numeric order. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}

function writeCursor(key: SortKey): string {
  return Buffer.from(JSON.stringify({ last_id: key.id, last_value: key.value })).toString('base64')
}

function readCursor(cursor: string): SortKey {
  try {
    const { last_id: id, last_value: value } = JSON.parse(
      Buffer.from(cursor, 'base64').toString('utf8'),
    ) as Record<string, unknown>
    if (typeof id === 'string' && (typeof value === 'string' || typeof value === 'number'))
      return { id, value }
  } catch {
    // Falls through to the one refusal below.
  }
  throw new GraphQLError('Invalid cursor for current pagination sort.', {
    extensions: { code: 'BAD_REQUEST' },
  })
}

/** The cursor that `connect` would give; `defaultCursor` fields answer it. */
export function cursorFor(key: SortKey): string {
  return writeCursor(key)
}
