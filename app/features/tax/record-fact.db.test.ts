import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { readPayer, readWithholdings } from '#app/adapters/db/dated-fact-store.ts'
import { sendMail } from '#app/jobs/send-mail.ts'
import { createCreator } from '#tests/factories/creator.ts'
import { noteFact, noteWithholding } from '#tests/factories/facts.ts'
import { approvedRun, createEuroShop, createPayable, revisionOf } from '#tests/factories/payouts.ts'
import { createShop } from '#tests/factories/shop.ts'
import { readCandidates } from '../payouts/payout-candidates.server.ts'
import { sendRun } from '../payouts/send-run.server.ts'
import { readCreatorFacts, readPayerHistory } from './dated-facts-view.server.ts'
import { recordFact } from './record-fact.server.ts'

type Ctx = Awaited<ReturnType<typeof createEuroShop>>['ctx']

const PAYER = { legalName: 'Lumen Atelier GmbH', country: 'DE', address: 'Hof 1\n10115 Berlin' }

async function rateOn(ctx: Ctx, creatorId: string, day: string) {
  const rates = await ctx.db.inShop(ctx.shop.id, (tx) => readWithholdings(tx, ctx.shop.id, day))
  return rates.get(creatorId)?.bps ?? null
}

test('a rate holds from its day on; a change is noted beside it and never edits it', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  await noteWithholding(ctx, maya.id, '24', '2026-01-01')
  await noteWithholding(ctx, maya.id, '0', '2026-07-01')
  expect(await rateOn(ctx, maya.id, '2025-12-31')).toBeNull()
  expect(await rateOn(ctx, maya.id, '2026-06-30')).toBe(2_400)
  expect(await rateOn(ctx, maya.id, '2026-07-01')).toBe(0)
  const { withholding } = await readCreatorFacts(ctx, maya.id)
  expect(withholding.recorded.map(({ standing }) => standing)).toEqual(['to_come', 'in_force'])
  expect(withholding.inForce?.bps).toBe(2_400)
  const edit = ctx.db.inShop(ctx.shop.id, (tx) => tx.datedFact.updateMany({ data: { facts: {} } }))
  await expect(edit).rejects.toThrow(/permission denied|append-only/)
})

test('the same form sent twice notes once; what makes no sense is refused by field', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const asked = {
    formId: randomUUID(),
    kind: 'withholding' as const,
    creatorId: maya.id,
    texts: { rate: '24', reason: 'backup' },
    actor: 'user/1',
  }
  const twice = await Promise.all([recordFact(ctx, asked), recordFact(ctx, asked)])
  expect(twice.map((result) => result.ok && result.changed).sort()).toEqual([false, true])
  // Nothing is lost in silence: the page's other form, sent before the page was read anew, is not taken for this one.
  const ofAnotherForm = { ...asked, kind: 'vat' as const, texts: { vatNumber: 'FR123' } }
  expect(await recordFact(ctx, ofAnotherForm)).toEqual({ ok: false, reason: 'form_reused' })
  const far = { ...asked, formId: randomUUID(), texts: { rate: '24', inForceFrom: '2226-01-01' } }
  expect(await recordFact(ctx, far)).toEqual({
    ok: false,
    reason: 'invalid_input',
    fields: { reason: 'required', inForceFrom: 'date_too_far' },
  })
  const stranger = { ...asked, formId: randomUUID(), creatorId: randomUUID() }
  expect(await recordFact(ctx, stranger)).toEqual({ ok: false, reason: 'unknown_creator' })
  expect(await recordFact(ctx, { ...asked, formId: randomUUID(), kind: 'payer' })).toEqual({
    ok: false,
    reason: 'unknown_creator',
  })
})

test('nobody notes facts of another shop’s creator', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const other = await createShop(base.db)
  const theirs = await createCreator(base.db, other)
  const input = {
    formId: randomUUID(),
    kind: 'vat' as const,
    creatorId: theirs.id,
    texts: {},
    actor: 'user/1',
  }
  expect(await recordFact(ctx, input)).toEqual({ ok: false, reason: 'unknown_creator' })
  expect((await readCreatorFacts(ctx, theirs.id)).vat.recorded).toEqual([])
})

test('tax forms follow the country of whoever pays, from the day on which it holds', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 5_000n)
  const exceptions = async () => {
    const [row] = await ctx.db.inShop(ctx.shop.id, (tx) =>
      readCandidates(tx, ctx.shop, 'EUR', ctx.clock.now(), [maya.id]),
    )
    return row?.exceptions
  }
  await noteFact(ctx, 'payer', null, { ...PAYER, country: 'US', inForceFrom: '2026-06-01' })
  expect(await exceptions()).toEqual([])
  ctx.clock.moveTo('2026-06-01T12:00:00Z')
  expect(await exceptions()).toEqual(['tax_form_missing'])
  expect((await readPayerHistory(ctx)).payer.inForce?.country).toBe('US')
})

test('a payment advice names payer and withholding as they stood, whatever is recorded later', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  await noteFact(ctx, 'payer', null, { ...PAYER, companyNumber: 'HRB 12345', contact: 'books@lumen.example' })
  const maya = await createPayable(ctx, 10_000n)
  await noteWithholding(ctx, maya.id, '15')
  const runId = await approvedRun(ctx, [maya.id])
  await noteFact(ctx, 'payer', null, { ...PAYER, legalName: 'Somebody Else Ltd' })
  await noteWithholding(ctx, maya.id, '30')
  await sendRun(ctx, { runId, revision: await revisionOf(ctx, runId), actor: 'user/1' })
  const advice = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.mailDelivery.findFirstOrThrow({ where: { kind: 'payment_advice' } }),
  )
  await sendMail(ctx, advice.id)
  const text = base.outbox.at(-1)?.text ?? ''
  expect(text).toContain('Lumen Atelier GmbH, Hof 1, 10115 Berlin, DE, Company no. HRB 12345')
  expect(text).toContain('15%, treaty rate')
  expect(text).toContain('books@lumen.example')
  expect(text).not.toMatch(/Somebody Else|30%/)
  const payer = await ctx.db.inShop(ctx.shop.id, (tx) => readPayer(tx, ctx.shop, ctx.clock.now()))
  expect(payer?.legalName).toBe('Somebody Else Ltd')
})
