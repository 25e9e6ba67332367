// Work that only one process may do at a time. The lock belongs to a connection, so that it ends with the process that held it.
import type { Database } from './database.ts'

export type ExclusiveOutcome<Result> = { ok: true; result: Result } | { ok: false; reason: 'busy' }

/** Does the work unless somebody else is at work of the same name. Holds one connection of the pool meanwhile. */
export async function workExclusively<Result>(
  { pool }: Pick<Database, 'pool'>,
  name: string,
  work: () => Promise<Result>,
): Promise<ExclusiveOutcome<Result>> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const locked = await client.query<{ free: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as free',
      [name],
    )
    if (!locked.rows[0]?.free) return { ok: false, reason: 'busy' }
    try {
      return { ok: true, result: await work() }
    } finally {
      // A connection that could not let go is not given back: the next user of it would hold the lock without knowing.
      await client
        .query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
        .catch((error: Error) => {
          broken = error
        })
    }
  } finally {
    client.release(broken)
  }
}
