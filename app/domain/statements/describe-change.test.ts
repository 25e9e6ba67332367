import { expect, test } from 'vitest'
import { describeChange } from './describe-change.ts'
import type { CreatorFigures } from './statement-input.ts'
import {
  builtStatement,
  figuresThatAddUp,
  lineSums,
  particulars,
  returnSums,
  SPRING,
} from './test-statement.ts'

const of = (changes: Partial<CreatorFigures>, period = '2026-05') =>
  builtStatement(particulars({ period, previousStatement: null }), figuresThatAddUp(changes))
const words = (...args: Parameters<typeof describeChange>) => describeChange(...args).map((part) => part.text)
const bonus = (amountMinor: bigint) => ({
  awardKey: 'tier/a',
  kind: 'tier' as const,
  title: 'Tier',
  versionId: SPRING,
  incomeType: 'bonus' as const,
  rule: 'marginal',
  metric: 'net',
  threshold: '1',
  measured: '2',
  unit: 'money' as const,
  window: null,
  amountMinor,
  journal: 1n,
})

test('a first statement says what it is and where most of it comes from', () => {
  expect(words(of({ lines: [lineSums('Hoop', 6), lineSums('Cuff', 1)] }), null)).toEqual([
    'This is your first statement: you earned €96.25.',
    'Most of it comes from Hoop: €82.50.',
  ])
})

test('the product that moved with the whole is the reason, not a larger one that moved against it', () => {
  const before = of({ lines: [lineSums('Hoop', 2), lineSums('Cuff', 9)] }, '2026-04')
  const now = of({ lines: [lineSums('Hoop', 20), lineSums('Cuff', 1)] })
  expect(words(now, before)[1]).toBe(
    'Most of the difference is Hoop: €247.50 more, with 20 sold after 2 before.',
  )
})

test('returns are named when they are why less was earned', () => {
  const before = of({ lines: [lineSums('Hoop', 2)] }, '2026-04')
  const now = of({ lines: [lineSums('Hoop', 2), returnSums('Hoop')] })
  expect(words(now, before)[1]).toBe('Most of the difference is Hoop: €13.75 less, with 1 returned.')
})

test('bonuses and changes of earlier statements are named when they weigh more than any product', () => {
  const before = of({ lines: [lineSums('Hoop', 2)], bonuses: [bonus(100n)] }, '2026-04')
  expect(words(of({ lines: [lineSums('Hoop', 3)], bonuses: [bonus(5_100n)] }), before)[1]).toBe(
    'Bonuses made most of the difference: €51.00 after €1.00 before.',
  )
})

test('amounts of another currency are not compared', () => {
  const before = builtStatement(
    particulars({ currency: 'JPY', previousStatement: null }),
    figuresThatAddUp({}),
  )
  expect(words(of({}), before)[0]).toContain('first statement')
})
