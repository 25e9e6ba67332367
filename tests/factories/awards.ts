// Sales as the books keep them, booked straight under an agreement, with the awards that follow.

import type { Database, ShopTransaction } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { lockLedger, postJournals } from '#app/adapters/db/journal-store.ts'
import { openPeriodBook } from '#app/adapters/db/period-store.ts'
import { creatorAccount } from '#app/domain/ledger/accounts.ts'
import { draftJournal } from '#app/domain/ledger/journal-draft.ts'
import { localDateOf } from '#app/domain/time/instant.ts'
import { postAwards } from '#app/features/ledger/awards/post-awards.server.ts'
import { settleAwards } from '#app/features/ledger/awards/settle-awards.server.ts'

export interface PaidAgreement {
  creatorId: string
  agreementId: string
  agreementVersionId: string
  shareBps: number
  /** Frozen with the line; left out as on lines from before there were ladders. */
  headroomBps?: number
}

export interface AwardSale {
  orderId: bigint
  /** Of a line that was sold before: a return, negative. */
  lineItemId: bigint
  at: string
  /** When the line was sold first; `at` for its first sale. */
  soldAt?: string
  netMinor: bigint
  units?: number
  productId?: bigint
  dropId?: string | null
  /** Nobody's sale when left out. */
  paid?: PaidAgreement
  customerKey?: string | null
  placedAt?: string
  financialStatus?: string
}

let counter = 0n

/** Books sales in one transaction and settles what they mean for awards. */
export async function bookSales(db: Database, shop: Shop, sales: AwardSale[], now: Date) {
  return db.inShop(shop.id, async (tx) => {
    const head = await lockLedger(tx, shop.id)
    const book = await openPeriodBook(tx, shop)
    const journals = []
    for (const sale of sales) {
      counter += 1n
      await saveFacts(tx, shop, sale, counter)
      const draft = journalOf(shop, sale, counter)
      if (draft) journals.push({ ...draft, periodId: await book.idFor(draft.effectiveAt) })
    }
    await postJournals(tx, shop.id, head, journals, now)
    const drafts = await settleAwards(tx, shop, {
      agreementIds: [...new Set(sales.flatMap((sale) => (sale.paid ? [sale.paid.agreementId] : [])))],
      customerKeys: sales.map((sale) => sale.customerKey ?? null),
      orderIds: sales.map((sale) => sale.orderId),
      now,
    })
    return postAwards(tx, shop, head, drafts, now)
  })
}

function journalOf(shop: Shop, sale: AwardSale, saleId: bigint) {
  const { paid } = sale
  const royalty = paid ? (sale.netMinor * BigInt(paid.shareBps)) / 10_000n : 0n
  return draftJournal({
    factKey: `sale/${saleId}`,
    kind: 'sale',
    effectiveAt: sale.at,
    orderId: sale.orderId,
    lineItemId: sale.lineItemId,
    saleId,
    currency: shop.currency,
    arithmetic: {},
    postings: [
      { account: 'receivable', amountMinor: sale.netMinor },
      { account: 'revenue/product', amountMinor: -sale.netMinor },
      ...(paid
        ? [
            { account: 'royalty-expense' as const, amountMinor: royalty },
            { account: creatorAccount(paid.creatorId, 'held'), amountMinor: -royalty },
          ]
        : []),
    ],
    entries: paid
      ? [
          {
            creatorId: paid.creatorId,
            agreementId: paid.agreementId,
            agreementVersionId: paid.agreementVersionId,
            kind: 'sale',
            incomeType: 'commission_service',
            soldOn: localDateOf(sale.soldAt ?? sale.at, shop.timeZone),
            effectiveAt: sale.at,
            orderId: sale.orderId,
            lineItemId: sale.lineItemId,
            productId: sale.productId ?? 1n,
            dropId: sale.dropId ?? null,
            awardId: null,
            title: 'Ring',
            shareBps: paid.shareBps,
            units: sale.units ?? (sale.netMinor < 0n ? -1 : 1),
            listMinor: sale.netMinor,
            discountMinor: 0n,
            netMinor: sale.netMinor,
            royaltyMinor: royalty,
          },
        ]
      : [],
  })
}

async function saveFacts(tx: ShopTransaction, shop: Shop, sale: AwardSale, saleId: bigint): Promise<void> {
  const { orderId, lineItemId, paid } = sale
  const placedAt = new Date(sale.placedAt ?? sale.soldAt ?? sale.at)
  await tx.order.upsert({
    where: { shopId_orderId: { shopId: shop.id, orderId } },
    create: {
      shopId: shop.id,
      orderId,
      name: `#${orderId}`,
      placedAt,
      updatedAt: new Date(sale.at),
      currency: shop.currency,
      presentmentCurrency: shop.currency,
      currentTotalMinor: sale.netMinor,
      financialStatus: sale.financialStatus ?? 'PAID',
      discountCodes: [],
      customerKey: sale.customerKey ?? null,
      fetchedAt: new Date(sale.at),
    },
    update: {
      updatedAt: new Date(sale.at),
      ...(sale.financialStatus ? { financialStatus: sale.financialStatus } : {}),
    },
  })
  const returned = sale.netMinor < 0n
  await tx.sale.create({
    data: {
      shopId: shop.id,
      saleId,
      orderId,
      salesAgreementId: saleId,
      agreementKind: returned ? 'refund' : 'order',
      reason: returned ? 'refund' : 'order',
      happenedAt: new Date(sale.at),
      actionType: returned ? 'return' : 'order',
      lineType: 'product',
      lineItemId,
      productId: sale.productId ?? 1n,
      title: 'Ring',
      quantity: sale.units ?? (returned ? -1 : 1),
      currency: shop.currency,
      totalMinor: sale.netMinor,
      taxMinor: 0n,
      discountMinor: 0n,
      presentmentCurrency: shop.currency,
      presentmentMinor: sale.netMinor,
      firstSeenAt: new Date(sale.at),
    },
  })
  if (!paid || (await tx.lineAttribution.count({ where: { shopId: shop.id, lineItemId } })) > 0) return
  await tx.lineAttribution.create({
    data: {
      shopId: shop.id,
      lineItemId,
      soldAt: new Date(sale.soldAt ?? sale.at),
      orderId,
      decidedAt: new Date(sale.at),
      payees: [{ ...paid }],
      candidates: [],
      circumstances: { timeZone: shop.timeZone },
      maturesAt: new Date(sale.at),
    },
  })
}
