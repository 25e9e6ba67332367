// A shop that owes its creators money, and somebody who may pay it.
import { randomBytes, randomUUID } from 'node:crypto'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { TokenKeys } from '#app/adapters/shopify/token-cipher.ts'
import type { MethodInput } from '#app/domain/payouts/method-details.ts'
import { proposeAdjustment } from '#app/features/adjustments/propose-adjustment.server.ts'
import type { ShopContext } from '#app/features/context.ts'
import { approveRun } from '#app/features/payouts/approve-run.server.ts'
import { createRun } from '#app/features/payouts/create-run.server.ts'
import { readCandidates, shownText } from '#app/features/payouts/payout-candidates.server.ts'
import { savePayoutMethod } from '#app/features/payouts/save-payout-method.server.ts'
import { createCreator } from './creator.ts'
import { createPartnerContext, type PartnerTestContext } from './partner-context.ts'
import { createShop } from './shop.ts'

const key = { id: 'test', key: randomBytes(32) }
export const METHOD_KEYS: TokenKeys = { current: key, all: new Map([[key.id, key.key]]) }

export const SEPA_METHOD: MethodInput = {
  kind: 'sepa',
  holder: 'Maya Lindén',
  iban: 'DE89 3704 0044 0532 0130 00',
}

/** A shop in euro on the given context's database. */
export async function createEuroShop(
  overrides: Partial<Parameters<typeof createShop>[1]> = {},
): Promise<{ base: PartnerTestContext; ctx: ShopContext & { clock: PartnerTestContext['clock'] } }> {
  const base = await createPartnerContext()
  const shop = await createShop(base.db, {
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    name: 'Lumen Atelier',
    ...overrides,
  })
  return { base, ctx: { ...base.forShop(shop), clock: base.clock } }
}

/** Credits a creator's available balance, by a correction. */
export async function credit(
  ctx: ShopContext,
  creatorId: string,
  amountMinor: bigint,
  currency = ctx.shop.currency,
): Promise<void> {
  const result = await proposeAdjustment(ctx, {
    formId: randomUUID(),
    kind: 'creator_correction',
    creatorId,
    orderId: null,
    account: 'correction-expense',
    amountMinor,
    currency,
    incomeType: 'commission_service',
    reason: 'Opening balance',
    facts: {},
    actor: 'user/1',
  })
  if (!result.ok || result.status !== 'posted') throw new Error(`not credited: ${JSON.stringify(result.ok)}`)
}

export async function createPayable(
  ctx: ShopContext,
  amountMinor: bigint,
  given: { name?: string; handle?: string; method?: MethodInput } = {},
): Promise<{ id: string; name: string }> {
  const { method = SEPA_METHOD, ...who } = given
  const creator = await createCreator(ctx.db, ctx.shop, who)
  await credit(ctx, creator.id, amountMinor)
  const saved = await savePayoutMethod(ctx, METHOD_KEYS, {
    creatorId: creator.id,
    formId: randomUUID(),
    method,
    by: 'merchant',
    actor: 'user/1',
  })
  if (!saved.ok) throw new Error(`no method: ${JSON.stringify(saved)}`)
  return creator
}

/** What a preview shows of these creators now. */
export async function chosen(ctx: ShopContext, ids: string[], currency = ctx.shop.currency) {
  const rows = await ctx.db.inShop(ctx.shop.id, (tx) =>
    readCandidates(tx, ctx.shop, currency, ctx.clock.now(), ids),
  )
  return rows.map((row) => ({ creatorId: row.creatorId, shown: shownText(row) }))
}

export async function draftRun(ctx: ShopContext, ids: string[], formId = randomUUID()): Promise<string> {
  const result = await createRun(ctx, {
    formId,
    currency: ctx.shop.currency,
    executeOn: '2026-05-06',
    chosen: await chosen(ctx, ids),
    actor: 'user/1',
  })
  if (!result.ok) throw new Error(`no run: ${JSON.stringify(result)}`)
  return result.runId
}

export async function revisionOf(ctx: ShopContext, runId: string): Promise<number> {
  const run = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.payoutRun.findUniqueOrThrow({ where: { id: runId } }),
  )
  return run.revision
}

export async function approvedRun(ctx: ShopContext, ids: string[]): Promise<string> {
  const runId = await draftRun(ctx, ids)
  const result = await approveRun(ctx, { runId, revision: 1, actor: 'user/1' })
  if (!result.ok || !result.complete) throw new Error(`not approved: ${JSON.stringify(result)}`)
  return runId
}

/** Balances by account code, zero ones left out. */
export async function balances(
  ctx: ShopContext,
  shop: Pick<Shop, 'id'> = ctx.shop,
): Promise<Record<string, bigint>> {
  const rows = await ctx.db.inShop(
    shop.id,
    (tx) => tx.$queryRaw<Array<{ code: string; sum: bigint }>>`
      select a.code, sum(m.movement_minor)::bigint as sum from account a join account_movement m on m.account_id = a.id
      where a.shop_id = ${shop.id} group by 1 having sum(m.movement_minor) <> 0 order by 1`,
  )
  return Object.fromEntries(rows.map(({ code, sum }) => [code, sum]))
}
