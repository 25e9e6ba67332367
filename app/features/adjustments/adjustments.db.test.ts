import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createCreator } from '#tests/factories/creator.ts'
import { bookOrders } from '#tests/factories/ledger.ts'
import { balances, createEuroShop } from '#tests/factories/payouts.ts'
import { proposeAdvance } from '../advances/propose-advance.server.ts'
import { verifyLedger } from '../ledger/verify-ledger.server.ts'
import { decideAdjustment } from './decide-adjustment.server.ts'
import { type ProposeAdjustmentInput, proposeAdjustment } from './propose-adjustment.server.ts'

type Ctx = Awaited<ReturnType<typeof createEuroShop>>['ctx']

const input = (change: Partial<ProposeAdjustmentInput>): ProposeAdjustmentInput => ({
  formId: randomUUID(),
  kind: 'creator_correction',
  creatorId: null,
  orderId: null,
  account: 'correction-expense',
  amountMinor: 2_500n,
  currency: 'EUR',
  incomeType: 'commission_service',
  reason: 'The clasp was billed twice',
  facts: { statementNumber: 'MAYA-0003', line: 'Pearl ring' },
  actor: 'user/1',
  ...change,
})

async function suspend(ctx: Ctx, orderId: bigint, amountMinor: bigint) {
  await ctx.db.inShop(ctx.shop.id, async (tx) => {
    const at = new Date('2026-05-01T00:00:00Z')
    const shopId = ctx.shop.id
    await tx.suspenseItem.create({
      data: {
        id: randomUUID(),
        shopId,
        orderId,
        reason: 'total_differs_from_sales',
        amountMinor,
        currency: 'EUR',
        openedAt: at,
      },
    })
    await tx.alert.create({
      data: {
        id: randomUUID(),
        shopId,
        key: `order_does_not_tie_out/${orderId}`,
        kind: 'order_does_not_tie_out',
        severity: 'warning',
        raisedAt: at,
      },
    })
  })
}

test('a correction posts once, says why for ever, and names what it corrects', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const asked = input({ creatorId: maya.id })
  const results = await Promise.all([proposeAdjustment(ctx, asked), proposeAdjustment(ctx, asked)])
  expect(results.map((result) => result.ok && result.status)).toEqual(['posted', 'posted'])
  expect(await balances(ctx)).toEqual({
    'correction-expense': 2_500n,
    [`creator/${maya.id}/available`]: -2_500n,
  })
  const journal = await ctx.db.inShop(ctx.shop.id, (tx) => tx.journal.findFirstOrThrow())
  expect(journal).toMatchObject({
    kind: 'correction',
    factKey: `adjustment/${asked.formId}`,
    arithmetic: { reason: 'The clasp was billed twice', statementNumber: 'MAYA-0003', proposedBy: 'user/1' },
  })
})

test('where a second person must agree, the first one cannot post alone', async () => {
  const { base, ctx } = await createEuroShop({ adjustmentsNeedSecond: true })
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const asked = input({ creatorId: maya.id, amountMinor: -700n })
  expect(await proposeAdjustment(ctx, asked)).toMatchObject({
    ok: true,
    status: 'proposed',
    journalSeq: null,
  })
  const decide = (actor: string, decision: 'agree' | 'reject' = 'agree') =>
    decideAdjustment(ctx, { adjustmentId: asked.formId, decision, actor })
  expect(await decide('user/1')).toEqual({ ok: false, reason: 'second_person_needed' })
  expect(await balances(ctx)).toEqual({})
  const decided = await Promise.all([decide('user/2'), decide('user/3'), decide('user/2', 'reject')])
  expect(decided.filter((result) => result.ok && result.changed)).toHaveLength(1)
  const standing = await ctx.db.inShop(ctx.shop.id, (tx) => tx.adjustment.findFirstOrThrow())
  expect(await balances(ctx)).toEqual(
    standing.status === 'posted'
      ? { 'correction-expense': -700n, [`creator/${maya.id}/available`]: 700n }
      : {},
  )
})

test('a difference leaves suspense whole, once, and its alert goes', async () => {
  const { base, ctx } = await createEuroShop({ adjustmentsNeedSecond: true })
  await using _ = base
  await suspend(ctx, 71n, -340n)
  const asked = input({
    kind: 'suspense',
    orderId: 71n,
    account: 'write-offs',
    amountMinor: -340n,
    facts: {},
  })
  expect(await proposeAdjustment(ctx, { ...asked, amountMinor: -339n })).toEqual({
    ok: false,
    reason: 'suspense_changed',
  })
  expect(await proposeAdjustment(ctx, asked)).toMatchObject({ ok: true, status: 'proposed' })
  expect(await proposeAdjustment(ctx, { ...asked, formId: randomUUID() })).toEqual({
    ok: false,
    reason: 'suspense_changed',
  })
  const decision = { adjustmentId: asked.formId, decision: 'agree' as const, actor: 'user/2' }
  expect(await decideAdjustment(ctx, decision)).toEqual({ ok: true, status: 'agreed', changed: true })
  expect(await balances(ctx)).toEqual({ suspense: -340n, 'write-offs': 340n })
  const state = await ctx.db.inShop(ctx.shop.id, async (tx) => ({
    item: await tx.suspenseItem.findFirstOrThrow(),
    alert: await tx.alert.findFirstOrThrow(),
  }))
  expect(state.item.resolvedBy).toBe('journal')
  expect(state.alert.resolvedAt).not.toBeNull()
})

test('a difference that moved on before the second person looked is not posted', async () => {
  const { base, ctx } = await createEuroShop({ adjustmentsNeedSecond: true })
  await using _ = base
  await suspend(ctx, 71n, 500n)
  const asked = input({ kind: 'suspense', orderId: 71n, account: 'write-offs', amountMinor: 500n })
  await proposeAdjustment(ctx, asked)
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.suspenseItem.updateMany({ data: { resolvedAt: new Date(), resolvedBy: 'tied_out' } }),
  )
  expect(
    await decideAdjustment(ctx, { adjustmentId: asked.formId, decision: 'agree', actor: 'user/2' }),
  ).toEqual({
    ok: false,
    reason: 'suspense_changed',
  })
  expect(await balances(ctx)).toEqual({})
})

test('what makes no sense is refused by field', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const refusals = async (change: Partial<ProposeAdjustmentInput>) => {
    const result = await proposeAdjustment(ctx, input({ creatorId: maya.id, ...change }))
    if (result.ok) return 'ok'
    return result.reason === 'invalid_input'
      ? result.problems.map(({ field, reason }) => `${field}: ${reason}`).join(', ')
      : result.reason
  }
  expect(await refusals({ reason: '  ' })).toBe('reason: required')
  expect(await refusals({ reason: 'a\u0000b' })).toBe('reason: unreadable')
  expect(await refusals({ amountMinor: 0n })).toBe('amount: zero')
  expect(await refusals({ account: 'bank' })).toBe('account: wrong_account')
  expect(await refusals({ creatorId: null })).toBe('creator: required')
  expect(await refusals({ creatorId: randomUUID() })).toBe('unknown_creator')
  expect(await refusals({ currency: 'ABC' })).toBe('unknown_currency')
  expect(await refusals({ kind: 'gift', account: 'gifts-in-kind', amountMinor: -5n })).toBe(
    'amount: not_positive',
  )
  expect(await refusals({ formId: 'x' })).toBe('form_malformed')
})

test('when Shopify’s numbers tie out after all, what was booked out of suspense goes back, and the books verify throughout', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const order = (unexplainedMinor: bigint) =>
    bookOrders({ ...base, ...ctx } as typeof base, [
      {
        orderId: 71n,
        placedAt: '2026-05-01T15:00:00.000Z',
        lines: [{ lineItemId: 711n, netMinor: 10_000n }],
        unexplainedMinor,
        currency: 'EUR',
      },
    ])
  await order(300n)
  expect((await balances(ctx)).suspense).toBe(-300n)
  const asked = input({ kind: 'suspense', orderId: 71n, account: 'write-offs', amountMinor: 300n, facts: {} })
  expect(await proposeAdjustment(ctx, asked)).toMatchObject({ ok: true, status: 'posted' })
  expect(await balances(ctx)).toMatchObject({ 'write-offs': -300n })
  expect((await balances(ctx)).suspense).toBeUndefined()
  expect((await verifyLedger(ctx.db, ctx.shop.id)).findings).toEqual([])
  await order(0n)
  const after = await balances(ctx)
  expect([after.suspense, after['write-offs']]).toEqual([undefined, undefined])
  const open = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.suspenseItem.count({ where: { resolvedAt: null } }),
  )
  expect(open).toBe(0)
  expect((await verifyLedger(ctx.db, ctx.shop.id)).findings).toEqual([])
})

test('a slipped key cannot post an amount that no later sum could hold', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop)
  const tooMuch = 2n ** 63n - 1n
  for (const amountMinor of [tooMuch, -tooMuch]) {
    expect(await proposeAdjustment(ctx, input({ creatorId: maya.id, amountMinor }))).toEqual({
      ok: false,
      reason: 'invalid_input',
      problems: [{ field: 'amount', reason: 'too_large' }],
    })
  }
  const advance = { formId: randomUUID(), creatorId: maya.id, agreementId: null, amountMinor: tooMuch }
  const terms = { currency: 'EUR', recoupBps: 5_000, note: '', actor: 'user/1' }
  expect(await proposeAdvance(ctx, { ...advance, ...terms })).toEqual({
    ok: false,
    reason: 'amount_too_large',
  })
})
