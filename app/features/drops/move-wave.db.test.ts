// Moves of which nobody heard for longer than Shopify remembers their keys: found out by the counts, and never made twice.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { insertDrop } from '#app/adapters/db/drop-store.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import type { AdminApi } from '#app/adapters/shopify/admin-api.ts'
import { adjustInventory } from '#sandbox/commerce/adjust-inventory.ts'
import { DROP_SHOP, type DropStage, openDropStage, planOf, readDrop } from '#tests/factories/drops.ts'
import { moveWave } from './move-wave.server.ts'

let stage: DropStage
let dropId: string
beforeEach(async () => {
  stage = await openDropStage()
  const { db, shop, clock } = stage.context
  dropId = newRowId()
  const given = { id: dropId, plan: planOf(stage), createdAt: clock.now(), createdBy: 'user/1' }
  await db.inShop(shop.id, (tx) => insertDrop(tx, shop.id, given))
})
afterEach(async () => {
  await stage[Symbol.asyncDispose]()
})

/** Stops at the move itself: before it was sent, or after it was made and before the answer came. */
function stoppedAt(when: 'before' | 'after'): DropStage['context'] {
  const { shopify } = stage.context
  const stopped: AdminApi = {
    shopDomain: shopify.shopDomain,
    async request(document, variables) {
      const isMove = document.toString().includes('inventoryMoveQuantities')
      if (isMove && when === 'before') throw new Error('stopped')
      const answer = await shopify.request(document, variables)
      if (isMove) throw new Error('stopped')
      return answer
    },
  }
  return { ...stage.context, shopify: stopped }
}

async function reserve(context: DropStage['context'], index: number) {
  const drop = await readDrop(stage, dropId)
  const wave = drop.waves.find(({ units }) => units === (index === 0 ? 12 : 8))
  if (!wave) throw new Error('no wave')
  return moveWave(context, drop, wave, 'reserved', async () => true)
}

async function days(count: number): Promise<void> {
  stage.house.clock.advance(count * 86_400_000)
  const { clock } = stage.running.sandbox
  clock.setOffset(clock.offsetMs + count * 86_400_000)
}

test.each(['before', 'after'] as const)(
  'a move that was stopped %s it was made is made once',
  async (when) => {
    await expect(reserve(stoppedAt(when), 0)).rejects.toThrow('stopped')
    // Another wave of the same place goes its way meanwhile.
    stage.house.clock.advance(1_000)
    expect(await reserve(stage.context, 1)).toMatchObject({ ok: true, units: 8 })
    await days(2)
    expect(await reserve(stage.context, 0)).toMatchObject({ ok: true, units: 12 })
    expect(stage.stock()).toEqual({ available: 10, reserved: 20, committed: 0 })
  },
)

test('where somebody moved units too, nothing is moved, and it is said', async () => {
  await expect(reserve(stoppedAt('after'), 0)).rejects.toThrow('stopped')
  const [hero] = stage.pieces
  const adjusted = adjustInventory(stage.running.sandbox, DROP_SHOP, {
    inventoryItemId: hero?.inventoryItemId ?? '',
    locationId: stage.locationId,
    name: 'reserved',
    delta: -5,
  })
  expect(adjusted.ok).toBe(true)
  await days(2)
  const before = stage.stock()
  expect(await reserve(stage.context, 0)).toMatchObject({
    ok: false,
    reason: 'old_move_unclear',
    reserved: 7,
  })
  expect(stage.stock()).toEqual(before)
})
