// An extension is a package of its own, so the house's short import paths do not reach in here.
import { beforeAll, describe, expect, test } from 'vitest'
import { checkInputQuery } from '../../../sandbox/functions/function-schema.ts'
import { loadEngine, MOST_INPUT_BYTES, MOST_OUTPUT_BYTES } from '../../../sandbox/functions/run-in-quickjs.ts'
import {
  asQueried,
  checkOutput,
  extensionOf,
  type Fixture,
  readFixtures,
  runInEngine,
} from '../../../tests/harness/function-fixtures.ts'
import type { InputQuery } from '../generated/api.ts'
import { run } from '../src/index.ts'

const HANDLE = 'drop-gate'
const fixtures = readFixtures(HANDLE)

beforeAll(loadEngine)

function fixture(name: string): Fixture & { input: InputQuery } {
  const found = fixtures.find((one) => one.name === name)
  if (!found) throw new Error(`no fixture ${name}`)
  return structuredClone(found) as Fixture & { input: InputQuery }
}

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
  // Step 1, pass 1, email 1, orders 1, tags 3 + 2, two metafields 6, quantity 1, product 1, language 1, rules 3, slots 8.
  expect(cost).toBe(29)
})

test.each([
  ['missing', null],
  ['of a later version', { v: 2, drops: [] }],
  ['cut off', '{"v":1,"dro'],
  ['without a window', { v: 1, drops: [{ id: 'aurora', title: 'Aurora', products: ['11'] }] }],
])('rules that are %s stop the checkout instead of opening it', (_what, rules) => {
  const { input } = fixture('window-open')
  input.validation.rules = rules === null ? null : { jsonValue: rules }
  expect(() => run(input)).toThrow(/drop gate/)
  expect(runInEngine(HANDLE, input)).toMatchObject({ ok: false, reason: 'crashed' })
})

test('a rule with an unknown window stays shut', () => {
  const { input } = fixture('window-open')
  const rules = input.validation.rules?.jsonValue as { drops: Array<{ open: number }> }
  if (rules.drops[0]) rules.drops[0].open = 8
  expect(run(input).operations).toHaveLength(1)
})

test('a bag of 500 lines and full rules stay within what goes in, and a refusal of all of it within what comes out', () => {
  const { input } = fixture('language-de')
  const rules = input.validation.rules?.jsonValue as { drops: Array<Record<string, unknown>> }
  const [rule] = rules.drops
  const drops = Array.from({ length: 8 }, (_, drop) => ({
    ...rule,
    id: `drop-${drop}`,
    title: `${drop}${'Ä'.repeat(119)}`,
    products: Array.from({ length: 10 }, (_, product) => `9${drop}${product}00000000000`),
  }))
  input.validation.rules = { jsonValue: { v: 1, drops, passKey: 'a1'.repeat(32) } }
  const [line] = input.cart.lines
  if (!line) throw new Error('no line')
  input.cart.lines = Array.from({ length: 500 }, (_, index) => ({
    ...line,
    merchandise: {
      __typename: 'ProductVariant' as const,
      product: { id: `gid://shopify/Product/9${index % 8}${index % 10}00000000000` },
    },
  }))
  expect(Buffer.byteLength(JSON.stringify(input))).toBeLessThan(MOST_INPUT_BYTES)
  const answer = runInEngine(HANDLE, input)
  expect(answer).toMatchObject({ ok: true })
  expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(MOST_OUTPUT_BYTES)
  expect(run(input).operations[0]?.validationAdd.errors).toHaveLength(8)
})
