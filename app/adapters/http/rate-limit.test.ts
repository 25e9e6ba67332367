import { expect, test } from 'vitest'
import { createRateLimit, visitorKey } from './rate-limit.ts'

function open(options: { most: number; perSeconds: number; mostKeys?: number }) {
  const clock = { at: 1000 }
  return { clock, limit: createRateLimit({ ...options, now: () => clock.at }) }
}

test('so many are let through, then none until the window ends, and each key counts alone', () => {
  const { clock, limit } = open({ most: 2, perSeconds: 60 })
  expect([limit.take('a').ok, limit.take('a').ok]).toEqual([true, true])
  expect(limit.take('a')).toEqual({ ok: false, retryAfterSeconds: 60 })
  expect(limit.take('b').ok).toBe(true)
  clock.at += 59_500
  expect(limit.take('a')).toEqual({ ok: false, retryAfterSeconds: 1 })
  clock.at += 500
  expect([limit.take('a').ok, limit.take('a').ok, limit.take('a').ok]).toEqual([true, true, false])
})

test('asking on while refused does not put the end off', () => {
  const { clock, limit } = open({ most: 1, perSeconds: 10 })
  limit.take('a')
  for (let second = 1; second < 10; second += 1) {
    clock.at += 1000
    expect(limit.take('a')).toEqual({ ok: false, retryAfterSeconds: 10 - second })
  }
  clock.at += 1000
  expect(limit.take('a').ok).toBe(true)
})

test('a flood of keys is not kept: the oldest go', () => {
  const { limit } = open({ most: 1, perSeconds: 60, mostKeys: 3 })
  for (const key of ['a', 'b', 'c', 'd']) limit.take(key)
  expect([limit.take('d').ok, limit.take('c').ok, limit.take('b').ok]).toEqual([false, false, false])
  expect(limit.take('a').ok).toBe(true)
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('%s counts as %s', (address, key) => {
  expect(visitorKey(address)).toBe(key)
})
