// A rehearsal against the sandbox: it reads the shop's figures, plays the evening, and leaves no trace in shop or books.
import { expect, test } from 'vitest'
import { insertDrop } from '#app/adapters/db/drop-store.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import type { Rehearsal } from '#app/domain/drops/rehearsal.ts'
import { runTask } from '#app/jobs/run-task.ts'
import {
  type DropStage,
  minutes,
  openDropStage,
  planOf,
  playUntil,
  readDrop,
  receiptsOf,
  scheduleDrop,
} from '#tests/factories/drops.ts'
import { createShop } from '#tests/factories/shop.ts'
import { readRehearsal } from '../tasks/rehearsal-view.server.ts'
import { startRehearsal } from './rehearse-drop.server.ts'
import { switchOnGate } from './tell-checkout.server.ts'

const ACTOR = 'user/1'

async function draftOn(
  { context }: DropStage,
  plan: Parameters<typeof insertDrop>[2]['plan'],
): Promise<string> {
  const { db, shop, clock } = context
  const id = newRowId()
  await db.inShop(shop.id, (tx) =>
    insertDrop(tx, shop.id, { id, plan, createdAt: clock.now(), createdBy: ACTOR }),
  )
  return id
}

async function rehearse({ context }: DropStage, dropId: string): Promise<Rehearsal> {
  const started = await startRehearsal(context, dropId, ACTOR)
  if (!started.ok) throw new Error(started.reason)
  await runTask(context, started.taskId, 1)
  const view = await readRehearsal(context, dropId)
  if (!view?.result) throw new Error(JSON.stringify(view?.task))
  return view.result
}

/** All that a rehearsal must leave alone. */
async function traces(stage: DropStage): Promise<string> {
  const { context, running } = stage
  const rows = await context.db.inShop(context.shop.id, async (tx) => ({
    drops: await tx.drop.findMany({ include: { acts: true, waves: true, offers: true } }),
    moves: await tx.stockMove.count(),
    receipts: await tx.actReceipt.count(),
    claims: await tx.claim.count(),
    holds: await tx.claimHold.count(),
    notices: await tx.restockNotice.count(),
    events: await tx.dropEvent.count(),
  }))
  const shop = running.sandbox.shops[context.shop.domain]
  const { products, inventoryLevels } = shop ?? {}
  const told = shop?.shop.installation?.metafields ?? []
  return JSON.stringify({ rows, products, inventoryLevels, told }, (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  )
}

test('it plays the whole evening with the shop’s own figures, and changes nothing', async () => {
  await using stage = await openDropStage()
  expect(await switchOnGate(stage.context)).toEqual({ ok: true })
  const dropId = await draftOn(stage, planOf(stage))
  const before = await traces(stage)
  const played = await rehearse(stage, dropId)
  expect(await traces(stage)).toBe(before)
  expect(played.acts.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
    'schedule done',
    'teaser done',
    'open done',
    'wave done',
    'wave done',
    'close done',
    'after done',
  ])
  expect(played.acts[0]?.stock[0]).toEqual({
    title: 'Rose signet',
    before: { available: 30, reserved: 0 },
    after: { available: 10, reserved: 20 },
  })
  expect(played.acts[1]?.published).toEqual(['Rose signet'])
  expect(played.findings.filter(({ light }) => light === 'red')).toEqual([])
  expect(played.checkout.map(({ edge, side, lets }) => `${edge} ${side} ${lets}`)).toEqual([
    'open before false',
    'open after true',
    'close before true',
    'close after false',
  ])
})

test('a guest with a pass is let in early by the checkout, and nobody else', async () => {
  await using stage = await openDropStage()
  const plan = planOf(stage)
  const early = { id: newRowId(), kind: 'early_access' as const, at: minutes(-10).toISOString() }
  const earlyAccess = { tags: [], tiers: [], pastBuyers: false, passes: true }
  const played = await rehearse(
    stage,
    await draftOn(stage, { ...plan, acts: [...plan.acts, early], earlyAccess }),
  )
  expect(
    played.checkout.slice(0, 6).map(({ edge, side, buyer, lets }) => `${edge} ${side} ${buyer} ${lets}`),
  ).toEqual([
    'early_access before anybody false',
    'early_access before early false',
    'early_access after anybody false',
    'early_access after early true',
    'open before anybody false',
    'open before early true',
  ])
})

test('what it foretold of acts is what their receipts say afterwards', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, -299)
  const foretold = await rehearse(stage, id)
  const stock = []
  for (const from of [-60, 0, 6, 12, 20, 60]) {
    await playUntil(stage, id, from)
    stock.push({
      available: stage.stock().available,
      reserved: stage.stock().reserved,
      listed: stage.isListed(0),
    })
  }
  const acts = foretold.acts.slice(1)
  const stepsOf = (steps: unknown) => (steps as Array<{ key: string }>).map(({ key }) => key)
  const receipts = await receiptsOf(stage, id)
  expect(receipts.map(({ kind, outcome, steps }) => [kind, outcome, stepsOf(steps)])).toEqual(
    // What a close leaves to be settled follows in the rehearsal at once; a receipt is of the act alone.
    acts.map(({ kind, outcome, steps }) => [
      kind,
      outcome,
      stepsOf(kind === 'close' ? steps.slice(0, 2) : steps),
    ]),
  )
  expect(
    acts.map(({ stock: [hero], shows: [piece] }) => ({ ...hero?.after, listed: piece?.isListed })),
  ).toEqual(stock)
})

test('a draft for which too little is there, and a gate that is missing, are red before a shopper sees it', async () => {
  await using stage = await openDropStage({ units: 15 })
  const played = await rehearse(stage, await draftOn(stage, planOf(stage)))
  const red = played.findings.filter(({ light }) => light === 'red')
  expect(red.map(({ reason, facts }) => [reason, facts.title ?? ''])).toEqual(
    expect.arrayContaining([
      ['preflight', ''],
      ['not_reserved', 'Rose signet'],
    ]),
  )
})

test('what runs is not rehearsed, nor what has no end, nor another shop’s drop; two presses are one rehearsal', async () => {
  await using stage = await openDropStage()
  const { context } = stage
  const dropId = await draftOn(stage, planOf(stage))
  const first = await startRehearsal(context, dropId, ACTOR)
  expect(await startRehearsal(context, dropId, ACTOR)).toEqual({
    ok: false,
    reason: 'already_running',
    taskId: first.ok && first.taskId,
  })
  const { acts } = planOf(stage)
  const endless = await draftOn(
    stage,
    planOf(stage, { handle: 'endless', acts: acts.slice(0, 2), waves: [] }),
  )
  expect(await startRehearsal(context, endless, ACTOR)).toEqual({ ok: false, reason: 'nothing_to_play' })
  const { id } = await scheduleDrop(stage, planOf(stage, { handle: 'running' }))
  await playUntil(stage, id, 0)
  expect((await readDrop(stage, id)).status).toBe('live')
  expect(await startRehearsal(context, id, ACTOR)).toEqual({ ok: false, reason: 'drop_is_live' })
  const other = { ...context, shop: await createShop(context.db) }
  expect(await startRehearsal(other, dropId, ACTOR)).toEqual({ ok: false, reason: 'unknown_drop' })
  expect(await readRehearsal(other, dropId)).toBeNull()
})

test('a Shopify that does not answer stops it with the reason on its page, and it can be pressed again', async () => {
  await using stage = await openDropStage()
  const { context } = stage
  const dropId = await draftOn(stage, planOf(stage))
  const started = await startRehearsal(context, dropId, ACTOR)
  if (!started.ok) throw new Error(started.reason)
  const shopify = {
    ...context.shopify,
    request: () =>
      Promise.resolve({ ok: false as const, reason: 'unavailable' as const, message: 'no answer' }),
  }
  await runTask({ ...context, shopify } as typeof context, started.taskId, 1)
  const failed = await readRehearsal(context, dropId)
  expect(failed?.task).toMatchObject({ status: 'failed', error: 'the shop could not be read: unavailable' })
  expect((await rehearse(stage, dropId)).acts).toHaveLength(7)
})
