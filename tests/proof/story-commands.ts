// Everything that may happen to an order and to agreements, as steps that fast-check interleaves and shrinks.
import fc from 'fast-check'
import { codeOf } from './proof-shop.ts'
import { type PlacedLine, WorldOrder } from './shop-world.ts'
import { STORY_PARTNERS, STORY_PRODUCTS, type Way } from './story.ts'
import { command, orderAt, type StoryCommand, times, which } from './story-step.ts'

const way = fc.constantFrom<Way>('at_once', 'at_once', 'twice', 'later', 'lost')
const line: fc.Arbitrary<PlacedLine> = fc.record({
  productId: fc.integer({ min: 1, max: STORY_PRODUCTS }).map(BigInt),
  quantity: fc.integer({ min: 1, max: 3 }),
  unitNetMinor: fc.oneof(fc.bigInt({ min: 0n, max: 99n }), fc.bigInt({ min: 100n, max: 90_000n })),
  discountMinor: fc.bigInt({ min: 0n, max: 900n }),
})

const place = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    code: fc.option(fc.nat({ max: STORY_PARTNERS })),
    status: fc.constantFrom('PAID', 'PAID', 'PENDING', 'AUTHORIZED', 'PARTIALLY_PAID'),
    taxBps: fc.constantFrom(0n, 700n, 1900n),
    extras: fc.record({
      shippingMinor: fc.constantFrom(0n, 950n),
      tipMinor: fc.constantFrom(0n, 300n),
      giftCardMinor: fc.constantFrom(0n, 0n, 5000n),
    }),
    isForeign: fc.boolean(),
    isTest: fc.integer({ min: 0, max: 19 }).map((lot) => lot === 0),
    buyer: fc.constantFrom(null, 'mira', 'noor'),
    contractId: fc.constantFrom(null, null, 1n, 2n),
    way,
  })
  .map(({ lines, code, status, taxBps, extras, isForeign, isTest, buyer, contractId, way: how }) =>
    command({
      says: `place(${lines.map((one) => `${one.quantity}x${one.unitNetMinor} of ${one.productId}`).join(', ')}; ${code === null ? 'no code' : codeOf(code)}; ${status}; tax ${taxBps}${isForeign ? '; JPY' : ''}${isTest ? '; test' : ''}${buyer ? `; ${buyer}` : ''}${contractId ? `; subscription ${contractId}` : ''}; ${how})`,
      can: (story) => story.orders.length < 12,
      async run(story) {
        const order = new WorldOrder({
          orderId: BigInt(story.orders.length + 1),
          at: story.now,
          currency: 'EUR',
          presentment: isForeign ? { currency: 'JPY', rate: 16_372n } : { currency: 'EUR', rate: 10_000n },
          codes: code === null ? [] : [codeOf(code)],
          lines,
          taxBps,
          status,
          isTest,
          buyer,
          contractId,
          ...extras,
        })
        story.orders.push(order)
        await story.tell(order, how)
      },
    }),
  )

/** A change of one order that may be told in any way. */
function change(says: string, happen: (order: WorldOrder, at: number) => void) {
  return fc.record({ which, way }).map(({ which: number, way: how }) =>
    command({
      says: `${says}(order ${number + 1}; ${how})`,
      can: (story) => orderAt(story, number) !== undefined && orderAt(story, number)?.status !== 'VOIDED',
      async run(story) {
        const order = orderAt(story, number)
        if (!order) return
        story.pass(60_000)
        happen(order, story.now)
        await story.tell(order, how)
      },
    }),
  )
}

const pay = change('pay', (order, at) => {
  if (['PENDING', 'AUTHORIZED', 'PARTIALLY_PAID'].includes(order.status)) order.pay(at)
})
const lapse = change('let the authorisation lapse', (order, at) => {
  if (['PENDING', 'AUTHORIZED'].includes(order.status)) order.void(at)
})

const takeBack = fc
  .record({
    at: fc.nat({ max: 2 }),
    pieces: fc.integer({ min: 1, max: 3 }),
    rate: fc.integer({ min: 15_000, max: 18_000 }),
  })
  .chain(({ at: line, pieces, rate }) =>
    fc.constantFrom('refund' as const, 'return' as const, 'order_edit' as const).chain((how) =>
      change(`take back ${pieces} of line ${line} by ${how} at ${rate}`, (order, at) => {
        order.setRate(BigInt(rate))
        order.takeBack(at, line, pieces, how)
      }),
    ),
  )
const takeAllBack = change('refund everything', (order, at) => order.takeAllBack(at, 'refund'))
const cancel = change('cancel', (order, at) => order.cancel(at))
const adjust = fc
  .record({
    kind: fc.constantFrom('shipping' as const, 'tax' as const, 'goodwill' as const, 'fee' as const),
    minor: fc.bigInt({ min: 1n, max: 900n }),
  })
  .chain(({ kind, minor }) => change(`adjust ${kind} ${minor}`, (order, at) => order.adjust(at, kind, minor)))
const addLine = line.chain((piece) =>
  change(`add ${piece.quantity}x${piece.unitNetMinor} of ${piece.productId}`, (order, at) =>
    order.addLine(at, piece, 'order_edit'),
  ),
)
const exchange = line.chain((piece) =>
  change(`exchange for ${piece.unitNetMinor} of ${piece.productId}`, (order, at) => {
    order.takeBack(at, 0, 1, 'return')
    order.addLine(at, piece, 'return')
  }),
)
const unexplained = fc
  .constantFrom(0n, 0n, 77n, -250n)
  .chain((minor) => change(`leave ${minor} unexplained`, (order, at) => order.leaveUnexplained(at, minor)))

const hasPaid = (status: string | undefined): boolean =>
  status !== undefined && !['PENDING', 'AUTHORIZED', 'VOIDED'].includes(status)

const dispute = fc
  .record({ which, status: fc.constantFrom('needs_response' as const, 'won' as const, 'lost' as const) })
  .map(({ which: number, status }) =>
    command({
      says: `dispute(order ${number + 1}; ${status})`,
      // A bank takes back only what was paid.
      can: (story) => hasPaid(orderAt(story, number)?.status),
      run: (story) => story.dispute(number % story.orders.length, status),
    }),
  )

const agree = fc
  .record({
    partner: fc.nat({ max: STORY_PARTNERS - 1 }),
    shareBps: fc.integer({ min: 1, max: 3500 }),
    holdDays: fc.constantFrom(0, 14, 30),
  })
  .map(({ partner, shareBps, holdDays }) =>
    command({
      says: `agree(partner ${partner}; ${shareBps} bps; ${holdDays} days)`,
      run: (story) => story.change(partner, shareBps, holdDays),
    }),
  )

const reachBack = fc
  .record({
    partner: fc.nat({ max: STORY_PARTNERS - 1 }),
    shareBps: fc.integer({ min: 1, max: 3500 }),
    days: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ partner, shareBps, days }) =>
    command({
      says: `reach back(partner ${partner}; ${shareBps} bps; ${days} days)`,
      run: (story) => story.reachBack(partner, shareBps, days),
    }),
  )

const plan = fc
  .record({
    partner: fc.nat({ max: STORY_PARTNERS - 1 }),
    products: fc.uniqueArray(fc.integer({ min: 1, max: STORY_PRODUCTS }).map(BigInt), {
      minLength: 1,
      maxLength: 2,
    }),
    soon: fc.integer({ min: 0, max: 5 }),
    days: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ partner, products, soon, days }) =>
    command({
      says: `plan a drop(partner ${partner}; ${products.join(', ')}; in ${soon} days for ${days})`,
      can: (story) => story.drops.length < 5,
      run(story) {
        const begins = story.now + 1000 + soon * 86_400_000
        return story.plan(partner, products, { begins, ends: begins + days * 86_400_000 })
      },
    }),
  )
const abort = fc.nat({ max: 4 }).map((number) =>
  command({
    says: `abort the drop(${number})`,
    can: ({ drops, now }) => (drops[number]?.ends ?? 0) > now,
    async run(story) {
      const drop = story.drops[number]
      if (drop) await story.abort(drop)
    },
  }),
)

const stock = fc
  .record({
    productId: fc.integer({ min: 1, max: STORY_PRODUCTS }).map(BigInt),
    locationId: fc.constantFrom(1n, 2n),
    by: fc.bigInt({ min: -4n, max: 9n }),
    way,
  })
  .map(({ productId, locationId, by, way: how }) =>
    command({
      says: `count stock(${by} of ${productId} at place ${locationId}; ${how})`,
      run: (story) => story.stock.change(productId, locationId, by, how),
    }),
  )

const wait = fc.integer({ min: 1, max: 40 }).map((days) =>
  command({
    says: `wait(${days} days)`,
    async run(story) {
      story.pass(days * 86_400_000)
      await story.mature()
    },
  }),
)
const close = fc.constant(
  command({
    says: 'close',
    async run(story) {
      await story.close()
    },
  }),
)
const deliver = fc
  .nat({ max: 999 })
  .map((seed) => command({ says: `deliver(${seed})`, run: (story) => story.deliver(seed) }))
const reconcile = fc.constant(command({ says: 'reconcile', run: (story) => story.reconcile() }))

export const storyCommands: Array<fc.Arbitrary<StoryCommand>> = [
  ...times(9, place),
  ...times(2, pay),
  lapse,
  ...times(3, takeBack),
  takeAllBack,
  cancel,
  adjust,
  addLine,
  exchange,
  ...times(2, unexplained),
  ...times(2, dispute),
  agree,
  ...times(2, reachBack),
  ...times(2, plan),
  abort,
  ...times(4, stock),
  ...times(4, wait),
  ...times(2, close),
  deliver,
  reconcile,
]
