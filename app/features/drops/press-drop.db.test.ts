// Presses that would leave checkout or storefront without room are refused before anything changes.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newRowId } from '#app/adapters/db/row-id.ts'
import type { ActKind, DropPlan } from '#app/domain/drops/drop.ts'
import { createCreator } from '#tests/factories/creator.ts'
import {
  type DropStage,
  minutes,
  openDropStage,
  planOf,
  playUntil,
  readDrop,
  scheduleDrop,
} from '#tests/factories/drops.ts'
import { checkDrop } from './check-drop.server.ts'
import { type DropPress, pressDrop, previewPress } from './press-drop.server.ts'

let stage: DropStage
beforeEach(async () => {
  stage = await openDropStage()
})
afterEach(async () => {
  await stage[Symbol.asyncDispose]()
})

const extendTo = (minute: number): DropPress => ({ kind: 'extend', closeAt: minutes(minute).toISOString() })

function brief(handle: string, opens: number, given: Partial<DropPlan> = {}): DropPlan {
  const act = (kind: ActKind, from: number) => ({ id: newRowId(), kind, at: minutes(from).toISOString() })
  return planOf(stage, { handle, acts: [act('open', opens), act('close', opens + 20)], waves: [], ...given })
}

/** Previewed and pressed alike; nothing of it is changed. */
async function expectRefused(id: string, press: DropPress, reason: string): Promise<void> {
  const before = await readDrop(stage, id)
  expect(await previewPress(stage.context, id, press)).toMatchObject({ ok: false, reason })
  const asked = { dropId: id, press, revision: before.revision }
  expect(await pressDrop(stage.context, asked, 'user/1')).toMatchObject({ ok: false, reason })
  expect(await readDrop(stage, id)).toEqual(before)
}

test('an extension into a time that is full of other drops is refused, one that ends before it is not', async () => {
  const { id } = await scheduleDrop(stage, brief('first', 0))
  for (let index = 0; index < 8; index += 1) await scheduleDrop(stage, brief(`later-${index}`, 60))
  await expectRefused(id, extendTo(70), 'windows_full')
  const { revision } = await readDrop(stage, id)
  const asked = { dropId: id, press: extendTo(50), revision }
  expect(await pressDrop(stage.context, asked, 'user/1')).toMatchObject({ ok: true, changed: true })
})

test('a drop that goes on later, by as long as it was held, needs room there too', async () => {
  const { id } = await scheduleDrop(stage, brief('first', 0))
  for (let index = 0; index < 8; index += 1) await scheduleDrop(stage, brief(`later-${index}`, 60))
  await playUntil(stage, id, -299)
  const { revision } = await readDrop(stage, id)
  stage.house.clock.moveTo(minutes(-60))
  const held = await pressDrop(stage.context, { dropId: id, press: { kind: 'hold' }, revision }, 'user/1')
  expect(held).toMatchObject({ ok: true })
  stage.house.clock.moveTo(minutes(-10))
  await expectRefused(id, { kind: 'resume', shift: true }, 'windows_full')
  expect(await previewPress(stage.context, id, { kind: 'resume', shift: false })).toMatchObject({ ok: true })
})

test('what pages cannot print is red before it is scheduled, and refuses what would tell them anew', async () => {
  const { db, shop } = stage.context
  const creator = await createCreator(db, shop)
  const { id } = await scheduleDrop(stage, brief('long', 0, { creatorId: creator.id }))
  // More than any single limit lets through, as many pieces together may be.
  const story = 'Once upon a time. '.repeat(500)
  await db.inShop(shop.id, (tx) => tx.drop.update({ where: { id }, data: { story } }))
  await expectRefused(id, extendTo(30), 'config_too_large')
  const checked = await checkDrop(stage.context, await readDrop(stage, id))
  expect(checked).toMatchObject({
    ok: true,
    items: expect.arrayContaining([
      expect.objectContaining({ check: 'blocks', light: 'red', reason: 'config_too_large' }),
    ]),
  })
})
