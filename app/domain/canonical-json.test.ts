import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('keys are sorted, bigints are text, undefined is left out', () => {
  expect(canonicalJson({ b: 1n, a: [true, null, 'x'], c: undefined })).toBe('{"a":[true,null,"x"],"b":"1"}')
})

test('a trip through JSON does not change the text', () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value')),
      fc.dictionary(fc.string(), tie('value')),
    ),
  }))
  fc.assert(
    fc.property(value, (json) => {
      expect(canonicalJson(JSON.parse(JSON.stringify(json)))).toBe(canonicalJson(json))
    }),
  )
})

test.each([[0.5], [Number.NaN], [2 ** 53], [new Date(0)], [new Map()], [() => 1]])(
  '%s is refused, never flattened',
  (value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError)
  },
)
