// Every money event that Shopify can produce, with the balances that it must leave: cents, debits positive, worked out by hand.
import { type EventActor, TWO_CHAINS_WITH_CODE } from './event-shop.ts'

export interface MoneyEvent {
  name: string
  steps: Array<(event: EventActor) => void>
  /** By account when every return window has ended; accounts at zero are left out. */
  leaves: Record<string, number>
  /** Shopify tells of it by no topic that we listen to: the hourly walk finds it. */
  foundByWalk?: true

  /** Stands in suspense, with an alert. */
  alerts?: true
}

/** Two chains at 50.00 less 10 %: net 90.00, 8 % tax, ines 12.5 %. */
const SOLD = {
  receivable: 9720,
  tax: -720,
  'revenue/product': -9000,
  'royalty-expense': 1125,
  'ines/available': -1125,
}
const buyTwo =
  (more: Parameters<EventActor['place']>[1] = {}) =>
  (event: EventActor) =>
    event.place(TWO_CHAINS_WITH_CODE, more)
/** Untaxed, without code: 100.00 net, nobody paid unless the basket says so. */
const UNTAXED = { taxes: [] }

export const EVENTS: MoneyEvent[] = [
  { name: 'paid', steps: [buyTwo()], leaves: SOLD },
  {
    name: 'paid, brought by a link: the payment fee comes off first',
    // 100.00 x 97.1 % x 8 %
    steps: [(event) => event.place({ chains: 2, link: true })],
    leaves: {
      receivable: 10800,
      tax: -800,
      'revenue/product': -10000,
      'royalty-expense': 777,
      'marek/available': -777,
    },
  },
  {
    name: 'two payees on one line, above the cap of 40 % together: scaled down to it',
    // Net 90.00: 30 % + 12.5 % become 28.24 % + 11.76 %; together 36.00.
    steps: [(event) => event.place({ rings: 1, codes: ['INES10'] })],
    leaves: {
      receivable: 9720,
      tax: -720,
      'revenue/product': -9000,
      'royalty-expense': 3600,
      'ines/available': -1058,
      'yuna/available': -2542,
    },
  },
  {
    name: 'paid in part: booked whole, the royalty held',
    steps: [buyTwo({ paidAmount: '40.00' })],
    leaves: { ...SOLD, 'ines/available': 0, 'ines/held': -1125 },
  },
  {
    name: 'paid in part, then the rest',
    steps: [buyTwo({ paidAmount: '40.00' }), (event) => event.capture()],
    leaves: SOLD,
  },
  { name: 'pending: nothing is owed to anybody', steps: [buyTwo({ payment: 'pending' })], leaves: {} },
  {
    name: 'pending, then paid',
    steps: [buyTwo({ payment: 'pending' }), (event) => event.capture()],
    leaves: SOLD,
  },
  { name: 'authorised only', steps: [buyTwo({ payment: 'authorized' })], leaves: {} },
  {
    name: 'authorised, then captured',
    steps: [buyTwo({ payment: 'authorized' }), (event) => event.capture()],
    leaves: SOLD,
  },
  {
    name: 'authorised, captured in part',
    steps: [buyTwo({ payment: 'authorized' }), (event) => event.capture({ amount: '50.00' })],
    leaves: { ...SOLD, 'ines/available': 0, 'ines/held': -1125 },
    foundByWalk: true,
  },
  {
    name: 'authorised, then voided',
    steps: [buyTwo({ payment: 'authorized' }), (event) => event.void()],
    leaves: {},
  },
  {
    name: 'authorised, then cancelled',
    steps: [buyTwo({ payment: 'authorized' }), (event) => event.cancel()],
    leaves: {},
  },
  { name: 'cancelled before anything went out', steps: [buyTwo(), (event) => event.cancel()], leaves: {} },
  {
    name: 'cancelled after the goods went out: money back, nothing restocked',
    steps: [
      buyTwo(),
      (event) =>
        event.refund({ lines: [{ lineItemId: event.lineId(0), quantity: 2, restock: 'NO_RESTOCK' }] }),
      (event) => event.cancel({ refund: false }),
    ],
    leaves: {},
  },
  {
    name: 'cancelled, the money kept: the sales stand',
    steps: [buyTwo(), (event) => event.cancel({ refund: false })],
    leaves: SOLD,
  },
  {
    name: 'a discount on the whole order is spread over its lines',
    // 100.00 + 50.00 less 15.00: net 90.00 and 45.00. yuna 30 % of 90.00.
    steps: [(event) => event.place({ rings: 1, chains: 1 }, { ...UNTAXED, orderDiscount: '15.00' })],
    leaves: {
      receivable: 13500,
      'revenue/product': -13500,
      'royalty-expense': 2700,
      'yuna/available': -2700,
    },
  },
  {
    name: 'free shipping: a discount of the whole shipping',
    steps: [buyTwo({ shipping: { title: 'Post', price: '9.50', discount: '9.50' } })],
    leaves: SOLD,
  },
  {
    name: 'taxes included, several of them: royalty on what is left without',
    // 50.00 at 5 % + 7 % inside: 2.23 + 3.13 tax, net 44.64; yuna nothing; ines 12.5 % of 44.64 less the discount.
    steps: [
      (event) =>
        event.place(
          { chains: 1, link: true },
          {
            taxes: [
              { title: 'GST', rate: '0.05' },
              { title: 'PST', rate: '0.07' },
            ],
            taxesIncluded: true,
          },
        ),
    ],
    leaves: {
      receivable: 5000,
      tax: -536,
      'revenue/product': -4464,
      'royalty-expense': 347,
      'marek/available': -347,
    },
  },
  {
    name: 'shipping, tip, duties and an additional fee: each to its account, none in the royalty',
    steps: [
      buyTwo({
        shipping: { title: 'Post', price: '10.00' },
        tip: '4.00',
        duties: [{ line: 0, amount: '30.00' }],
        additionalFees: [{ name: 'Hallmark', price: '6.00' }],
        taxes: [],
      }),
    ],
    leaves: {
      receivable: 14000,
      'revenue/product': -9000,
      'revenue/shipping': -1000,
      tips: -400,
      duties: -3000,
      fees: -600,
      'royalty-expense': 1125,
      'ines/available': -1125,
    },
  },
  {
    name: 'a gift card sold is owed, and earns nobody a royalty',
    steps: [
      (event) =>
        event.place(
          { link: true },
          { ...UNTAXED, lines: [{ variantId: event.variant('card'), quantity: 2 }] },
        ),
    ],
    leaves: { receivable: 5000, 'gift-cards': -5000 },
  },
  {
    name: 'paid with a gift card: a sale like any other',
    steps: [buyTwo({ giftCard: '60.00' })],
    leaves: SOLD,
  },
  {
    name: 'cash, rounded to its coin: the difference has an account',
    // 100.03 owed, 100.05 handed over.
    steps: [
      (event) =>
        event.place(
          {},
          {
            ...UNTAXED,
            lines: [{ variantId: event.variant('chain'), quantity: 1, unitPrice: '100.03' }],
            cashRounding: '0.05',
          },
        ),
    ],
    leaves: { receivable: 10005, rounding: -2, 'revenue/product': -10003 },
  },
  {
    name: 'one of two units refunded',
    steps: [buyTwo(), (event) => event.refundLine(1)],
    leaves: {
      receivable: 4860,
      tax: -360,
      'revenue/product': -4500,
      'royalty-expense': 563,
      'ines/available': -563,
    },
  },
  { name: 'refunded whole', steps: [buyTwo(), (event) => event.refund({ full: true })], leaves: {} },
  {
    name: 'refunded in two parts: to the cent as at once',
    steps: [buyTwo(), (event) => event.refundLine(1), (event) => event.refund({ full: true })],
    leaves: {},
  },
  {
    name: 'shipping alone refunded',
    steps: [
      buyTwo({ shipping: { title: 'Post', price: '10.00' }, taxes: [] }),
      (event) => event.refund({ shipping: '4.00' }),
    ],
    leaves: {
      receivable: 9600,
      'revenue/product': -9000,
      'revenue/shipping': -600,
      'royalty-expense': 1125,
      'ines/available': -1125,
    },
  },
  {
    name: 'tax alone refunded',
    steps: [buyTwo(), (event) => event.refund({ tax: [{ lineItemId: event.lineId(0), amount: 'full' }] })],
    leaves: { ...SOLD, receivable: 9000, tax: 0 },
  },
  {
    name: 'duties, tip and fee refunded, the goods kept',
    steps: [
      buyTwo({
        tip: '4.00',
        duties: [{ line: 0, amount: '30.00' }],
        additionalFees: [{ name: 'Hallmark', price: '6.00' }],
      }),
      (event) =>
        event.refund({
          tip: true,
          additionalFees: true,
          duties: [{ dutyId: event.order.duties?.[0]?.id ?? '', type: 'FULL' }],
        }),
    ],
    leaves: SOLD,
  },
  {
    name: 'a gift card refunded',
    steps: [
      (event) => event.place({}, { ...UNTAXED, lines: [{ variantId: event.variant('card'), quantity: 2 }] }),
      (event) => event.refundLine(1),
    ],
    leaves: { receivable: 2500, 'gift-cards': -2500 },
  },
  {
    name: 'goodwill: money back and no line with it',
    steps: [buyTwo(), (event) => event.refund({ amount: '8.00' })],
    leaves: { ...SOLD, receivable: 8920, adjustments: 800 },
  },
  {
    name: 'a unit back for less than it was worth: the rest is an adjustment, the royalty goes whole',
    steps: [
      buyTwo({ taxes: [] }),
      (event) => event.refundLine(1, { amount: '30.00', discrepancyReason: 'RESTOCK' }),
    ],
    leaves: {
      receivable: 6000,
      'revenue/product': -4500,
      adjustments: -1500,
      'royalty-expense': 563,
      'ines/available': -563,
    },
  },
  {
    name: 'a return is opened: nothing yet',
    steps: [buyTwo(), (event) => event.openReturn({})],
    leaves: SOLD,
  },
  {
    name: 'a return is processed, with restocking and shipping fee kept',
    // A unit at 45.00 back; 10 % and 5.00 kept.
    steps: [
      buyTwo({ taxes: [] }),
      (event) => event.openReturn({ fee: '0.1', shippingFee: '5.00' }),
      (event) => event.processReturn(),
    ],
    leaves: {
      receivable: 5450,
      'revenue/product': -4500,
      fees: -950,
      'royalty-expense': 563,
      'ines/available': -563,
    },
  },
  {
    name: 'exchanged: one unit back, a ring out in the same order, under the same code',
    // Net 45.00 of the chain for ines; the ring at 100.00: 40 % of it, yuna 28.24, ines 11.76.
    steps: [
      buyTwo({ taxes: [] }),
      (event) => event.openReturn({ exchange: [{ variantId: event.variant('ring'), quantity: 1 }] }),
      (event) => event.processReturn(),
      (event) => event.capture(),
    ],
    leaves: {
      receivable: 14500,
      'revenue/product': -14500,
      'royalty-expense': 4563,
      'ines/available': -1739,
      'yuna/available': -2824,
    },
  },
  {
    name: 'edited: a line added and paid for',
    steps: [
      buyTwo({ taxes: [] }),
      (event) => event.edit({ add: [{ variantId: event.variant('chain'), quantity: 1 }] }),
      (event) => event.capture(),
    ],
    leaves: {
      receivable: 14000,
      'revenue/product': -14000,
      'royalty-expense': 1750,
      'ines/available': -1750,
    },
  },
  {
    name: 'edited: a unit taken off',
    steps: [
      buyTwo({ taxes: [] }),
      (event) => event.edit({ remove: [{ lineItemId: event.lineId(0), quantity: 1 }] }),
    ],
    leaves: {
      receivable: 4500,
      'revenue/product': -4500,
      'royalty-expense': 563,
      'ines/available': -563,
    },
  },
  {
    name: 'edited: a unit swapped for another piece',
    // 45.00 stays for ines; the ring 100.00: yuna 28.24, ines 11.76; the buyer pays what is missing.
    steps: [
      buyTwo({ taxes: [] }),
      (event) =>
        event.edit({
          remove: [{ lineItemId: event.lineId(0), quantity: 1 }],
          add: [{ variantId: event.variant('ring'), quantity: 1 }],
        }),
      (event) => event.capture(),
    ],
    leaves: {
      receivable: 14500,
      'revenue/product': -14500,
      'royalty-expense': 4563,
      'ines/available': -1739,
      'yuna/available': -2824,
    },
  },
  {
    name: 'edited: a custom item without product, a discount and shipping',
    // 90.00 less 9.00; 20.00 engraving, both for ines; 5.00 shipping.
    steps: [
      buyTwo({ taxes: [] }),
      (event) =>
        event.edit({
          addCustom: [{ title: 'Engraving', quantity: 1, unitPrice: '20.00' }],
          discount: [{ lineItemId: event.lineId(0), amount: '9.00' }],
          addShipping: [{ title: 'Courier', price: '5.00' }],
        }),
      (event) => event.capture(),
    ],
    leaves: {
      receivable: 10600,
      'revenue/product': -10100,
      'revenue/shipping': -500,
      'royalty-expense': 1263,
      'ines/available': -1263,
    },
  },
  {
    name: 'an inquiry: the royalty waits, no money moves',
    steps: [buyTwo(), (event) => event.dispute({ type: 'INQUIRY' })],
    leaves: { ...SOLD, 'ines/available': 0, 'ines/held': -1125 },
  },
  {
    name: 'an inquiry that is settled',
    steps: [
      buyTwo(),
      (event) => event.dispute({ type: 'INQUIRY' }),
      (event) => event.moveDispute({ status: 'WON' }),
    ],
    leaves: SOLD,
  },
  {
    name: 'an inquiry becomes a chargeback and is lost',
    steps: [
      buyTwo(),
      (event) => event.dispute({ type: 'INQUIRY' }),
      (event) => event.moveDispute({ type: 'CHARGEBACK' }),
      (event) => event.moveDispute({ status: 'LOST' }),
    ],
    leaves: { receivable: 0, tax: -720, 'revenue/product': -9000, 'chargeback-losses': 9720 },
  },
  {
    name: 'a chargeback is open',
    steps: [buyTwo(), (event) => event.dispute()],
    leaves: {
      ...SOLD,
      receivable: 0,
      'chargebacks-pending': 9720,
      'ines/available': 0,
      'ines/held': -1125,
    },
  },
  {
    name: 'a chargeback is won',
    steps: [
      buyTwo(),
      (event) => event.dispute(),
      (event) => event.moveDispute({ status: 'UNDER_REVIEW' }),
      (event) => event.moveDispute({ status: 'WON' }),
    ],
    leaves: SOLD,
  },
  {
    name: 'a chargeback is lost: the royalty goes back',
    steps: [buyTwo(), (event) => event.dispute(), (event) => event.moveDispute({ status: 'LOST' })],
    leaves: { tax: -720, 'revenue/product': -9000, 'chargeback-losses': 9720 },
  },
  {
    name: 'a chargeback is accepted',
    steps: [buyTwo(), (event) => event.dispute(), (event) => event.moveDispute({ status: 'ACCEPTED' })],
    leaves: { tax: -720, 'revenue/product': -9000, 'chargeback-losses': 9720 },
  },
  {
    name: 'a chargeback of part of the order is lost: what is left stays with the buyer’s bank',
    steps: [
      buyTwo(),
      (event) => event.dispute({ amount: '20.00' }),
      (event) => event.moveDispute({ status: 'LOST' }),
    ],
    leaves: { receivable: 7720, tax: -720, 'revenue/product': -9000, 'chargeback-losses': 2000 },
  },
  { name: 'a test order', steps: [buyTwo({ test: true })], leaves: {} },
  {
    name: 'in euros, refunded whole at the rate of the sale: what two roundings differ by',
    // Units at 45.87 EUR add up to 89.18 EUR, which are 97.22 USD; the sale was 97.20.
    steps: [
      buyTwo({ presentment: { currency: 'EUR', rate: '0.9173' } }),
      (event) => event.refund({ full: true, rate: '0.9173' }),
    ],
    leaves: { receivable: -2, 'fx-difference': 2 },
  },
  {
    name: 'in euros, refunded when the euro had become dearer: the difference has an account, the royalty is gone',
    // 85.00 EUR for 100.00 USD; on the day of the refund 85.00 EUR cost 109.68 USD.
    steps: [
      (event) =>
        event.place(
          { chains: 2, link: true },
          { ...UNTAXED, presentment: { currency: 'EUR', rate: '0.85' } },
        ),
      (event) => event.refund({ full: true, rate: '0.775' }),
    ],
    leaves: { receivable: -968, 'fx-difference': 968 },
  },
  {
    name: 'in euros, one of two units refunded when the euro had become cheaper',
    // 42.50 EUR cost 47.22 USD instead of 50.00.
    steps: [
      (event) =>
        event.place(
          { chains: 2, link: true },
          { ...UNTAXED, presentment: { currency: 'EUR', rate: '0.85' } },
        ),
      (event) => event.refundLine(1, { rate: '0.90' }),
    ],
    leaves: {
      receivable: 5278,
      'fx-difference': -278,
      'revenue/product': -5000,
      'royalty-expense': 388,
      'marek/available': -388,
    },
  },
  {
    name: 'the total moves and no sale says why: suspense and an alert',
    steps: [buyTwo(), (event) => event.drift('-3.21')],
    leaves: { ...SOLD, receivable: 9399, suspense: 321 },
    foundByWalk: true,
    alerts: true,
  },
  {
    name: 'a refund whose discrepancy has no sale: suspense and an alert',
    steps: [
      buyTwo({ taxes: [] }),
      (event) => event.refundLine(1, { amount: '30.00', omitAdjustmentSale: true }),
    ],
    leaves: {
      receivable: 6000,
      'revenue/product': -4500,
      suspense: -1500,
      'royalty-expense': 563,
      'ines/available': -563,
    },
    alerts: true,
  },
  {
    name: 'a renewal of a selling plan pays as any sale',
    steps: [
      (event) =>
        event.place(TWO_CHAINS_WITH_CODE, {
          lines: [{ variantId: event.variant('chain'), quantity: 2, sellingPlanName: 'Monthly capsule' }],
          sourceName: 'subscription_contract',
        }),
    ],
    leaves: SOLD,
  },
]
