// Puts what Shopify's numbers do not explain into the suspense account, with an alert; takes it out again when they do.
import { raiseAlert, resolveAlert } from '../../adapters/db/alert-store.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { nameSteps } from '../../adapters/db/fact-names.ts'
import type { Order, Sale, Shop } from '../../adapters/db/generated/client.ts'
import { newRowId } from '../../adapters/db/row-id.ts'
import { reversalsOfSuspense } from '../../domain/adjustments/suspense-reversal.ts'
import { describeAccount } from '../../domain/ledger/accounts.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { journalForSuspense } from '../../domain/ledger/post-suspense.ts'
import { orderResidual } from '../../domain/ledger/tie-out.ts'

/** Compares each order's current total with its sales. Returns the journals that bring suspense to the difference. */
export async function settleResiduals(
  tx: ShopTransaction,
  shop: Shop,
  orders: Order[],
  sales: Sale[],
  now: Date,
): Promise<{ drafts: JournalDraft[]; inSuspense: number }> {
  const totalsOf = new Map<bigint, bigint[]>(orders.map((order) => [order.orderId, []]))
  for (const sale of sales) totalsOf.get(sale.orderId)?.push(sale.totalMinor)
  const drafts: JournalDraft[] = []
  let inSuspense = 0
  for (const order of orders) {
    const residualMinor = orderResidual(order.currentTotalMinor, totalsOf.get(order.orderId) ?? [])
    if (residualMinor !== 0n) inSuspense += 1
    await saveOrderState(tx, shop.id, order, residualMinor, now)
    const draft = journalForSuspense({
      orderId: order.orderId,
      currency: order.currency,
      orderUpdatedAt: order.updatedAt.toISOString(),
      residualMinor,
      inSuspenseMinor: order.residualMinor,
      isTest: order.isTest,
    })
    if (!draft) continue
    // The row below follows the books only when this step is really posted, also the second time within Shopify's second.
    const nameOf = await nameSteps(tx, shop.id, order.orderId, `suspense/${order.orderId}/`)
    drafts.push({ ...draft, factKey: nameOf(draft.factKey) })
    // Shopify explained it after all: what somebody booked elsewhere goes back.
    const undone = residualMinor === 0n ? await undoBooked(tx, shop.id, order) : []
    drafts.push(...undone)
    await noteResidual(tx, shop.id, order, residualMinor, suspenseOf(undone), now)
  }
  return { drafts, inSuspense }
}

/** Only where the numbers once differed: an order that ties out needs no more than its sales to be computed anew. */
async function saveOrderState(
  tx: ShopTransaction,
  shopId: number,
  order: Order,
  residualMinor: bigint,
  now: Date,
): Promise<void> {
  if (residualMinor === order.residualMinor) return
  const { orderId, updatedAt, currency, currentTotalMinor, financialStatus } = order
  const number = (await tx.orderState.count({ where: { shopId, orderId } })) + 1
  await tx.orderState.create({
    data: { shopId, orderId, number, updatedAt, currency, currentTotalMinor, financialStatus, seenAt: now },
  })
}

async function noteResidual(
  tx: ShopTransaction,
  shopId: number,
  order: Order,
  residualMinor: bigint,
  undoneMinor: bigint,
  now: Date,
): Promise<void> {
  const { orderId, currency } = order
  const key = `order_does_not_tie_out/${orderId}`
  // What somebody has booked elsewhere no longer stands in suspense; when Shopify's numbers move on, the difference to that does.
  const openMinor = residualMinor - (await bookedElsewhere(tx, shopId, orderId)) - undoneMinor
  await tx.order.update({ where: { shopId_orderId: { shopId, orderId } }, data: { residualMinor } })
  await tx.suspenseItem.updateMany({
    where: { shopId, orderId, resolvedAt: null },
    data: { resolvedAt: now, resolvedBy: 'tied_out' },
  })
  if (openMinor === 0n) {
    await resolveAlert(tx, shopId, key, now)
    return
  }
  await tx.suspenseItem.create({
    data: {
      id: newRowId(),
      shopId,
      orderId,
      reason: 'total_differs_from_sales',
      amountMinor: openMinor,
      currency,
      openedAt: now,
    },
  })
  const facts = {
    orderId: String(orderId),
    orderName: order.name,
    residualMinor: String(openMinor),
    currency,
  }
  await raiseAlert(tx, {
    shopId,
    key,
    kind: 'order_does_not_tie_out',
    severity: 'warning',
    facts,
    raisedAt: now,
  })
}

/** Taken out of suspense for this order by journals that a person asked for. */
async function bookedElsewhere(tx: ShopTransaction, shopId: number, orderId: bigint): Promise<bigint> {
  const [row] = await tx.$queryRaw<Array<{ booked: bigint }>>`
    select coalesce(sum(p.amount_minor), 0)::bigint as booked from journal j
    join posting p on p.shop_id = j.shop_id and p.journal_seq = j.seq
    join account a on a.id = p.account_id and a.code = 'suspense'
    where j.shop_id = ${shopId} and j.order_id = ${orderId} and j.kind <> 'suspense'`
  return row?.booked ?? 0n
}

/** The journals that take back what people booked out of this order's suspense, each once. */
async function undoBooked(tx: ShopTransaction, shopId: number, order: Order): Promise<JournalDraft[]> {
  const rows = await tx.$queryRaw<Array<{ seq: bigint; currency: string; code: string; amount: bigint }>>`
    select j.seq, j.currency, c.code, p.amount_minor as amount from adjustment d
    join journal j on j.shop_id = d.shop_id and j.seq = d.journal_seq
    join posting p on p.shop_id = j.shop_id and p.journal_seq = j.seq
    join account c on c.id = p.account_id
    where d.shop_id = ${shopId} and d.order_id = ${order.orderId} and d.kind = 'suspense' and d.status = 'posted'
      and not exists (select 1 from journal r where r.shop_id = d.shop_id and r.reverses_seq = j.seq)
    order by j.seq, p.line`
  const seqs = [...new Set(rows.map(({ seq }) => seq))]
  const standing = seqs.map((seq) => {
    const own = rows.filter((row) => row.seq === seq)
    return {
      seq,
      orderId: order.orderId,
      currency: own[0]?.currency ?? order.currency,
      postings: own.map(({ code, amount }) => ({ account: describeAccount(code).code, amountMinor: amount })),
    }
  })
  return reversalsOfSuspense(standing, order.updatedAt.toISOString())
}

function suspenseOf(drafts: readonly JournalDraft[]): bigint {
  return drafts
    .flatMap(({ postings }) => postings)
    .reduce((sum, { account, amountMinor }) => (account === 'suspense' ? sum + amountMinor : sum), 0n)
}
