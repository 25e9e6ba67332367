import { expect, test } from 'vitest'
import { readFunctionExtensions } from './function-extensions.ts'
import { checkInputQuery, readOutput } from './function-schema.ts'

const [gate] = readFunctionExtensions(`${import.meta.dirname}/../../shopify.app.toml`)
if (!gate) throw new Error('the app has no functions')

function check(inputQuery: string) {
  return checkInputQuery({ folder: gate?.folder ?? '', handle: 'toy', inputQuery })
}

test.each([
  ['{ cart { lines { __typename quantity } } }', 1],
  ['{ validation { metafield(key: "rules") { value type jsonValue } } }', 3],
  ['{ cart { buyerIdentity { customer { hasAnyTag(tags: ["a"]) } } } }', 3],
  ['{ cart { buyerIdentity { customer { hasTags(tags: ["a"]) { tag hasTag } } } } }', 5],
  ['{ shop { localTime { a: dateTimeAfter(dateTime: "2026-01-01T00:00:00") date } } }', 2],
])('%s costs %i', (query, cost) => expect(check(query).cost).toBe(cost))

test('a query beyond the cost, beyond the bytes or beside the schema is refused', () => {
  const many = Array.from({ length: 31 }, (_, index) => `a${index}: date`).join(' ')
  expect(() => check(`{ shop { localTime { ${many} } } }`)).toThrow(/costs 31/)
  expect(() => check(`{ cart { ${' '.repeat(3000)} lines { quantity } } }`)).toThrow(/bytes/)
  expect(() => check('{ cart { lines { price } } }')).toThrow(/price/)
  expect(check(`# ${'x'.repeat(4000)}\n{ cart { lines { quantity } } }`).cost).toBe(1)
})

test('an output beside the schema is refused', () => {
  expect(readOutput(gate, { operations: [] })).toEqual({ operations: [] })
  expect(() => readOutput(gate, { errors: [] })).toThrow(/drop-gate answered/)
  expect(() =>
    readOutput(gate, { operations: [{ validationAdd: { errors: [{ message: 'no' }] } }] }),
  ).toThrow(/target/)
})
