// What people do with money, as steps that fast-check interleaves with what happens to orders.
import fc from 'fast-check'
import { STORY_PARTNERS, type Story } from './story.ts'
import { command, orderAt, type StoryCommand, times, which } from './story-step.ts'

const partner = fc.nat({ max: STORY_PARTNERS - 1 })
const decision = fc.constantFrom('agree' as const, 'agree' as const, 'reject' as const)
const person = fc.constantFrom('ana' as const, 'ben' as const)
/** Of what has been asked for so far: mostly the newest. */
const recent = fc.nat({ max: 2 })
const newest = (list: readonly unknown[], back: number): number => list.length - 1 - back

const correct = fc
  .record({ partner, minor: fc.bigInt({ min: -9_000n, max: 30_000n }), person })
  .filter(({ minor }) => minor !== 0n)
  .map(({ partner: who, minor, person: by }) =>
    command({
      says: `ask to correct(partner ${who}; ${minor}; ${by})`,
      run: ({ people }) =>
        people.ask(
          {
            kind: 'creator_correction',
            creatorId: people.creator(who),
            orderId: null,
            account: 'correction-expense',
            minor,
          },
          by,
        ),
    }),
  )

const give = fc
  .record({ partner, minor: fc.bigInt({ min: 1n, max: 20_000n }), person })
  .map(({ partner: who, minor, person: by }) =>
    command({
      says: `ask to give(partner ${who}; worth ${minor}; ${by})`,
      run: ({ people }) =>
        people.ask(
          { kind: 'gift', creatorId: people.creator(who), orderId: null, account: 'gifts-in-kind', minor },
          by,
        ),
    }),
  )

const bookOut = fc
  .record({ which, person, account: fc.constantFrom('write-offs', 'revenue/shipping') })
  .map(({ which: number, person: by, account }) =>
    command({
      says: `ask to book out of suspense(order ${number + 1} to ${account}; ${by})`,
      can: (story) => {
        const orderId = orderAt(story, number)?.orderId
        return orderId !== undefined && story.model.inSuspense(orderId) !== 0n
      },
      run: async (story) => {
        const orderId = orderAt(story, number)?.orderId
        if (orderId !== undefined) await story.people.bookOut(orderId, account, by)
      },
    }),
  )

const decide = fc.record({ recent, person, decision }).map(({ recent: back, person: by, decision: how }) =>
  command({
    says: `${how} (adjustment ${back} ago; ${by})`,
    can: ({ model }) => model.people.adjustments.length > back,
    run: ({ people, model }) => people.decide(newest(model.people.adjustments, back), how, by),
  }),
)

const advance = fc
  .record({
    partner,
    minor: fc.bigInt({ min: 1n, max: 12_000n }),
    bps: fc.integer({ min: 1, max: 10_000 }),
  })
  .map(({ partner: who, minor, bps }) =>
    command({
      says: `note an advance(partner ${who}; ${minor} at ${bps} bps)`,
      run: ({ people }) => people.advance(who, minor, bps),
    }),
  )

/** Most advances are paid at once. */
const payAhead = fc
  .record({
    partner,
    minor: fc.bigInt({ min: 1n, max: 60_000n }),
    bps: fc.constantFrom(500, 3333, 5000, 10_000),
  })
  .map(({ partner: who, minor, bps }) =>
    command({
      says: `pay ahead(partner ${who}; ${minor} at ${bps} bps)`,
      async run({ people, model }) {
        await people.advance(who, minor, bps)
        const place = newest(model.people.advances, 0)
        await people.decideAdvance(place, 'agree', 'ben')
        await people.payAdvance(place)
      },
    }),
  )

/** Steps on the newest few of something. */
function onRecent(
  says: string,
  list: (story: Readonly<Story>) => readonly unknown[],
  act: (story: Story, place: number) => Promise<void>,
) {
  return recent.map((back) =>
    command({
      says: `${says}(${back} ago)`,
      can: (story) => list(story).length > back,
      run: (story) => act(story, newest(list(story), back)),
    }),
  )
}

const payAdvance = onRecent(
  'pay the advance',
  ({ model }) => model.people.advances,
  ({ people }, place) => people.payAdvance(place),
)
const decideAdvance = fc.record({ person, decision }).chain(({ person: by, decision: how }) =>
  onRecent(
    `${how} to the advance as ${by}`,
    ({ model }) => model.people.advances,
    ({ people }, place) => people.decideAdvance(place, how, by),
  ),
)

const makeRun = fc.constant(
  command({ says: 'make a payout run', run: ({ people }) => people.payouts.makeRun() }),
)
const approve = person.chain((by) =>
  onRecent(
    `approve the run as ${by}`,
    ({ model }) => model.people.runs,
    ({ people }, place) => people.payouts.approve(place, by),
  ),
)
const send = onRecent(
  'send the run',
  ({ model }) => model.people.runs,
  ({ people }, place) => people.payouts.send(place),
)
const withdraw = onRecent(
  'withdraw the run',
  ({ model }) => model.people.runs,
  ({ people }, place) => people.payouts.withdraw(place),
)
const settlePayout = fc
  .constantFrom('confirm' as const, 'confirm' as const, 'fail' as const, 'void' as const)
  .chain((step) =>
    onRecent(
      `${step} the payout`,
      ({ model }) => model.people.payouts(),
      ({ people }, place) => people.payouts.step(place, step),
    ),
  )
const retry = onRecent(
  'retry the payout',
  ({ model }) => model.people.payouts(),
  ({ people }, place) => people.payouts.retry(place),
)
/** Most runs go their way. */
const payOut = fc.constant(
  command({
    says: 'pay out',
    async run({ people: { payouts }, model }) {
      await payouts.makeRun()
      const place = newest(model.people.runs, 0)
      await payouts.approve(place, 'ana')
      await payouts.approve(place, 'ben')
      await payouts.send(place)
    },
  }),
)

/** Approved by everybody, then taken back before it was sent. */
const approveInVain = fc.constant(
  command({
    says: 'approve a run and withdraw it',
    async run({ people: { payouts }, model }) {
      await payouts.makeRun()
      const place = newest(model.people.runs, 0)
      await payouts.approve(place, 'ben')
      await payouts.approve(place, 'ana')
      await payouts.file(place)
      await payouts.withdraw(place)
      await payouts.file(place)
      await payouts.send(place)
    },
  }),
)
const file = onRecent(
  'make the files of the run',
  ({ model }) => model.people.runs,
  ({ people }, place) => people.payouts.file(place),
)
const hold = fc
  .record({ partner: fc.nat({ max: 4 }), isHeld: fc.boolean() })
  .map(({ partner: who, isHeld }) =>
    command({
      says: `${isHeld ? 'hold' : 'free'} the payouts of partner ${who}`,
      run: ({ people }) => people.payouts.hold(who, isHeld),
    }),
  )
const replaceMethod = fc.nat({ max: 4 }).map((who) =>
  command({
    says: `pay partner ${who} to another account`,
    run: ({ people }) => people.payouts.replaceMethod(who),
  }),
)

export const peopleCommands: Array<fc.Arbitrary<StoryCommand>> = [
  correct,
  give,
  ...times(2, bookOut),
  ...times(5, decide),
  advance,
  ...times(2, payAhead),
  payAdvance,
  ...times(2, decideAdvance),
  makeRun,
  ...times(2, approve),
  send,
  withdraw,
  approveInVain,
  ...times(2, file),
  ...times(2, hold),
  replaceMethod,
  payOut,
  ...times(3, settlePayout),
  retry,
]
