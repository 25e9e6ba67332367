// What an order costs beside goods, shipping and taxes: duties, additional fees; and what rounding its cash came to.
import { formatMoney } from '#sandbox/commerce/money.ts'
import { cashRounding, netPaid, openAuthorizations } from '#sandbox/commerce/payments.ts'
import type { AdditionalFee, Duty, MoneyBag, Order, Sale } from '#sandbox/state/nouns.ts'
import { gid } from '../gid.ts'
import { fields, type Resolver, type Resolvers } from '../resolver.ts'
import { taxLine } from './line-item.ts'
import { addBags, moneyBag, subtractBags, ZERO_BAG } from './money.ts'

interface DutySource {
  order: Order
  duty: Duty
}

export function additionalFee(fee: AdditionalFee, order: Order, type: 'AdditionalFee' | 'SaleAdditionalFee') {
  return {
    id: gid(type, fee.id),
    name: fee.name,
    price: moneyBag(fee.price, order),
    taxLines: fee.taxes.map((tax) => taxLine(tax, order)),
  }
}

/** null where the order never had any, as Shopify has it. */
function chargesOf(type: Sale['lineType'], wanted: (sale: Sale) => boolean): Resolver<Order> {
  return (order) => {
    const sales = order.agreements
      .flatMap((agreement) => agreement.sales)
      .filter(({ lineType }) => lineType === type)
    if (sales.length === 0) return null
    const net = sales.filter(wanted).map(({ total, tax }) => subtractBags(total, tax))
    return moneyBag(addBags(ZERO_BAG, ...net), order)
  }
}

type Minor = { shop: bigint; presentment: bigint }

function spell({ shop, presentment }: Minor, order: Order): MoneyBag {
  return {
    shop: formatMoney(shop, order.currency),
    presentment: formatMoney(presentment, order.presentmentCurrency),
  }
}

const isSold = ({ actionType }: Sale) => actionType === 'ORDER'
const isAny = () => true

export const orderChargeFields: Record<string, Resolver<Order>> = {
  additionalFees: (order) =>
    (order.additionalFees ?? []).map((fee) => additionalFee(fee, order, 'AdditionalFee')),
  originalTotalDutiesSet: chargesOf('DUTY', isSold),
  currentTotalDutiesSet: chargesOf('DUTY', isAny),
  originalTotalAdditionalFeesSet: chargesOf('ADDITIONAL_FEE', isSold),
  currentTotalAdditionalFeesSet: chargesOf('ADDITIONAL_FEE', isAny),
  dutiesIncluded: () => false,
  totalCashRoundingAdjustment: (order) => {
    const { paid, refunded } = cashRounding(order)
    return {
      paymentSet: moneyBag(spell(paid, order), order),
      refundSet: moneyBag(spell(refunded, order), order),
    }
  },
  totalCapturableSet: (order) => {
    const left = openAuthorizations(order).map((one) => spell(one.left, order))
    return moneyBag(addBags(ZERO_BAG, ...left), order)
  },
  /** At the order's own rate: what a refund at another rate cost the shop is no debt of the buyer. */
  totalOutstandingSet: (order) =>
    moneyBag(subtractBags(order.currentTotal, spell(netPaid(order), order)), order),
}

export const orderChargeResolvers: Resolvers = {
  Duty: fields<DutySource>({
    id: ({ duty }) => gid('Duty', duty.id),
    price: ({ order, duty }) => moneyBag(duty.price, order),
    harmonizedSystemCode: ({ duty }) => duty.harmonizedSystemCode,
    countryCodeOfOrigin: ({ duty }) => duty.countryCodeOfOrigin,
    taxLines: () => [],
  }),
}
