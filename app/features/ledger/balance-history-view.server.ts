// What creators were owed at the end of each accounting month, by bucket, from the months' sums: as cheap for a million postings as for ten.

import { Prisma } from '#app/adapters/db/generated/client.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { CreatorBucket } from '#app/domain/ledger/accounts.ts'
import type { ShopContext } from '../context.ts'

/** Owed to creators positive, in minor units; an advance still to be earned is positive too. */
export type BucketAmounts = Record<CreatorBucket, string>

export interface BalanceMonth {
  /** 2026-05 */
  month: string
  isClosed: boolean
  /** At the end of the month (of the running month: now). */
  balance: BucketAmounts
  /** Within the month. */
  moved: BucketAmounts
  /** In return window, payable and in reserve together. */
  owedMinor: string
}

export interface BalanceHistoryView {
  creator: { id: string; name: string } | null
  creatorOptions: Array<{ id: string; name: string }>
  currency: string
  currencies: string[]
  /** Oldest first, at most 24; the first balance carries what came before. */
  months: BalanceMonth[]
}

export interface BalanceHistoryQuery {
  creatorId: string | null
  currency: string | null
}

export function parseBalanceHistoryQuery(params: URLSearchParams): BalanceHistoryQuery {
  const creator = params.get('creator')
  const currency = params.get('currency') ?? ''
  return {
    creatorId: isRowId(creator) ? creator : null,
    currency: /^[A-Z]{3}$/.test(currency) ? currency : null,
  }
}

const MOST_MONTHS = 24
const MOST_CREATORS_OFFERED = 500

interface Row {
  month: string
  status: string
  bucket: CreatorBucket | null
  moved: bigint | null
}

export async function readBalanceHistory(
  ctx: ShopContext,
  query: BalanceHistoryQuery,
): Promise<BalanceHistoryView> {
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx) => {
    const creatorOptions = await tx.creator.findMany({
      where: { shopId: shop.id },
      orderBy: { name: 'asc' },
      take: MOST_CREATORS_OFFERED,
      select: { id: true, name: true },
    })
    const creator = query.creatorId
      ? await tx.creator.findUnique({ where: { id: query.creatorId }, select: { id: true, name: true } })
      : null
    const kept = await tx.account.findMany({
      where: { shopId: shop.id, creatorId: { not: null } },
      distinct: ['currency'],
      select: { currency: true },
    })
    const currency = query.currency ?? shop.currency
    const ofCreator = creator ? Prisma.sql`and a.creator_id = ${creator.id}::uuid` : Prisma.empty
    const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
      select p.label as month, p.status, f.bucket, f.moved
      from period p
      left join lateral (
        select split_part(a.code, '/', 3) as bucket, sum(m.movement_minor)::bigint as moved
        from account_movement m join account a on a.id = m.account_id
        where m.shop_id = p.shop_id and m.period_id = p.id and a.creator_id is not null and a.currency = ${currency} ${ofCreator}
        group by 1
      ) f on true
      where p.shop_id = ${shop.id} order by p.label`)
    return {
      creator,
      creatorOptions,
      currency,
      currencies: [...new Set([shop.currency, ...kept.map((row) => row.currency)])].sort(),
      months: toMonths(rows).slice(-MOST_MONTHS),
    }
  })
}

type Sums = Record<CreatorBucket, bigint>

function toMonths(rows: Row[]): BalanceMonth[] {
  const labels = [...new Map(rows.map(({ month, status }) => [month, status]))]
  const balance: Sums = { held: 0n, available: 0n, reserve: 0n, advance: 0n }
  return labels.map(([month, status]) => {
    const moved: Sums = { held: 0n, available: 0n, reserve: 0n, advance: 0n }
    for (const row of rows) {
      if (row.month !== month || row.bucket === null) continue
      // Owed is a credit; an advance is a debit.
      const amount = row.bucket === 'advance' ? (row.moved ?? 0n) : -(row.moved ?? 0n)
      moved[row.bucket] += amount
      balance[row.bucket] += amount
    }
    return {
      month,
      isClosed: status === 'closed',
      balance: asText(balance),
      moved: asText(moved),
      owedMinor: String(balance.held + balance.available + balance.reserve),
    }
  })
}

function asText({ held, available, reserve, advance }: Sums): BucketAmounts {
  return {
    held: String(held),
    available: String(available),
    reserve: String(reserve),
    advance: String(advance),
  }
}
