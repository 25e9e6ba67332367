import { expect, test } from 'vitest'
import { signProxyQuery } from '#sandbox/storefront/app-proxy.ts'
import { readProxyRequest } from './proxy-request.ts'

const SHOP = 'lumen-atelier.myshopify.com'
const identity = { apiKey: 'client-id', apiSecret: 'current secret', appUrl: 'https://filigree.example' }

function signedWith(secret: string): Request {
  const query = new URLSearchParams({
    shop: SHOP,
    path_prefix: '/apps/filigree',
    timestamp: String(Math.floor(Date.now() / 1000)),
  })
  query.set('signature', signProxyQuery(query, secret))
  return new Request(`https://filigree.example/storefront/go/X?${query}`)
}

test('while the client secret is replaced, the proxy signs with either; otherwise with the current one alone', async () => {
  const during = { ...identity, previousApiSecret: 'previous secret' }
  const read = async (secret: string, as: typeof identity) =>
    (await readProxyRequest(signedWith(secret), as)).ok
  expect(await read('current secret', during)).toBe(true)
  expect(await read('previous secret', during)).toBe(true)
  expect(await read('third secret', during)).toBe(false)
  expect(await read('previous secret', identity)).toBe(false)
  expect(await read('current secret', identity)).toBe(true)
})
