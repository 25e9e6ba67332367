import { expect, test } from 'vitest'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { TEST_KEYS } from '#tests/harness/test-shopify.ts'
import { createJobHandlers } from './handlers.ts'
import { TryAgainLater } from './retry-policy.ts'

const JOB = { id: 'job', attempt: 1 }

function handlersOf(context: PartnerTestContext) {
  return createJobHandlers({ ...context, adminApiFor: () => context.shopify, tokenKeys: TEST_KEYS })
}

async function dueDates({ db, shop }: PartnerTestContext): Promise<Record<string, string>> {
  const rows = await db.inShop(shop.id, (tx) => tx.dueDate.findMany({ orderBy: { kind: 'asc' } }))
  return Object.fromEntries(rows.map((row) => [row.kind, row.dueAt.toISOString()]))
}

async function makeDue({ db, shop, clock }: PartnerTestContext, kind: string): Promise<void> {
  await db.inShop(shop.id, (tx) => tx.dueDate.create({ data: { shopId: shop.id, kind, dueAt: clock.now() } }))
}

test('without a token reconciling waits an hour and looks again: a new token tells nobody that it came', async () => {
  await using context = await createPartnerContext('2026-05-04T15:00:00Z')
  await makeDue(context, 'reconcile-orders')
  context.shopifyAnswers.push({ ok: false, reason: 'not_installed' })
  await handlersOf(context)['reconcile-orders']({ shopId: context.shop.id }, JOB)
  expect(await dueDates(context)).toEqual({ 'reconcile-orders': '2026-05-04T16:00:00.000Z' })
})

test('after an uninstallation that was told of, the work leaves the calendar', async () => {
  await using context = await createPartnerContext('2026-05-04T15:00:00Z')
  const { db, shop } = context
  await makeDue(context, 'refresh-catalogue')
  await db.inShop(shop.id, (tx) =>
    tx.shop.update({ where: { id: shop.id }, data: { uninstalledAt: new Date('2026-05-01T00:00:00Z') } }),
  )
  context.shopifyAnswers.push({ ok: false, reason: 'not_installed' })
  await handlersOf(context)['refresh-catalogue']({ shopId: shop.id }, JOB)
  expect(await dueDates(context)).toEqual({})
})

test('trouble of Shopify leaves the date as it is: the queue tries again', async () => {
  await using context = await createPartnerContext('2026-05-04T15:00:00Z')
  await makeDue(context, 'reconcile-orders')
  context.shopifyAnswers.push({ ok: false, reason: 'unavailable', message: '503' })
  const run = handlersOf(context)['reconcile-orders']({ shopId: context.shop.id }, JOB)
  await expect(run).rejects.toThrow(TryAgainLater)
  expect(await dueDates(context)).toEqual({ 'reconcile-orders': '2026-05-04T15:00:00.000Z' })
})

test('reconciling also asks for the webhooks that a lost job left behind', async () => {
  await using context = await createPartnerContext('2026-05-04T15:00:00Z')
  context.shopifyAnswers.push({ ok: false, reason: 'not_installed' })
  await handlersOf(context)['reconcile-orders']({ shopId: context.shop.id }, JOB)
  expect(await context.queue.pending()).toEqual({ 'drain-receipts': 1 })
})

test('what the calendar says of a shop that was erased is forgotten', async () => {
  await using context = await createPartnerContext('2026-05-04T15:00:00Z')
  const { db, shop } = context
  await makeDue(context, 'mature-holds')
  await makeDue(context, 'verify-ledger')
  await db.inShop(shop.id, (tx) => tx.shop.delete({ where: { id: shop.id } }))
  await handlersOf(context)['mature-holds']({ shopId: shop.id }, JOB)
  expect(await dueDates(context)).toEqual({})
})

test('the nightly check says when it looks again, and raises no alert over books in order', async () => {
  await using context = await createPartnerContext('2026-05-04T15:00:00Z')
  await handlersOf(context)['verify-ledger']({ shopId: context.shop.id }, JOB)
  expect(await dueDates(context)).toEqual({ 'verify-ledger': '2026-05-05T15:00:00.000Z' })
  expect(await context.db.inShop(context.shop.id, (tx) => tx.alert.count())).toBe(0)
})
