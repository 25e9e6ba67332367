// Raw statements of a Prisma transaction, sent over the transaction's own connection without the way through Prisma's engine: a third of a
// millisecond less for each, and half for each hundred rows. Same rows, same types; models go through Prisma as ever.
import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { Prisma } from './generated/client.ts'

/** The connection on which a transaction runs, known from the moment on which Prisma takes it out of the pool. */
interface TransactionConnection {
  /** Null until Prisma has taken one. */
  query: ((asked: pg.QueryConfig) => Promise<pg.QueryResult>) | null
}

const opening = new AsyncLocalStorage<TransactionConnection>()

/** A pool that tells which connection it handed to the transaction that is being opened. */
export class ShopPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(callback: ConnectCallback): void
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    if (callback) {
      super.connect(callback)
      return undefined
    }
    const connection = opening.getStore()
    const connected = super.connect()
    return connection && connection.query === null
      ? connected.then((client) => noteClient(client, connection))
      : connected
  }
}

type ConnectCallback = Parameters<pg.Pool['connect']>[0]

function noteClient(client: pg.PoolClient, connection: TransactionConnection): pg.PoolClient {
  const { release, query } = client
  const queryOnce = query.bind(client) as (asked: pg.QueryConfig) => Promise<pg.QueryResult>
  let isOurs = true
  let last: Promise<unknown> = Promise.resolve()
  // A connection does one thing after the other; of statements that are asked for at once, Prisma's and ours, each waits for the one before.
  const inTurn = <Result>(ask: () => Promise<Result>): Promise<Result> => {
    const result = last.then(ask)
    last = result.catch(() => {})
    return result
  }
  client.query = ((...asked: Parameters<typeof query>) =>
    inTurn(async () => query.apply(client, asked))) as typeof query
  // Asked when its turn comes: a commit or a rollback may have been before it. Then nothing binds the connection to the shop, or it is somebody else's.
  connection.query = (asked) =>
    inTurn(async () => {
      if (!isOurs || client.getTransactionStatus() === IDLE) throw new Error('the transaction has ended')
      return queryOnce(asked)
    })
  client.release = (error) => {
    isOurs = false
    client.query = query
    release.call(client, error)
  }
  return client
}

/** What Postgres says of a connection without a transaction. */
const IDLE = 'I'

/** Opens a Prisma transaction on a `ShopPool`. The work gets it with its raw statements going straight to the connection. */
export function openOnConnection<Result>(
  open: (prepare: (tx: Prisma.TransactionClient) => Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  const connection: TransactionConnection = { query: null }
  return opening.run(connection, () => open((tx) => withDirectStatements(tx, connection)))
}

const plannedOnce = new Map<string, string>()

/**
 * For a fixed text that looks for no rows, such as an insert of what it is given: whatever the tables hold, one plan is right, and each
 * connection makes it once. A statement that looks for rows must be planned each time, or a plan made for empty tables stays with it.
 * Returns the text to send; as it was, it is planned each time: so it must be where temporary tables take the place of others.
 */
export function planOnce(text: string): string {
  const planned = `/* planned once */ ${text}`
  if (!plannedOnce.has(planned)) plannedOnce.set(planned, `planned-once-${plannedOnce.size}`)
  return planned
}

function withDirectStatements(
  tx: Prisma.TransactionClient,
  connection: TransactionConnection,
): Prisma.TransactionClient {
  const run = async (text: string, values: unknown[]) => {
    if (!connection.query) throw new Error('the transaction has no connection')
    const name = plannedOnce.get(text)
    return connection.query({ ...(name && { name }), text, values, types: { getTypeParser: parserOf } })
  }
  const direct: Pick<
    Prisma.TransactionClient,
    '$queryRaw' | '$queryRawUnsafe' | '$executeRaw' | '$executeRawUnsafe'
  > = {
    $queryRaw: promised(async (query, ...values) => {
      const { sql, args } = flattened(query, values)
      return (await run(sql, args)).rows
    }),
    $executeRaw: promised(async (query, ...values) => {
      const { sql, args } = flattened(query, values)
      return (await run(sql, args)).rowCount ?? 0
    }),
    $queryRawUnsafe: promised(async (sql: string, ...args: unknown[]) => (await run(sql, args)).rows),
    $executeRawUnsafe: promised(
      async (sql: string, ...args: unknown[]) => (await run(sql, args)).rowCount ?? 0,
    ),
  }
  return new Proxy(tx, {
    get: (target, name) =>
      Object.hasOwn(direct, name) ? direct[name as keyof typeof direct] : Reflect.get(target, name),
  })
}

/** Prisma's own type for what it sends only once it is awaited. Inside a transaction nobody tells the difference. */
function promised<Method>(method: (...given: never[]) => Promise<unknown>): Method {
  return method as Method
}

function flattened(
  query: TemplateStringsArray | Prisma.Sql,
  values: unknown[],
): { sql: string; args: unknown[] } {
  const whole = 'raw' in query ? Prisma.sql(query, ...values) : query
  return { sql: whole.text, args: whole.values }
}

const { builtins, getTypeParser } = pg.types
/** Of pg's types, but not of its names. */
const INT8_ARRAY = 1016 as typeof builtins.INT8

/** Connections speak of times in UTC (see database.ts): then Postgres' text is all but ISO's, which is read ten times as fast as any other. */
function parseInstant(text: string): Date {
  const isUtc = text.length >= 22 && text.charCodeAt(4) === 45 && text.endsWith('+00')
  if (isUtc) return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
  return getTypeParser(builtins.TIMESTAMPTZ, 'text')(text) as Date
}

function parserOf(oid: number, format?: 'text' | 'binary') {
  switch (oid) {
    case builtins.INT8:
      return BigInt
    case INT8_ARRAY: {
      const parse = getTypeParser(INT8_ARRAY, 'text') as (text: string) => Array<string | null>
      return (text: string) => parse(text).map((item) => (item === null ? null : BigInt(item)))
    }
    case builtins.NUMERIC:
      return (text: string) => new Prisma.Decimal(text)
    case builtins.TIMESTAMPTZ:
      return parseInstant
    // Days and zoneless times are those of UTC, as Prisma has them.
    case builtins.DATE:
      return (text: string) => new Date(`${text}T00:00:00.000Z`)
    case builtins.TIMESTAMP:
      return (text: string) => new Date(`${text.replace(' ', 'T')}Z`)
    default:
      return getTypeParser(oid, format)
  }
}
