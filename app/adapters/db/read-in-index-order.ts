// A page out of many rows, in the order of an index.
import type { ShopTransaction } from './database.ts'

/**
 * Reads with sorting made unwelcome, so that a page is read along its index and no further. A planner without statistics would rather fetch
 * and sort all the rows that are left, for every page anew.
 */
export async function readInIndexOrder<Row>(tx: ShopTransaction, read: () => Promise<Row[]>): Promise<Row[]> {
  await tx.$queryRaw`select set_config('enable_sort', 'off', true)`
  const rows = await read()
  await tx.$queryRaw`select set_config('enable_sort', 'on', true)`
  return rows
}
