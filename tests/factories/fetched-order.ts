// Orders as the Shopify adapter hands them over: totals and sales tie out unless a test says otherwise.
import type { OrderRecord, SaleRecord } from '#app/adapters/db/order-store.ts'

export interface FetchedOrderInput {
  orderId: bigint
  placedAt?: string
  codes?: string[]
  linkReference?: string | null
  customerKey?: string
  currency?: string
  isTest?: boolean
  financialStatus?: string
  lines: Array<{
    lineItemId: bigint
    productId?: bigint
    quantity?: number
    netMinor: bigint
    discountMinor?: bigint
    taxMinor?: bigint
    /** Subscription that the line begins or renews. */
    contractId?: bigint
  }>
  /** Later sales: negative for returns. */
  later?: Array<{ at: string; lineItemId: bigint; netMinor: bigint; taxMinor?: bigint; quantity?: number }>
  /** What Shopify's total says beyond the sales. */
  unexplainedMinor?: bigint
}

export function makeFetchedOrder(input: FetchedOrderInput): OrderRecord & { sales: SaleRecord[] } {
  const placedAt = input.placedAt ?? '2026-03-10T15:00:00.000Z'
  const currency = input.currency ?? 'USD'
  const base = {
    orderId: input.orderId,
    currency,
    presentmentCurrency: currency,
    variantId: null,
    title: 'Ring',
  }
  const contractOf = new Map(input.lines.map((line) => [line.lineItemId, line.contractId ?? null]))
  const productOf = new Map(input.lines.map((line) => [line.lineItemId, line.productId ?? 1n]))
  let next = input.orderId * 1000n
  const sales: SaleRecord[] = input.lines.map((line) => {
    const totalMinor = line.netMinor + (line.taxMinor ?? 0n)
    next += 1n
    return {
      ...base,
      saleId: next,
      salesAgreementId: input.orderId * 10n,
      agreementKind: 'order',
      reason: 'order',
      happenedAt: placedAt,
      actionType: 'order',
      lineType: 'product',
      lineItemId: line.lineItemId,
      productId: line.productId ?? 1n,
      quantity: line.quantity ?? 1,
      totalMinor,
      taxMinor: line.taxMinor ?? 0n,
      discountMinor: line.discountMinor ?? 0n,
      presentmentMinor: totalMinor,
      presentmentTaxMinor: line.taxMinor ?? 0n,
      contractId: line.contractId ?? null,
    }
  })
  for (const sale of input.later ?? []) {
    const totalMinor = sale.netMinor + (sale.taxMinor ?? 0n)
    next += 1n
    sales.push({
      ...base,
      saleId: next,
      salesAgreementId: input.orderId * 10n + 1n,
      agreementKind: 'refund',
      reason: 'refund',
      happenedAt: sale.at,
      actionType: 'return',
      lineType: 'product',
      lineItemId: sale.lineItemId,
      productId: productOf.get(sale.lineItemId) ?? 1n,
      quantity: sale.quantity ?? -1,
      totalMinor,
      taxMinor: sale.taxMinor ?? 0n,
      discountMinor: 0n,
      presentmentMinor: totalMinor,
      presentmentTaxMinor: sale.taxMinor ?? 0n,
      contractId: contractOf.get(sale.lineItemId) ?? null,
    })
  }
  const total = sales.reduce((sum, sale) => sum + sale.totalMinor, 0n)
  return {
    orderId: input.orderId,
    name: `#${input.orderId}`,
    placedAt,
    updatedAt: input.later?.at(-1)?.at ?? placedAt,
    cancelledAt: null,
    isTest: input.isTest ?? false,
    currency,
    presentmentCurrency: currency,
    currentTotalMinor: total + (input.unexplainedMinor ?? 0n),
    financialStatus: input.financialStatus ?? 'PAID',
    discountCodes: input.codes ?? [],
    linkReference: input.linkReference ?? null,
    customerKey: input.customerKey ?? null,
    sales,
  }
}
