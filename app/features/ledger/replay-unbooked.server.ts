// Facts that ask for a journal which is not there. A replay computes what the books have: what they have lost it must be told.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { readAtOnce } from '../../adapters/db/steer-planner.ts'
import { isRecognised } from '../../domain/ledger/recognition.ts'
import type { AskedFor } from './replay-asked-for.server.ts'

/** In words. */
export async function findUnbooked(
  tx: ShopTransaction,
  shopId: number,
  askedFor: AskedFor,
): Promise<string[]> {
  return [...(await findUnbookedSales(tx, shopId)), ...(await findUnbookedAsked(tx, shopId, askedFor))]
}

/** An order is in the books with all of its sales or with none: the first of each that is left out. */
async function findUnbookedSales(tx: ShopTransaction, shopId: number): Promise<string[]> {
  const rows = await readAtOnce(
    tx,
    () => tx.$queryRaw<Array<{ saleId: bigint; orderId: bigint; isTest: boolean; financialStatus: string }>>`
      select distinct on (s.order_id) s.sale_id as "saleId", s.order_id as "orderId", o.is_test as "isTest", o.financial_status as "financialStatus"
      from sale s join shop_order o on o.shop_id = s.shop_id and o.order_id = s.order_id
      where s.shop_id = ${shopId} and s.total_minor <> 0
        and not exists (select 1 from public.journal j where j.shop_id = ${shopId} and j.sale_id = s.sale_id)
      order by s.order_id, s.happened_at, s.sale_id`,
  )
  if (rows.length === 0) return []
  const orderIds = rows.map(({ orderId }) => String(orderId))
  const booked = await tx.$queryRaw<Array<{ order_id: bigint }>>`
    select distinct s.order_id from sale s
    where s.shop_id = ${shopId} and s.order_id = any(${orderIds}::bigint[])
      and exists (select 1 from public.journal j where j.shop_id = ${shopId} and j.sale_id = s.sale_id)`
  const isBooked = new Set(booked.map(({ order_id }) => order_id))
  return rows
    .filter(({ orderId, ...order }) => isRecognised(order, isBooked.has(orderId)))
    .map(({ saleId }) => `sale ${saleId} has no journal`)
}

/** What people asked for names its journal. */
async function findUnbookedAsked(tx: ShopTransaction, shopId: number, askedFor: AskedFor): Promise<string[]> {
  const named = [
    ...[...askedFor.payouts.values()].flatMap(({ id, journalSeq, reversalSeq }) => [
      { says: `payout ${id}`, seq: journalSeq },
      { says: `payout ${id}`, seq: reversalSeq },
    ]),
    ...[...askedFor.advances.values()].flatMap(({ id, journalSeq, reversalSeq }) => [
      { says: `advance ${id}`, seq: journalSeq },
      { says: `advance ${id}`, seq: reversalSeq },
    ]),
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
