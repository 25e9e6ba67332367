import { expect, test } from 'vitest'
import { UNKNOWN_PERSON } from '#app/domain/proposals/proposal.ts'
import { createEuroShop, createPayable, draftRun, revisionOf } from '#tests/factories/payouts.ts'
import { decideRuleChange, saveApprovalRules } from './approval-rules.server.ts'
import { approveRun } from './approve-run.server.ts'
import { readPayoutSettings } from './payout-settings.server.ts'

type Ctx = Awaited<ReturnType<typeof createEuroShop>>['ctx']

const STRICT = { payoutApprovals: 2, adjustmentsNeedSecond: true }
const save = (ctx: Ctx, approvals: number, second: number, actor = 'user/1') =>
  saveApprovalRules(ctx, { levels: { payout_approvals: approvals, second_person: second }, actor })

async function standing(ctx: Ctx, actor = 'user/1') {
  const { payoutApprovals, adjustmentsNeedSecond, waiting } = await readPayoutSettings(ctx, actor)
  return { rules: [payoutApprovals, adjustmentsNeedSecond], waiting }
}

test('one person cannot lower what needs two: another confirms it, and is not the one who asked', async () => {
  const { base, ctx } = await createEuroShop(STRICT)
  await using _ = base
  expect(await save(ctx, 1, 0)).toEqual({ ok: true, waiting: ['payout_approvals', 'second_person'] })
  const before = await standing(ctx)
  expect(before.rules).toEqual([2, true])
  expect(before.waiting).toMatchObject([
    { rule: 'payout_approvals', fromLevel: 2, toLevel: 1, proposedBy: 'user/1', mayAgree: false },
    { rule: 'second_person', fromLevel: 1, toLevel: 0, proposedBy: 'user/1', mayAgree: false },
  ])
  const changeId = before.waiting[0]?.id ?? ''
  const agree = (actor: string) => decideRuleChange(ctx, { changeId, decision: 'agree', actor })
  expect(await agree('user/1')).toEqual({ ok: false, reason: 'second_person_needed' })
  expect(await agree(UNKNOWN_PERSON)).toEqual({ ok: false, reason: 'person_unknown' })
  // Whoever asks for the same has not confirmed it by that, and the first one stays the one who asked.
  await save(ctx, 1, 0, 'user/2')
  expect((await standing(ctx, 'user/2')).waiting.map(({ proposedBy }) => proposedBy)).toEqual([
    'user/1',
    'user/1',
  ])
  const confirmed = await Promise.all([agree('user/2'), agree('user/2')])
  expect(confirmed.map((result) => result.ok && result.changed).sort()).toEqual([false, true])
  expect(await standing(ctx)).toMatchObject({ rules: [1, true], waiting: [{ rule: 'second_person' }] })
})

test('what was asked for can be withdrawn, also by whoever asked, and is then not confirmed any more', async () => {
  const { base, ctx } = await createEuroShop(STRICT)
  await using _ = base
  await save(ctx, 1, 1)
  const changeId = (await standing(ctx)).waiting[0]?.id ?? ''
  const decide = (decision: 'agree' | 'reject', actor: string) =>
    decideRuleChange(ctx, { changeId, decision, actor })
  expect(await decide('reject', 'user/1')).toEqual({ ok: true, status: 'rejected', changed: true })
  expect(await decide('agree', 'user/2')).toEqual({ ok: false, reason: 'already_rejected' })
  expect(await standing(ctx)).toEqual({ rules: [2, true], waiting: [] })
  expect(await decideRuleChange(ctx, { changeId: 'x', decision: 'agree', actor: 'user/2' })).toEqual({
    ok: false,
    reason: 'unknown_rule_change',
  })
})

test('a stricter rule holds at once, and every change stands in the history', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  expect(await save(ctx, 2, 1)).toEqual({ ok: true, waiting: [] })
  expect(await standing(ctx)).toEqual({ rules: [2, true], waiting: [] })
  expect(await save(ctx, 3, 1)).toEqual({ ok: false, reason: 'approvals_out_of_range' })
  const rows = await ctx.db.inShop(ctx.shop.id, (tx) => tx.approvalRuleChange.findMany())
  expect(rows.map(({ rule, status, decidedBy }) => [rule, status, decidedBy]).sort()).toEqual([
    ['payout_approvals', 'agreed', 'user/1'],
    ['second_person', 'agreed', 'user/1'],
  ])
})

test('open runs keep the number of people that they were made with', async () => {
  const { base, ctx } = await createEuroShop(STRICT)
  await using _ = base
  await save(ctx, 1, 0)
  const runId = await draftRun(ctx, [(await createPayableAlone(ctx)).id])
  for (const { id } of (await standing(ctx)).waiting)
    await decideRuleChange(ctx, { changeId: id, decision: 'agree', actor: 'user/2' })
  expect((await standing(ctx)).rules).toEqual([1, false])
  expect(await approveRun(ctx, { runId, revision: 1, actor: UNKNOWN_PERSON })).toEqual({
    ok: false,
    reason: 'person_unknown',
  })
  expect(await approveRun(ctx, { runId, revision: 1, actor: 'user/1' })).toEqual({
    ok: true,
    complete: false,
  })
  const revision = await revisionOf(ctx, runId)
  expect(await approveRun(ctx, { runId, revision, actor: 'user/2' })).toEqual({ ok: true, complete: true })
})

/** Its credit is posted while one person may. */
async function createPayableAlone(ctx: Ctx) {
  const alone = (adjustmentsNeedSecond: boolean) =>
    ctx.db.inShop(ctx.shop.id, (tx) =>
      tx.shop.update({ where: { id: ctx.shop.id }, data: { adjustmentsNeedSecond } }),
    )
  await alone(false)
  const maya = await createPayable(ctx, 5_000n)
  await alone(true)
  return maya
}

test('the database itself refuses a lower rule by one person, or by nobody', async () => {
  const { base, ctx } = await createEuroShop(STRICT)
  await using _ = base
  await save(ctx, 1, 1)
  for (const decidedBy of ['user/1', null]) {
    const bypass = ctx.db.inShop(ctx.shop.id, (tx) =>
      tx.approvalRuleChange.updateMany({ data: { status: 'agreed', decidedBy } }),
    )
    await expect(bypass).rejects.toThrow(/rule_second_person/)
  }
})
