// Everything about paying one creator: where, whether, what was paid.
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'

export interface CreatorPayoutsView {
  creatorId: string
  creatorName: string
  email: string
  isArchived: boolean
  /** At most one for each currency, the shop's own first. */
  methods: Array<{
    id: string
    kind: string
    ending: string
    currency: string
    addedAt: string
    addedBy: string
    holdUntil: string | null
  }>
  earlierMethods: Array<{ id: string; kind: string; ending: string; addedAt: string; replacedAt: string }>
  riskHold: { reason: string; at: string } | null
  balances: Array<{ bucket: string; currency: string; amountMinor: string }>
  payouts: Array<{
    id: string
    runId: string
    runNumber: number
    reference: string
    netMinor: string
    currency: string
    status: string
    sentAt: string | null
  }>
  currency: string
  timeZone: string
}

export async function readCreatorPayouts(
  ctx: ShopContext,
  creatorId: string,
): Promise<CreatorPayoutsView | null> {
  if (!isRowId(creatorId)) return null
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx) => {
    const creator = await tx.creator.findUnique({ where: { id: creatorId } })
    if (!creator) return null
    const methods = await tx.payoutMethod.findMany({
      where: { shopId: shop.id, creatorId },
      orderBy: { addedAt: 'desc' },
      take: 20,
    })
    const standing = methods
      .filter(({ replacedAt }) => replacedAt === null)
      .sort(
        (left, right) => Number(right.currency === shop.currency) - Number(left.currency === shop.currency),
      )
    const hold = await tx.creatorEvent.findFirst({
      where: { creatorId, kind: { in: ['payouts_held', 'payouts_freed'] } },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
    })
    const balances = await tx.$queryRaw<Array<{ code: string; currency: string; amount: bigint }>>`
      select a.code, a.currency, (-sum(m.movement_minor))::bigint as amount
      from account a join account_movement m on m.account_id = a.id
      where a.shop_id = ${shop.id} and a.creator_id = ${creatorId}::uuid group by 1, 2 having sum(m.movement_minor) <> 0 order by 1, 2`
    const payouts = await tx.payout.findMany({
      where: { shopId: shop.id, creatorId },
      orderBy: [{ run: { number: 'desc' } }],
      include: { run: { select: { number: true } } },
      take: 50,
    })
    return {
      creatorId,
      creatorName: creator.name,
      email: creator.email,
      isArchived: creator.status === 'archived',
      methods: standing.map(({ id, kind, ending, currency, addedAt, addedBy, holdUntil }) => ({
        id,
        kind,
        ending,
        currency,
        addedAt: addedAt.toISOString(),
        addedBy,
        holdUntil: holdUntil && holdUntil > ctx.clock.now() ? holdUntil.toISOString() : null,
      })),
      earlierMethods: methods.flatMap(({ id, kind, ending, addedAt, replacedAt }) =>
        replacedAt
          ? [{ id, kind, ending, addedAt: addedAt.toISOString(), replacedAt: replacedAt.toISOString() }]
          : [],
      ),
      riskHold:
        hold?.kind === 'payouts_held'
          ? { reason: String((hold.facts as { reason?: string }).reason ?? ''), at: hold.at.toISOString() }
          : null,
      balances: balances.map(({ code, currency, amount }) => ({
        bucket: code.split('/').at(-1) ?? '',
        currency,
        amountMinor: String(amount),
      })),
      payouts: payouts.map((payout) => ({
        id: payout.id,
        runId: payout.runId,
        runNumber: payout.run.number,
        reference: payout.reference,
        netMinor: String(payout.netMinor),
        currency: payout.currency,
        status: payout.status,
        sentAt: payout.sentAt?.toISOString() ?? null,
      })),
      currency: shop.currency,
      timeZone: shop.timeZone,
    }
  })
}
