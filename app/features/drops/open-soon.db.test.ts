import { expect, test } from 'vitest'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { minutes, openDropStage, planOf, playUntil, readDrop } from '#tests/factories/drops.ts'
import { openSoon } from './open-soon.server.ts'
import { draftDrop } from './plan-drop.server.ts'
import { switchOnGate } from './tell-checkout.server.ts'

test('a planned drop is brought forward to the next minutes, once, by whoever saw it last', async () => {
  await using stage = await openDropStage()
  const { context } = stage
  const id = newRowId()
  await draftDrop(context, { id, plan: planOf(stage) }, 'user/1')
  const ask = { dropId: id, revision: 1 }
  const other = { ...context, shop: { ...context.shop, id: context.shop.id + 1 } }
  expect(await openSoon(other, ask, 'user/1')).toEqual({ ok: false, reason: 'unknown_drop' })
  expect(await openSoon(context, { ...ask, revision: 7 }, 'user/1')).toMatchObject({
    reason: 'changed_meanwhile',
  })
  await switchOnGate(context)
  expect(await openSoon(context, ask, 'user/1')).toMatchObject({ ok: true, changed: true })
  const { status, acts } = await readDrop(stage, id)
  expect(status).toBe('scheduled')
  // Five hours before the planned opening, on the full minute: two minutes ahead.
  const at = (from: number) => minutes(-300 + 2 + from).toISOString()
  expect(acts.map((act) => [act.kind, act.at])).toEqual([
    ['teaser', minutes(-300 + 80 / 60).toISOString()],
    ['open', at(0)],
    ['wave', at(6)],
    ['wave', at(12)],
    ['close', at(20)],
    ['after', at(60)],
  ])
  expect(stage.stock()).toEqual({ available: 10, reserved: 20, committed: 0 })
  expect(await openSoon(context, ask, 'user/1')).toEqual({ ok: false, reason: 'drop_is_scheduled' })
  await playUntil(stage, id, -300 + 2 + 20)
  expect(await readDrop(stage, id)).toMatchObject({ status: 'closed' })
})

test('what cannot be scheduled stays a draft', async () => {
  await using stage = await openDropStage({ units: 15 })
  const { context } = stage
  const id = newRowId()
  await draftDrop(context, { id, plan: planOf(stage) }, 'user/1')
  expect(await openSoon(context, { dropId: id, revision: 1 }, 'user/1')).toMatchObject({
    reason: 'preflight_red',
  })
  expect(await readDrop(stage, id)).toMatchObject({ status: 'draft', revision: 2 })
  const empty = newRowId()
  const plan = planOf(stage, { handle: 'nothing', acts: [], waves: [] })
  await draftDrop(context, { id: empty, plan }, 'user/1')
  expect(await openSoon(context, { dropId: empty, revision: 1 }, 'user/1')).toMatchObject({
    reason: 'plan_incomplete',
  })
})
