// Sort keys: each list names those that it knows; another is refused before anything is sorted.
import type { SortKey } from './connection.ts'
import { notImplemented } from './resolver.ts'

export type Sorts<Item> = Record<string, (item: Item) => string | number>

/** Key function for `connect`. Errors: a sort key that the list does not know is refused by name. */
export function sortedBy<Item extends { id: string }>(
  sorts: Sorts<Item>,
  sortKey: string,
): (item: Item) => SortKey {
  const valueOfItem = sorts[sortKey]
  if (!valueOfItem) throw notImplemented(`sort key ${sortKey}`)
  return (item) => ({ value: valueOfItem(item), id: item.id })
}
