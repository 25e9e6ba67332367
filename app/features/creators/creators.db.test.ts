import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ShopContext } from '#app/features/context.ts'
import { createAgreement } from '#tests/factories/creator.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { createShop } from '#tests/factories/shop.ts'
import { archiveCreator } from './archive-creator.server.ts'
import { createCreator } from './create-creator.server.ts'
import { parseCreatorListQuery } from './creator-list-query.ts'
import { readCreatorList } from './creator-list-view.server.ts'
import { readCreator } from './creator-view.server.ts'
import { editCreator } from './edit-creator.server.ts'
import { restoreCreator } from './restore-creator.server.ts'

const maya = {
  name: 'Maya Okafor',
  email: 'Maya@Studio.example',
  handle: 'maya',
  channels: [
    { platform: 'instagram', handle: '@maya', url: 'https://instagram.example/maya', followers: '35000' },
  ],
  notes: 'Met at the fair.',
}

async function add(ctx: ShopContext, creator: object): Promise<string> {
  const result = await createCreator(ctx, { formId: randomUUID(), creator })
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result.creatorId
}

test('a creator is added with a first entry in the history', async () => {
  await using ctx = await createPartnerContext()
  const id = await add(ctx, maya)
  const view = await readCreator(ctx, id)
  expect(view?.creator).toMatchObject({
    name: 'Maya Okafor',
    email: 'maya@studio.example',
    handle: 'maya',
    followerCount: 35000,
  })
  expect(view?.history.map((event) => event.kind)).toEqual(['creator_created'])
})

test('the same form sent twice, also at once, adds one creator', async () => {
  await using ctx = await createPartnerContext()
  const formId = randomUUID()
  const results = await Promise.all([1, 2, 3].map(() => createCreator(ctx, { formId, creator: maya })))
  expect(results.map((result) => result.ok)).toEqual([true, true, true])
  const view = await readCreator(ctx, formId)
  expect(view?.history).toHaveLength(1)
  expect((await readCreatorList(ctx, parseCreatorListQuery(new URLSearchParams()))).total).toBe(1)
})

test.each<[string, object, object[]]>([
  [
    'a taken email in another spelling',
    { ...maya, handle: 'other', email: 'MAYA@studio.EXAMPLE' },
    [{ field: 'email', reason: 'taken' }],
  ],
  [
    'a taken handle',
    { ...maya, email: 'new@studio.example', handle: 'MAYA' },
    [{ field: 'handle', reason: 'taken' }],
  ],
  [
    'both',
    maya,
    [
      { field: 'email', reason: 'taken' },
      { field: 'handle', reason: 'taken' },
    ],
  ],
  ['no name', { ...maya, name: '  ' }, [{ field: 'name', reason: 'missing' }]],
  [
    'a script for an address',
    { ...maya, channels: [{ platform: 'blog', handle: 'x', url: 'javascript:alert(1)' }] },
    [{ field: 'channels.0.url', reason: 'not_a_url' }],
  ],
])('a second creator is refused by field: %s', async (_, creator, problems) => {
  await using ctx = await createPartnerContext()
  await add(ctx, maya)
  const result = await createCreator(ctx, { formId: randomUUID(), creator })
  expect(result).toEqual({ ok: false, reason: 'invalid_input', problems })
})

test('two shops may each have a creator of the same email and handle, and do not see each other', async () => {
  await using ctx = await createPartnerContext()
  const id = await add(ctx, maya)
  const other = ctx.forShop(await createShop(ctx.db))
  await add(other, maya)
  expect(await readCreator(other, id)).toBeNull()
  expect(await editCreator(other, { creatorId: id, revision: 1, creator: maya })).toMatchObject({
    reason: 'unknown_creator',
  })
  expect(
    await archiveCreator(other, { creatorId: id, shown: { agreements: 0, codes: 0, links: 0 } }),
  ).toMatchObject({ reason: 'unknown_creator' })
})

test('an id that another shop took is refused instead of shown', async () => {
  await using ctx = await createPartnerContext()
  const id = await add(ctx, maya)
  const other = ctx.forShop(await createShop(ctx.db))
  expect(await createCreator(other, { formId: id, creator: { ...maya, name: 'Eve' } })).toEqual({
    ok: false,
    reason: 'form_reused',
  })
})

test('of two editors with the same revision the second is told', async () => {
  await using ctx = await createPartnerContext()
  const creatorId = await add(ctx, maya)
  const [first, second] = await Promise.all([
    editCreator(ctx, { creatorId, revision: 1, creator: { ...maya, name: 'Maya A.' } }),
    editCreator(ctx, { creatorId, revision: 1, creator: { ...maya, name: 'Maya B.' } }),
  ])
  expect([first.ok, second.ok].toSorted()).toEqual([false, true])
  expect([first, second].find((result) => !result.ok)).toEqual({ ok: false, reason: 'changed_meanwhile' })
})

test('editing keeps the handle, names the changed fields, and saving nothing new writes no history', async () => {
  await using ctx = await createPartnerContext()
  const creatorId = await add(ctx, maya)
  expect(
    await editCreator(ctx, {
      creatorId,
      revision: 1,
      creator: { ...maya, notes: 'Now friends.', handle: 'stolen' },
    }),
  ).toEqual({ ok: true, revision: 2 })
  expect(
    await editCreator(ctx, { creatorId, revision: 1, creator: { ...maya, notes: 'Now friends.' } }),
  ).toEqual({ ok: true, revision: 2 })
  const view = await readCreator(ctx, creatorId)
  expect(view?.creator.handle).toBe('maya')
  expect(view?.history.map((event) => [event.kind, event.facts])).toEqual([
    ['creator_edited', { fields: 'notes' }],
    ['creator_created', {}],
  ])
})

test('archiving ends what was shown, and refuses when there is more than was shown', async () => {
  await using ctx = await createPartnerContext()
  const creatorId = await add(ctx, maya)
  await createAgreement(ctx.db, ctx.shop, creatorId)
  const none = { agreements: 0, codes: 0, links: 0 }
  const shown = { agreements: 1, codes: 0, links: 0 }
  expect(await archiveCreator(ctx, { creatorId, shown: none })).toEqual({
    ok: false,
    reason: 'changed_meanwhile',
    preview: shown,
  })
  expect(await archiveCreator(ctx, { creatorId, shown })).toEqual({ ok: true })
  expect(await archiveCreator(ctx, { creatorId, shown })).toEqual({ ok: false, reason: 'already_archived' })
  const view = await readCreator(ctx, creatorId)
  expect(view?.agreements[0]?.status).toBe('ended')
  expect(view?.creator.status).toBe('archived')
  expect(await restoreCreator(ctx, { creatorId })).toEqual({ ok: true })
  expect(await restoreCreator(ctx, { creatorId })).toEqual({ ok: false, reason: 'not_archived' })
  expect((await readCreator(ctx, creatorId))?.agreements[0]?.status).toBe('ended')
})

test('the plan decides how many creators may be active, also when two are added at once', async () => {
  await using ctx = await createPartnerContext()
  const nth = (index: number) => ({ ...maya, email: `c${index}@studio.example`, handle: `c-${index}` })
  for (let index = 0; index < 4; index += 1) await add(ctx, nth(index))
  const last = await Promise.all(
    [4, 5].map((index) => createCreator(ctx, { formId: randomUUID(), creator: nth(index) })),
  )
  expect(last.filter((result) => result.ok)).toHaveLength(1)
  expect(last.find((result) => !result.ok)).toEqual({ ok: false, reason: 'plan_limit_reached' })
  const [row] = (await readCreatorList(ctx, parseCreatorListQuery(new URLSearchParams()))).rows
  const creatorId = row?.id ?? ''
  await archiveCreator(ctx, { creatorId, shown: { agreements: 0, codes: 0, links: 0 } })
  await add(ctx, nth(7))
  expect(await restoreCreator(ctx, { creatorId })).toEqual({ ok: false, reason: 'plan_limit_reached' })
})

test('the list searches, filters, sorts and pages', async () => {
  await using ctx = await createPartnerContext()
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.shop.update({ where: { id: ctx.shop.id }, data: { planKey: 'atelier' } }),
  )
  const ids: string[] = []
  for (let index = 0; index < 52; index += 1) {
    ids.push(
      await add(ctx, {
        ...maya,
        name: `Creator ${String(index).padStart(2, '0')}`,
        email: `c${index}@studio.example`,
        handle: `c-${index}`,
      }),
    )
  }
  const odd = await add(ctx, { ...maya, name: '100%_real <b>', email: 'odd@studio.example', handle: 'odd' })
  await createAgreement(ctx.db, ctx.shop, odd)
  const read = (search: string) => readCreatorList(ctx, parseCreatorListQuery(new URLSearchParams(search)))
  const first = await read('')
  expect([first.rows.length, first.total, first.pageCount]).toEqual([50, 53, 2])
  expect(first.rows[0]?.name).toBe('100%_real <b>')
  expect((await read('page=2')).rows.map((row) => row.id)).toEqual(ids.slice(-3))
  expect((await read('page=99')).page).toBe(2)
  expect((await read('q=%25_r')).rows.map((row) => row.id)).toEqual([odd])
  expect((await read('q=ODD@studio')).rows.map((row) => row.id)).toEqual([odd])
  expect((await read('agreement=with')).rows.map((row) => [row.id, row.activeAgreements])).toEqual([[odd, 1]])
  expect((await read('agreement=without')).total).toBe(52)
  expect((await read('status=archived')).total).toBe(0)
  expect((await read('q=nobody')).rows).toEqual([])
  expect((await read('sort=balance&page=abc&status=zzz')).rows).toHaveLength(50)
})
