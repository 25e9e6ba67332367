import { expect, test } from 'vitest'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { DROP_SHOP, openDropStage, planOf, playUntil, readDrop } from '#tests/factories/drops.ts'
import { createShop } from '#tests/factories/shop.ts'
import { changeDrop, deleteDraft, draftDrop } from './plan-drop.server.ts'
import { pressDrop } from './press-drop.server.ts'
import { scheduleDrop } from './schedule-drop.server.ts'
import { switchOnGate } from './tell-checkout.server.ts'

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

test('with the gate on, a drop is scheduled, the checkout is told its windows and price, and a drop goes back to a draft', async () => {
  await using stage = await openDropStage()
  const { context } = stage
  const id = newRowId()
  const plan = planOf(stage, { price: { kind: 'percent', bps: 1000 }, limitPerCustomer: 1 })
  await draftDrop(context, { id, plan }, 'user/1')
  expect(await switchOnGate(context)).toEqual({ ok: true })
  const ask = { dropId: id, revision: 1 }
  expect(await scheduleDrop(context, ask, 'user/1')).toMatchObject({ ok: true, changed: true })
  expect(await scheduleDrop(context, ask, 'user/1')).toMatchObject({ ok: true, changed: false })
  expect(stage.stock()).toEqual({ available: 10, reserved: 20, committed: 0 })
  await playUntil(stage, id, -299)
  const state = stage.running.sandbox.shops[DROP_SHOP]
  const owned = (owner: string, key: string) => {
    const found = Object.entries(state?.ownerMetafields ?? {}).find(([gid]) => gid.includes(owner))
    return JSON.parse(found?.[1].find((field) => field.key === key)?.value ?? 'null')
  }
  expect(owned('Validation', 'rules')).toMatchObject({
    drops: [
      { id: 'rose-signet', open: 0, limit: 1, products: stage.pieces.map(({ productId }) => productId) },
    ],
  })
  expect(owned('Validation', 'windows')).toMatchObject({
    s0a: '2026-12-10T18:00:00',
    s0b: '2026-12-10T18:19:59',
  })
  expect(owned('Discount', 'prices')).toMatchObject([{ drop: 'rose-signet', bps: 1000, slots: [0] }])
  const discounts = Object.values(state?.automaticDiscounts ?? {})
  expect(discounts).toMatchObject([{ startsAt: plan.acts[1]?.at, endsAt: plan.acts[4]?.at }])
  const { revision } = await readDrop(stage, id)
  expect(
    await pressDrop(context, { dropId: id, press: { kind: 'unschedule' }, revision }, 'user/1'),
  ).toMatchObject({
    ok: true,
  })
  await playUntil(stage, id, -298)
  expect(stage.stock()).toEqual({ available: 30, reserved: 0, committed: 0 })
  expect(owned('Validation', 'rules')).toMatchObject({ drops: [] })
  // The same plan may be scheduled again: its waves are new ones.
  const again = { dropId: id, revision: (await readDrop(stage, id)).revision }
  expect(await scheduleDrop(context, again, 'user/1')).toMatchObject({ ok: true, changed: true })
  expect(stage.stock()).toEqual({ available: 10, reserved: 20, committed: 0 })
})

test('a drop that the checkout has no room for is not scheduled: the others would not be heard of either', async () => {
  await using stage = await openDropStage()
  const { context } = stage
  expect(await switchOnGate(context)).toEqual({ ok: true })
  const brief = (handle: string) => {
    const acts = planOf(stage).acts.filter(({ kind }) => kind === 'open' || kind === 'close')
    return planOf(stage, { handle, acts, waves: [] })
  }
  const ids = Array.from({ length: 9 }, () => newRowId())
  for (const [index, id] of ids.entries())
    await draftDrop(context, { id, plan: brief(`drop-${index}`) }, 'user/1')
  for (const [index, id] of ids.entries()) {
    const scheduled = await scheduleDrop(context, { dropId: id, revision: 1 }, 'user/1')
    if (index < 8) expect(scheduled).toMatchObject({ ok: true })
    else
      expect(scheduled).toMatchObject({
        reason: 'preflight_red',
        items: expect.arrayContaining([
          expect.objectContaining({ check: 'gate', light: 'red', reason: 'windows_full' }),
        ]),
      })
  }
})

test('an id that another shop’s drop has is refused by name', async () => {
  await using stage = await openDropStage()
  const { context } = stage
  const id = newRowId()
  expect(await draftDrop(context, { id, plan: planOf(stage) }, 'user/1')).toMatchObject({ ok: true })
  const other = { ...context, shop: await createShop(context.db) }
  const refused = { ok: false, reason: 'form_reused' }
  expect(await draftDrop(other, { id, plan: planOf(stage) }, 'user/2')).toEqual(refused)
  expect(await draftDrop(other, { id: 'no id', plan: planOf(stage) }, 'user/2')).toEqual(refused)
  expect(await readDrop(stage, id)).toMatchObject({ createdBy: 'user/1' })
})

test('of two who want one link name at once, one has it and the other is told', async () => {
  await using stage = await openDropStage()
  const { context } = stage
  const plan = planOf(stage)
  const [one, two, same] = [newRowId(), newRowId(), newRowId()]
  const reasonsOf = async (...asked: Array<ReturnType<typeof draftDrop>>) =>
    (await Promise.all(asked)).map((outcome) => (outcome.ok ? 'ok' : outcome.reason)).sort()
  const draft = (id: string, handle: string) =>
    draftDrop(context, { id, plan: { ...plan, handle } }, 'user/1')
  expect(await reasonsOf(draft(one, 'rose'), draft(two, 'rose'))).toEqual(['handle_taken', 'ok'])
  expect(await reasonsOf(draft(same, 'thorn'), draft(same, 'thorn'))).toEqual(['ok', 'ok'])
  const third = newRowId()
  await draft(third, 'third')
  const change = (dropId: string) =>
    changeDrop(context, { dropId, plan: { ...plan, handle: 'fourth' }, revision: 1 }, 'user/1')
  expect(await reasonsOf(change(same), change(third))).toEqual(['handle_taken', 'ok'])
})
