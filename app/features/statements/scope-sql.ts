// Fragments that every reader of the books shares.
import { Prisma } from '../../adapters/db/generated/client.ts'
import type { Scope } from './statement-scope.server.ts'

/** A scope with what the shop uses at all: most have no awards, reserves, advances or payouts, and read nothing for them. */
export interface ReadScope extends Scope {
  uses: {
    awards: boolean
    reserve: boolean
    advances: boolean
    payouts: boolean
    adjustments: boolean
    /** Amounts of more than one currency: each reader then asks for the currency of each journal. */
    otherCurrencies: boolean
  }
}

/** covered(creator_id, period_id, starts_at, from_date): which months are read for whom. */
export function covered({ columns }: Scope): Prisma.Sql {
  return Prisma.sql`covered(creator_id, period_id, starts_at, from_date) as (
    select * from unnest(${columns.creatorId}::uuid[], ${columns.periodId}::uuid[], ${columns.startsAt}::timestamptz[], ${columns.from}::date[])
  )`
}

/** Only journals in the statement's currency; nothing at all while there is one currency, which is nearly always. */
export function inCurrency(scope: ReadScope, journalSeq: Prisma.Sql): Prisma.Sql {
  if (!scope.uses.otherCurrencies) return Prisma.empty
  return Prisma.sql`and exists (select 1 from journal jc where jc.shop_id = ${scope.shop.id} and jc.seq = ${journalSeq} and jc.currency = ${scope.shop.currency})`
}
