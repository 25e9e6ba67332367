// Order.agreements and their sales: the itemised, immutable record of what was sold and taken back.
import { taxLinesOfPart } from '#sandbox/commerce/sale-taxes.ts'
import type { Order, Sale, SaleLineType, SalesAgreement } from '#sandbox/state/nouns.ts'
import { connectInOrder, type PageArgs } from '../connection.ts'
import { gid } from '../gid.ts'
import {
  fields,
  notImplemented,
  type Resolver,
  type Resolvers,
  Typed,
  type TypeResolvers,
} from '../resolver.ts'
import { findLine, findShippingLine, taxLine } from './line-item.ts'
import { isZeroBag, moneyBag } from './money.ts'
import { additionalFee } from './order-charges.ts'
import { findFee } from './return.ts'

interface AgreementSource {
  order: Order
  agreement: SalesAgreement
}

interface SaleSource {
  order: Order
  sale: Sale
}

const AGREEMENT_TYPES: Record<SalesAgreement['kind'], string> = {
  ORDER: 'OrderAgreement',
  ORDER_EDIT: 'OrderEditAgreement',
  REFUND: 'RefundAgreement',
  RETURN: 'ReturnAgreement',
}

const SALE_TYPES: Record<SaleLineType, string> = {
  PRODUCT: 'ProductSale',
  GIFT_CARD: 'GiftCardSale',
  SHIPPING: 'ShippingLineSale',
  TIP: 'TipSale',
  DUTY: 'DutySale',
  FEE: 'FeeSale',
  ADDITIONAL_FEE: 'AdditionalFeeSale',
  ADJUSTMENT: 'AdjustmentSale',
  UNKNOWN: 'UnknownSale',
}

export const agreementConnection: Resolver<Order> = (order, args: PageArgs & { query?: string | null }) => {
  if (args.query) throw notImplemented('argument Order.agreements(query:)')
  return connectInOrder(
    order.agreements,
    args,
    (agreement) => new Typed(AGREEMENT_TYPES[agreement.kind], { order, agreement }),
  )
}

const agreementFields: Record<string, Resolver<AgreementSource>> = {
  id: ({ agreement }) => gid('SalesAgreement', agreement.id),
  happenedAt: ({ agreement }) => agreement.happenedAt,
  reason: ({ agreement }) => agreement.reason,
  app: () => null,
  user: () => null,
  sales: ({ order, agreement }, args: PageArgs) =>
    connectInOrder(agreement.sales, args, (sale) => new Typed(SALE_TYPES[sale.lineType], { order, sale })),
}

function agreementType(extra: Record<string, Resolver<AgreementSource>> = {}): TypeResolvers {
  return fields<AgreementSource>({ ...agreementFields, ...extra })
}

function saleTaxes({ order, sale }: SaleSource) {
  if (isZeroBag(sale.tax)) return []
  if (sale.taxes) {
    return sale.taxes.map((tax, index) => ({
      id: gid('SaleTax', `${sale.id}-${index + 1}`),
      amount: moneyBag(tax.amount, order),
      taxLine: taxLine(tax, order),
    }))
  }
  const [tax, ...others] = taxLinesOfPart(order, sale)
  // Sales of older states keep one sum of tax: among several tax lines it cannot tell the parts.
  if (!tax || others.length > 0)
    throw notImplemented(`field Sale.taxes of a sale with ${others.length + 1} tax lines`)
  return [{ id: gid('SaleTax', sale.id), amount: moneyBag(sale.tax, order), taxLine: taxLine(tax, order) }]
}

const saleFields: Record<string, Resolver<SaleSource>> = {
  id: ({ sale }) => gid('Sale', sale.id),
  actionType: ({ sale }) => sale.actionType,
  lineType: ({ sale }) => sale.lineType,
  quantity: ({ sale }) => sale.quantity,
  totalAmount: ({ order, sale }) => moneyBag(sale.total, order),
  totalTaxAmount: ({ order, sale }) => moneyBag(sale.tax, order),
  totalDiscountAmountBeforeTaxes: ({ order, sale }) => moneyBag(sale.discountBeforeTaxes, order),
  totalDiscountAmountAfterTaxes: ({ order, sale }) => moneyBag(sale.discountAfterTaxes, order),
  taxes: saleTaxes,
}

function saleType(extra: Record<string, Resolver<SaleSource>> = {}): TypeResolvers {
  return fields<SaleSource>({ ...saleFields, ...extra })
}

const lineItem: Resolver<SaleSource> = ({ order, sale }) => findLine(order, sale.lineItemId)

export const agreementResolvers: Resolvers = {
  OrderAgreement: agreementType({ order: ({ order }) => order }),
  OrderEditAgreement: agreementType(),
  RefundAgreement: agreementType({
    refund: ({ order, agreement }) => {
      const refund = order.refunds.find(({ id }) => id === agreement.subjectId)
      return refund ? { order, refund } : null
    },
  }),
  ReturnAgreement: agreementType({
    return: ({ order, agreement }) => {
      const found = order.returns.find(({ id }) => id === agreement.subjectId)
      return found ? { order, return: found } : null
    },
  }),
  ProductSale: saleType({ lineItem }),
  GiftCardSale: saleType({ lineItem }),
  ShippingLineSale: saleType({
    shippingLine: ({ order, sale }) => findShippingLine(order, sale.partId),
  }),
  // A tip has no line of its own in the state: `lineItem` is refused by name.
  TipSale: saleType(),
  DutySale: saleType({
    duty: ({ order, sale }) => {
      const duty = order.duties?.find(({ id }) => id === sale.partId)
      // Captured orders tell how much their duties are, not which.
      if (!duty) throw notImplemented('field DutySale.duty of a captured order')
      return { order, duty }
    },
  }),
  FeeSale: saleType({ fee: ({ order, sale }) => findFee(order, sale.partId) }),
  AdditionalFeeSale: saleType({
    additionalFee: ({ order, sale }) => {
      const fee = order.additionalFees?.find(({ id }) => id === sale.partId)
      if (!fee) throw notImplemented('field AdditionalFeeSale.additionalFee of a captured order')
      return additionalFee(fee, order, 'SaleAdditionalFee')
    },
  }),
  AdjustmentSale: saleType(),
  UnknownSale: saleType(),
}
