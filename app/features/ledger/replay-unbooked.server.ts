// Facts that ask for a journal which is not there. A replay computes what the books have: what they have lost it must be told.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { isRecognised } from '../../domain/ledger/recognition.ts'
import type { ReplayFacts } from './replay-facts.server.ts'

/** In words. */
export async function findUnbooked(
  tx: ShopTransaction,
  shopId: number,
  facts: ReplayFacts,
): Promise<string[]> {
  return [...findUnbookedSales(facts), ...(await findUnbookedAsked(tx, shopId, facts))]
}

/** An order is in the books with all of its sales or with none. */
function findUnbookedSales({ salesOfOrder, journalled, orders }: ReplayFacts): string[] {
  return [...salesOfOrder].flatMap(([orderId, own]) => {
    const order = orders.get(orderId)
    const isBooked = own.some(({ saleId }) => journalled.has(saleId))
    if (!order || !isRecognised(order, isBooked)) return []
    const left = own.find(({ saleId, totalMinor }) => totalMinor !== 0n && !journalled.has(saleId))
    return left ? [`sale ${left.saleId} has no journal`] : []
  })
}

/** What people asked for names its journal. */
async function findUnbookedAsked(
  tx: ShopTransaction,
  shopId: number,
  { askedFor }: ReplayFacts,
): Promise<string[]> {
  const named = [
    ...[...askedFor.payouts.values()].flatMap(({ id, journalSeq, reversalSeq }) => [
      { says: `payout ${id}`, seq: journalSeq },
      { says: `payout ${id}`, seq: reversalSeq },
    ]),
    ...[...askedFor.advances.values()].map(({ id, journalSeq }) => ({
      says: `advance ${id}`,
      seq: journalSeq,
    })),
    ...[...askedFor.adjustments.values()].map(({ id, journalSeq }) => ({
      says: `adjustment ${id}`,
      seq: journalSeq,
    })),
  ]
  const seqs = named.flatMap(({ seq }) => (seq === null ? [] : [String(seq)]))
  const rows = await tx.$queryRaw<Array<{ seq: bigint }>>`
    select seq from public.journal where shop_id = ${shopId} and seq = any(${seqs}::bigint[])`
  const standing = new Set(rows.map(({ seq }) => seq))
  return named.flatMap(({ says, seq }) =>
    seq === null || standing.has(seq) ? [] : [`${says} has no journal`],
  )
}
