import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readProxyRequest } from './proxy-request.ts'
import { readProxyQuery } from './proxy-signature.ts'

const identity = { apiKey: 'key', apiSecret: 'hush', appUrl: 'https://filigree.example' }
const SHOP = 'lumen-atelier.myshopify.com'

function query(given: Array<[string, string]>, secret = 'hush'): URLSearchParams {
  const search = new URLSearchParams([
    ...given,
    ['shop', SHOP],
    ['path_prefix', '/apps/filigree'],
    ['timestamp', String(Math.floor(Date.now() / 1000))],
  ])
  const names = [...new Set(search.keys())]
  const text = names
    .map((name) => `${name}=${search.getAll(name).join(',')}`)
    .sort()
    .join('')
  search.set('signature', createHmac('sha256', secret).update(text).digest('hex'))
  return search
}

const read = (search: URLSearchParams) => {
  const visit = readProxyQuery(search, identity, Date.now())
  return visit.ok ? visit.shopDomain : visit.reason
}

test('the example of Shopify’s own documentation is genuine, at its time', () => {
  const signature = '4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb'
  const text =
    'extra=1&extra=2&shop=shop-name.myshopify.com&logged_in_customer_id=1&path_prefix=%2Fapps%2Fawesome_reviews&timestamp=1317327555'
  const at = (seconds: number) =>
    readProxyQuery(new URLSearchParams(`${text}&signature=${signature}`), identity, seconds * 1000).ok
  expect([at(1317327555), at(1317327555 + 90), at(1317327555 - 90)]).toEqual([true, true, true])
  expect([at(1317327555 + 91), at(1317327555 - 91)]).toEqual([false, false])
})

test('what is not Shopify’s is refused by name', () => {
  expect(read(query([]))).toBe(SHOP)
  expect(read(query([], 'other'))).toBe('forged')
  const added = query([])
  added.set('page', '2')
  expect(read(added)).toBe('forged')
  const short = query([])
  short.set('signature', 'ab')
  expect(read(short)).toBe('forged')
  const unsigned = query([])
  unsigned.delete('signature')
  expect(read(unsigned)).toBe('unsigned')
  const twice = query([])
  twice.append('shop', SHOP)
  expect(read(twice)).toBe('repeated')
  const otherShop = query([])
  otherShop.set('shop', 'evil.example')
  expect(read(otherShop)).toBe('no_shop')
  const rotated = readProxyQuery(
    query([], 'before'),
    { ...identity, previousApiSecret: 'before' },
    Date.now(),
  )
  expect(rotated.ok).toBe(true)
})

test('it says what Shopify’s library says, whatever the query carries', async () => {
  // Shopify sorts by bytes, its library by the language's alphabet: of lower-case letters they say the same.
  const names = fc.constantFrom('a', 'b', 'extra', 'page', 'zone')
  const pairs = fc.array(fc.tuple(names, fc.string({ maxLength: 6, unit: 'grapheme' })), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(pairs, fc.constantFrom('hush', 'other'), async (given, secret) => {
      const search = query(given, secret)
      const theirs = await readProxyRequest(new Request(`https://filigree.example/x?${search}`), identity)
      expect(read(search)).toBe(theirs.ok ? SHOP : theirs.reason)
    }),
    { numRuns: 60 },
  )
})
