// What a run would pay, and whom not and why.
import { isCurrency } from '#app/domain/money/currency.ts'
import { localDateOf } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'
import { readCandidates, shownText } from './payout-candidates.server.ts'

export interface PreviewRow {
  creatorId: string
  creatorName: string
  availableMinor: string
  pendingMinor: string
  grossMinor: string
  withheldMinor: string
  netMinor: string
  method: { kind: string; ending: string; holdUntil: string | null } | null
  minimumMinor: string | null
  riskHoldReason: string | null
  exceptions: string[]
  verdict: 'ready' | 'waivable' | 'blocked'
  /** Sent along with the choice, so that nothing is paid that was not shown. */
  shown: string
}

export interface PreviewView {
  currency: string
  currencies: string[]
  rows: PreviewRow[]
  today: string
  approvals: number
  timeZone: string
}

export async function readPreview(ctx: ShopContext, wanted: string | null): Promise<PreviewView> {
  const { shop } = ctx
  const currency = wanted && isCurrency(wanted) ? wanted : shop.currency
  const now = ctx.clock.now()
  return ctx.db.inShop(shop.id, async (tx) => {
    const used = await tx.$queryRaw<Array<{ currency: string }>>`
      select distinct a.currency from account a where a.shop_id = ${shop.id} and a.creator_id is not null and a.code like '%/available'`
    const candidates = await readCandidates(tx, shop, currency, now)
    const { payoutApprovals } = await tx.shop.findUniqueOrThrow({
      where: { id: shop.id },
      select: { payoutApprovals: true },
    })
    return {
      currency,
      currencies: [...new Set([shop.currency, ...used.map((row) => row.currency)])].sort(),
      today: localDateOf(now.toISOString(), shop.timeZone),
      approvals: payoutApprovals,
      timeZone: shop.timeZone,
      rows: candidates
        // Nothing there and nothing in a run: no reason to show it.
        .filter(({ availableMinor, pendingMinor }) => availableMinor !== 0n || pendingMinor !== 0n)
        .map((row) => ({
          creatorId: row.creatorId,
          creatorName: row.creatorName,
          availableMinor: String(row.availableMinor),
          pendingMinor: String(row.pendingMinor),
          grossMinor: String(row.amounts?.grossMinor ?? 0n),
          withheldMinor: String(row.amounts?.withheldMinor ?? 0n),
          netMinor: String(row.amounts?.netMinor ?? 0n),
          method: row.method && {
            kind: row.method.kind,
            ending: row.method.ending,
            holdUntil: row.method.holdUntil?.toISOString() ?? null,
          },
          minimumMinor: row.minimumMinor?.toString() ?? null,
          riskHoldReason: row.riskHoldReason,
          exceptions: row.exceptions,
          verdict: row.verdict,
          shown: shownText(row),
        })),
    }
  })
}
