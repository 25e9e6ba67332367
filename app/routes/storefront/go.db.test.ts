import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { verifyReference } from '#app/adapters/crypto/signed-reference.ts'
import { signProxyQuery } from '#sandbox/storefront/app-proxy.ts'
import { createCreator } from '#tests/factories/creator.ts'
import { namedId } from '#tests/factories/partners.ts'
import { createShop } from '#tests/factories/shop.ts'
import { LINK_SECRET, openWebInProcess, WEB_API_SECRET } from '#tests/harness/web-in-process.ts'
import { loader } from './go.ts'

async function openShopWithLink() {
  const web = await openWebInProcess()
  const shop = await createShop(web.db)
  const creator = await createCreator(web.db, shop, { handle: 'INES' })
  const link = await web.db.inShop(shop.id, (tx) =>
    tx.creatorLink.create({
      data: {
        id: namedId(`link of ${shop.domain}`),
        shopId: shop.id,
        creatorId: creator.id,
        reference: 'INES7',
        path: '/products/moon-ring',
        createdAt: new Date('2026-01-01T00:00:00Z'),
      },
    }),
  )
  return { web, shop, creator, link }
}

function signed(shop: string, query: Record<string, string> = {}): URLSearchParams {
  const search = new URLSearchParams({
    shop,
    logged_in_customer_id: '',
    path_prefix: '/apps/filigree',
    timestamp: String(Math.floor(Date.now() / 1000)),
    ...query,
  })
  search.set('signature', signProxyQuery(search, WEB_API_SECRET))
  return search
}

async function go(reference: string, query: URLSearchParams): Promise<Response> {
  const request = new Request(`https://filigree.example/storefront/go/${reference}?${query}`)
  return loader({ request, params: { reference }, context: {} })
}

test('a live link leads to its page of the same shop, with the reference signed for the cart', async () => {
  const { web, shop } = await openShopWithLink()
  await using _ = web
  const answer = await go('INES7', signed(shop.domain))
  expect(answer.status).toBe(302)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const location = answer.headers.get('location') ?? ''
  expect(location).toMatch(/^\/products\/moon-ring\?fil=INES7\.[\w-]{16}$/)
  const carried = new URLSearchParams(location.split('?')[1]).get('fil') ?? ''
  expect(verifyReference(shop.domain, carried, LINK_SECRET)).toEqual({ ok: true, reference: 'INES7' })
})

test('a link that was taken back, or whose creator was archived, or that never was, leads to the front page', async () => {
  const { web, shop, creator, link } = await openShopWithLink()
  await using _ = web
  await web.db.inShop(shop.id, (tx) =>
    tx.creator.update({ where: { id: creator.id }, data: { status: 'archived' } }),
  )
  expect((await go('INES7', signed(shop.domain))).headers.get('location')).toBe('/')
  await web.db.inShop(shop.id, async (tx) => {
    await tx.creator.update({ where: { id: creator.id }, data: { status: 'active' } })
    await tx.creatorLink.update({ where: { id: link.id }, data: { revokedAt: new Date() } })
  })
  expect((await go('INES7', signed(shop.domain))).headers.get('location')).toBe('/')
  expect((await go('NEVER', signed(shop.domain))).headers.get('location')).toBe('/')
})

test("another shop's reference leads nowhere, though both shops have the app", async () => {
  const { web } = await openShopWithLink()
  await using _ = web
  const other = await createShop(web.db)
  expect((await go('INES7', signed(other.domain))).headers.get('location')).toBe('/')
})

test('a stored path that points to another host is not followed', async () => {
  const { web, shop, link } = await openShopWithLink()
  await using _ = web
  for (const path of ['//evil.example/', '/\\evil.example', 'https://evil.example', '/\t/evil.example']) {
    await web.db.inShop(shop.id, (tx) => tx.creatorLink.update({ where: { id: link.id }, data: { path } }))
    expect((await go('INES7', signed(shop.domain))).headers.get('location'), path).toBe('/')
  }
})

test('what Shopify did not sign just now for this shop is refused, and says why', async () => {
  const { web, shop } = await openShopWithLink()
  await using _ = web
  const now = Math.floor(Date.now() / 1000)
  const unsigned = signed(shop.domain)
  unsigned.delete('signature')
  const otherShop = signed('other.myshopify.com')
  otherShop.set('shop', shop.domain)
  const otherKey = signed(shop.domain)
  otherKey.set('signature', createHmac('sha256', 'another secret').update('x').digest('hex'))
  const added = signed(shop.domain)
  added.set('page', '2')
  const twice = signed(shop.domain)
  twice.append('shop', 'other.myshopify.com')
  const signedTwice = signed(shop.domain)
  signedTwice.append('signature', signedTwice.get('signature') ?? '')
  const cases: Array<[string, URLSearchParams, number, RegExp]> = [
    ['no signature', unsigned, 400, /carries no signature/],
    ['signed for another shop', otherShop, 401, /does not fit/],
    ['signed with another key', otherKey, 401, /does not fit/],
    ['a parameter added afterwards', added, 401, /does not fit/],
    ['91 seconds old', signed(shop.domain, { timestamp: String(now - 95) }), 400, /last 90 seconds/],
    ['from the future', signed(shop.domain, { timestamp: String(now + 95) }), 400, /last 90 seconds/],
    ['no time', signed(shop.domain, { timestamp: '' }), 400, /last 90 seconds/],
    ['the shop twice', twice, 400, /shop may come once/],
    ['the signature twice', signedTwice, 400, /signature may come once/],
    ['no shop', signed(''), 400, /names no shop/],
  ]
  for (const [name, query, status, message] of cases) {
    const answer = await go('INES7', query)
    expect([name, answer.status]).toEqual([name, status])
    expect(answer.headers.get('location')).toBeNull()
    expect(await answer.text(), name).toMatch(message)
  }
})
