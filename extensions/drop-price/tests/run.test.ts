// An extension is a package of its own, so the house's short import paths do not reach in here.
import { beforeAll, describe, expect, test } from 'vitest'
import { checkInputQuery } from '../../../sandbox/functions/function-schema.ts'
import { loadEngine } from '../../../sandbox/functions/run-in-quickjs.ts'
import {
  asQueried,
  checkOutput,
  extensionOf,
  readFixtures,
  runInEngine,
} from '../../../tests/harness/function-fixtures.ts'
import type { InputQuery } from '../generated/api.ts'
import { run } from '../src/index.ts'

const HANDLE = 'drop-price'
const fixtures = readFixtures(HANDLE)

beforeAll(loadEngine)

describe.each(fixtures)('$name', ({ input, output }) => {
  test('is what the query asks for', () => expect(asQueried(HANDLE, input)).toEqual(input))
  test('answers as written, in a way that the schema takes', () => {
    const answer = run(input as InputQuery)
    expect(answer).toEqual(output)
    checkOutput(HANDLE, answer)
  })
  test('answers the same in QuickJS', () => expect(runInEngine(HANDLE, input)).toEqual({ ok: true, output }))
})

test('the query is within its limits of bytes and cost', () => {
  const { bytes, cost } = checkInputQuery(extensionOf(HANDLE))
  expect(bytes).toBeLessThanOrEqual(3000)
  expect(cost).toBe(20)
})

test.each([
  ['missing', null],
  ['neither percentage nor amount', [{ products: ['11'], slots: [1] }]],
  ['both', [{ products: ['11'], slots: [1], bps: 100, amount: '1.00' }]],
  ['more than the piece', [{ products: ['11'], slots: [1], bps: 20_000 }]],
])('prices that are %s give nothing: the function fails', (_what, prices) => {
  const input = structuredClone(
    fixtures.find(({ name }) => name === 'percent-while-open')?.input,
  ) as InputQuery
  input.discount.prices = prices === null ? null : { jsonValue: prices }
  expect(() => run(input)).toThrow()
})
