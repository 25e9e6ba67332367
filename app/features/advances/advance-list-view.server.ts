// Advances with what is still to be recouped: by creator, since one account holds all advances of a creator.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { readWithholdings } from '#app/adapters/db/dated-fact-store.ts'
import type { Advance } from '#app/adapters/db/generated/client.ts'
import { payoutAmounts } from '#app/domain/payouts/payout-amounts.ts'
import { mayAgree, mayUndo, proposalOf } from '#app/domain/proposals/proposal.ts'
import { localDateOf } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'

export const ADVANCES_PER_PAGE = 50

export interface AdvanceRow {
  id: string
  creatorId: string
  creatorName: string
  amountMinor: string
  /** What is withheld: was when it was paid, would be today before that. */
  withheldMinor: string
  netMinor: string
  currency: string
  recoupBps: number
  note: string
  status: string
  proposedBy: string
  proposedAt: string
  /** Who agreed to it, turned it down or took it back; null while it waits. */
  decidedBy: string | null
  decidedAt: string | null
  paidAt: string | null
  paidBy: string | null
  journalSeq: string | null
  /** Marked as paid by mistake. */
  undone: { at: string; by: string; reason: string; reversalSeq: string } | null
  /** Whether this visitor may undo that it was marked as paid. */
  mayUndo: boolean
  /** Whether this visitor may agree to it. */
  mayAgree: boolean
}

export interface AdvanceListView {
  rows: AdvanceRow[]
  page: number
  pageCount: number
  unrecouped: Array<{ creatorId: string; creatorName: string; amountMinor: string; currency: string }>
  creators: Array<{ id: string; name: string }>
  currency: string
  timeZone: string
}

export async function readAdvances(
  ctx: ShopContext,
  query: { page: number },
  actor: string,
): Promise<AdvanceListView> {
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx) => {
    const matching = await tx.advance.count({ where: { shopId: shop.id } })
    const advances = await tx.advance.findMany({
      where: { shopId: shop.id },
      orderBy: [{ proposedAt: 'desc' }, { id: 'asc' }],
      skip: (query.page - 1) * ADVANCES_PER_PAGE,
      take: ADVANCES_PER_PAGE,
    })
    const unrecouped = await readUnrecouped(tx, shop.id)
    const creators = await tx.creator.findMany({
      where: { shopId: shop.id, status: 'active' },
      orderBy: { name: 'asc' },
      select: { id: true, name: true },
      take: 1_000,
    })
    const named = await tx.creator.findMany({
      where: { id: { in: advances.map(({ creatorId }) => creatorId) } },
      select: { id: true, name: true },
    })
    const nameOf = new Map(named.map(({ id, name }) => [id, name]))
    const today = localDateOf(ctx.clock.now().toISOString(), shop.timeZone)
    const withholdings = await readWithholdings(tx, shop.id, today, [...nameOf.keys()])
    return {
      rows: advances.map((advance) => {
        const bps = withholdings.get(advance.creatorId)?.bps ?? 0
        const withheld = advance.paidAt
          ? advance.withheldMinor
          : payoutAmounts(advance.amountMinor, bps).withheldMinor
        return {
          id: advance.id,
          creatorId: advance.creatorId,
          creatorName: nameOf.get(advance.creatorId) ?? '',
          amountMinor: String(advance.amountMinor),
          withheldMinor: String(withheld),
          netMinor: String(advance.amountMinor - withheld),
          currency: advance.currency,
          recoupBps: advance.recoupBps,
          note: advance.note,
          status: advance.status,
          proposedBy: advance.proposedBy,
          proposedAt: advance.proposedAt.toISOString(),
          decidedBy: advance.decidedBy,
          decidedAt: advance.decidedAt?.toISOString() ?? null,
          paidAt: advance.paidAt?.toISOString() ?? null,
          paidBy: advance.paidBy,
          journalSeq: advance.journalSeq?.toString() ?? null,
          undone: undoneOf(advance),
          mayUndo: isUndoable(advance, actor),
          mayAgree: mayAgree(proposalOf(advance), actor),
        }
      }),
      page: query.page,
      pageCount: Math.max(1, Math.ceil(matching / ADVANCES_PER_PAGE)),
      unrecouped,
      creators,
      currency: shop.currency,
      timeZone: shop.timeZone,
    }
  })
}

function undoneOf({ undoneAt, undoneBy, undoneReason, reversalSeq }: Advance): AdvanceRow['undone'] {
  if (undoneAt === null || undoneBy === null || undoneReason === null || reversalSeq === null) return null
  return {
    at: undoneAt.toISOString(),
    by: undoneBy,
    reason: undoneReason,
    reversalSeq: reversalSeq.toString(),
  }
}

function isUndoable({ paidBy, undoneAt, needsSecond }: Advance, actor: string): boolean {
  return paidBy !== null && undoneAt === null && mayUndo({ doneBy: paidBy, needsSecond }, actor).ok
}

async function readUnrecouped(tx: ShopTransaction, shopId: number): Promise<AdvanceListView['unrecouped']> {
  const rows = await tx.$queryRaw<
    Array<{ creatorId: string; creatorName: string; currency: string; amount: bigint }>
  >`
    select c.id::text as "creatorId", c.name as "creatorName", a.currency, sum(m.movement_minor)::bigint as amount
    from account a join account_movement m on m.account_id = a.id join creator c on c.id = a.creator_id
    where a.shop_id = ${shopId} and a.code like '%/advance'
    group by c.id, a.currency having sum(m.movement_minor) <> 0 order by lower(c.name), c.id, a.currency`
  return rows.map(({ amount, ...row }) => ({ ...row, amountMinor: String(amount) }))
}
