// The shop's clock is changed while drops are planned: moments stay what they are, and the checkout compares with the new clock.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readDropForm } from '#app/features/drops/drop-form-view.server.ts'
import { readDrop as readDropView } from '#app/features/drops/drop-view.server.ts'
import { createJobHandlers } from '#app/jobs/handlers.ts'
import { updateShop } from '#sandbox/commerce/update-shop.ts'
import {
  DROP_SHOP,
  type DropStage,
  minutes,
  openDropStage,
  planOf,
  playUntil,
  readDrop,
  receiptsOf,
  scheduleDrop,
} from './factories/drops.ts'

let stage: DropStage
let dropId: string

beforeEach(async () => {
  stage = await openDropStage()
  dropId = (await scheduleDrop(stage, planOf(stage, { price: { kind: 'percent', bps: 1000 } }))).id
  await playUntil(stage, dropId, -299)
})
afterEach(async () => {
  await stage[Symbol.asyncDispose]()
})

/** As the checkout's functions are given them. */
function windowsOf(owner: 'Validation' | 'Discount'): { s0a: string; s0b: string } {
  const all = stage.running.sandbox.shops[DROP_SHOP]?.ownerMetafields ?? {}
  const [, fields] = Object.entries(all).find(([gid]) => gid.includes(owner)) ?? []
  return JSON.parse(fields?.find(({ key }) => key === 'windows')?.value ?? 'null')
}

const BERLIN = { s0a: '2026-12-10T18:00:00', s0b: '2026-12-10T18:19:59' }
const NEW_YORK = { s0a: '2026-12-10T12:00:00', s0b: '2026-12-10T12:19:59' }

async function expectMoved(): Promise<void> {
  const { context } = stage
  const fresh = await stage.house.context(context.shop.id)
  expect(fresh.shop).toMatchObject({ timeZone: 'America/New_York', name: 'Lumen Atelier' })
  const view = await readDropView(fresh, dropId)
  expect(view).toMatchObject({ shopTimeZone: 'America/New_York', drop: { timeZone: 'Europe/Berlin' } })
  // The standing clock gives it the instant of what came before it.
  expect(view?.events).toContainEqual(expect.objectContaining({ kind: 'zone_changed', actor: 'shopify' }))
  expect(await readDropForm(fresh, dropId)).toMatchObject({ timeZone: 'America/New_York' })
  const before = await readDrop(stage, dropId)
  expect(before.acts.find(({ kind }) => kind === 'open')?.at).toBe(minutes(0).toISOString())
  await playUntil(stage, dropId, -298)
  expect(windowsOf('Validation')).toMatchObject(NEW_YORK)
  expect(windowsOf('Discount')).toMatchObject(NEW_YORK)
  await playUntil(stage, dropId, 0)
  const opened = (await receiptsOf(stage, dropId)).find(({ kind }) => kind === 'open')
  expect(opened).toMatchObject({ outcome: 'done', dueAt: minutes(0), latenessMs: 0 })
}

test('told by Shopify', async () => {
  expect(windowsOf('Validation')).toMatchObject(BERLIN)
  updateShop(stage.running.sandbox, DROP_SHOP, { timeZone: 'America/New_York' })
  const kept = stage.running.webhooks.deliveries().filter(({ topic }) => topic === 'shop/update')
  expect(kept).toHaveLength(1)
  for (const delivery of kept)
    expect(await stage.house.receive(delivery)).toMatchObject({ outcome: 'stored' })
  await stage.house.drain(stage.context.shop.id)
  await expectMoved()
})

test('found by the next reconciliation when nobody told', async () => {
  updateShop(stage.running.sandbox, DROP_SHOP, { timeZone: 'America/New_York' })
  const reconcile = createJobHandlers(stage.house.services)['reconcile-orders']
  await reconcile({ shopId: stage.context.shop.id }, { id: 'test', attempt: 1 })
  await expectMoved()
})

test('another name changes the name and nothing about drops', async () => {
  const { revision } = await readDrop(stage, dropId)
  updateShop(stage.running.sandbox, DROP_SHOP, { name: 'Lumen' })
  const reconcile = createJobHandlers(stage.house.services)['reconcile-orders']
  await reconcile({ shopId: stage.context.shop.id }, { id: 'test', attempt: 1 })
  expect((await stage.house.context(stage.context.shop.id)).shop.name).toBe('Lumen')
  expect(await readDrop(stage, dropId)).toMatchObject({ revision, settlesAt: null })
})
