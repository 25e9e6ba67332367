import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocate } from './allocate.ts'

const parts = fc
  .uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 4 }),
      weight: fc.bigInt({ min: 0n, max: 100_000_000n }),
    }),
    {
      selector: (part) => part.id,
      minLength: 1,
      maxLength: 9,
    },
  )
  .filter((list) => list.some((part) => part.weight > 0n))
const total = fc.oneof(
  fc.bigInt({ min: -1000n, max: 1000n }),
  fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
)

const sum = (split: Map<string, bigint>) => [...split.values()].reduce((left, right) => left + right, 0n)
const sorted = (split: Map<string, bigint>) => [...split].sort(([left], [right]) => (left < right ? -1 : 1))

test('the parts add up and each is less than one unit from its exact share', () => {
  fc.assert(
    fc.property(total, parts, (amount, list) => {
      const split = allocate(amount, list)
      expect(sum(split)).toBe(amount)
      const weightSum = list.reduce((left, part) => left + part.weight, 0n)
      for (const part of list) {
        const off = (split.get(part.id) ?? 0n) * weightSum - amount * part.weight
        expect(off < weightSum && off > -weightSum).toBe(true)
        if (part.weight === 0n) expect(split.get(part.id)).toBe(0n)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('the order of the parts does not matter', () => {
  fc.assert(
    fc.property(
      total,
      parts.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      ),
      (amount, [list, shuffled]) => {
        expect(sorted(allocate(amount, shuffled))).toEqual(sorted(allocate(amount, list)))
      },
    ),
  )
})

test('a negative total gives the negated split', () => {
  fc.assert(
    fc.property(total, parts, (amount, list) => {
      const mirrored = [...allocate(-amount, list)].map(([id, part]) => [id, -part] as const)
      expect(new Map(mirrored)).toEqual(allocate(amount, list))
    }),
  )
})

test('a left-over unit goes to the largest missing fraction, not to the largest part', () => {
  const split = allocate(10n, [
    { id: 'large', weight: 61n },
    { id: 'small', weight: 39n },
  ])
  expect(sorted(split)).toEqual([
    ['large', 6n],
    ['small', 4n],
  ])
})

test('ties go to the smaller id', () => {
  const weights = [
    { id: 'b', weight: 1n },
    { id: 'c', weight: 1n },
    { id: 'a', weight: 1n },
  ]
  expect(sorted(allocate(2n, weights))).toEqual([
    ['a', 1n],
    ['b', 1n],
    ['c', 0n],
  ])
})

test('a split that cannot be exact is a bug', () => {
  expect(() => allocate(1n, [{ id: 'a', weight: 0n }])).toThrow(/weight other than zero/)
  expect(() => allocate(1n, [])).toThrow(/weight other than zero/)
  expect(() => allocate(1n, [{ id: 'a', weight: -1n }])).toThrow(/negative/)
  expect(() =>
    allocate(1n, [
      { id: 'a', weight: 1n },
      { id: 'a', weight: 1n },
    ]),
  ).toThrow(/twice/)
  expect(allocate(0n, [{ id: 'a', weight: 0n }]).get('a')).toBe(0n)
})
