// Work that only one process may do at a time. The locks belong to a connection, so that they end with the process that held them.
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Database } from './database.ts'

export type ExclusiveOutcome<Result> = { ok: true; result: Result } | { ok: false; reason: 'busy' }

/** Tried again so often while somebody else is at work. */
const LOOK_AGAIN_MS = 100

/** Does the work unless somebody else is at work of the same name for longer than the caller waits. */
export async function workExclusively<Result>(
  { pool }: Pick<Database, 'pool'>,
  name: string,
  work: () => Promise<Result>,
  { waitMs = 0 }: { waitMs?: number } = {},
): Promise<ExclusiveOutcome<Result>> {
  const until = performance.now() + waitMs
  for (;;) {
    const outcome = await tryExclusively(pool, name, work)
    if (outcome.ok || performance.now() + LOOK_AGAIN_MS > until) return outcome
    await sleep(LOOK_AGAIN_MS)
  }
}

/** All locks of a process stand on one connection, however many: work that waits for Shopify must not empty the pool that it works with. */
interface LockConnection {
  client: Promise<pg.PoolClient>
  /** What it was asked last: a connection does one thing after the other. */
  last: Promise<unknown>
  users: number
  /** Nobody may be asking it anything when it breaks. */
  onError(error: Error): void
  broken?: Error
}

const connections = new WeakMap<pg.Pool, LockConnection>()
/** A connection is given a lock that it has: among ourselves names exclude each other here. */
const atWork = new WeakMap<pg.Pool, Set<string>>()

async function tryExclusively<Result>(
  pool: pg.Pool,
  name: string,
  work: () => Promise<Result>,
): Promise<ExclusiveOutcome<Result>> {
  const names = atWork.get(pool) ?? new Set()
  atWork.set(pool, names)
  if (names.has(name)) return { ok: false, reason: 'busy' }
  names.add(name)
  const connection = borrow(pool)
  try {
    if (!(await ask(connection, 'pg_try_advisory_lock', name))) return { ok: false, reason: 'busy' }
    try {
      return { ok: true, result: await work() }
    } finally {
      // A connection that could not let go is not given back: the next user of it would hold the lock without knowing.
      await ask(connection, 'pg_advisory_unlock', name).catch(connection.onError)
    }
  } finally {
    names.delete(name)
    await giveBack(pool, connection)
  }
}

function borrow(pool: pg.Pool): LockConnection {
  const known = connections.get(pool)
  if (known) {
    known.users += 1
    return known
  }
  const made: LockConnection = {
    users: 1,
    client: pool.connect(),
    last: Promise.resolve(),
    onError: (error) => breakOff(pool, made, error),
  }
  connections.set(pool, made)
  made.client.then((client) => client.on('error', made.onError), made.onError)
  return made
}

function ask(
  connection: LockConnection,
  what: 'pg_try_advisory_lock' | 'pg_advisory_unlock',
  name: string,
): Promise<boolean> {
  const send = async () => {
    const client = await connection.client
    const answer = await client.query<{ is: boolean }>(`select ${what}(hashtextextended($1, 0)) as is`, [
      name,
    ])
    return answer.rows[0]?.is === true
  }
  const answered = connection.last.then(send, send)
  connection.last = answered
  return answered
}

/** Who comes from now on gets another one. */
function breakOff(pool: pg.Pool, connection: LockConnection, error: Error): void {
  connection.broken ??= error
  if (connections.get(pool) === connection) connections.delete(pool)
}

async function giveBack(pool: pg.Pool, connection: LockConnection): Promise<void> {
  connection.users -= 1
  if (connection.users > 0) return
  if (connections.get(pool) === connection) connections.delete(pool)
  const client = await connection.client.catch(() => null)
  client?.removeListener('error', connection.onError)
  client?.release(connection.broken)
}
