// Posts an adjustment that enough people agreed on. Call with the ledger locked.
import { resolveAlert } from '#app/adapters/db/alert-store.ts'
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Adjustment, Shop } from '#app/adapters/db/generated/client.ts'
import { type lockLedger, postJournals } from '#app/adapters/db/journal-store.ts'
import { openPeriodBook } from '#app/adapters/db/period-store.ts'
import { type AdjustmentKind, isAdjustmentKind } from '#app/domain/adjustments/adjustment-input.ts'
import { adjustmentKey, journalForAdjustment } from '#app/domain/adjustments/adjustment-journals.ts'
import { describeAccount, type ShopAccountCode } from '#app/domain/ledger/accounts.ts'

export type PostAdjustmentResult =
  | { ok: true; journalSeq: bigint }
  /** Shopify's numbers for the order moved on since it was proposed. */
  | { ok: false; reason: 'suspense_changed' }

export async function postAdjustment(
  tx: ShopTransaction,
  shop: Shop,
  head: Awaited<ReturnType<typeof lockLedger>>,
  adjustment: Adjustment,
  decision: { by: string; at: Date },
): Promise<PostAdjustmentResult> {
  const kind = kindOf(adjustment)
  if (kind === 'suspense' && !(await resolveSuspense(tx, adjustment, decision.at))) {
    return { ok: false, reason: 'suspense_changed' }
  }
  const draft = journalForAdjustment({
    adjustmentId: adjustment.id,
    kind,
    creatorId: adjustment.creatorId,
    orderId: adjustment.orderId,
    account: shopAccountOf(adjustment.account),
    amountMinor: adjustment.amountMinor,
    currency: adjustment.currency,
    incomeType: adjustment.incomeType,
    reason: adjustment.reason,
    facts: adjustment.facts as Record<string, unknown>,
    proposedBy: adjustment.proposedBy,
    decidedBy: decision.by,
    at: decision.at.toISOString(),
  })
  const book = await openPeriodBook(tx, shop)
  const journals = [{ ...draft, periodId: await book.idFor(draft.effectiveAt) }]
  const { posted } = await postJournals(tx, shop.id, head, journals, decision.at)
  const journalSeq = posted.find(({ factKey }) => factKey === adjustmentKey(adjustment.id))?.seq
  if (journalSeq === undefined) throw new Error(`adjustment ${adjustment.id} stands in the books already`)
  await tx.adjustment.update({
    where: { id: adjustment.id },
    data: { status: 'posted', decidedBy: decision.by, decidedAt: decision.at, journalSeq },
  })
  return { ok: true, journalSeq }
}

/** The open difference of the order, as long as it is the one that was looked at. */
async function resolveSuspense(tx: ShopTransaction, adjustment: Adjustment, at: Date): Promise<boolean> {
  const { shopId, orderId, amountMinor, currency } = adjustment
  if (orderId === null) return false
  const resolved = await tx.suspenseItem.updateMany({
    where: { shopId, orderId, amountMinor, currency, resolvedAt: null },
    data: { resolvedAt: at, resolvedBy: 'journal' },
  })
  if (resolved.count !== 1) return false
  await resolveAlert(tx, shopId, `order_does_not_tie_out/${orderId}`, at)
  return true
}

function kindOf({ id, kind }: Adjustment): AdjustmentKind {
  if (!isAdjustmentKind(kind)) throw new TypeError(`adjustment ${id} is of the kind ${kind}`)
  return kind
}

function shopAccountOf(code: string): ShopAccountCode {
  const account = describeAccount(code)
  if (account.creatorId !== null) throw new TypeError(`${code} is no account of the shop`)
  return account.code as ShopAccountCode
}
