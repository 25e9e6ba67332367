import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { expect, test } from 'vitest'
import { lockLedger, postJournals } from '#app/adapters/db/journal-store.ts'
import { openPeriodBook } from '#app/adapters/db/period-store.ts'
import { journalForAdvance } from '#app/domain/payouts/payout-journals.ts'
import { createAgreement, createCode, createCreator } from '#tests/factories/creator.ts'
import { noteWithholding } from '#tests/factories/facts.ts'
import { bookOrders } from '#tests/factories/ledger.ts'
import { approvedRun, createEuroShop, createPayable, credit, revisionOf } from '#tests/factories/payouts.ts'
import { proposeAdjustment } from '../adjustments/propose-adjustment.server.ts'
import { payAdvance } from '../advances/pay-advance.server.ts'
import { proposeAdvance } from '../advances/propose-advance.server.ts'
import { sendRun } from '../payouts/send-run.server.ts'
import { confirmPayout, confirmRun, failPayout, voidPayout } from '../payouts/settle-payout.server.ts'
import { closePeriods } from '../statements/close-periods.server.ts'
import { matureHolds } from './mature-holds.server.ts'
import { replayLedger } from './replay-ledger.server.ts'

const ACTOR = 'user/1'
type Euro = Awaited<ReturnType<typeof createEuroShop>>

/** Payouts that went every way, an advance that is being recouped, a gift, corrections: everything that people ask of the books. */
async function shopWithEverythingAskedFor({ ctx }: Euro) {
  const maya = await createPayable(ctx, 12_345n, { name: 'Maya', handle: 'MAYA' })
  await createAgreement(ctx.db, ctx.shop, maya.id)
  await createCode(ctx.db, ctx.shop, maya.id, 'MAYA10')
  await noteWithholding(ctx, maya.id, '10')
  const payoutOf = async (runId: string) => {
    const [payout] = await ctx.db.inShop(ctx.shop.id, (tx) => tx.payout.findMany({ where: { runId } }))
    return { payoutId: payout?.id ?? '', actor: ACTOR }
  }
  const sent = async () => {
    const runId = await approvedRun(ctx, [maya.id])
    expect(await sendRun(ctx, { runId, revision: await revisionOf(ctx, runId), actor: ACTOR })).toMatchObject(
      { ok: true },
    )
    ctx.clock.moveTo(new Date(ctx.clock.now().getTime() + 3_600_000).toISOString())
    return runId
  }
  const voided = await sent()
  expect(await voidPayout(ctx, await payoutOf(voided))).toMatchObject({ ok: true, changed: true })
  const bounced = await sent()
  expect(await confirmPayout(ctx, await payoutOf(bounced))).toMatchObject({ ok: true, changed: true })
  ctx.clock.moveTo(new Date(ctx.clock.now().getTime() + 86_400_000).toISOString())
  const failure = { ...(await payoutOf(bounced)), failure: 'The account was closed' }
  expect(await failPayout(ctx, failure)).toMatchObject({ ok: true, changed: true })
  expect(await confirmRun(ctx, { runId: await sent(), actor: ACTOR })).toEqual({ ok: true, confirmed: 1 })

  const common = { creatorId: maya.id, currency: 'EUR', actor: ACTOR }
  const advanceId = randomUUID()
  await proposeAdvance(ctx, {
    formId: advanceId,
    agreementId: null,
    amountMinor: 2_000n,
    recoupBps: 5_000,
    note: '',
    ...common,
  })
  expect(await payAdvance(ctx, { advanceId, withheldMinor: 200n, actor: ACTOR })).toEqual({
    ok: true,
    changed: true,
  })
  const gift = await proposeAdjustment(ctx, {
    formId: randomUUID(),
    kind: 'gift',
    orderId: null,
    account: 'gifts-in-kind',
    amountMinor: 9_900n,
    incomeType: null,
    reason: 'A ring to wear',
    facts: { description: 'Ring', givenOn: '2026-05-02' },
    ...common,
  })
  expect(gift).toMatchObject({ ok: true, status: 'posted' })
  await credit(ctx, maya.id, 3_000n)
  const placedAt = ctx.clock.now().toISOString()
  await bookOrders(ctx, [
    {
      orderId: 1n,
      placedAt,
      currency: 'EUR',
      codes: ['MAYA10'],
      lines: [{ lineItemId: 11n, netMinor: 30_000n }],
    },
  ])
  ctx.clock.moveTo('2026-09-02T12:00:00.000Z')
  await matureHolds(ctx)
  await closePeriods(ctx)
}

/** Whatever is read, written and compared together, the same comes of it. */
const SIZES = [undefined, { slice: 5, group: 1 }, { slice: 3, group: 2 }]

const KINDS = ['advance', 'correction', 'gift', 'payout', 'payout_settled', 'recoup', 'reversal', 'sale']

test('what people asked for is computed anew from what they asked', async () => {
  const euro = await createEuroShop()
  await using _ = euro.base
  await shopWithEverythingAskedFor(euro)
  const { db, shop } = euro.ctx
  const kinds = await db.inShop(shop.id, (tx) =>
    tx.journal.findMany({ distinct: ['kind'], select: { kind: true } }),
  )
  expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(KINDS))
  for (const sizes of SIZES) {
    const result = await replayLedger(db, shop.id, sizes)
    expect(result).toMatchObject({ ok: true, firstDifference: null, takenAsStored: 0 })
  }
})

const changed: Array<[what: string, sql: string, names: RegExp]> = [
  [
    'a payout',
    "update payout set gross_minor = gross_minor - 5, net_minor = net_minor - 5 where status = 'confirmed'",
    /\(payout\//,
  ],
  [
    'when a payout was confirmed',
    "update payout_event set at = at + interval '1 day' where kind = 'payout_confirmed'",
    /\(payout-settled\//,
  ],
  [
    'why a payout failed',
    "update payout set failure_reason = 'Other' where status = 'failed'",
    /\(reversal\//,
  ],
  ['an advance', 'update advance set withheld_minor = 0', /\(advance\//],
  ['the rate of an advance', 'update advance set recoup_bps = 4000', /\(advance\//],
  ['a gift', "update adjustment set reason = 'Other' where kind = 'gift'", /\(adjustment\//],
  [
    'a correction that nobody asked for',
    "delete from adjustment where kind = 'creator_correction'",
    /\(adjustment\//,
  ],
]
test.each(changed)('replay names %s that was changed afterwards', async (_what, sql, names) => {
  const euro = await createEuroShop()
  await using base = euro.base
  await shopWithEverythingAskedFor(euro)
  const admin = new pg.Client({ connectionString: base.adminUrl })
  await admin.connect()
  await admin.query('set session_replication_role = replica')
  expect((await admin.query(sql)).rowCount).toBeGreaterThan(0)
  await admin.end()
  for (const sizes of SIZES) {
    const result = await replayLedger(euro.ctx.db, euro.ctx.shop.id, sizes)
    expect(result.ok).toBe(false)
    expect(result.firstDifference).toMatch(names)
  }
})

test('replay names a journal that was booked into another month than its date asks for', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const id = randomUUID()
  const terms = { agreementId: null, currency: 'EUR', recoupBps: 5_000, note: '', actor: 'user/1' }
  await proposeAdvance(ctx, { ...terms, formId: id, creatorId: maya.id, amountMinor: 2_000n })
  const at = ctx.clock.now()
  const amounts = { grossMinor: 2_000n, withheldMinor: 0n, netMinor: 2_000n }
  await ctx.db.inShop(ctx.shop.id, async (tx) => {
    const head = await lockLedger(tx, ctx.shop.id)
    const draft = journalForAdvance({
      ...amounts,
      advanceId: id,
      creatorId: maya.id,
      currency: 'EUR',
      recoupBps: 5_000,
      paidBy: 'user/1',
      at: at.toISOString(),
    })
    const book = await openPeriodBook(tx, ctx.shop)
    await book.idFor(draft.effectiveAt)
    const periodId = await book.idFor('2026-09-10T00:00:00.000Z')
    const { posted } = await postJournals(tx, ctx.shop.id, head, [{ ...draft, periodId }], at)
    const paid = { paidAt: at, paidBy: 'user/1', journalSeq: posted[0]?.seq ?? null }
    await tx.advance.update({ where: { id }, data: paid })
  })
  const result = await replayLedger(ctx.db, ctx.shop.id)
  expect(result).toMatchObject({ ok: false, firstDifference: expect.stringMatching(/journal 1 \(advance\//) })
})
