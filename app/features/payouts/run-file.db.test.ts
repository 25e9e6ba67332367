import { expect, test } from 'vitest'
import { sendMail } from '#app/jobs/send-mail.ts'
import { noteFact } from '#tests/factories/facts.ts'
import {
  approvedRun,
  createEuroShop,
  createPayable,
  credit,
  draftRun,
  METHOD_KEYS,
  revisionOf,
} from '#tests/factories/payouts.ts'
import { holdPayouts } from './hold-payouts.server.ts'
import { savePayerAccount } from './payout-settings.server.ts'
import { makeRunFile } from './run-file.server.ts'
import { readRun } from './run-view.server.ts'
import { sendRun } from './send-run.server.ts'
import { confirmPayout, failPayout, voidPayout } from './settle-payout.server.ts'
import { voidRun } from './void-run.server.ts'

type Ctx = Awaited<ReturnType<typeof createEuroShop>>['ctx']
type Format = Parameters<typeof makeRunFile>[2]['format']

const make = (ctx: Ctx, runId: string, format: Format) =>
  makeRunFile(ctx, METHOD_KEYS, { runId, format, actor: 'user/1' })

async function textOf(ctx: Ctx, runId: string, format: Format): Promise<string> {
  const file = await make(ctx, runId, format)
  return file.ok ? new TextDecoder().decode(file.bytes) : file.reason
}

const payer = (ctx: Ctx, iban: string) =>
  savePayerAccount(ctx, METHOD_KEYS, { holder: 'Lumen Atelier GmbH', iban, bic: '' })

test('a file comes out the same however often it is asked for, whatever is renamed or replaced meanwhile', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 12_345n, { name: 'Maya' })
  const ines = await createPayable(ctx, 700n, {
    name: 'Ines',
    method: { kind: 'paypal', currency: 'EUR', email: 'ines@pay.example' },
  })
  const draft = await draftRun(ctx, [ines.id])
  expect(await textOf(ctx, draft, 'csv')).toBe('not_approved')
  await ctx.db.inShop(ctx.shop.id, (tx) => tx.payout.updateMany({ data: { status: 'voided' } }))

  await noteFact(ctx, 'payer', null, { legalName: 'Lumen Handels GmbH', country: 'IE' })
  const runId = await approvedRun(ctx, [maya.id, ines.id])
  expect(await textOf(ctx, runId, 'sepa')).toBe('payer_account_missing')
  await payer(ctx, 'DE89 3704 0044 0532 0130 00')
  const first = { sepa: await textOf(ctx, runId, 'sepa'), csv: await textOf(ctx, runId, 'csv') }
  expect(first.sepa).toContain('<IBAN>DE89370400440532013000</IBAN>')
  expect(first.sepa).toContain('<NbOfTxs>1</NbOfTxs><CtrlSum>123.45</CtrlSum>')
  expect(first.sepa).toContain('<InitgPty><Nm>Lumen Handels GmbH</Nm></InitgPty>')
  expect(first.csv.split('\r\n')).toHaveLength(4)
  expect(await textOf(ctx, runId, 'paypal')).toMatch(/^ines@pay\.example,7\.00,EUR,FG\d{4}-\w{8},/)
  expect(await textOf(ctx, runId, 'wise')).toBe('no_transfers')

  await payer(ctx, 'FR14 2004 1010 0505 0001 3M02 606')
  await noteFact(ctx, 'payer', null, { legalName: 'Another name', country: 'FR' })
  await ctx.db.inShop(ctx.shop.id, async (tx) => {
    await tx.creator.update({ where: { id: maya.id }, data: { name: 'Somebody else' } })
    await tx.shop.update({ where: { id: ctx.shop.id }, data: { senderName: 'Another name' } })
  })
  await sendRun(ctx, { runId, revision: await revisionOf(ctx, runId), actor: 'user/1' })
  const payouts = await ctx.db.inShop(ctx.shop.id, (tx) => tx.payout.findMany({ where: { runId } }))
  await confirmPayout(ctx, { payoutId: payouts[0]?.id ?? '', actor: 'user/1' })
  expect({ sepa: await textOf(ctx, runId, 'sepa'), csv: await textOf(ctx, runId, 'csv') }).toEqual(first)
  const files = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.payoutEvent.count({ where: { runId, kind: 'file_made' } }),
  )
  expect(files).toBe(3)
})

test('a payout that was taken out before sending is not in the file, which then has another message id', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  await payer(ctx, 'DE89 3704 0044 0532 0130 00')
  const maya = await createPayable(ctx, 5_000n)
  const noah = await createPayable(ctx, 3_000n)
  const runId = await approvedRun(ctx, [maya.id, noah.id])
  const idOf = (xml: string) => /<MsgId>([^<]+)</.exec(xml)?.[1]
  const before = await textOf(ctx, runId, 'sepa')
  const payouts = await ctx.db.inShop(ctx.shop.id, (tx) => tx.payout.findMany({ where: { runId } }))
  await voidPayout(ctx, { payoutId: payouts[0]?.id ?? '', actor: 'user/1' })
  const after = await textOf(ctx, runId, 'sepa')
  expect(after).toContain('<NbOfTxs>1</NbOfTxs>')
  expect(idOf(after)).not.toBe(idOf(before))
})

const FORMATS = ['sepa', 'paypal', 'wise', 'csv'] as const

test('a run that was voided has no file any more, also where it was approved before and its file was made', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  await payer(ctx, 'DE89 3704 0044 0532 0130 00')
  const maya = await createPayable(ctx, 5_000n)
  const runId = await approvedRun(ctx, [maya.id])
  expect(await textOf(ctx, runId, 'sepa')).toContain('<NbOfTxs>1</NbOfTxs>')
  await voidRun(ctx, { runId, actor: 'user/1' })
  for (const format of FORMATS)
    expect(await make(ctx, runId, format), format).toEqual({ ok: false, reason: 'run_is_voided' })
  const draft = await draftRun(ctx, [maya.id])
  await voidRun(ctx, { runId: draft, actor: 'user/1' })
  expect(await textOf(ctx, draft, 'csv')).toBe('run_is_voided')
})

test('nobody can be paid by the file of a run that was marked as sent by mistake and taken back', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  await payer(ctx, 'DE89 3704 0044 0532 0130 00')
  const maya = await createPayable(ctx, 5_000n)
  const runId = await approvedRun(ctx, [maya.id])
  await sendRun(ctx, { runId, revision: await revisionOf(ctx, runId), actor: 'user/1' })
  const [payout] = await ctx.db.inShop(ctx.shop.id, (tx) => tx.payout.findMany({ where: { runId } }))
  await voidPayout(ctx, { payoutId: payout?.id ?? '', actor: 'user/1' })
  for (const format of FORMATS)
    expect(await make(ctx, runId, format), format).toEqual({ ok: false, reason: 'run_is_voided' })
  // The amount is due again, and goes out by the file of another run.
  const again = await approvedRun(ctx, [maya.id])
  expect(await textOf(ctx, again, 'sepa')).toContain('<CtrlSum>50.00</CtrlSum>')
})

test.each([
  ['failed', failPayout],
  ['voided', voidPayout],
] as const)(
  'once a payout that was sent has %s no file pays it, nor the others a second time',
  async (_, takeBack) => {
    const { base, ctx } = await createEuroShop()
    await using _base = base
    await payer(ctx, 'DE89 3704 0044 0532 0130 00')
    const maya = await createPayable(ctx, 5_000n, { name: 'Maya' })
    const ines = await createPayable(ctx, 3_000n, { name: 'Ines' })
    const runId = await approvedRun(ctx, [maya.id, ines.id])
    await sendRun(ctx, { runId, revision: await revisionOf(ctx, runId), actor: 'user/1' })
    const payouts = await ctx.db.inShop(ctx.shop.id, (tx) => tx.payout.findMany({ where: { runId } }))
    const mine = payouts.find(({ creatorId }) => creatorId === maya.id)
    const others = payouts.find(({ creatorId }) => creatorId === ines.id)
    await takeBack(ctx, { payoutId: mine?.id ?? '', actor: 'user/1', failure: 'AC04' })
    for (const format of ['sepa', 'paypal', 'wise'] as const)
      expect(await make(ctx, runId, format), format).toEqual({
        ok: false,
        reason: 'payouts_taken_back',
        creators: ['Maya'],
      })
    // The list for bookkeeping holds what stands.
    const list = await textOf(ctx, runId, 'csv')
    expect(list).toContain(others?.reference)
    expect(list).not.toContain(mine?.reference)
    expect(await readRun(ctx, runId, 'user/1')).toMatchObject({ formats: ['csv'], takenBack: ['Maya'] })
    await failPayout(ctx, { payoutId: others?.id ?? '', actor: 'user/1', failure: 'AC04' })
    expect(await textOf(ctx, runId, 'csv')).toBe('payouts_taken_back')
  },
)

test('a lost key names itself, and no page of the admin carries an account', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  await payer(ctx, 'DE89 3704 0044 0532 0130 00')
  const maya = await createPayable(ctx, 5_000n)
  const runId = await approvedRun(ctx, [maya.id])
  await textOf(ctx, runId, 'sepa')
  const view = JSON.stringify(await readRun(ctx, runId, 'user/1'))
  expect(view).not.toMatch(/DE89|v1\.test/)
  const other = { id: 'other', key: Buffer.alloc(32, 1) }
  const keys = { current: other, all: new Map([[other.id, other.key]]) }
  expect(await makeRunFile(ctx, keys, { runId, format: 'csv', actor: 'u' })).toEqual({
    ok: false,
    reason: 'details_unreadable',
    creators: [maya.name],
  })
})

test('each creator gets one advice of payment, in their language, with nothing of the account but its end', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 123_456n, { name: 'Maya', handle: 'MAYA' })
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.creator.update({ where: { id: maya.id }, data: { locale: 'de' } }),
  )
  const runId = await approvedRun(ctx, [maya.id])
  await sendRun(ctx, { runId, revision: await revisionOf(ctx, runId), actor: 'user/1' })
  const mails = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.mailDelivery.findMany({ where: { kind: 'payment_advice' } }),
  )
  expect(mails).toHaveLength(1)
  const id = mails[0]?.id ?? ''
  await Promise.allSettled([sendMail(ctx, id), sendMail(ctx, id)])
  const [advice, ...more] = base.outbox
  expect(more).toEqual([])
  expect(advice).toMatchObject({
    to: 'maya@creators.example',
    subject: 'Lumen Atelier hat Ihnen 1.234,56\u00a0€ gesendet',
  })
  expect(advice?.text).toContain('Bankkonto · 3000')
  expect(`${advice?.text}${advice?.html}`).not.toMatch(/DE89|0532/)
})

test('no advice goes out for money that has come back, or was never sent', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const creators = [await createPayable(ctx, 5_000n), await createPayable(ctx, 3_000n)]
  const runId = await approvedRun(
    ctx,
    creators.map(({ id }) => id),
  )
  await sendRun(ctx, { runId, revision: await revisionOf(ctx, runId), actor: 'user/1' })
  const [first, second] = await ctx.db.inShop(ctx.shop.id, (tx) => tx.payout.findMany({ where: { runId } }))
  await failPayout(ctx, { payoutId: first?.id ?? '', actor: 'user/1', failure: 'AC04' })
  await voidPayout(ctx, { payoutId: second?.id ?? '', actor: 'user/1' })
  const advices = () =>
    ctx.db.inShop(ctx.shop.id, (tx) => tx.mailDelivery.findMany({ where: { kind: 'payment_advice' } }))
  for (const { id } of await advices()) await sendMail(ctx, id)
  expect(base.outbox).toEqual([])
  expect((await advices()).map(({ status }) => status)).toEqual(['failed', 'failed'])
})

test('a bank file cannot be paid from an account that the scheme does not reach', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  expect(await payer(ctx, 'AE07 0331 2345 6789 0123 456')).toEqual({
    ok: false,
    reason: 'invalid_input',
    problems: [{ field: 'iban', reason: 'iban_outside_sepa' }],
  })
})

test('no file of an approved run says more than may be paid now: what is uploaded is gone', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 5_000n)
  const noah = await createPayable(ctx, 3_000n)
  const runId = await approvedRun(ctx, [maya.id, noah.id])
  await credit(ctx, maya.id, -1n)
  expect(await make(ctx, runId, 'csv')).toEqual({
    ok: false,
    reason: 'balance_too_small',
    creators: [maya.name],
  })
  const payouts = await ctx.db.inShop(ctx.shop.id, (tx) => tx.payout.findMany({ where: { runId } }))
  const mine = payouts.find(({ creatorId }) => creatorId === maya.id)
  await voidPayout(ctx, { payoutId: mine?.id ?? '', actor: 'user/1' })
  const file = await textOf(ctx, runId, 'csv')
  expect(file).toContain(',30.00,')
  await holdPayouts(ctx, { creatorId: noah.id, reason: 'Many returns in one week' })
  expect(await textOf(ctx, runId, 'csv')).toBe('on_risk_hold')
  ctx.clock.moveTo('2026-05-05T15:00:00Z')
  await holdPayouts(ctx, { creatorId: noah.id, reason: null })
  await sendRun(ctx, { runId, revision: await revisionOf(ctx, runId), actor: 'user/1' })
  expect(await textOf(ctx, runId, 'csv')).toBe(file)
})
