// Acts on a sandbox shop: what they do, what stays when a runner is killed anywhere, and what trouble at Shopify leaves behind.
import { expect, test } from 'vitest'
import { actsDue } from '#app/adapters/db/act-store.ts'
import type { DropLease } from '#app/adapters/db/drop-lease.ts'
import { LeaseLost, releaseDropLease, takeDropLease } from '#app/adapters/db/drop-lease.ts'
import type { AdminApi, AdminResult } from '#app/adapters/shopify/admin-api.ts'
import type { ShopContext } from '#app/features/context.ts'
import { startActRunner } from '#app/jobs/act-runner.ts'
import { adjustInventory } from '#sandbox/commerce/adjust-inventory.ts'
import {
  DROP_SHOP,
  type DropStage,
  lend,
  minutes,
  openDropStage,
  planOf,
  playUntil,
  readDrop,
  receiptsOf,
  scheduleDrop,
} from '#tests/factories/drops.ts'
import { pressDrop, previewPress } from './press-drop.server.ts'
import { runDueOfDrop } from './run-act.server.ts'

test('a drop of twenty minutes: listed, restocked twice from reserve, closed, and told of', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  expect(stage.stock()).toEqual({ available: 10, reserved: 20, committed: 0 })
  expect(stage.isListed(0)).toBe(false)
  await playUntil(stage, id, -299)
  expect(stage.metafield('live')).toBe(true)
  expect(stage.metafield(`p${stage.pieces[0]?.productId}`)).toMatchObject({
    id: 'rose-signet',
    state: 'scheduled',
  })
  await playUntil(stage, id, -60)
  expect([stage.isListed(0), (await readDrop(stage, id)).status]).toEqual([true, 'scheduled'])
  await playUntil(stage, id, 0)
  expect((await readDrop(stage, id)).status).toBe('live')
  await playUntil(stage, id, 6.01)
  expect(stage.stock()).toEqual({ available: 22, reserved: 8, committed: 0 })
  await playUntil(stage, id, 12)
  expect(stage.stock()).toEqual({ available: 30, reserved: 0, committed: 0 })
  await playUntil(stage, id, 20)
  expect(await readDrop(stage, id)).toMatchObject({
    status: 'closed',
    endedAt: minutes(20),
    openedAt: minutes(0),
  })
  // What the drop listed it takes away; what was there before stays.
  expect([stage.isListed(0), stage.isListed(1)]).toEqual([false, true])
  expect(stage.metafield(`p${stage.pieces[0]?.productId}`)).toMatchObject({ state: 'closed' })
  await playUntil(stage, id, 60)
  const receipts = await receiptsOf(stage, id)
  expect(receipts.map(({ kind, outcome, latenessMs }) => [kind, outcome, latenessMs])).toEqual([
    ['teaser', 'done', 0],
    ['open', 'done', 0],
    ['wave', 'done', 600],
    ['wave', 'done', 0],
    ['close', 'done', 0],
    ['after', 'done', 0],
  ])
  const moves = await stage.context.db.inShop(stage.context.shop.id, (tx) => tx.stockMove.findMany())
  expect(moves.map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual([
    'release done',
    'release done',
    'reserve done',
    'reserve done',
  ])
  expect(
    moves.every(({ adjustmentGroupGid }) => adjustmentGroupGid?.includes('InventoryAdjustmentGroup')),
  ).toBe(true)
  // A week later nothing of it is told any more.
  await playUntil(stage, id, 20 + 7 * 24 * 60 + 1)
  expect([stage.metafield('live'), stage.metafield(`p${stage.pieces[0]?.productId}`)]).toEqual([
    false,
    undefined,
  ])
})

/** The runner's process ends: nothing of it writes any more, and its lease runs out. */
async function expire({ context: { db, shop } }: DropStage, lease: DropLease): Promise<void> {
  await releaseDropLease(db, lease)
  expect(shop.id).toBe(lease.shopId)
}

class Killed extends Error {}

/** Dies at the n-th request to Shopify: before it was sent, or after it was carried out and before the answer came. */
function dyingAt(
  context: ShopContext,
  at: number,
  when: 'before' | 'after',
): { context: ShopContext; asked(): number } {
  let asked = 0
  const shopify: AdminApi = {
    shopDomain: context.shopify.shopDomain,
    async request(document, variables) {
      asked += 1
      if (asked === at && when === 'before') throw new Killed()
      const answer = await context.shopify.request(document, variables)
      if (asked === at) throw new Killed()
      return answer
    },
  }
  return { context: { ...context, shopify }, asked: () => asked }
}

test('a runner that is killed at any request of any act is followed by one that does nothing twice', async () => {
  await using stage = await openDropStage({ units: 30 })
  const { id } = await scheduleDrop(stage)
  let kills = 0
  for (const from of [-299, -60, 0, 6, 12, 20, 60]) {
    stage.house.clock.moveTo(minutes(from))
    for (let at = 1; ; at += 1) {
      const when = at % 2 === 0 ? 'before' : 'after'
      const lease = await lend(stage, id, `runner-${from}-${at}`)
      const dying = dyingAt(stage.context, at, when)
      const ended = await runDueOfDrop(dying.context, lease).then(
        () => 'whole',
        (error: unknown) => {
          if (!(error instanceof Killed)) throw error
          return 'killed'
        },
      )
      await expire(stage, lease)
      if (ended === 'whole') break
      kills += 1
      const { available, reserved } = stage.stock()
      expect(available + reserved).toBe(30)
    }
  }
  expect(kills).toBeGreaterThan(20)
  expect(stage.stock()).toEqual({ available: 30, reserved: 0, committed: 0 })
  const moves = await stage.context.db.inShop(stage.context.shop.id, (tx) => tx.stockMove.findMany())
  expect(moves.filter(({ status }) => status === 'done')).toHaveLength(4)
  expect(moves.filter(({ status }) => status === 'intended')).toEqual([])
  expect((await receiptsOf(stage, id)).map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(
    ['teaser', 'open', 'wave', 'wave', 'close', 'after'].map((kind) => `${kind} done`),
  )
  expect(stage.isListed(0)).toBe(false)
}, 60_000)

test('a runner that was paused and lost its lease writes nothing any more', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, 0)
  stage.house.clock.moveTo(minutes(6))
  const paused = await lend(stage, id, 'paused')
  expect(await takeDropLease(stage.context.db, stage.context.shop.id, id, 'other')).toBeNull()
  await expect(
    runDueOfDrop(stage.context, paused, async () => {
      await expire(stage, paused)
      await playUntil(stage, id, 6, 'other')
    }),
  ).rejects.toThrow(LeaseLost)
  const receipts = (await receiptsOf(stage, id)).filter(({ kind }) => kind === 'wave')
  expect(receipts).toHaveLength(1)
  expect(receipts[0]?.evidence).toMatchObject({ owner: 'other' })
  expect(stage.stock()).toEqual({ available: 22, reserved: 8, committed: 0 })
})

/** Shopify refuses whatever the text names, so often. */
function failing(
  context: ShopContext,
  operation: string,
  times: number,
  refusal: AdminResult<never>,
): ShopContext {
  let left = times
  const shopify: AdminApi = {
    shopDomain: context.shopify.shopDomain,
    async request(document, variables) {
      if (!document.toString().includes(operation) || left === 0)
        return context.shopify.request(document, variables)
      left -= 1
      return refusal
    },
  }
  return { ...context, shopify }
}

async function runAs(stage: DropStage, context: ShopContext, id: string): Promise<void> {
  const lease = await lend(stage, id, 'runner')
  await runDueOfDrop(context, lease)
  await releaseDropLease(context.db, lease)
}

const THROTTLED: AdminResult<never> = { ok: false, reason: 'throttled', retryAfterMs: 1000 }

test('an act that Shopify throttles is tried again, each time with a receipt', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, -1)
  stage.house.clock.moveTo(minutes(0))
  const context = failing(stage.context, 'publishablePublish', 3, THROTTLED)
  for (let tries = 0; tries < 4; tries += 1) {
    await runAs(stage, context, id)
    stage.house.clock.advance(30_000)
  }
  const opened = (await receiptsOf(stage, id)).filter(({ kind }) => kind === 'open')
  // Two pieces are listed at once: three refusals are two tries.
  expect(opened.map(({ outcome, attempt }) => [outcome, attempt])).toEqual([
    ['retry', 1],
    ['retry', 2],
    ['done', 3],
  ])
  expect(opened.at(-1)?.latenessMs).toBe(60_000)
  expect(stage.isListed(0)).toBe(true)
})

test('an act that fails for good ends with a receipt and an alert, and the next ones are not lost', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, -299)
  stage.house.clock.moveTo(minutes(-60))
  const down: AdminResult<never> = { ok: false, reason: 'unavailable', message: 'Shopify answered 503.' }
  const context = failing(stage.context, 'publishablePublish', 1_000, down)
  for (let tries = 0; tries < 10; tries += 1) {
    await runAs(stage, context, id)
    stage.house.clock.advance(25_000)
  }
  const receipts = await receiptsOf(stage, id)
  expect(receipts.map(({ outcome }) => outcome)).toEqual([
    'retry',
    'retry',
    'retry',
    'retry',
    'retry',
    'failed',
  ])
  const alerts = await stage.context.db.inShop(stage.context.shop.id, (tx) => tx.alert.findMany())
  expect(alerts).toMatchObject([
    { kind: 'act_failed', facts: { act: 'teaser', step: 'list', reason: 'unavailable' } },
  ])
  await playUntil(stage, id, 0)
  expect(stage.isListed(0)).toBe(true)
  expect((await readDrop(stage, id)).acts.map(({ status }) => status).slice(0, 2)).toEqual(['failed', 'done'])
})

test('after a stop of hours what lies behind is not played for nobody: units go back, and receipts say so', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, 300)
  expect(stage.stock()).toEqual({ available: 30, reserved: 0, committed: 0 })
  expect((await readDrop(stage, id)).status).toBe('closed')
  const receipts = await receiptsOf(stage, id)
  expect(receipts.map(({ kind, outcome }) => `${kind} ${outcome}`).sort()).toEqual([
    'after done',
    'close done',
    'open skipped',
    'teaser skipped',
    'wave skipped',
    'wave skipped',
  ])
  expect(stage.isListed(0)).toBe(false)
})

test('a stop within the drop is caught up in order', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, 13)
  expect(stage.stock()).toEqual({ available: 30, reserved: 0, committed: 0 })
  const receipts = (await receiptsOf(stage, id)).filter(({ outcome }) => outcome === 'done')
  expect(receipts.map(({ kind }) => kind)).toEqual(['open', 'wave', 'wave'])
  expect(receipts[0]).toMatchObject({ latenessMs: 13 * 60_000, evidence: { catchUp: true } })
})

test('while it is held no unit is released; what came due is done when it goes on', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, 0)
  stage.house.clock.moveTo(minutes(5))
  const press = async (kind: 'hold' | 'abort') =>
    pressDrop(
      stage.context,
      { dropId: id, press: { kind }, revision: (await readDrop(stage, id)).revision },
      'user/1',
    )
  expect(await previewPress(stage.context, id, { kind: 'hold' })).toMatchObject({
    consequences: [{ kind: 'selling_stops' }, { kind: 'stock_stays_reserved' }, {}, {}, {}],
  })
  expect(await press('hold')).toMatchObject({ ok: true, changed: true })
  expect(await press('hold')).toMatchObject({ ok: true, changed: false })
  await playUntil(stage, id, 8)
  expect(stage.stock()).toMatchObject({ reserved: 20 })
  expect(stage.metafield(`p${stage.pieces[0]?.productId}`)).toMatchObject({ state: 'held' })
  const resume = { dropId: id, press: { kind: 'resume' as const, shift: false } }
  expect(await pressDrop(stage.context, { ...resume, revision: 1 }, 'user/1')).toMatchObject({
    reason: 'changed_meanwhile',
  })
  const { revision } = await readDrop(stage, id)
  expect(await pressDrop(stage.context, { ...resume, revision }, 'user/1')).toMatchObject({ ok: true })
  await playUntil(stage, id, 8)
  expect(stage.stock()).toMatchObject({ reserved: 8 })
  expect(stage.metafield(`p${stage.pieces[0]?.productId}`)).toMatchObject({ state: 'scheduled' })
  expect(await press('abort')).toMatchObject({ ok: true })
  await playUntil(stage, id, 9)
  expect(stage.stock()).toEqual({ available: 30, reserved: 0, committed: 0 })
  expect(stage.isListed(0)).toBe(false)
  expect(stage.metafield(`p${stage.pieces[0]?.productId}`)).toMatchObject({ state: 'aborted' })
  await playUntil(stage, id, 30)
  expect((await readDrop(stage, id)).acts.map(({ status }) => status)).toEqual([
    'skipped',
    'done',
    'done',
    'skipped',
    'skipped',
    'skipped',
  ])
})

test('a drop of another shop is unknown, and its lease is nobody else’s', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  const other = { ...stage.context, shop: { ...stage.context.shop, id: stage.context.shop.id + 1 } }
  expect(await previewPress(other, id, { kind: 'abort' })).toEqual({ ok: false, reason: 'unknown_drop' })
  const asked = { dropId: id, press: { kind: 'abort' as const }, revision: 1 }
  expect(await pressDrop(other, asked, 'user/1')).toEqual({ ok: false, reason: 'unknown_drop' })
  expect(await pressDrop(stage.context, { ...asked, dropId: "x' or 1" }, 'user/1')).toMatchObject({
    reason: 'unknown_drop',
  })
})

test('units that were moved by hand are missed, not invented: the rest is released, and an alert says how many', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, 0)
  const [hero] = stage.pieces
  const adjusted = adjustInventory(stage.running.sandbox, DROP_SHOP, {
    inventoryItemId: hero?.inventoryItemId ?? '',
    locationId: stage.locationId,
    name: 'reserved',
    delta: -15,
  })
  expect(adjusted.ok).toBe(true)
  await playUntil(stage, id, 6)
  expect(stage.stock()).toMatchObject({ reserved: 0, available: 15 })
  const alerts = await stage.context.db.inShop(stage.context.shop.id, (tx) => tx.alert.findMany())
  expect(alerts).toMatchObject([{ kind: 'wave_short', facts: { short: 7, units: 5 } }])
  await playUntil(stage, id, 12)
  const receipts = await receiptsOf(stage, id)
  expect(receipts.at(-1)).toMatchObject({
    outcome: 'failed',
    steps: [{ evidence: { reason: 'reserve_is_gone' } }, {}, {}],
  })
})

test('of several processes one runs a drop, on time, and each act has one receipt', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  const runners = ['a', 'b', 'c'].map((owner) =>
    startActRunner(stage.house.services, { owner, pollMs: 60_000 }),
  )
  try {
    for (const from of [-60, 0, 6, 12, 20]) {
      stage.house.clock.moveTo(minutes(from))
      await Promise.all(runners.map((runner) => runner.look()))
    }
  } finally {
    await Promise.all(runners.map((runner) => runner.stop()))
  }
  const receipts = await receiptsOf(stage, id)
  expect(receipts.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
    'teaser done',
    'open done',
    'wave done',
    'wave done',
    'close done',
  ])
})

test('a runner that was paused between two steps puts nothing on show that was taken away meanwhile', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, 0)
  stage.house.clock.moveTo(minutes(6))
  const paused = await lend(stage, id, 'paused')
  let steps = 0
  await expect(
    runDueOfDrop(stage.context, paused, async () => {
      steps += 1
      if (steps > 1) return
      await expire(stage, paused)
      await press(stage, id, 'abort')
      await playUntil(stage, id, 6.5, 'other')
      expect(stage.isListed(0)).toBe(false)
    }),
  ).rejects.toThrow(LeaseLost)
  expect([steps, stage.isListed(0)]).toEqual([1, false])
})

test('a drop that is held between two steps is not put on show', async () => {
  await using stage = await openDropStage()
  const plan = planOf(stage)
  const [, , wave] = plan.acts
  const [first, ...later] = plan.waves
  if (!first || !wave) throw new Error('no wave')
  const opened = plan.acts.find(({ kind }) => kind === 'open')?.id ?? ''
  const { id } = await scheduleDrop(stage, {
    ...plan,
    acts: plan.acts.filter((act) => act !== wave),
    waves: [{ ...first, actId: opened }, ...later],
  })
  await playUntil(stage, id, -100)
  stage.house.clock.moveTo(minutes(0))
  const lease = await lend(stage, id, 'runner')
  let isHeld = false
  await runDueOfDrop(stage.context, lease, async ({ kind }) => {
    if (kind !== 'release' || isHeld) return
    isHeld = true
    await press(stage, id, 'hold')
  })
  await releaseDropLease(stage.context.db, lease)
  expect([isHeld, stage.isListed(0)]).toEqual([true, false])
})

test('a teaser that is at work while its drop is made a draft again is undone, and runs anew when it is scheduled anew', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, -299)
  stage.house.clock.moveTo(minutes(-60))
  const lease = await lend(stage, id, 'runner')
  let isPressed = false
  await runDueOfDrop(stage.context, lease, async ({ kind }) => {
    if (kind !== 'list' || isPressed) return
    isPressed = true
    await press(stage, id, 'unschedule')
  })
  await releaseDropLease(stage.context.db, lease)
  const draft = await readDrop(stage, id)
  expect([isPressed, draft.status, stage.isListed(0)]).toEqual([true, 'draft', false])
  expect(draft.acts.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'planned'))
  const acts = await stage.context.db.inShop(stage.context.shop.id, (tx) => tx.act.findMany())
  expect(acts.map(({ attempts, progress, runsAt }) => [attempts, progress, runsAt])).toEqual(
    Array.from({ length: 6 }, () => [0, [], null]),
  )
})

test('the history of a drop says once that its end is carried out', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, 0)
  await playUntil(stage, id, 20)
  await playUntil(stage, id, 60)
  const { db, shop } = stage.context
  const events = await db.inShop(shop.id, (tx) => tx.dropEvent.findMany({ where: { kind: 'settled' } }))
  expect(events.map(({ facts }) => (facts as { status: string }).status)).toEqual(['scheduled', 'closed'])
})

async function press(stage: DropStage, dropId: string, kind: 'hold' | 'abort' | 'unschedule'): Promise<void> {
  const { revision } = await readDrop(stage, dropId)
  const pressed = await pressDrop(stage.context, { dropId, press: { kind }, revision }, 'user/1')
  expect(pressed).toMatchObject({ ok: true, changed: true })
}

function checkoutOf(stage: DropStage, owner: 'Validation' | 'Discount', key: string) {
  const all = stage.running.sandbox.shops[DROP_SHOP]?.ownerMetafields ?? {}
  const [, fields] = Object.entries(all).find(([gid]) => gid.includes(owner)) ?? []
  return JSON.parse(fields?.find((field) => field.key === key)?.value ?? 'null')
}

test('an aborted drop is shut at the checkout until its piece is out of the store, and its price is off at once', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage, planOf(stage, { price: { kind: 'percent', bps: 1000 } }))
  await playUntil(stage, id, 1)
  expect(checkoutOf(stage, 'Discount', 'prices')).toMatchObject([{ drop: 'rose-signet', slots: [0] }])
  await press(stage, id, 'abort')
  await runAs(stage, failing(stage.context, 'publishableUnpublish', 1_000, THROTTLED), id)
  const [hero] = stage.pieces
  const shut = { id: 'rose-signet', open: null, early: null, products: [hero?.productId] }
  expect(stage.isListed(0)).toBe(true)
  expect(checkoutOf(stage, 'Validation', 'rules')).toMatchObject({ drops: [shut] })
  expect(checkoutOf(stage, 'Discount', 'prices')).toEqual([])
  await playUntil(stage, id, 2)
  expect(stage.isListed(0)).toBe(false)
  // Gone from the store: only now the checkout may forget it.
  await playUntil(stage, id, 2)
  expect(checkoutOf(stage, 'Validation', 'rules')).toEqual({ v: 1, drops: [] })
})

test('a closed drop whose piece cannot be taken out of the store yet stays shut at the checkout', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, 12)
  stage.house.clock.moveTo(minutes(20))
  const context = failing(stage.context, 'publishableUnpublish', 1_000, THROTTLED)
  for (let tries = 0; tries < 8; tries += 1) {
    await runAs(stage, context, id)
    stage.house.clock.advance(25_000)
  }
  expect((await readDrop(stage, id)).status).toBe('closed')
  expect(checkoutOf(stage, 'Validation', 'rules')).toMatchObject({ drops: [{ open: null, early: null }] })
  await playUntil(stage, id, 40)
  await playUntil(stage, id, 40)
  expect(stage.isListed(0)).toBe(false)
  expect(checkoutOf(stage, 'Validation', 'rules')).toEqual({ v: 1, drops: [] })
})

test('units that somebody took out of reserve do not keep an ended drop at the checkout', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, 0)
  const taken = { locationId: stage.locationId, name: 'reserved' as const, delta: -20 }
  adjustInventory(stage.running.sandbox, DROP_SHOP, {
    ...taken,
    inventoryItemId: stage.pieces[0]?.inventoryItemId ?? '',
  })
  await press(stage, id, 'abort')
  await playUntil(stage, id, 1)
  await playUntil(stage, id, 2)
  expect(checkoutOf(stage, 'Validation', 'rules')).toEqual({ v: 1, drops: [] })
})

test('a piece is not put on show before the checkout knows its drop', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  stage.house.clock.moveTo(minutes(-60))
  await runAs(stage, failing(stage.context, 'validationCreate', 1_000, THROTTLED), id)
  expect(stage.isListed(0)).toBe(false)
  expect((await receiptsOf(stage, id)).at(-1)).toMatchObject({
    outcome: 'retry',
    steps: [{ key: 'list', evidence: { reason: 'checkout_not_told' } }, {}],
  })
  await playUntil(stage, id, -59)
  expect(stage.isListed(0)).toBe(true)
})

test('acts of a shop that took the app away are in no other shop’s way', async () => {
  await using stage = await openDropStage()
  const { db, shop } = stage.context
  await scheduleDrop(stage)
  const due = () => actsDue(db, minutes(0), 10)
  expect(await due()).not.toEqual([])
  await db.inShop(shop.id, (tx) =>
    tx.shop.update({ where: { id: shop.id }, data: { uninstalledAt: minutes(-200) } }),
  )
  expect(await due()).toEqual([])
})
