import { beforeAll, expect, test } from 'vitest'
import { loadEngine, runBundle } from './run-in-quickjs.ts'

beforeAll(loadEngine)

const answer = (expression: string) =>
  runBundle(`const input = ShopifyFunction.readInput(); ShopifyFunction.writeOutput(${expression})`, { n: 2 })

test('a function gets its input, gives its output and knows nothing of the house', () => {
  expect(answer('{ twice: input.n * 2 }')).toEqual({ ok: true, output: { twice: 4 } })
  expect(
    answer('[typeof process, typeof require, typeof fetch, typeof crypto, typeof Intl, typeof TextEncoder]'),
  ).toEqual({ ok: true, output: Array(6).fill('undefined') })
})

test('one run leaves nothing behind for the next', () => {
  runBundle('globalThis.kept = 1; ShopifyFunction.writeOutput({})', {})
  expect(answer('typeof kept')).toEqual({ ok: true, output: 'undefined' })
})

test.each([
  ['crashed', '(() => { throw new Error("no") })()'],
  ['crashed', '"x".repeat(5e7).split("")'],
  ['no_output', 'undefined'],
  ['output_too_large', '"x".repeat(20_001)'],
  ['out_of_time', '(() => { for (;;); })()'],
])('%s: %s', (reason, expression) => expect(answer(expression)).toMatchObject({ ok: false, reason }))

test('an input that is too large does not reach the function', () => {
  expect(runBundle('ShopifyFunction.writeOutput({})', 'x'.repeat(128_000))).toMatchObject({
    ok: false,
    reason: 'input_too_large',
  })
})
