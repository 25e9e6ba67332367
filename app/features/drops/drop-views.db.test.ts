// Plans of drops as their pages read them, and what is refused when they are saved. Shopify's answers are those of its stock query.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { TypedPlan } from '#app/domain/drops/typed-plan.ts'
import { createAgreement, createCreator } from '#tests/factories/creator.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { createShop } from '#tests/factories/shop.ts'
import type { ShopContext } from '../context.ts'
import { readDropCalendar } from './drop-calendar-view.server.ts'
import { readDropForm } from './drop-form-view.server.ts'
import { parseDropListQuery } from './drop-list-query.ts'
import { readDropList } from './drop-list-view.server.ts'
import { readDrop } from './drop-view.server.ts'
import { changeDrop, draftDrop } from './plan-drop.server.ts'
import { readPlan } from './read-plan.server.ts'

const ACTOR = 'user/7'
const open = randomUUID()
const wave = randomUUID()

function plan(given: Partial<TypedPlan> = {}): TypedPlan {
  return {
    handle: 'rose-signet',
    title: 'Rose signet',
    creatorId: null,
    agreementId: null,
    limitPerCustomer: 1,
    earlyAccess: null,
    price: { kind: 'amount', minor: 1500n },
    scarcity: { version: 9, lowAt: 5, lastAt: 2 },
    arrival: { fromDays: 3, toDays: 7, basis: 'in_stock' },
    story: null,
    acts: [
      { id: open, kind: 'open', local: '2026-06-10T18:00:00' },
      { id: wave, kind: 'wave', local: '2026-06-10T18:06:00' },
      { id: randomUUID(), kind: 'close', local: '2026-06-10T18:20:00' },
    ],
    variantIds: ['11'],
    waves: [{ id: randomUUID(), actId: wave, variantId: '11', locationId: '5', units: 12 }],
    ...given,
  }
}

/** Shopify knows the variants 11 and 21. */
function answerStock(ctx: PartnerTestContext, ids: readonly string[]): void {
  const gid = (kind: string, id: string) => `gid://shopify/${kind}/${id}`
  const nodes = ids.map((id) => ({
    __typename: 'ProductVariant',
    id: gid('ProductVariant', id),
    title: 'Gold',
    price: '120.00',
    inventoryPolicy: 'DENY',
    product: { id: gid('Product', `9${id}`), title: `Piece ${id}`, status: 'ACTIVE', featuredMedia: null },
    inventoryItem: { id: gid('InventoryItem', `7${id}`), tracked: true, inventoryLevels: { nodes: [] } },
  }))
  ctx.shopifyAnswers.push({ ok: true, data: { nodes } })
}

async function draft(ctx: PartnerTestContext, given: Partial<TypedPlan> = {}, as: ShopContext = ctx) {
  const typed = plan(given)
  answerStock(
    ctx,
    typed.variantIds.filter((id) => ['11', '21'].includes(id)),
  )
  const read = await readPlan(as, typed, null)
  return read.ok ? draftDrop(as, { id: randomUUID(), plan: read.plan }, ACTOR) : read
}

async function change(
  ctx: PartnerTestContext,
  asked: { dropId: string; revision: number; plan: TypedPlan },
  as: ShopContext = ctx,
) {
  answerStock(ctx, asked.plan.variantIds)
  const read = await readPlan(as, asked.plan, asked.dropId)
  return read.ok ? changeDrop(as, { ...asked, plan: read.plan }, ACTOR) : read
}

function must<Value extends { ok: boolean }>(value: Value): Extract<Value, { ok: true }> {
  if (!value.ok) throw new Error(JSON.stringify(value))
  return value as Extract<Value, { ok: true }>
}

test('what was planned is read as it was typed, in the time of the shop', async () => {
  await using ctx = await createPartnerContext()
  const { dropId } = must(await draft(ctx))
  const view = await readDropForm(ctx, dropId)
  expect(view?.editing).toMatchObject({
    handle: 'rose-signet',
    status: 'draft',
    timeZone: 'America/New_York',
    limitPerCustomer: 1,
    price: { kind: 'amount', minor: '1500' },
    scarcity: { version: 1, lowAt: 5, lastAt: 2 },
    offers: [
      { variantId: '11', productId: '911', inventoryItemId: '711', role: 'hero', title: 'Piece 11 – Gold' },
    ],
    acts: [
      { kind: 'open', at: '2026-06-10T22:00:00.000Z' },
      { kind: 'wave', at: '2026-06-10T22:06:00.000Z' },
      { kind: 'close', at: '2026-06-10T22:20:00.000Z' },
    ],
    waves: [{ units: 12, locationId: '5', inventoryItemId: '711' }],
    revision: 1,
  })
  expect((await readDrop(ctx, dropId))?.events).toMatchObject([{ kind: 'drafted', actor: ACTOR }])
  const list = await readDropList(ctx, parseDropListQuery(new URLSearchParams('q=rose')))
  expect(list.rows).toMatchObject([
    { id: dropId, heroTitle: 'Piece 11 – Gold', offers: 1, waveUnits: 12, next: null },
  ])
  expect(list.counts).toEqual({ draft: 1 })
})

test('the calendar is that of the shop: an opening at midnight of the next month belongs to it', async () => {
  await using ctx = await createPartnerContext()
  const acts = [
    { id: randomUUID(), kind: 'open' as const, local: '2026-06-30T23:59:50' },
    { id: randomUUID(), kind: 'close' as const, local: '2026-07-01T00:10:00' },
  ]
  must(await draft(ctx, { acts, waves: [] }))
  const june = await readDropCalendar(ctx, '2026-06')
  expect(june.entries.map(({ date, time, kind }) => [date, time, kind])).toEqual([
    ['2026-06-30', '23:59:50', 'open'],
    ['2026-07-01', '00:10:00', 'close'],
  ])
  expect((await readDropCalendar(ctx, '2026-08')).entries).toEqual([])
  // Nothing but a month: the month that it is now.
  expect((await readDropCalendar(ctx, "2026-06'; drop table act")).month).toBe('2026-05')
})

test('a draft may lack what scheduling asks for, but says nothing that contradicts itself', async () => {
  await using ctx = await createPartnerContext()
  const bare = { acts: [], variantIds: [], waves: [] }
  must(await draft(ctx, bare))
  const taken = await draft(ctx, bare)
  expect(taken).toEqual({ ok: false, reason: 'handle_taken', handle: 'rose-signet' })
  const wrong = await draft(ctx, {
    handle: 'other',
    variantIds: ['404'],
    price: 'malformed',
    acts: [
      { id: open, kind: 'open', local: '2026-03-08T02:30:00' },
      { id: wave, kind: 'close', local: '2026-11-01T01:30:00' },
    ],
    waves: [{ id: 'w', actId: open, variantId: '', locationId: '', units: Number.NaN }],
  })
  expect(wrong.ok ? [] : 'problems' in wrong && wrong.problems.map(({ reason }) => reason).sort()).toEqual([
    'act_time_missing',
    'act_time_repeated',
    'price_out_of_range',
    'variant_unknown',
    'wave_without_piece',
  ])
})

test('a changed plan replaces the old one, once for each revision, and a new rule is a new version', async () => {
  await using ctx = await createPartnerContext()
  const { dropId } = must(await draft(ctx))
  const before = await readDropForm(ctx, dropId)
  const keptWave = before?.editing?.waves[0]?.id ?? ''
  const changed = plan({
    variantIds: ['21', '11'],
    scarcity: { version: 1, lowAt: 4, lastAt: 2 },
    waves: [{ id: keptWave, actId: wave, variantId: '11', locationId: '6', units: 8 }],
  })
  expect(await change(ctx, { dropId, revision: 1, plan: changed })).toEqual({ ok: true, dropId })
  expect(await change(ctx, { dropId, revision: 1, plan: plan() })).toEqual({
    ok: false,
    reason: 'changed_meanwhile',
  })
  const after = (await readDropForm(ctx, dropId))?.editing
  expect(after?.offers.map(({ variantId, role }) => [variantId, role])).toEqual([
    ['21', 'hero'],
    ['11', 'offer'],
  ])
  expect(after?.waves).toMatchObject([{ id: keptWave, units: 8, locationId: '6' }])
  expect(after?.scarcity.version).toBe(2)
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.drop.update({ where: { id: dropId }, data: { status: 'scheduled' } }),
  )
  expect(await change(ctx, { dropId, revision: 2, plan: plan() })).toEqual({
    ok: false,
    reason: 'drop_is_scheduled',
  })
})

test('a drop is made only with a creator of the shop, under an agreement of theirs', async () => {
  await using ctx = await createPartnerContext()
  const [maya, noor] = [await createCreator(ctx.db, ctx.shop), await createCreator(ctx.db, ctx.shop)]
  const mayas = await createAgreement(ctx.db, ctx.shop, maya.id)
  const reason = async (creatorId: string, agreementId: string | null) => {
    const answer = await draft(ctx, { handle: randomUUID().slice(0, 30), creatorId, agreementId })
    return answer.ok || ('reason' in answer && answer.reason)
  }
  expect(await reason(maya.id, mayas.id)).toBe(true)
  expect(await reason(noor.id, mayas.id)).toBe('unknown_agreement')
  expect(await reason(randomUUID(), null)).toBe('unknown_creator')
  expect(await reason('nobody', null)).toBe('unknown_creator')
})

test('another shop’s drop is as if there were none', async () => {
  await using ctx = await createPartnerContext()
  const { dropId } = must(await draft(ctx))
  const mine = ctx.forShop(await createShop(ctx.db))
  expect(await readDrop(mine, dropId)).toBeNull()
  expect(await readDropForm(mine, dropId)).toBeNull()
  expect((await readDropCalendar(mine, '2026-06')).entries).toEqual([])
  expect((await readDropList(mine, parseDropListQuery(new URLSearchParams()))).rows).toEqual([])
  expect(await change(ctx, { dropId, revision: 1, plan: plan() }, mine)).toEqual({
    ok: false,
    reason: 'unknown_drop',
  })
  // The handle of one shop is free in another.
  must(await draft(ctx, { waves: [] }, mine))
})
