// The list of adjustments, newest first, those that wait for somebody on top.
import { Prisma } from '#app/adapters/db/generated/client.ts'
import { mayAgree, proposalOf } from '#app/domain/proposals/proposal.ts'
import type { ShopContext } from '../context.ts'

export const ADJUSTMENTS_PER_PAGE = 50

export interface AdjustmentRow {
  id: string
  kind: string
  creatorId: string | null
  creatorName: string | null
  orderName: string | null
  account: string
  amountMinor: string
  currency: string
  reason: string
  status: string
  proposedBy: string
  proposedAt: string
  decidedBy: string | null
  journalSeq: string | null
  /** Whether this visitor may post it. */
  mayDecide: boolean
}

export interface AdjustmentListView {
  rows: AdjustmentRow[]
  page: number
  pageCount: number
  timeZone: string
}

interface Row {
  id: string
  kind: string
  creatorId: string | null
  creatorName: string | null
  orderName: string | null
  account: string
  amount: bigint
  currency: string
  reason: string
  status: string
  proposedBy: string
  proposedAt: Date
  decidedBy: string | null
  journalSeq: bigint | null
  needsSecond: boolean
  matching: number
}

export async function readAdjustments(
  ctx: ShopContext,
  query: { status: string | null; kind: string | null; page: number },
  actor: string,
): Promise<AdjustmentListView> {
  const { shop } = ctx
  const where = [Prisma.sql`a.shop_id = ${shop.id}`]
  if (query.status) where.push(Prisma.sql`a.status = ${query.status}`)
  if (query.kind) where.push(Prisma.sql`a.kind = ${query.kind}`)
  const rows = await ctx.db.inShop(
    shop.id,
    (tx) => tx.$queryRaw<Row[]>`
      select a.id::text as id, a.kind, a.creator_id::text as "creatorId", c.name as "creatorName", o.name as "orderName", a.account,
        a.amount_minor as amount, a.currency, a.reason, a.status, a.proposed_by as "proposedBy", a.proposed_at as "proposedAt",
        a.decided_by as "decidedBy", a.journal_seq as "journalSeq", a.needs_second as "needsSecond",
        (count(*) over ())::int as matching
      from adjustment a
      left join creator c on c.id = a.creator_id
      left join shop_order o on o.shop_id = a.shop_id and o.order_id = a.order_id
      where ${Prisma.join(where, ' and ')}
      order by (a.status = 'proposed') desc, a.proposed_at desc, a.id
      limit ${ADJUSTMENTS_PER_PAGE} offset ${(query.page - 1) * ADJUSTMENTS_PER_PAGE}`,
  )
  return {
    rows: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      creatorId: row.creatorId,
      creatorName: row.creatorName,
      orderName: row.orderName,
      account: row.account,
      amountMinor: String(row.amount),
      currency: row.currency,
      reason: row.reason,
      status: row.status,
      proposedBy: row.proposedBy,
      proposedAt: row.proposedAt.toISOString(),
      decidedBy: row.decidedBy,
      journalSeq: row.journalSeq?.toString() ?? null,
      mayDecide: mayAgree(proposalOf(row, 'posted'), actor),
    })),
    page: query.page,
    pageCount: Math.max(1, Math.ceil((rows[0]?.matching ?? 0) / ADJUSTMENTS_PER_PAGE)),
    timeZone: shop.timeZone,
  }
}

export interface AdjustmentFormView {
  creators: Array<{ id: string; name: string }>
  /** The open difference of the order that the form is about. */
  suspense: { orderId: string; orderName: string; amountMinor: string; currency: string } | null
  currency: string
}

export async function readAdjustmentForm(
  ctx: ShopContext,
  orderId: string | null,
): Promise<AdjustmentFormView> {
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx) => {
    const creators = await tx.creator.findMany({
      where: { shopId: shop.id },
      orderBy: { name: 'asc' },
      select: { id: true, name: true },
      take: 1_000,
    })
    const item =
      orderId && /^\d{1,18}$/.test(orderId)
        ? await tx.suspenseItem.findFirst({
            where: { shopId: shop.id, orderId: BigInt(orderId), resolvedAt: null },
          })
        : null
    const order = item
      ? await tx.order.findUnique({
          where: { shopId_orderId: { shopId: shop.id, orderId: item.orderId } },
          select: { name: true },
        })
      : null
    return {
      creators,
      suspense: item
        ? {
            orderId: String(item.orderId),
            orderName: order?.name ?? String(item.orderId),
            amountMinor: String(item.amountMinor),
            currency: item.currency,
          }
        : null,
      currency: shop.currency,
    }
  })
}
