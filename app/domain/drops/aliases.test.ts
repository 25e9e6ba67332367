import { describe, expect, test } from 'vitest'
import { aliasKeys, type BuyerTraces, findAliases, type TracedOrder } from './aliases.ts'

const NONE: BuyerTraces = { email: null, phone: null, address: null }
const firstKey = (traces: Partial<BuyerTraces>) => aliasKeys({ ...NONE, ...traces })[0]?.value ?? null
const at = (address1: string, zip = '04101', country = 'US') => ({
  address: { address1, zip, country, city: 'Portland' },
})

describe('one mailbox, telephone or door is one key', () => {
  test.each([
    [{ email: 'Ada@Post.example' }, { email: ' ada+drop@post.example' }],
    [{ email: 'a.da.moss@gmail.com' }, { email: 'adamoss+2@googlemail.com' }],
    [{ phone: '+49 171 2345678' }, { phone: '0171/234 56 78' }],
    [at('12 Harbour Road'), at('Harbour Rd. 12', '04101 ')],
    [at('Hauptstraße 7', '10115', 'DE'), at('haupt-str. 7', '10115', 'DE')],
    [at('3 Rue de l’Église', '69 001', 'FR'), at('3, rue de l eglise', '69001', 'FR')],
  ])('%o is %o', (left, right) => {
    expect(firstKey(left)).not.toBeNull()
    expect(firstKey(left)).toBe(firstKey(right))
  })
})

describe('what may be somebody else’s is another key', () => {
  test.each([
    [{ email: 'a.da@post.example' }, { email: 'ada@post.example' }],
    [{ email: 'ada@post.example' }, { email: 'ada@mail.example' }],
    [{ phone: '+49 171 2345678' }, { phone: '+49 171 2345679' }],
    [at('12 Harbour Road'), at('13 Harbour Road')],
    [at('12 Harbour Road'), at('12 Harbour Road', '04102')],
    [at('1 Main St', '1000', 'BE'), at('1 Main St', '1000', 'CH')],
  ])('%o is not %o', (left, right) => {
    expect(firstKey(left)).not.toBe(firstKey(right))
  })
})

test('what says nothing is no key', () => {
  expect(aliasKeys({ email: 'ada', phone: '112', address: at('', '').address })).toEqual([])
  expect(aliasKeys({ ...NONE, email: '+x@post.example' })).toEqual([])
  expect(
    aliasKeys({ ...NONE, address: { address1: '1 Main St', zip: '', city: '', country: 'US' } }),
  ).toEqual([])
})

function order(orderId: number, given: Partial<TracedOrder> & { email?: string; address?: string } = {}) {
  const { email, address, ...rest } = given
  const traces = [
    ...(email ? [{ kind: 'email' as const, digest: email }] : []),
    ...(address ? [{ kind: 'address' as const, digest: address }] : []),
  ]
  return {
    orderId: String(orderId),
    name: `#${orderId}`,
    customerKey: `c${orderId}`,
    pieces: 1,
    traces,
    ...rest,
  }
}
const found = (orders: TracedOrder[], limit: number) =>
  findAliases(orders, limit).map(({ orders: group, pieces, by }) => [
    group.map(({ name }) => name).join(),
    pieces,
    by,
  ])

test('orders hang together through others, by whatever ties them', () => {
  const orders = [
    order(3, { email: 'a', address: 'x' }),
    order(10, { email: 'b', address: 'x' }),
    order(2, { email: 'b' }),
    order(4, { email: 'c', address: 'y' }),
  ]
  expect(found(orders, 2)).toEqual([['#2,#3,#10', 3, ['address', 'email']]])
  expect(found([...orders].reverse(), 2)).toEqual([['#2,#3,#10', 3, ['address', 'email']]])
  expect(found(orders, 3)).toEqual([])
})

test('what came back does not count, nor does an order that stands alone', () => {
  expect(found([order(1, { email: 'a', pieces: 0 }), order(2, { email: 'a', pieces: 2 })], 1)).toEqual([])
  expect(found([order(1, { pieces: 5 })], 1)).toEqual([])
})

test('two orders of one customer at the same moment are told too', () => {
  const own = { customerKey: 'ada' }
  expect(found([order(1, own), order(2, own)], 1)).toEqual([['#1,#2', 2, ['customer']]])
  expect(found([order(1, { customerKey: null }), order(2, { customerKey: null })], 1)).toEqual([])
})
