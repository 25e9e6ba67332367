// Queries that read many rows are planned by guesses wherever a table was filled faster than its statistics were made: at an import, after the
// first big day. Here the few that would be ruined by a wrong guess say which way they are to be gone.
import type { ShopTransaction } from './database.ts'

/** A page along an index, and no further: rather than to fetch and sort all the rows that are left, for every page anew. */
export function readInIndexOrder<Result>(tx: ShopTransaction, read: () => Promise<Result>): Promise<Result> {
  return planned(tx, { enable_sort: 'off' }, read)
}

/** Everything once and together, by hashing: rather than to look rows up one by one, or to sort them on disk. */
export function readAtOnce<Result>(tx: ShopTransaction, read: () => Promise<Result>): Promise<Result> {
  return planned(tx, { enable_sort: 'off', enable_nestloop: 'off', work_mem: '64MB' }, read)
}

async function planned<Result>(
  tx: ShopTransaction,
  settings: Record<string, string>,
  read: () => Promise<Result>,
): Promise<Result> {
  const names = Object.keys(settings)
  const before = await tx.$queryRaw<Array<{ name: string; value: string }>>`
    select name, current_setting(name) as value from unnest(${names}::text[]) as t(name)`
  await set(tx, settings)
  const result = await read()
  await set(tx, Object.fromEntries(before.map(({ name, value }) => [name, value])))
  return result
}

/** Until the transaction ends; one that fails has no need of its settings. */
async function set(tx: ShopTransaction, settings: Record<string, string>): Promise<void> {
  await tx.$queryRaw`
    select set_config(name, value, true)
    from unnest(${Object.keys(settings)}::text[], ${Object.values(settings)}::text[]) as t(name, value)`
}
