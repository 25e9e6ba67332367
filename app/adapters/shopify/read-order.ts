// From Shopify's order to our canonical facts. What cannot be read is named, never guessed.
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import type { FetchedOrder, FetchedSale } from './fetched-order.ts'
import type {
  AgreementFieldsFragment,
  BothAmountsFragment,
  OrdersByIdsQuery,
} from './generated/operations.ts'
import { numberOfGid } from './gid.ts'

/** The cart attribute that the storefront writes for `?fil=`. */
export const LINK_ATTRIBUTE = '_filigree_ref'

export type OrderNode = Extract<NonNullable<OrdersByIdsQuery['nodes'][number]>, { __typename: 'Order' }>
type AgreementSales = AgreementFieldsFragment['sales']
export type SaleNode = AgreementSales['nodes'][number]
/** The four kinds of agreements look alike to us. */
export interface AgreementNode {
  __typename: AgreementFieldsFragment['__typename']
  id: string
  happenedAt: string
  reason: string
  sales: { nodes: SaleNode[] }
}

export type ReadOrderResult =
  | { ok: true; order: FetchedOrder }
  | { ok: false; reason: 'unreadable_amount'; message: string }

const AGREEMENT_KINDS: Record<AgreementFieldsFragment['__typename'], string> = {
  OrderAgreement: 'order',
  OrderEditAgreement: 'order_edit',
  RefundAgreement: 'refund',
  ReturnAgreement: 'return',
}

class UnreadableAmount extends Error {}

export function readOrder(
  node: OrderNode,
  agreements: AgreementNode[],
  customerKeyOf: (customerId: bigint) => string,
): ReadOrderResult {
  try {
    return { ok: true, order: orderOf(node, agreements, customerKeyOf) }
  } catch (error) {
    if (error instanceof UnreadableAmount)
      return { ok: false, reason: 'unreadable_amount', message: error.message }
    throw error
  }
}

function orderOf(
  node: OrderNode,
  agreements: AgreementNode[],
  customerKeyOf: (customerId: bigint) => string,
): FetchedOrder {
  const orderId = numberOfGid(node.id)
  const reference = node.customAttributes.find(({ key }) => key === LINK_ATTRIBUTE)?.value
  return {
    orderId,
    name: node.name,
    placedAt: isoOf(node.processedAt),
    updatedAt: isoOf(node.updatedAt),
    cancelledAt: node.cancelledAt ? isoOf(node.cancelledAt) : null,
    isTest: node.test,
    currency: node.currencyCode,
    presentmentCurrency: node.presentmentCurrencyCode,
    currentTotalMinor: shopMinor(node.currentTotalPriceSet),
    financialStatus: node.displayFinancialStatus ?? 'UNKNOWN',
    discountCodes: node.discountCodes,
    linkReference: reference ? reference.slice(0, 200) : null,
    customerKey: node.customer ? customerKeyOf(numberOfGid(node.customer.id)) : null,
    sales: agreements.flatMap((agreement) =>
      agreement.sales.nodes.map((sale) => saleOf(orderId, agreement, sale)),
    ),
    settled: {
      refundedMinor: shopMinor(node.totalRefundedSet),
      presentmentRefundedMinor: minorOf(node.totalRefundedSet.presentmentMoney),
      paidRoundingMinor: shopMinor(node.totalCashRoundingAdjustment.paymentSet),
      refundRoundingMinor: shopMinor(node.totalCashRoundingAdjustment.refundSet),
    },
  }
}

function saleOf(orderId: bigint, agreement: AgreementNode, sale: SaleNode): FetchedSale {
  const line = 'lineItem' in sale ? sale.lineItem : null
  return {
    saleId: numberOfGid(sale.id),
    orderId,
    salesAgreementId: numberOfGid(agreement.id),
    agreementKind: AGREEMENT_KINDS[agreement.__typename],
    reason: agreement.reason.toLowerCase(),
    happenedAt: isoOf(agreement.happenedAt),
    actionType: sale.actionType.toLowerCase(),
    lineType: sale.lineType.toLowerCase(),
    lineItemId: line ? numberOfGid(line.id) : null,
    productId: line?.product ? numberOfGid(line.product.id) : null,
    variantId: line?.variant ? numberOfGid(line.variant.id) : null,
    // Statements add up the variants of a product: they go by its title.
    title: line?.title ?? '',
    quantity: sale.quantity,
    currency: sale.totalAmount.shopMoney.currencyCode,
    totalMinor: shopMinor(sale.totalAmount),
    taxMinor: shopMinor(sale.totalTaxAmount),
    discountMinor: shopMinor(sale.totalDiscountAmountBeforeTaxes),
    presentmentCurrency: sale.totalAmount.presentmentMoney.currencyCode,
    presentmentMinor: minorOf(sale.totalAmount.presentmentMoney),
    presentmentTaxMinor: minorOf(sale.totalTaxAmount.presentmentMoney),
    contractId: line?.contract ? numberOfGid(line.contract.id) : null,
  }
}

function shopMinor(bag: BothAmountsFragment): bigint {
  return minorOf(bag.shopMoney)
}

function minorOf(money: { amount: string; currencyCode: string }): bigint {
  const parsed = parseAmount(money.amount, money.currencyCode)
  if (!parsed.ok) throw new UnreadableAmount(`${money.amount} ${money.currencyCode}: ${parsed.reason}`)
  return parsed.minor
}

/** One spelling of instants, whatever offset Shopify writes. */
function isoOf(text: string): string {
  return new Date(text).toISOString()
}
