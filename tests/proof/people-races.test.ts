// Two people, or a person and Shopify, at once: one of them comes first, and the books are those of one after the other.
import { expect, test } from 'vitest'
import { decideAdjustment } from '#app/features/adjustments/decide-adjustment.server.ts'
import { decideAdvance } from '#app/features/advances/decide-advance.server.ts'
import { payAdvance } from '#app/features/advances/pay-advance.server.ts'
import { replayLedger } from '#app/features/ledger/replay-ledger.server.ts'
import { runRerate, startRerate } from '#app/features/ledger/rerate-agreement.server.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { createRun } from '#app/features/payouts/create-run.server.ts'
import { sendRun } from '#app/features/payouts/send-run.server.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { planVersion } from './proof-shop.ts'
import { WorldOrder } from './shop-world.ts'
import { Story } from './story.ts'

const DAY = 86_400_000
const ROUNDS = 4

async function openStory() {
  const database = await createTestDatabase()
  const story = await Story.begin(database)
  return {
    story,
    /** The model's books, which verify and can be computed anew. */
    async holds() {
      await story.settle()
      expect(await story.real.balances()).toBe(story.model.text())
      expect((await verifyLedger(database.db, story.real.shop.id)).findings).toEqual([])
      expect(await replayLedger(database.db, story.real.shop.id)).toMatchObject({ ok: true })
    },
    async [Symbol.asyncDispose]() {
      await story.real.end()
      await database[Symbol.asyncDispose]()
    },
  }
}

async function sell(story: Story, code: string): Promise<WorldOrder> {
  const order = new WorldOrder({
    orderId: BigInt(story.orders.length + 1),
    at: story.now,
    currency: 'EUR',
    presentment: { currency: 'EUR', rate: 10_000n },
    codes: [code],
    lines: [{ productId: 3n, quantity: 2, unitNetMinor: 23_456n, discountMinor: 0n }],
    taxBps: 1900n,
    shippingMinor: 0n,
    tipMinor: 0n,
    giftCardMinor: 0n,
    status: 'PAID',
    isTest: false,
  })
  story.orders.push(order)
  await story.tell(order, 'at_once')
  return order
}

test('two who agree to an adjustment and one who rejects it at once: one of them decides, once', async () => {
  await using opened = await openStory()
  const { story } = opened
  const { model, people, real } = story
  for (let round = 0; round < ROUNDS; round++) {
    const creatorId = people.creator(round)
    const asked = { kind: 'creator_correction', creatorId, orderId: null, account: 'write-offs' } as const
    await people.ask({ ...asked, minor: 1234n }, 'ana')
    const adjustment = model.people.adjustments.at(-1)
    if (!adjustment) throw new Error('nothing was asked for')
    const decide = (decision: 'agree' | 'reject', actor: string) =>
      decideAdjustment(real.context, { adjustmentId: adjustment.id, decision, actor })
    const answers = await Promise.all([
      decide('agree', 'ben'),
      decide('agree', 'cleo'),
      decide('reject', 'dora'),
    ])
    const decided = answers.filter((answer) => answer.ok && answer.changed)
    expect(decided).toHaveLength(1)
    for (const answer of decided) if (answer.ok) adjustment.status = answer.status
  }
  await opened.holds()
}, 120_000)

test('an advance that two agree to, two pay and one takes back at once is paid once or taken back', async () => {
  await using opened = await openStory()
  const { story } = opened
  const { model, people, real } = story
  for (let round = 0; round < ROUNDS; round++) {
    await people.advance(round, 5_000n, 5_000)
    const advance = model.people.advances.at(-1)
    if (!advance) throw new Error('nothing was noted')
    const { id: advanceId, withheldMinor } = advance
    const decide = (decision: 'agree' | 'reject', actor: string) =>
      decideAdvance(real.context, { advanceId, decision, actor })
    const agreed = await Promise.all([
      decide('agree', 'ben'),
      decide('agree', 'cleo'),
      decide('agree', 'ana'),
    ])
    expect(agreed.filter((answer) => answer.ok && answer.changed)).toHaveLength(1)
    const [first, second, takenBack] = await Promise.all([
      payAdvance(real.context, { advanceId, withheldMinor, actor: 'ana' }),
      payAdvance(real.context, { advanceId, withheldMinor, actor: 'ben' }),
      decide('reject', 'dora'),
    ])
    const paid = [first, second].filter((answer) => answer.ok && answer.changed)
    expect(paid).toHaveLength(takenBack.ok ? 0 : 1)
    advance.status = takenBack.ok ? 'rejected' : 'agreed'
    advance.paidAt = takenBack.ok ? null : story.now
  }
  await opened.holds()
}, 120_000)

test('two who make a run from the same preview: everybody stands in one of them', async () => {
  await using opened = await openStory()
  const { story } = opened
  const { real, people } = story
  for (const code of ['PROOF0', 'PROOF1', 'PROOF2']) await sell(story, code)
  story.pass(60 * DAY)
  await story.mature()
  const chosen = await real.previewOf([0, 1, 2].map((partner) => people.creator(partner)))
  const executeOn = new Date(story.now).toISOString().slice(0, 10)
  const make = (actor: string) =>
    createRun(real.context, { formId: real.newId(), currency: 'EUR', executeOn, chosen, actor })
  const answers = await Promise.all([make('ana'), make('ben'), make('cleo')])
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.reason]))
  expect(refused).toEqual(['preview_outdated', 'preview_outdated'])
}, 120_000)

test('a run is sent while its orders are refunded: it goes out whole, or is refused as too large', async () => {
  await using opened = await openStory()
  const { story } = opened
  const { model, people, real } = story
  for (let round = 0; round < ROUNDS; round++) {
    const orders = [await sell(story, 'PROOF1'), await sell(story, 'PROOF2')]
    story.pass(60 * DAY)
    await story.mature()
    await people.payouts.makeRun()
    const place = model.people.runs.length - 1
    const run = model.people.runs[place]
    if (!run) continue
    await people.payouts.approve(place, 'ana')
    await people.payouts.approve(place, 'ben')
    const { revision } = await real.runOf(run.id)
    for (const order of orders) order.takeBack(story.now, 0, 1, 'refund')
    story.pass(DAY)
    const [answer] = await Promise.all([
      sendRun(real.context, { runId: run.id, revision, actor: 'ana' }),
      ...orders.map((order) => real.record([order.told()])),
    ])
    for (const order of orders) model.hear(order.told())
    if (answer.ok) {
      run.isSent = true
      for (const payout of run.payouts) payout.status = 'sent'
    } else {
      expect(answer.reason).toBe('balance_too_small')
      await people.payouts.withdraw(place)
    }
  }
  await opened.holds()
}, 120_000)

test('of two re-ratings asked for at once one runs; two workers at one of them post it once', async () => {
  await using opened = await openStory()
  const { story } = opened
  const { model, real } = story
  for (let number = 0; number < 6; number++) {
    await sell(story, number % 2 === 0 ? 'PROOF1' : 'PROOF5')
    story.pass(DAY)
  }
  const versions = [1, 5].map((number) =>
    planVersion({
      number,
      versionNumber: 2,
      shareBps: 1777 + number,
      holdDays: 14,
      from: story.now - 30 * DAY,
      acceptedAt: story.now,
    }),
  )
  for (const version of versions) model.accept(version)
  await real.accept(versions)
  story.pass(1000)
  const start = (id: string) => startRerate(real.context, { agreementVersionId: id }, 'proof')
  const waiting = versions.map(({ id }) => id)
  while (waiting.length > 0) {
    const started = await Promise.all(waiting.map(start))
    const begun = started.findIndex(({ ok }) => ok)
    expect(started.filter(({ ok }) => ok)).toHaveLength(1)
    const [id] = waiting.splice(begun, 1)
    const answer = started[begun]
    if (answer?.ok) await Promise.all([1, 2, 3].map(() => runRerate(real.context, answer.taskId)))
    const version = versions.find((one) => one.id === id)
    if (version) model.rerate(version.agreementId, version.from)
  }
  await opened.holds()
}, 120_000)
