import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { noteWithholding } from '#tests/factories/facts.ts'
import { approvedRun, createEuroShop, createPayable, revisionOf } from '#tests/factories/payouts.ts'
import { proposeAdjustment } from '../adjustments/propose-adjustment.server.ts'
import { decideAdvance } from '../advances/decide-advance.server.ts'
import { payAdvance } from '../advances/pay-advance.server.ts'
import { proposeAdvance } from '../advances/propose-advance.server.ts'
import { readGifts } from '../gifts/gift-list-view.server.ts'
import { sendRun } from '../payouts/send-run.server.ts'
import { confirmRun, failPayout } from '../payouts/settle-payout.server.ts'
import { saveTaxProfile, type TaxInput } from './save-tax-profile.server.ts'
import { readTaxYear, toTaxYearCsv } from './tax-year-view.server.ts'

type Ctx = Awaited<ReturnType<typeof createEuroShop>>['ctx']

const TAX: TaxInput = {
  country: 'FR',
  formType: 'none',
  formReceivedOn: '',
  formExpiresOn: '',
  taxNumberEnding: '',
  documentReference: '',
}

async function pay(ctx: Ctx, creatorId: string) {
  const runId = await approvedRun(ctx, [creatorId])
  await sendRun(ctx, { runId, revision: await revisionOf(ctx, runId), actor: 'user/1' })
  return runId
}

const give = (ctx: Ctx, creatorId: string, amountMinor: bigint, givenOn = '2026-05-02') =>
  proposeAdjustment(ctx, {
    formId: randomUUID(),
    kind: 'gift',
    creatorId,
    orderId: null,
    account: 'gifts-in-kind',
    amountMinor,
    currency: 'EUR',
    incomeType: 'in_kind',
    reason: 'Sample ring',
    facts: { description: 'Sample ring', givenOn },
    actor: 'user/1',
  })

test('a year counts what was paid in it, by kind; what failed counts for nothing', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 40_000n, { name: '=Maya' })
  await saveTaxProfile(ctx, { creatorId: maya.id, tax: TAX })
  await noteWithholding(ctx, maya.id, '10')
  const runId = await pay(ctx, maya.id)
  await confirmRun(ctx, { runId, actor: 'user/1' })
  await give(ctx, maya.id, 35_000n)
  await give(ctx, maya.id, 99_000n, '2025-12-31')
  const advance = {
    formId: randomUUID(),
    creatorId: maya.id,
    agreementId: null,
    amountMinor: 5_000n,
    currency: 'EUR',
  }
  await proposeAdvance(ctx, { ...advance, recoupBps: 5_000, note: '', actor: 'user/1' })
  const paying = { advanceId: advance.formId, withheldMinor: 500n, actor: 'user/1' }
  await Promise.all([payAdvance(ctx, paying), payAdvance(ctx, paying)])
  const taken = { advanceId: advance.formId, decision: 'reject' as const, actor: 'user/1' }
  expect(await decideAdvance(ctx, taken)).toEqual({ ok: false, reason: 'advance_is_paid' })

  const [row] = (await readTaxYear(ctx, 2026)).rows
  expect(row).toMatchObject({
    paid: { commission_service: '45000', design_royalty: '0', bonus: '0', in_kind: '35000' },
    totalMinor: '80000',
    withheldMinor: '4500',
    thresholds: [{ key: 'FR-WRITTEN', status: 'near' }],
  })
  const csv = toTaxYearCsv(await readTaxYear(ctx, 2026))
  expect(csv.split('\r\n')[1]).toBe(
    "2026,'=Maya,FR,none,not_needed,EUR,450.00,0.00,0.00,350.00,800.00,45.00,",
  )
  expect((await readTaxYear(ctx, 2025)).rows[0]?.paid.in_kind).toBe('99000')

  const payout = await ctx.db.inShop(ctx.shop.id, (tx) => tx.payout.findFirstOrThrow({ where: { runId } }))
  await failPayout(ctx, { payoutId: payout.id, actor: 'user/1', failure: 'AC04' })
  expect((await readTaxYear(ctx, 2026)).rows[0]?.paid.commission_service).toBe('5000')
})

test('gifts and pay together warn before a written contract is required', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 40_000n)
  await saveTaxProfile(ctx, { creatorId: maya.id, tax: TAX })
  const standing = async () => (await readGifts(ctx)).years[0]?.threshold?.status
  await give(ctx, maya.id, 39_999n)
  expect(await standing()).toBe('below')
  await pay(ctx, maya.id)
  expect(await standing()).toBe('below')
  await give(ctx, maya.id, 1n)
  expect(await standing()).toBe('near')
  await give(ctx, maya.id, 20_000n)
  expect(await standing()).toBe('reached')
})

test('a full tax number stays out', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 40_000n)
  const wrong = { taxNumberEnding: '123-45-6789', country: 'F1', formReceivedOn: '2026-02-30' }
  expect(await saveTaxProfile(ctx, { creatorId: maya.id, tax: { ...TAX, ...wrong } })).toEqual({
    ok: false,
    reason: 'invalid_input',
    fields: {
      taxNumberEnding: 'only_ending',
      country: 'country_malformed',
      formReceivedOn: 'date_malformed',
    },
  })
})

test('an advance counts with gifts as it counts in the year: both pages say the same of the contract', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 40_000n)
  await saveTaxProfile(ctx, { creatorId: maya.id, tax: TAX })
  const formId = randomUUID()
  const advance = { formId, creatorId: maya.id, agreementId: null, amountMinor: 65_000n, currency: 'EUR' }
  await proposeAdvance(ctx, { ...advance, recoupBps: 5_000, note: '', actor: 'user/1' })
  await payAdvance(ctx, { advanceId: formId, withheldMinor: 0n, actor: 'user/1' })
  await give(ctx, maya.id, 20_000n)
  const [row] = (await readTaxYear(ctx, 2026)).rows
  const [gifts] = (await readGifts(ctx)).years
  expect([row?.thresholds[0]?.status, row?.totalMinor]).toEqual(['near', '85000'])
  expect([gifts?.threshold?.status, gifts?.totalMinor]).toEqual(['near', '85000'])
})
