// Books where a dispute stands: the disputed money, the wait of its royalties, and their return when it is lost.
import { dueNoLaterThan } from '../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { nameSteps } from '../../adapters/db/fact-names.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'
import { type JournalToPost, lockLedger, postJournals } from '../../adapters/db/journal-store.ts'
import { openPeriodBook } from '../../adapters/db/period-store.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import {
  type DisputeFact,
  type DisputePosition,
  holdsRoyalties,
  journalForDispute,
  royaltyJournalForDispute,
} from '../../domain/ledger/post-dispute.ts'
import { postAwards } from './awards/post-awards.server.ts'
import { settleAwards } from './awards/settle-awards.server.ts'
import { isLost, readLineStates } from './line-states.server.ts'

export type RecordDisputeOutcome =
  | { ok: true; journalsPosted: number }
  | { ok: false; reason: 'unknown_dispute_type' | 'unknown_dispute_status' }

export interface ToldDispute extends DisputeFact {
  initiatedAt: string
  finalizedAt: string | null
}

export async function recordDispute(
  tx: ShopTransaction,
  shop: Shop,
  dispute: ToldDispute,
  now: Date,
): Promise<RecordDisputeOutcome> {
  const head = await lockLedger(tx, shop.id)
  const position = await readPosition(tx, shop.id, dispute)
  const booked = journalForDispute(dispute, position)
  if (!booked.ok) return booked
  const row = {
    orderId: dispute.orderId,
    type: dispute.type.toLowerCase(),
    status: dispute.status.toLowerCase(),
    amountMinor: dispute.amountMinor,
    currency: dispute.currency,
    finalizedAt: dispute.finalizedAt === null ? null : new Date(dispute.finalizedAt),
    updatedAt: now,
  }
  const { disputeId } = dispute
  await tx.dispute.upsert({
    where: { shopId_disputeId: { shopId: shop.id, disputeId } },
    create: { ...row, shopId: shop.id, disputeId, initiatedAt: new Date(dispute.initiatedAt) },
    update: row,
  })
  await saveDisputeState(tx, shop.id, dispute, now)
  const drafts: JournalDraft[] = booked.draft ? [booked.draft] : []
  const moved =
    dispute.orderId === null ? null : await moveRoyalties(tx, shop, { ...dispute, orderId: dispute.orderId })
  drafts.push(...(moved?.drafts ?? []))
  const book = await openPeriodBook(tx, shop)
  // A draft is a step that the books have not taken yet, also when the dispute comes back to where it stood before.
  const nameOf = await nameSteps(tx, shop.id, dispute.orderId, `dispute/${disputeId}/`)
  const journals: JournalToPost[] = []
  for (const draft of drafts) {
    const factKey = nameOf(draft.factKey)
    journals.push({ ...draft, factKey, periodId: await book.idFor(draft.effectiveAt) })
  }
  const { posted } = await postJournals(tx, shop.id, head, journals, now)
  const awards = await settleAwards(tx, shop, {
    agreementIds: moved?.agreementIds ?? [],
    customerKeys: [],
    orderIds: dispute.orderId === null ? [] : [dispute.orderId],
    now,
  })
  const awarded = await postAwards(tx, shop, head, awards, now)
  return { ok: true, journalsPosted: posted.length + awarded.posted }
}

/** Every standing that Shopify told, once each time it changed: what the journals of a dispute rest on. */
async function saveDisputeState(
  tx: ShopTransaction,
  shopId: number,
  told: ToldDispute,
  now: Date,
): Promise<void> {
  const { disputeId, amountMinor, currency } = told
  const type = told.type.toLowerCase()
  const status = told.status.toLowerCase()
  const last = await tx.disputeState.findFirst({ where: { shopId, disputeId }, orderBy: { number: 'desc' } })
  if (last && last.type === type && last.status === status && last.amountMinor === amountMinor) return
  const number = (last?.number ?? 0) + 1
  const at = new Date(told.at)
  await tx.disputeState.create({
    data: { shopId, disputeId, number, type, status, amountMinor, currency, at, seenAt: now },
  })
}

async function readPosition(
  tx: ShopTransaction,
  shopId: number,
  dispute: DisputeFact,
): Promise<DisputePosition> {
  const rows = await tx.$queryRaw<Array<{ code: string; amount: bigint }>>`
    select a.code, sum(p.amount_minor)::bigint as amount from journal j
    join posting p on p.shop_id = j.shop_id and p.journal_seq = j.seq
    join account a on a.id = p.account_id
    where j.shop_id = ${shopId} and j.kind = 'dispute' and j.fact_key like ${`dispute/${dispute.disputeId}/%`}
      and a.code in ('chargebacks-pending', 'chargeback-losses')
    group by a.code`
  const amountOf = (code: string) => rows.find((row) => row.code === code)?.amount ?? 0n
  return { pendingMinor: amountOf('chargebacks-pending'), lossMinor: amountOf('chargeback-losses') }
}

async function moveRoyalties(
  tx: ShopTransaction,
  shop: Shop,
  dispute: DisputeFact & { orderId: bigint },
): Promise<{
  drafts: JournalDraft[]
  /** Of all lines, also where no royalty moves: ladders count what was sold, whatever came of it. */
  agreementIds: string[]
}> {
  const { orderId } = dispute
  const disputes = await tx.dispute.findMany({ where: { shopId: shop.id, orderId } })
  const waits = disputes.some(holdsRoyalties)
  await tx.royaltyHold.updateMany({
    where: { shopId: shop.id, orderId, OR: [{ releasedAt: null }, { reserveReleasedAt: null }] },
    data: { disputed: waits },
  })
  if (!waits) await dueNoLaterThan(tx, shop.id, 'mature-holds', new Date(dispute.at))
  const attributions = await tx.lineAttribution.findMany({
    where: { shopId: shop.id, orderId, revision: 1 },
    select: { lineItemId: true },
  })
  const lineIds = attributions.map((row) => row.lineItemId).sort((a, b) => (a < b ? -1 : 1))
  const [lines, sales] = await Promise.all([
    readLineStates(tx, shop, lineIds),
    tx.sale.findMany({ where: { shopId: shop.id, lineItemId: { in: lineIds } }, orderBy: { saleId: 'asc' } }),
  ])
  const lost = disputes.some(isLost)
  const drafts = lineIds.flatMap((lineItemId) => {
    const line = lines.get(lineItemId)
    const sale = sales.find((row) => row.lineItemId === lineItemId)
    if (!line || line.payees.length === 0) return []
    // Banks may dispute in the buyer's currency; royalties were credited in that of the sale.
    const moved = royaltyJournalForDispute(
      { ...dispute, currency: sale?.currency ?? shop.currency },
      { line, title: sale?.title ?? '', productId: sale?.productId ?? null },
      lost,
    )
    return moved.draft ? [moved.draft] : []
  })
  const payees = [...lines.values()].flatMap((line) => line.payees)
  return { drafts, agreementIds: [...new Set(payees.map((payee) => payee.agreementId))] }
}
