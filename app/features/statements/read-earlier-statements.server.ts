// On which earlier statement, and on which of its lines, a sale stood that is changed now.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Scope } from './statement-scope.server.ts'

export interface EarlierPlace {
  statement: string
  /** Printed position of the line, when it stood there. */
  position: number | null
}

export interface EarlierStatements {
  /** Number of the statement that covers a month of a creator, if an earlier one does. */
  numberOf(creatorId: string, soldIn: string): string | null
  placeOf(creatorId: string, soldIn: string, lineKey: string): EarlierPlace | null
}

interface Wanted {
  creatorId: string
  soldIn: string
  /** Null when only the statement's number is asked for. */
  lineKey: string | null
}

export async function readEarlierStatements(
  tx: ShopTransaction,
  scope: Scope,
  wanted: readonly Wanted[],
): Promise<EarlierStatements> {
  const found = wanted.length === 0 ? [] : await readPlaces(tx, scope, wanted)
  const numbers = new Map(found.map((row) => [`${row.creatorId} ${row.soldIn}`, row.number]))
  const positions = new Map(
    found.map((row) => [`${row.creatorId} ${row.soldIn} ${row.lineKey ?? ''}`, row.position]),
  )
  return {
    numberOf: (creatorId, soldIn) => numbers.get(`${creatorId} ${soldIn}`) ?? null,
    placeOf(creatorId, soldIn, lineKey) {
      const statement = numbers.get(`${creatorId} ${soldIn}`)
      if (statement === undefined) return null
      return { statement, position: positions.get(`${creatorId} ${soldIn} ${lineKey}`) ?? null }
    },
  }
}

interface PlaceRow {
  creatorId: string
  soldIn: string
  lineKey: string | null
  number: string
  position: number | null
}

function readPlaces(tx: ShopTransaction, scope: Scope, wanted: readonly Wanted[]): Promise<PlaceRow[]> {
  const { shop, creators } = scope
  const sequences = new Map(creators.map((creator) => [creator.creatorId, creator.sequence]))
  const columns = {
    creatorId: wanted.map((row) => row.creatorId),
    soldIn: wanted.map((row) => row.soldIn),
    lineKey: wanted.map((row) => row.lineKey),
    before: wanted.map((row) => sequences.get(row.creatorId) ?? 0),
  }
  return tx.$queryRaw<PlaceRow[]>`
    select w.creator_id::text as "creatorId", w.sold_in as "soldIn", w.line_key as "lineKey", s.number,
           (select (l.value->>'position')::int from jsonb_array_elements(s.document->'lines') l
            where w.line_key is not null and l.value->>'key' = w.line_key limit 1) as position
    from unnest(${columns.creatorId}::uuid[], ${columns.soldIn}::text[], ${columns.lineKey}::text[], ${columns.before}::int[])
      as w(creator_id, sold_in, line_key, before)
    join period p on p.shop_id = ${shop.id} and p.label = w.sold_in
    join statement_period c on c.shop_id = ${shop.id} and c.creator_id = w.creator_id and c.period_id = p.id and c.currency = ${shop.currency}
    join statement s on s.id = c.statement_id and s.sequence < w.before`
}
