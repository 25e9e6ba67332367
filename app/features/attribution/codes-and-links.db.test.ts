import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { readCreator } from '#app/features/creators/creator-view.server.ts'
import { createCreator } from '#tests/factories/creator.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createCreatorCode } from './create-creator-code.server.ts'
import { createCreatorLink } from './create-creator-link.server.ts'
import { endCreatorCode } from './end-creator-code.server.ts'
import { revokeCreatorLink } from './revoke-creator-link.server.ts'
import { syncCreatorCode } from './sync-creator-code.server.ts'

async function code(ctx: PartnerTestContext) {
  const creator = await createCreator(ctx.db, ctx.shop, { handle: 'maya' })
  const result = await createCreatorCode(ctx, {
    formId: randomUUID(),
    creatorId: creator.id,
    code: 'maya10',
    percent: '10',
  })
  if (!result.ok) throw new Error(JSON.stringify(result))
  const row = () =>
    ctx.db.inShop(ctx.shop.id, (tx) => tx.creatorCode.findUniqueOrThrow({ where: { id: result.codeId } }))
  return { creator, codeId: result.codeId, row }
}

const made = {
  ok: true as const,
  data: {
    discountCodeBasicCreate: {
      codeDiscountNode: {
        id: 'gid://shopify/DiscountCodeNode/1',
        codeDiscount: {
          __typename: 'DiscountCodeBasic',
          shareableUrls: [{ url: 'https://shop.example/discount/MAYA10' }],
        },
      },
      userErrors: [],
    },
  },
}
const taken = {
  ok: true as const,
  data: {
    discountCodeBasicCreate: {
      codeDiscountNode: null,
      userErrors: [{ code: 'TAKEN', field: [], message: 'Code must be unique' }],
    },
  },
}

test('a code is asked for, made in Shopify once, and ended', async () => {
  await using ctx = await createPartnerContext()
  const { codeId, row } = await code(ctx)
  expect(await row()).toMatchObject({ code: 'MAYA10', percentBps: 1000, status: 'pending' })
  expect(await ctx.queue.pending()).toEqual({ 'sync-creator-code': 1 })
  ctx.shopifyAnswers.push(made)
  expect(await syncCreatorCode(ctx, { codeId })).toEqual({ ok: true, status: 'live' })
  expect(await syncCreatorCode(ctx, { codeId })).toEqual({ ok: true, status: 'unchanged' })
  expect(await row()).toMatchObject({ status: 'live', shareUrl: 'https://shop.example/discount/MAYA10' })
  expect(await endCreatorCode(ctx, { codeId })).toEqual({ ok: true })
  expect(await endCreatorCode(ctx, { codeId })).toEqual({ ok: true })
  ctx.shopifyAnswers.push({ ok: true, data: { discountCodeDeactivate: { userErrors: [] } } })
  expect(await syncCreatorCode(ctx, { codeId })).toEqual({ ok: true, status: 'ended' })
  expect(ctx.shopifyRequests).toHaveLength(2)
  const kinds = await ctx.db.inShop(ctx.shop.id, (tx) => tx.creatorEvent.findMany({ select: { kind: true } }))
  expect(kinds.map((event) => event.kind).toSorted()).toEqual(['code_ended', 'code_live', 'code_requested'])
})

test('a code that Shopify gave to someone else fails with its reason and may be asked for again', async () => {
  await using ctx = await createPartnerContext()
  const { creator, codeId, row } = await code(ctx)
  ctx.shopifyAnswers.push(taken, { ok: true, data: { codeDiscountNodeByCode: null } })
  expect(await syncCreatorCode(ctx, { codeId })).toEqual({ ok: true, status: 'failed' })
  expect(await row()).toMatchObject({ status: 'failed', lastError: 'code_taken' })
  const again = await createCreatorCode(ctx, {
    formId: randomUUID(),
    creatorId: creator.id,
    code: 'MAYA10',
    percent: '15',
  })
  expect(again).toEqual({ ok: true, codeId })
  expect(await row()).toMatchObject({ status: 'pending', percentBps: 1500, lastError: null })
})

test('a job that broke off after Shopify had made the code finds it again', async () => {
  await using ctx = await createPartnerContext()
  const { codeId, row } = await code(ctx)
  ctx.shopifyAnswers.push(taken, {
    ok: true,
    data: {
      codeDiscountNodeByCode: {
        id: 'gid://shopify/DiscountCodeNode/7',
        codeDiscount: {
          __typename: 'DiscountCodeBasic',
          title: `Filigree MAYA10 ${codeId}`,
          status: 'ACTIVE',
          shareableUrls: [],
        },
      },
    },
  })
  expect(await syncCreatorCode(ctx, { codeId })).toEqual({ ok: true, status: 'live' })
  expect(await row()).toMatchObject({ shopifyDiscountId: 'gid://shopify/DiscountCodeNode/7' })
})

test('a Shopify that does not answer leaves the code waiting', async () => {
  await using ctx = await createPartnerContext()
  const { codeId, row } = await code(ctx)
  ctx.shopifyAnswers.push({ ok: false, reason: 'unavailable', message: '503' })
  expect(await syncCreatorCode(ctx, { codeId })).toEqual({ ok: false, reason: 'unavailable' })
  expect((await row()).status).toBe('pending')
})

test('a code ended before it was made never reaches Shopify', async () => {
  await using ctx = await createPartnerContext()
  const { codeId } = await code(ctx)
  await endCreatorCode(ctx, { codeId })
  expect(await syncCreatorCode(ctx, { codeId })).toEqual({ ok: true, status: 'ended' })
  expect(ctx.shopifyRequests).toEqual([])
})

test.each<[string, { code?: string; percent?: string }, object]>([
  ['of another creator', {}, { reason: 'code_taken' }],
  ['in another spelling', { code: ' Maya10 ' }, { reason: 'code_taken' }],
  ['with spaces', { code: 'MAYA 10' }, { problems: [{ field: 'code', reason: 'malformed' }] }],
  ['too short', { code: 'MY' }, { problems: [{ field: 'code', reason: 'too_short' }] }],
  ['too long', { code: 'X'.repeat(41) }, { problems: [{ field: 'code', reason: 'too_long' }] }],
  [
    'for nothing off',
    { code: 'NEW', percent: '0' },
    { problems: [{ field: 'percent', reason: 'out_of_range' }] },
  ],
  [
    'for everything off',
    { code: 'NEW', percent: '100' },
    { problems: [{ field: 'percent', reason: 'out_of_range' }] },
  ],
  [
    'for words off',
    { code: 'NEW', percent: 'ten' },
    { problems: [{ field: 'percent', reason: 'malformed' }] },
  ],
  [
    'for too exact a part off',
    { code: 'NEW', percent: '10.125' },
    { problems: [{ field: 'percent', reason: 'malformed' }] },
  ],
])('a code is refused: %s', async (_, input, expected) => {
  await using ctx = await createPartnerContext()
  await code(ctx)
  const other = await createCreator(ctx.db, ctx.shop)
  const result = await createCreatorCode(ctx, {
    formId: randomUUID(),
    creatorId: other.id,
    code: 'MAYA10',
    percent: '10',
    ...input,
  })
  expect(result).toMatchObject({ ok: false, ...expected })
})

test('a link is made once for a form, belongs to its shop, and is taken back', async () => {
  await using ctx = await createPartnerContext()
  const creator = await createCreator(ctx.db, ctx.shop, { handle: 'maya' })
  const input = { formId: randomUUID(), creatorId: creator.id, path: '/products/moon-ring' }
  const [first, second] = await Promise.all([createCreatorLink(ctx, input), createCreatorLink(ctx, input)])
  expect(first).toEqual(second)
  expect(first).toMatchObject({ ok: true, reference: expect.stringMatching(/^MAYA[2-9A-Z]{4}$/) })
  const [link] = (await readCreator(ctx, creator.id))?.links ?? []
  expect(link?.url).toMatch(
    new RegExp(`^https://${ctx.shop.domain}/products/moon-ring\\?fil=MAYA....\\.[\\w-]{16}$`),
  )
  const other = ctx.forShop(await createShop(ctx.db))
  expect(await revokeCreatorLink(other, { linkId: input.formId })).toEqual({
    ok: false,
    reason: 'unknown_link',
  })
  expect(await revokeCreatorLink(ctx, { linkId: input.formId })).toEqual({ ok: true })
  expect(await revokeCreatorLink(ctx, { linkId: input.formId })).toEqual({ ok: true })
  expect((await readCreator(ctx, creator.id))?.links[0]?.revokedAt).not.toBeNull()
})

test.each([
  '//evil.example',
  'https://evil.example',
  'products',
  '/\\evil.example',
  '/a b',
  '/a?fil=X',
  '/<script>',
])('a link to %s is refused', async (path) => {
  await using ctx = await createPartnerContext()
  const creator = await createCreator(ctx.db, ctx.shop)
  expect(await createCreatorLink(ctx, { formId: randomUUID(), creatorId: creator.id, path })).toEqual({
    ok: false,
    reason: 'path_malformed',
  })
})
