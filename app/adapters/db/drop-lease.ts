// One runner a drop: a lease with a token that counts up. Times are the machine's, because the business clock can be moved.
import type { Database, ShopTransaction } from './database.ts'

export interface DropLease {
  shopId: number
  dropId: string
  owner: string
  /** Whatever is written under an older one is refused. */
  token: bigint
}

/**
 * So long a runner is trusted to be alive without a word. What a dead one leaves is late by this and by what it takes to do it. Counted by the
 * database: machines' own clocks differ.
 */
export const LEASE_SECONDS = 2.5

/** Null when somebody else has it. Taking it again as its living owner keeps the token. */
export async function takeDropLease(
  db: Database,
  shopId: number,
  dropId: string,
  owner: string,
): Promise<DropLease | null> {
  const rows = await db.inShop(
    shopId,
    (tx) => tx.$queryRaw<Array<{ token: bigint }>>`
      insert into drop_lease as held (drop_id, shop_id, owner, token, expires_at)
      values (${dropId}::uuid, ${shopId}, ${owner}, 1, clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}))
      on conflict (drop_id) do update set
        owner = excluded.owner,
        token = held.token + case when held.owner = excluded.owner and held.expires_at > clock_timestamp() then 0 else 1 end,
        expires_at = excluded.expires_at
      where held.expires_at <= clock_timestamp() or held.owner = excluded.owner
      returning token`,
  )
  const [row] = rows
  return row ? { shopId, dropId, owner, token: row.token } : null
}

/** False when it was lost: then whatever it was for is somebody else's now. */
export async function renewDropLease(db: Database, lease: DropLease): Promise<boolean> {
  const renewed = await db.inShop(
    lease.shopId,
    (tx) => tx.$executeRaw`
      update drop_lease set expires_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      where drop_id = ${lease.dropId}::uuid and token = ${lease.token}`,
  )
  return renewed === 1
}

/** Milliseconds until the drop can be taken unless its runner gives word; null when nobody has it. */
export async function leaseEndsIn(db: Database, shopId: number, dropId: string): Promise<number | null> {
  const [row] = await db.inShop(
    shopId,
    (tx) => tx.$queryRaw<Array<{ ms: number }>>`
      select ceil(extract(epoch from expires_at - clock_timestamp()) * 1000)::int as ms from drop_lease
      where drop_id = ${dropId}::uuid and shop_id = ${shopId} and expires_at > clock_timestamp()`,
  )
  return row?.ms ?? null
}

/** Lets go, so that the next runner need not wait. The row stays: its token must never be given twice. */
export async function releaseDropLease(db: Database, lease: DropLease): Promise<void> {
  await db.inShop(
    lease.shopId,
    (tx) => tx.$executeRaw`
      update drop_lease set expires_at = clock_timestamp() where drop_id = ${lease.dropId}::uuid and token = ${lease.token}`,
  )
}

/** Thrown by a write whose runner was paused for so long that another one took over. */
export class LeaseLost extends Error {}

/** Holds the lease for this transaction. Errors: LeaseLost, which rolls it back. */
export async function assertDropLease(tx: ShopTransaction, lease: DropLease): Promise<void> {
  const rows = await tx.$queryRaw<Array<{ token: bigint }>>`
    select token from drop_lease where drop_id = ${lease.dropId}::uuid and token = ${lease.token} for share`
  if (rows.length === 0) throw new LeaseLost(`the lease ${lease.token} of drop ${lease.dropId} was lost`)
}
