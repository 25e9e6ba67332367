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

/** Each row along its own index: rather than to go through all of the shop's for every one of them. */
export function readByKeys<Result>(tx: ShopTransaction, read: () => Promise<Result>): Promise<Result> {
  return planned(tx, { enable_bitmapscan: 'off', enable_seqscan: 'off' }, read)
}

async function planned<Result>(
  tx: ShopTransaction,
  settings: Record<string, string>,
  read: () => Promise<Result>,
): Promise<Result> {
  const before = await exchange(tx, settings)
  const result = await read()
  await exchange(tx, before)
  return result
}

/** Until the transaction ends; one that fails has no need of its settings. Returns what stood before. */
async function exchange(
  tx: ShopTransaction,
  settings: Record<string, string>,
): Promise<Record<string, string>> {
  const rows = await tx.$queryRaw<Array<{ name: string; before: string }>>`
    select name, before, set_config(name, value, true)
    from (select name, value, current_setting(name) as before
          from unnest(${Object.keys(settings)}::text[], ${Object.values(settings)}::text[]) as t(name, value) offset 0) t`
  return Object.fromEntries(rows.map(({ name, before }) => [name, before]))
}
