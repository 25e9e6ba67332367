import { expect, test } from 'vitest'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { openDropStage, planOf, playUntil, readDrop } from '#tests/factories/drops.ts'
import { changeDrop, deleteDraft, draftDrop } from './plan-drop.server.ts'
import { scheduleDrop } from './schedule-drop.server.ts'

test('a draft is saved while something is missing, changed by whoever saw it last, and deleted', async () => {
  await using stage = await openDropStage()
  const { context } = stage
  const id = newRowId()
  const plan = planOf(stage, { acts: planOf(stage).acts.filter(({ kind }) => kind === 'open'), waves: [] })
  expect(await draftDrop(context, { id, plan }, 'user/1')).toEqual({ ok: true, dropId: id })
  expect(await draftDrop(context, { id, plan }, 'user/1')).toEqual({ ok: true, dropId: id })
  expect(await draftDrop(context, { id: newRowId(), plan }, 'user/1')).toMatchObject({
    reason: 'handle_taken',
  })
  const backwards = planOf(stage)
  const contradicting = {
    ...backwards,
    acts: backwards.acts.map((act) => ({ ...act, at: plan.acts[0]?.at ?? '' })),
  }
  expect(await draftDrop(context, { id: newRowId(), plan: contradicting }, 'user/1')).toMatchObject({
    reason: 'plan_contradicts',
    problems: expect.arrayContaining([expect.objectContaining({ reason: 'acts_too_close' })]),
  })
  const whole = { dropId: id, plan: planOf(stage, { title: 'Rose' }), revision: 1 }
  expect(await changeDrop(context, whole, 'user/2')).toMatchObject({ ok: true })
  expect(await changeDrop(context, whole, 'user/3')).toEqual({ ok: false, reason: 'changed_meanwhile' })
  expect(await readDrop(stage, id)).toMatchObject({ title: 'Rose', revision: 2, waves: [{}, {}] })
  const nobody = { ...whole, plan: { ...whole.plan, creatorId: newRowId() } }
  expect(await changeDrop(context, { ...nobody, revision: 2 }, 'user/2')).toMatchObject({
    reason: 'unknown_creator',
  })
  const other = { ...context, shop: { ...context.shop, id: context.shop.id + 1 } }
  expect(await deleteDraft(other, id, 'user/1')).toEqual({ ok: false, reason: 'unknown_drop' })
  expect(await deleteDraft(context, id, 'user/1')).toMatchObject({ ok: true })
  expect(await deleteDraft(context, id, 'user/1')).toEqual({ ok: false, reason: 'unknown_drop' })
})

test('a drop is not scheduled while anything is red, and no unit is moved for it', async () => {
  await using stage = await openDropStage({ units: 15 })
  const id = newRowId()
  await draftDrop(stage.context, { id, plan: planOf(stage) }, 'user/1')
  const refused = await scheduleDrop(stage.context, { dropId: id, revision: 1 }, 'user/1')
  expect(refused).toMatchObject({ reason: 'preflight_red' })
  const red =
    refused.ok || refused.reason !== 'preflight_red'
      ? []
      : refused.items.filter(({ light }) => light === 'red')
  expect(red).toMatchObject([
    { check: 'stock', reason: 'too_little', facts: { units: 20, available: 15 } },
    { check: 'gate', reason: 'missing' },
  ])
  expect(stage.stock()).toEqual({ available: 15, reserved: 0, committed: 0 })
  await playUntil(stage, id, -200)
  expect(await readDrop(stage, id)).toMatchObject({ status: 'draft', settlesAt: null })
})
