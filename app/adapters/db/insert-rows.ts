// Many rows in one statement with one parameter, whatever their number: for the paths where rows come by the thousand.
import type { ShopTransaction } from './database.ts'
import { planOnce } from './shop-connection.ts'

/** Tables that are written in bulk, and so by fixed names only. */
export type BulkTable = 'sale' | 'line_attribution' | 'royalty_hold'

/** A row by its column names. Large numbers as bigint, times as Date or ISO text; what is missing becomes NULL, not the default. */
export type BulkRow = Record<string, unknown>

export async function insertRows(
  tx: ShopTransaction,
  table: BulkTable,
  rows: readonly BulkRow[],
): Promise<number> {
  if (rows.length === 0) return 0
  const json = JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? value.toString() : value))
  return tx.$executeRawUnsafe(
    planOnce(
      `insert into ${table} select * from json_populate_recordset(null::${table}, $1::json) on conflict do nothing`,
    ),
    json,
  )
}
