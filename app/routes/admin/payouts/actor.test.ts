import { expect, test } from 'vitest'
import { actorOf } from './actor.server.ts'

const token = (claims: unknown) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`
const ask = (headers: Record<string, string>, query = '') =>
  actorOf(new Request(`https://filigree.example/app/payouts${query}`, { headers }))

test('the person is the one of the token that proved the visit: the header’s before the address’s', () => {
  const header = { authorization: `Bearer ${token({ sub: '42' })}` }
  expect(ask(header)).toBe('user/42')
  expect(ask({}, `?id_token=${token({ sub: '7' })}`)).toBe('user/7')
  expect(ask(header, `?id_token=${token({ sub: '7' })}`)).toBe('user/42')
})

test('people that cannot be told apart count as one', () => {
  expect(
    new Set([ask({}), ask({ authorization: 'Bearer nonsense' }), ask({}, `?id_token=${token({ sub: 5 })}`)]),
  ).toEqual(new Set(['user/unknown']))
})

test('nobody becomes somebody else by a second, unproven token: the library takes a header without its scheme, too', () => {
  const mine = token({ sub: '42' })
  const forged = `?id_token=${token({ sub: '7' })}`
  expect(ask({ authorization: mine }, forged)).toBe('user/42')
  expect(ask({ authorization: `bearer ${mine}` }, forged)).not.toBe('user/7')
  expect(ask({ authorization: 'Bearer' }, forged)).toBe('user/unknown')
})
