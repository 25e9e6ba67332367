// The claim log as its page shows it: what shoppers were told, newest first, and whether what was to end did end.
import { Prisma } from '#app/adapters/db/generated/client.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { ClaimRow } from '#app/domain/drops/claim-log.ts'
import type { ShopContext } from '../context.ts'

export const CLAIMS_PER_PAGE = 50
/** As many as tell rows apart at a glance; the file has them whole. */
const HASH_DIGITS = 8

export interface ClaimLine {
  seq: string
  /** Of the row that began it. */
  claim: string
  event: 'shown' | 'ended'
  at: string
  dropId: string
  dropTitle: string
  kind: string
  pieceTitle: string | null
  value: string
  to: string
  why: string
  /** Pieces that could be bought then; null where the claim rests on no stock. */
  available: number | null
  ruleVersion: number | null
  adjustment: string | null
  /** First digits of its hash. */
  hash: string
}

export interface ClaimCheckLine {
  id: string
  dropId: string
  dropTitle: string
  name: string
  checkedAt: string
  verdict: string
}

export interface ClaimLogView {
  rows: ClaimLine[]
  /** Newest first. */
  checks: ClaimCheckLine[]
  /** Rows of the whole shop, and the hash of the last one. */
  total: string
  head: string | null
  drops: Array<{ id: string; title: string }>
  dropId: string | null
  /** Search parameters of the neighbouring pages. */
  newer: { before: string } | Record<string, never> | null
  older: { before: string } | null
  timeZone: string
}

interface Row {
  seq: bigint
  claim: bigint
  event: string
  at: Date
  dropId: string
  dropTitle: string
  kind: string
  pieceTitle: string | null
  body: string
  hash: Uint8Array
}

export interface ClaimLogQuery {
  dropId: string | null
  /** Rows before this number; null: from the newest on. */
  before: bigint | null
}

export function parseClaimLogQuery(params: URLSearchParams): ClaimLogQuery {
  const drop = params.get('drop')
  const before = params.get('before') ?? ''
  return {
    dropId: isRowId(drop) ? drop : null,
    before: /^[1-9]\d{0,17}$/.test(before) ? BigInt(before) : null,
  }
}

export async function readClaimLog(ctx: ShopContext, query: ClaimLogQuery): Promise<ClaimLogView> {
  const { shop } = ctx
  const ofDrop = query.dropId ? Prisma.sql`and c.drop_id = ${query.dropId}::uuid` : Prisma.empty
  const place = query.before ? Prisma.sql`and c.seq < ${query.before}` : Prisma.empty
  return ctx.db.inShop(shop.id, async (tx) => {
    const found = await tx.$queryRaw<Row[]>(Prisma.sql`
      select c.seq, c.claim, c.event, c.at, c.drop_id::text as "dropId", coalesce(d.title, '') as "dropTitle", c.kind,
        (select max(o.title) from drop_offer o where o.drop_id = c.drop_id and o.variant_id = c.variant_id) as "pieceTitle",
        c.body, c.hash
      from claim c left join drop d on d.id = c.drop_id
      where c.shop_id = ${shop.id} ${ofDrop} ${place}
      order by c.seq desc limit ${CLAIMS_PER_PAGE + 1}`)
    const [last] = await tx.$queryRaw<Array<{ seq: bigint; hash: Uint8Array }>>`
      select seq, hash from claim where shop_id = ${shop.id} order by seq desc limit 1`
    const drops = await tx.$queryRaw<Array<{ id: string; title: string }>>`
      select d.id::text as id, d.title from drop d
      where d.shop_id = ${shop.id} and exists (select 1 from claim c where c.shop_id = d.shop_id and c.drop_id = d.id)
      order by d.created_at desc limit 200`
    const checks = await tx.$queryRaw<
      Array<Omit<ClaimCheckLine, 'checkedAt'> & { checkedAt: Date }>
    >(Prisma.sql`
      select k.id::text as id, k.drop_id::text as "dropId", coalesce(d.title, '') as "dropTitle", k.name,
        k.checked_at as "checkedAt", k.verdict
      from claim_check k left join drop d on d.id = k.drop_id
      where k.shop_id = ${shop.id} ${query.dropId ? Prisma.sql`and k.drop_id = ${query.dropId}::uuid` : Prisma.empty}
      order by k.checked_at desc, k.id limit 20`)
    const rows = found.slice(0, CLAIMS_PER_PAGE).map(lineOf)
    const oldest = rows.at(-1)
    return {
      rows,
      checks: checks.map((check) => ({ ...check, checkedAt: check.checkedAt.toISOString() })),
      total: String(last?.seq ?? 0n),
      head: last ? Buffer.from(last.hash).toString('hex') : null,
      drops,
      dropId: query.dropId,
      newer: query.before ? newerPage(rows, last?.seq ?? 0n) : null,
      older: found.length > CLAIMS_PER_PAGE && oldest ? { before: oldest.seq } : null,
      timeZone: shop.timeZone,
    }
  })
}

/** Back by as many numbers as a page has rows; without a place when that is beyond the newest. */
function newerPage(rows: readonly ClaimLine[], newest: bigint): { before: string } | Record<string, never> {
  const before = BigInt(rows[0]?.seq ?? 0) + BigInt(CLAIMS_PER_PAGE) + 1n
  return before > newest ? {} : { before: String(before) }
}

function lineOf(row: Row): ClaimLine {
  const body = JSON.parse(row.body) as ClaimRow
  return {
    seq: String(row.seq),
    claim: String(row.claim),
    event: row.event === 'ended' ? 'ended' : 'shown',
    at: row.at.toISOString(),
    dropId: row.dropId,
    dropTitle: row.dropTitle,
    kind: row.kind,
    pieceTitle: row.pieceTitle,
    value: body.value,
    to: body.to,
    why: body.why,
    available: body.stock?.available ?? null,
    ruleVersion: body.rule?.version ?? null,
    adjustment: body.adjustment,
    hash: Buffer.from(row.hash).toString('hex').slice(0, HASH_DIGITS),
  }
}
