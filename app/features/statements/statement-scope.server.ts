// Which months of which creators a statement covers: everything that is closed and stands on none yet, or what an issued one covers.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'
import { startOfDay } from '../../domain/time/instant.ts'

/** One creator with the months that are read for them. Parallel arrays below go to Postgres as they are. */
export interface CreatorScope {
  creatorId: string
  /** All months that the statement covers, with or without a movement. */
  periodIds: string[]
  /** Those in which anything can stand. */
  readIds: string[]
  /** First local date of the statement. */
  from: string
  /** Statements before this one: only they are named as earlier. */
  sequence: number
}

export interface Scope {
  shop: Pick<Shop, 'id' | 'currency' | 'timeZone'>
  /** End of the last covered month: nothing booked later counts. */
  through: Date
  creators: CreatorScope[]
  columns: {
    /** One row a creator and month that is read. */
    creatorId: string[]
    periodId: string[]
    /** First instant and first local date of the creator's statement. */
    startsAt: string[]
    from: string[]
  }
  /** Months that are read for anybody. */
  periodIds: string[]
  creatorIds: string[]
}

export function scopeOf(shop: Scope['shop'], through: Date, creators: CreatorScope[]): Scope {
  const columns: Scope['columns'] = { creatorId: [], periodId: [], startsAt: [], from: [] }
  for (const creator of creators) {
    const startsAt = startOfDay(creator.from, shop.timeZone)
    for (const periodId of creator.readIds) {
      columns.creatorId.push(creator.creatorId)
      columns.periodId.push(periodId)
      columns.startsAt.push(startsAt)
      columns.from.push(creator.from)
    }
  }
  return {
    shop,
    through,
    creators,
    columns,
    periodIds: [...new Set(columns.periodId)],
    creatorIds: creators.map((creator) => creator.creatorId),
  }
}

export interface UnstatedMonth {
  creatorId: string
  periodId: string
  label: string
  startsAt: Date
  moved: boolean
}

/** Months up to `through` that stand on no statement of the creator in the shop's currency, oldest first. */
export async function readUnstatedMonths(
  tx: ShopTransaction,
  shop: Pick<Shop, 'id' | 'currency'>,
  through: Date,
  creatorIds: readonly string[],
): Promise<UnstatedMonth[]> {
  const { id: shopId, currency } = shop
  return tx.$queryRaw<UnstatedMonth[]>`
    with moved as (
      select distinct a.creator_id, m.period_id
      from account a cross join lateral (select period_id from account_movement where account_id = a.id offset 0) m
      where a.shop_id = ${shopId} and a.currency = ${currency} and a.creator_id = any(${[...creatorIds]}::uuid[])
    )
    select c.id::text as "creatorId", p.id::text as "periodId", p.label, p.starts_at as "startsAt", v.period_id is not null as moved
    from unnest(${[...creatorIds]}::uuid[]) c(id)
    cross join period p
    left join moved v on v.creator_id = c.id and v.period_id = p.id
    where p.shop_id = ${shopId} and p.ends_at <= ${through}
      and not exists (select 1 from statement_period s where s.shop_id = ${shopId} and s.creator_id = c.id and s.period_id = p.id
        and s.currency = ${currency})
    order by p.starts_at`
}
