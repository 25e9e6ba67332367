// Orders that Shopify announced and does not show: too old for the granted scopes, or deleted. What a refund of them gave back is known from its
// webhook: it stands in suspense, with an alert, until Shopify shows the order or somebody books it elsewhere.
import { raiseAlert } from '../../adapters/db/alert-store.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Order, Sale, Shop, WebhookReceipt } from '../../adapters/db/generated/client.ts'
import { type JournalToPost, type LedgerHead, postJournals } from '../../adapters/db/journal-store.ts'
import { openPeriodBook } from '../../adapters/db/period-store.ts'
import { amountInProportion } from '../../domain/ledger/sale-rate.ts'
import { parseAmount } from '../../domain/money/parse-amount.ts'
import { settleResiduals } from './settle-residuals.server.ts'

export const unshownKey = (orderId: bigint): string => `orders_not_found/not_shown/${orderId}`

/** Call with the ledger locked. Doubled webhooks of one refund count once; so do refunds that were booked while the order was shown. */
export async function recordUnshownOrders(
  tx: ShopTransaction,
  shop: Shop,
  head: LedgerHead,
  orderIds: readonly bigint[],
  now: Date,
): Promise<void> {
  if (orderIds.length === 0) return
  const where = { shopId: shop.id, orderId: { in: [...orderIds] } }
  const [orders, sales, refunds] = await Promise.all([
    tx.order.findMany({ where }),
    tx.sale.findMany({ where }),
    tx.webhookReceipt.findMany({
      where: { shopId: shop.id, topic: 'refunds/create', resourceId: { in: [...orderIds] } },
      orderBy: { id: 'asc' },
    }),
  ])
  for (const orderId of orderIds) {
    const order = orders.find((row) => row.orderId === orderId)
    await alertUnshown(tx, shop.id, orderId, order?.name ?? null, now)
    if (!order || order.isTest) continue
    const own = sales.filter((sale) => sale.orderId === orderId)
    const told = refunds.filter((receipt) => receipt.resourceId === orderId)
    for (const refund of uncounted(told))
      await suspendRefund(tx, shop, head, { order, sales: own, refund, now })
  }
}

interface ToldRefund {
  refundId: string
  at: Date
  /** "12.50 USD" a payment. */
  amounts: string[]
}

/** Refunds of which no webhook has been worked off yet. */
function uncounted(receipts: readonly WebhookReceipt[]): ToldRefund[] {
  const refunds = new Map<string, ToldRefund | null>()
  for (const receipt of receipts) {
    const { refundId, refunded } = receipt.facts as { refundId?: string; refunded?: string[] }
    if (!refundId || refunds.get(refundId) === null) continue
    const at = receipt.triggeredAt ?? receipt.receivedAt
    refunds.set(refundId, receipt.processedAt === null ? { refundId, at, amounts: refunded ?? [] } : null)
  }
  return [...refunds.values()].flatMap((refund) => (refund && refund.amounts.length > 0 ? [refund] : []))
}

async function suspendRefund(
  tx: ShopTransaction,
  shop: Shop,
  head: LedgerHead,
  { order, sales, refund, now }: { order: Order; sales: Sale[]; refund: ToldRefund; now: Date },
): Promise<void> {
  const shopId = shop.id
  const { orderId } = order
  const factKey = `suspense/${orderId}/refund/${refund.refundId}`
  // Another webhook of the order may have brought it here before its own was worked off.
  const isBooked = (await tx.journal.count({ where: { shopId, factKey } })) > 0
  const isInBooks = (await tx.journal.count({ where: { shopId, orderId, kind: 'sale' } })) > 0
  if (isBooked || !isInBooks) return
  const minor = refund.amounts.reduce((sum, text) => sum + inShopMoney(text, order, sales), 0n)
  // Shopify's own figure replaces this one as soon as it shows the order.
  const standing = await tx.order.update({
    where: { shopId_orderId: { shopId, orderId } },
    data: { currentTotalMinor: { decrement: minor } },
  })
  const state = { ...standing, updatedAt: refund.at > order.updatedAt ? refund.at : order.updatedAt }
  const { drafts } = await settleResiduals(tx, shop, [state], sales, now)
  const book = await openPeriodBook(tx, shop)
  const journals: JournalToPost[] = []
  for (const draft of drafts) {
    // The step is named by its refund; what it takes back of somebody's booking keeps its own name.
    const named = draft.kind === 'suspense' ? { ...draft, factKey } : draft
    journals.push({ ...named, periodId: await book.idFor(draft.effectiveAt) })
  }
  const { conflicting } = await postJournals(tx, shopId, head, journals, now)
  if (conflicting.length > 0) throw new Error(`stands with other amounts: ${conflicting.join(', ')}`)
}

/** In the shop's currency; the buyer's at the rate of the sale. Zero, and so only the alert, for any other. */
function inShopMoney(text: string, order: Order, sales: readonly Sale[]): bigint {
  const [amount = '', currency = ''] = text.split(' ')
  const parsed = parseAmount(amount, currency)
  if (!parsed.ok) return 0n
  if (currency === order.currency) return parsed.minor
  const sold = sales.filter((sale) => sale.presentmentMinor > 0n)
  const presentment = sold.reduce((sum, sale) => sum + sale.presentmentMinor, 0n)
  if (currency !== order.presentmentCurrency || presentment === 0n) return 0n
  const total = sold.reduce((sum, sale) => sum + sale.totalMinor, 0n)
  return amountInProportion(total, parsed.minor, presentment)
}

async function alertUnshown(
  tx: ShopTransaction,
  shopId: number,
  orderId: bigint,
  orderName: string | null,
  raisedAt: Date,
): Promise<void> {
  await raiseAlert(tx, {
    shopId,
    key: unshownKey(orderId),
    kind: 'orders_not_found',
    severity: 'critical',
    facts: { orderId: String(orderId), orderName },
    raisedAt,
  })
}
