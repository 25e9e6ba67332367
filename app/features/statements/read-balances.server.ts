// Balances of the creators' accounts before and after the covered months, from the months' movements.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { CreatorBucket } from '../../domain/ledger/accounts.ts'
import { covered } from './scope-sql.ts'
import type { Scope } from './statement-scope.server.ts'

interface BucketBalance {
  openingMinor: bigint
  closingMinor: bigint
}

/** Credits count up; the advance account, an asset, counts debits up. */
export type Balances = Record<CreatorBucket, BucketBalance>

interface Row {
  creatorId: string
  bucket: CreatorBucket
  closing: bigint
  covered: bigint
}

/** Each account's own months: joined to them in another way, all months of the shop could be gone through once for every account. */
export async function readBalances(tx: ShopTransaction, scope: Scope): Promise<Map<string, Balances>> {
  const { shop, through, creatorIds } = scope
  const rows = await tx.$queryRaw<Row[]>`
    with ${covered(scope)}
    select a.creator_id::text as "creatorId", split_part(a.code, '/', 3) as bucket, sum(m.movement_minor)::bigint as closing,
           coalesce(sum(m.movement_minor) filter (where c.period_id is not null), 0)::bigint as covered
    from account a
    cross join lateral (
      select period_id, movement_minor from account_movement where account_id = a.id offset 0
    ) m
    join period p on p.id = m.period_id and p.ends_at <= ${through}
    left join covered c on c.creator_id = a.creator_id and c.period_id = m.period_id
    where a.shop_id = ${shop.id} and a.currency = ${shop.currency} and a.creator_id = any(${creatorIds}::uuid[])
    group by 1, 2`
  const balances = new Map<string, Balances>()
  for (const row of rows) {
    const own = balances.get(row.creatorId) ?? nothing()
    const sign = row.bucket === 'advance' ? 1n : -1n
    own[row.bucket] = {
      openingMinor: sign * (row.closing - row.covered),
      closingMinor: sign * row.closing,
    }
    balances.set(row.creatorId, own)
  }
  return balances
}

export function nothing(): Balances {
  const zero = () => ({ openingMinor: 0n, closingMinor: 0n })
  return { held: zero(), available: zero(), reserve: zero(), advance: zero() }
}
