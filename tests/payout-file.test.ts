// The file of a payout run as the admin fetches it: made for whom is asked by a session of the shop, refused in the words of the page once it is not to be paid.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { payouts } from '#app/config/messages/en/payouts.ts'
import type { ShopContext } from '#app/features/context.ts'
import { savePayoutMethod } from '#app/features/payouts/save-payout-method.server.ts'
import { sendRun } from '#app/features/payouts/send-run.server.ts'
import { failPayout, voidPayout } from '#app/features/payouts/settle-payout.server.ts'
import { voidRun } from '#app/features/payouts/void-run.server.ts'
import { loader } from '#app/routes/admin/payouts/file.ts'
import { webServices } from '#app/routes/web-services.server.ts'
import { mintSessionToken } from '#sandbox/oauth/session-token.ts'
import type { RunningSandbox } from '#sandbox/server.ts'
import { createCreator } from './factories/creator.ts'
import { approvedRun, credit, draftRun, revisionOf } from './factories/payouts.ts'
import { BUSY_SHOP, openBusyShop } from './harness/busy-shop.ts'
import { startQuietSandbox } from './harness/house-in-process.ts'
import { openWebInProcess, type WebInProcess } from './harness/web-in-process.ts'

let sandbox: RunningSandbox
let web: WebInProcess
let ctx: ShopContext
let creators: Array<{ id: string; name: string }>

beforeAll(async () => {
  sandbox = await startQuietSandbox()
  openBusyShop(sandbox.sandbox, 1)
  web = await openWebInProcess({ sandboxUrl: sandbox.url })
  // The first visit installs the shop.
  await ask(randomUUID(), 'csv')
  const shop = await web.db.byDomain(BUSY_SHOP, async (_tx, found) => found)
  if (!shop) throw new Error('the shop was not installed')
  const nobody = async () => {
    throw new Error('a payout run does not ask Shopify')
  }
  ctx = { ...webServices().services, shop, shopify: { shopDomain: shop.domain, request: nobody } }
  creators = [await payee('Maya'), await payee('Ines')]
})
afterAll(async () => {
  await web?.[Symbol.asyncDispose]()
  await sandbox?.stop()
})

async function ask(id: string, format: string): Promise<Response> {
  const token = await mintSessionToken(sandbox.sandbox, BUSY_SHOP)
  const headers = { authorization: `Bearer ${token}`, 'user-agent': 'Mozilla/5.0 Chrome/140.0' }
  const request = new Request(`https://filigree.example/app/payouts/${id}/file?format=${format}`, { headers })
  try {
    return await loader({ request, params: { id }, context: {} })
  } catch (thrown) {
    if (thrown instanceof Response) return thrown
    throw thrown
  }
}

/** Status and reason of a refusal, with whom it names. */
async function refusal(id: string, format: string): Promise<unknown[]> {
  const answer = await ask(id, format)
  expect(answer.headers.get('content-disposition')).toBeNull()
  const text = await answer.text()
  expect(text).not.toContain('@creators.example')
  const { key, params } = (
    JSON.parse(text) as { fields: { form: { key: string; params: { creators: string } } } }
  ).fields.form
  const [, , reason = ''] = key.split('.')
  // The page has words for it.
  expect(Object.keys(payouts.refused)).toContain(reason)
  return [answer.status, reason, params.creators]
}

async function payee(name: string) {
  const creator = await createCreator(ctx.db, ctx.shop, { name })
  const saved = await savePayoutMethod(ctx, webServices().environment.tokenKeys, {
    creatorId: creator.id,
    formId: randomUUID(),
    method: { kind: 'paypal', currency: ctx.shop.currency, email: `${name}@creators.example` },
    by: 'merchant',
    actor: 'user/1',
  })
  expect(saved).toMatchObject({ ok: true })
  return creator
}

/** A run of both, approved. */
async function runOfBoth(): Promise<string> {
  for (const { id } of creators) await credit(ctx, id, 5_000n)
  return approvedRun(
    ctx,
    creators.map(({ id }) => id),
  )
}

async function sent(runId: string): Promise<string[]> {
  const answer = await sendRun(ctx, { runId, revision: await revisionOf(ctx, runId), actor: 'user/1' })
  expect(answer).toEqual({ ok: true, changed: true })
  const payouts = await ctx.db.inShop(ctx.shop.id, (tx) => tx.payout.findMany({ where: { runId } }))
  return creators.map(({ id }) => payouts.find(({ creatorId }) => creatorId === id)?.id ?? '')
}

test('an approved run is a file for the browser to keep, which nobody else keeps', async () => {
  const runId = await runOfBoth()
  const answer = await ask(runId, 'paypal')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="payout-run-\d{4}-paypal\.csv"$/,
  )
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  expect(await answer.text()).toContain('maya@creators.example,50.00,')
  await voidRun(ctx, { runId, actor: 'user/1' })
})

test('a run that was approved and then voided gives no file, whatever is asked for', async () => {
  const runId = await draftRun(
    ctx,
    creators.map(({ id }) => id),
  )
  expect(await refusal(runId, 'paypal')).toEqual([409, 'not_approved', ''])
  await voidRun(ctx, { runId, actor: 'user/1' })
  const approved = await runOfBoth()
  await voidRun(ctx, { runId: approved, actor: 'user/1' })
  for (const id of [runId, approved])
    for (const format of ['sepa', 'paypal', 'wise', 'csv'])
      expect(await refusal(id, format)).toEqual([409, 'run_is_voided', ''])
})

test.each([
  ['failed', failPayout],
  ['voided', voidPayout],
] as const)(
  'a payout that was sent and has %s is in no file, and its run is paid by none',
  async (_, takeBack) => {
    const runId = await runOfBoth()
    const [maya = '', ines = ''] = await sent(runId)
    expect((await ask(runId, 'paypal')).status).toBe(200)
    await takeBack(ctx, { payoutId: maya, actor: 'user/1', failure: 'AC04' })
    expect(await refusal(runId, 'paypal')).toEqual([409, 'payouts_taken_back', 'Maya'])
    const list = await (await ask(runId, 'csv')).text()
    expect(list).toContain('Ines')
    expect(list).not.toContain('Maya')
    await voidPayout(ctx, { payoutId: ines, actor: 'user/1' })
    expect((await refusal(runId, 'csv'))[0]).toBe(409)
  },
)

test('a run of nobody and a format of nothing are told apart', async () => {
  expect(await refusal(randomUUID(), 'csv')).toEqual([404, 'unknown_run', ''])
  expect((await ask(randomUUID(), 'xlsx')).status).toBe(400)
})
