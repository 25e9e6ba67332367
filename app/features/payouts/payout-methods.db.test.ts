import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { sendMail } from '#app/jobs/send-mail.ts'
import { createCreator } from '#tests/factories/creator.ts'
import {
  approvedRun,
  chosen,
  createEuroShop,
  createPayable,
  METHOD_KEYS,
  revisionOf,
  SEPA_METHOD,
} from '#tests/factories/payouts.ts'
import { readCandidates } from './payout-candidates.server.ts'
import { askForPayoutDetails, payoutDetailsUrl, readPayoutDetailsLink } from './payout-details-link.server.ts'
import { savePayoutMethod } from './save-payout-method.server.ts'
import { openDetails } from './sealed-details.ts'
import { sendRun } from './send-run.server.ts'

type Ctx = Awaited<ReturnType<typeof createEuroShop>>['ctx']

const save = (ctx: Ctx, creatorId: string, method = SEPA_METHOD, formId = randomUUID()) =>
  savePayoutMethod(ctx, METHOD_KEYS, { creatorId, formId, method, by: 'merchant', actor: 'user/1' })

async function sendAll(ctx: Ctx) {
  const queued = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.mailDelivery.findMany({ where: { status: 'queued' }, orderBy: { requestedAt: 'asc' } }),
  )
  for (const { id } of queued) await sendMail(ctx, id)
}

async function verdictOf(ctx: Ctx, creatorId: string) {
  const [row] = await ctx.db.inShop(ctx.shop.id, (tx) =>
    readCandidates(tx, ctx.shop, 'EUR', ctx.clock.now(), [creatorId]),
  )
  return row?.exceptions
}

test('details are sealed to their row: no account stands readable in the database', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop, { name: 'Maya' })
  await save(ctx, maya.id)
  const row = await ctx.db.inShop(ctx.shop.id, (tx) => tx.payoutMethod.findFirstOrThrow())
  expect(JSON.stringify(row)).not.toMatch(/DE89|0532|Lind/)
  expect(row.ending).toBe('3000')
  expect(openDetails(row.sealed, row.id, METHOD_KEYS)).toMatchObject({ iban: 'DE89370400440532013000' })
  expect(openDetails(row.sealed, randomUUID(), METHOD_KEYS)).toBeNull()
})

test('a changed method holds the next payout for a week and tells every address, the old ones too', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const paypal = { kind: 'paypal', currency: 'EUR', email: 'old@pay.example' }
  const maya = await createPayable(ctx, 5_000n, { name: 'Maya', handle: 'MAYA', method: paypal })
  await sendAll(ctx)
  expect(base.outbox.map(({ to }) => to).sort()).toEqual(['maya@creators.example', 'old@pay.example'])
  expect(await verdictOf(ctx, maya.id)).not.toContain('method_on_hold')

  base.outbox.length = 0
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.creator.update({ where: { id: maya.id }, data: { email: 'thief@mail.example' } }),
  )
  const saved = await save(ctx, maya.id, { kind: 'paypal', currency: 'EUR', email: 'thief@pay.example' })
  expect(saved).toMatchObject({ ok: true, changed: true, holdUntil: '2026-05-11T15:00:00.000Z' })
  await sendAll(ctx)
  expect(base.outbox.map(({ to }) => to).sort()).toEqual([
    'maya@creators.example',
    'old@pay.example',
    'thief@mail.example',
    'thief@pay.example',
  ])
  for (const mail of base.outbox) {
    expect(mail.text).toContain('t…f@pay.example')
    expect(mail.html).not.toMatch(/thief@pay|https?:\/\/filigree/)
  }
  expect(await verdictOf(ctx, maya.id)).toContain('method_on_hold')
  ctx.clock.moveTo('2026-05-11T15:00:00Z')
  expect(await verdictOf(ctx, maya.id)).not.toContain('method_on_hold')
})

test('the same details again, or the same form again, change nothing', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const formId = randomUUID()
  await Promise.all([save(ctx, maya.id, SEPA_METHOD, formId), save(ctx, maya.id, SEPA_METHOD, formId)])
  expect(await save(ctx, maya.id)).toMatchObject({ ok: true, changed: false, methodId: formId })
  expect(await ctx.db.inShop(ctx.shop.id, (tx) => tx.payoutMethod.count())).toBe(1)
})

test('two changes at once leave one standing method', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const paypal = (name: string) => ({ kind: 'paypal', currency: 'EUR', email: `${name}@pay.example` })
  await Promise.all(['a', 'b', 'c'].map((name) => save(ctx, maya.id, paypal(name))))
  const rows = await ctx.db.inShop(ctx.shop.id, (tx) => tx.payoutMethod.findMany())
  expect([rows.length, rows.filter(({ replacedAt }) => replacedAt === null).length]).toEqual([3, 1])
})

test('an approved run does not pay to an account that was changed since', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 5_000n, { name: 'Maya' })
  const runId = await approvedRun(ctx, [maya.id])
  await save(ctx, maya.id, { kind: 'paypal', currency: 'EUR', email: 'new@pay.example' })
  expect(await sendRun(ctx, { runId, revision: await revisionOf(ctx, runId), actor: 'user/1' })).toEqual({
    ok: false,
    reason: 'method_replaced',
    creators: ['Maya'],
  })
})

test('a preview shows nothing of another shop', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createPayable(ctx, 5_000n)
  const other = base.forShop(base.shop)
  expect(await chosen(other, [maya.id], 'EUR')).toEqual([])
})

test('the link to enter details is good once, for a week, and not after the creator’s address changed', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop, { handle: 'MAYA' })
  expect(await askForPayoutDetails(ctx, { creatorId: maya.id })).toEqual({
    ok: true,
    toAddress: 'maya@creators.example',
  })
  expect(await askForPayoutDetails(ctx, { creatorId: maya.id })).toEqual({
    ok: false,
    reason: 'already_on_its_way',
  })
  await sendAll(ctx)
  const token = /\/c\/payout-details\/([\w.-]+)/.exec(base.outbox[0]?.text ?? '')?.[1] ?? ''
  expect(await readPayoutDetailsLink(ctx, token)).toMatchObject({ ok: true, view: { creatorId: maya.id } })
  await save(ctx, maya.id)
  expect(await readPayoutDetailsLink(ctx, token)).toEqual({ ok: false, reason: 'used' })
  const { url } = await ctx.db.inShop(ctx.shop.id, (tx) => payoutDetailsUrl(tx, ctx, ctx.shop.id, maya.id))
  const fresh = url.split('/').at(-1) ?? ''
  expect(await readPayoutDetailsLink(ctx, fresh)).toMatchObject({ ok: true })
  ctx.clock.moveTo('2026-05-11T15:00:00Z')
  expect(await readPayoutDetailsLink(ctx, fresh)).toEqual({ ok: false, reason: 'expired' })
  expect(await readPayoutDetailsLink(ctx, `${fresh.slice(0, -2)}xx`)).toEqual({ ok: false, reason: 'dead' })
})

test('an old form, or one that made another creator’s method, is refused by name', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop, { name: 'Maya', handle: 'MAYA' })
  const noah = await createCreator(ctx.db, ctx.shop, { name: 'Noah', handle: 'NOAH' })
  const formId = randomUUID()
  const paypal = { kind: 'paypal', currency: 'EUR', email: 'new@pay.example' }
  await save(ctx, maya.id, SEPA_METHOD, formId)
  await save(ctx, maya.id, paypal)
  expect(await save(ctx, maya.id, SEPA_METHOD, formId)).toEqual({ ok: false, reason: 'form_reused' })
  expect(await save(ctx, noah.id, SEPA_METHOD, formId)).toEqual({ ok: false, reason: 'form_reused' })
  const standing = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.payoutMethod.findMany({ where: { replacedAt: null } }),
  )
  expect(standing.map(({ creatorId, kind }) => [creatorId, kind])).toEqual([[maya.id, 'paypal']])
})
