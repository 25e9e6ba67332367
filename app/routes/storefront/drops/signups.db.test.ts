import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openToken } from '#app/adapters/shopify/token-cipher.ts'
import { signupOwner } from '#app/features/signups/sign-up.server.ts'
import { signProxyQuery } from '#sandbox/storefront/app-proxy.ts'
import { createDrop } from '#tests/factories/live-drops.ts'
import { createShop } from '#tests/factories/shop.ts'
import { openWebInProcess, WEB_API_SECRET } from '#tests/harness/web-in-process.ts'
import { webServices } from '../../web-services.server.ts'
import { action, loader } from './signups.ts'

const EMAIL = 'ada@shoppers.example'

async function open() {
  const web = await openWebInProcess({ now: '2026-12-04T18:05:00.000Z' })
  const shop = await createShop(web.db)
  const drop = await createDrop(web.db, shop)
  const post = async (
    fields: Record<string, string> = {},
    given: {
      handle?: string
      domain?: string
      accept?: string
      query?: URLSearchParams
      client?: string
    } = {},
  ) => {
    const { handle = 'moon-ring', domain = shop.domain, accept = 'application/json', client = '' } = given
    const all = {
      variant: '41',
      email: EMAIL,
      consent: 'yes',
      consent_version: '1',
      key: randomUUID(),
      ...fields,
    }
    const request = new Request(
      `https://filigree.example/storefront/drops/${handle}/signups?${given.query ?? signed(domain)}`,
      {
        method: 'POST',
        body: new URLSearchParams(all),
        headers: { accept, ...(client && { 'x-filigree-told-client': client }) },
      },
    )
    return action({ request, params: { handle }, context: {} })
  }
  const rows = () =>
    web.db.inShop(shop.id, (tx) => tx.restockSignup.findMany({ orderBy: { position: 'asc' } }))
  return { web, shop, drop, post, rows }
}

function signed(shop: string): URLSearchParams {
  const query = new URLSearchParams({
    shop,
    logged_in_customer_id: '',
    path_prefix: '/apps/filigree',
    timestamp: String(Math.floor(Date.now() / 1000)),
  })
  query.set('signature', signProxyQuery(query, WEB_API_SECRET))
  return query
}

test('a sign-up is kept with its consent, its address sealed to its row, and answered with 202 and a place in tens', async () => {
  const { web, post, rows } = await open()
  await using _ = web
  const answer = await post({ locale: 'de' })
  expect([answer.status, await answer.json()]).toEqual([202, { v: 1, ok: true, place: { from: 1, to: 10 } }])
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const [row] = await rows()
  expect(row).toMatchObject({
    position: 1,
    variantId: 41n,
    locale: 'de',
    consentVersion: 1,
    status: 'waiting',
  })
  expect(row?.consentAt.toISOString()).toBe('2026-12-04T18:05:00.000Z')
  expect(JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain(
    'ada',
  )
  const opened = openToken(
    row?.emailSealed ?? '',
    signupOwner(row?.id ?? ''),
    webServices().environment.tokenKeys,
  )
  expect(opened).toEqual({ ok: true, token: EMAIL })
  expect(web.logged.join()).not.toContain('ada')
})

test('the same key or the same address twice makes one row, and the answer does not tell the difference', async () => {
  const { web, post, rows } = await open()
  await using _ = web
  const key = randomUUID()
  const answers = [
    await post({ key }),
    await post({ key, email: 'other@shoppers.example' }),
    await post({ email: 'ADA@Shoppers.example' }),
  ]
  expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(
    Array(3).fill('{"v":1,"ok":true,"place":{"from":1,"to":10}}'),
  )
  expect(await rows()).toHaveLength(1)
  await Promise.all(Array.from({ length: 12 }, (_, n) => post({ email: `buyer${n}@shoppers.example` })))
  expect((await rows()).map(({ position }) => position)).toEqual(Array.from({ length: 13 }, (_, n) => n + 1))
  expect(await (await post({})).json()).toMatchObject({ place: { from: 11, to: 20 } })
})

test('without a script the answer is a page in the shopper’s language, for the shop’s theme', async () => {
  const { web, post } = await open()
  await using _ = web
  const kept = await post({ locale: 'fr-CA' }, { accept: 'text/html' })
  expect([kept.status, kept.headers.get('content-type')]).toEqual([202, 'application/liquid'])
  expect(await kept.text()).toContain('Votre place se situe entre 1 et 10.')
  const refused = await post({ email: '<script>', locale: 'constructor' }, { accept: 'text/html' })
  const page = await refused.text()
  expect([refused.status, page.includes('does not look like an email address')]).toEqual([400, true])
  expect(page).not.toContain('script')
})

test('what is wrong is said by name, and nothing is kept', async () => {
  const { web, shop, post, rows } = await open()
  await using _ = web
  await createDrop(web.db, shop, { handle: 'over', variants: [51n], closesAt: '2026-12-04T18:04:00.000Z' })
  await createDrop(web.db, shop, { handle: 'not-yet', variants: [52n], status: 'draft' })
  const other = await createShop(web.db)
  const cases: Array<[Parameters<typeof post>, number, string]> = [
    [[{ email: 'ada' }], 400, 'email_malformed'],
    [[{ consent: '' }], 400, 'consent_missing'],
    [[{ consent_version: '9' }], 400, 'consent_unknown'],
    [[{ key: 'x' }], 400, 'key_malformed'],
    [[{ variant: '42' }], 404, 'no_such_drop'],
    [[{}, { handle: 'nothing' }], 404, 'no_such_drop'],
    [[{ variant: '52' }, { handle: 'not-yet' }], 404, 'no_such_drop'],
    [[{}, { domain: other.domain }], 404, 'no_such_drop'],
    [[{}, { domain: 'nobody.myshopify.com' }], 404, 'no_such_drop'],
    [[{ variant: '51' }, { handle: 'over' }], 409, 'drop_over'],
  ]
  for (const [asked, status, error] of cases) {
    const answer = await post(...asked)
    expect([answer.status, await answer.json()]).toEqual([status, { v: 1, ok: false, error }])
  }
  const forged = signed(other.domain)
  forged.set('shop', shop.domain)
  expect((await post({}, { query: forged })).status).toBe(401)
  expect(loader().status).toBe(405)
  expect(await rows()).toEqual([])
})

test('one address waits in twenty lines of a shop at most, over all its drops, and is told so in words', async () => {
  const { web, shop, drop, post, rows } = await open()
  await using _ = web
  expect((await post()).status).toBe(202)
  // A second piece of the drop: a line in which the address does not wait yet.
  const [offer] = await web.db.inShop(shop.id, (tx) => tx.dropOffer.findMany({ where: { dropId: drop.id } }))
  if (!offer) throw new Error('no offer')
  const second = { ...offer, position: 9, variantId: 42n, role: 'offer' }
  await web.db.inShop(shop.id, (tx) => tx.dropOffer.create({ data: second }))
  const [first] = await rows()
  if (!first) throw new Error('no row')
  await web.db.inShop(shop.id, async (tx) => {
    // Of other drops that are to come: nineteen lines more.
    for (let n = 0; n < 19; n += 1)
      await tx.restockSignup.create({
        data: {
          ...first,
          id: randomUUID(),
          dropId: drop.id,
          variantId: BigInt(900 + n),
          idempotencyKey: randomUUID(),
        },
      })
  })
  const other = await post({ variant: '42' })
  expect([other.status, await other.json()]).toEqual([429, { v: 1, ok: false, error: 'address_full' }])
  const page = await (await post({ variant: '42', locale: 'de' }, { accept: 'text/html' })).text()
  expect(page).toContain('Diese Adresse wartet auf so viele Stücke')
  // The same request again is the same answer; another address has room.
  expect((await post({ key: first.idempotencyKey })).status).toBe(202)
  expect((await post({ variant: '42', email: 'other@shoppers.example' })).status).toBe(202)
})

test('what asks too often for one address, or from one client, is told to wait; others are not', async () => {
  const { web, post } = await open()
  await using _ = web
  const asked = []
  for (let n = 0; n < 21; n += 1) asked.push((await post({ email: 'often@shoppers.example' })).status)
  expect(asked).toEqual([...Array.from({ length: 20 }, () => 202), 429])
  const from = (client: string, n: number) => post({ email: `p${n}@shoppers.example` }, { client })
  for (let n = 0; n < 60; n += 1) expect((await from(`2001:db8:1:2::${n}`, n)).status).toBe(202)
  const refused = await from('2001:db8:1:2::ffff', 61)
  expect([refused.status, await refused.json()]).toMatchObject([429, { error: 'too_many_here' }])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await from('2001:db8:1:3::1', 62)).status).toBe(202)
})
