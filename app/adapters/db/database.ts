// The app's way to its database: every piece of work runs in one transaction that is bound to one shop by row-level security.
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { type Prisma, PrismaClient, type Shop } from './generated/client.ts'
import { openOnConnection, ShopPool } from './shop-connection.ts'

/** A Prisma client inside a transaction that sees one shop's rows and nothing else. */
export type ShopTransaction = Prisma.TransactionClient

export interface TransactionOptions {
  /** How long the work may take before it is rolled back. */
  timeoutMs?: number
  /** Every statement sees the shop as it was at the first one, whatever is written meanwhile: for readers of many statements. */
  snapshot?: boolean
}

export interface Database {
  /** Runs `work` in one transaction bound to the shop. What it throws rolls everything back. */
  inShop<Result>(
    shopId: number,
    work: (tx: ShopTransaction) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>
  /** The same for who knows only the domain; `shop` is null when there is no such row (the transaction may then create it). */
  byDomain<Result>(
    domain: string,
    work: (tx: ShopTransaction, shop: Shop | null) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>
  /** What is due over all shops: ids and kinds of work only. */
  workDue(asOf: Date, limit: number): Promise<Array<{ shopId: number; kind: string; dueAt: Date }>>
  /** For set-wise SQL and hot paths. Bind the shop first: `bindShop(client, shopId)` inside a transaction. */
  pool: pg.Pool
  close(): Promise<void>
}

export interface DatabaseOptions {
  maxConnections?: number
}

export function createDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new ShopPool({
    connectionString: url,
    max: options.maxConnections ?? 12,
    // Prisma writes and reads times without their zone, as UTC; a server may live elsewhere.
    onConnect: async (client) => void (await client.query("set timezone to 'UTC'")),
  })
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {})
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  const limits = (given?: TransactionOptions) => ({
    maxWait: 15_000,
    timeout: given?.timeoutMs ?? 30_000,
    ...(given?.snapshot ? { isolationLevel: 'RepeatableRead' as const } : {}),
  })

  return {
    inShop: (shopId, work, given) =>
      openOnConnection((prepare) =>
        prisma.$transaction(async (opened) => {
          const tx = prepare(opened)
          await tx.$queryRaw`select set_config('app.shop_id', ${String(shopId)}, true)`
          return work(tx)
        }, limits(given)),
      ),
    byDomain: (domain, work, given) =>
      openOnConnection((prepare) =>
        prisma.$transaction(async (opened) => {
          const tx = prepare(opened)
          await tx.$queryRaw`select set_config('app.shop_domain', ${domain}, true)`
          const shop = await tx.shop.findUnique({ where: { domain } })
          if (shop) await tx.$queryRaw`select set_config('app.shop_id', ${String(shop.id)}, true)`
          return work(tx, shop)
        }, limits(given)),
      ),
    async workDue(asOf, limit) {
      const result = await pool.query<{ shop_id: number; kind: string; due_at: Date }>(
        'select * from work_due($1, $2)',
        [asOf, limit],
      )
      return result.rows.map((row) => ({ shopId: row.shop_id, kind: row.kind, dueAt: row.due_at }))
    },
    pool,
    async close() {
      await prisma.$disconnect()
      if (!pool.ended) await pool.end()
    },
  }
}

/** Binds the open transaction of a plain connection to a shop. */
export async function bindShop(client: pg.ClientBase, shopId: number): Promise<void> {
  await client.query("select set_config('app.shop_id', $1, true)", [String(shopId)])
}

/** Refuses a connection that row-level security would not bind. Called at boot. */
export async function assertBoundRole(pool: pg.Pool): Promise<void> {
  const result = await pool.query<{ rolname: string; rolsuper: boolean; rolbypassrls: boolean }>(
    'select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user',
  )
  const role = result.rows[0]
  if (!role || role.rolsuper || role.rolbypassrls) {
    throw new Error(
      `DATABASE_URL connects as ${role?.rolname ?? 'an unknown role'}, which row-level security does not bind. ` +
        'Use the runtime role that `npm run db -- migrate` prints.',
    )
  }
}
