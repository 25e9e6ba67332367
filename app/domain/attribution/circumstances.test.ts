import { expect, test } from 'vitest'
import { applyCodes, codeKey } from './circumstances.ts'

const SOLD_AT = '2026-05-01T12:00:00.000Z'
const code = (startsAt: string, endsAt: string | null = null) => ({ creatorId: 'ana', startsAt, endsAt })

test('each code of an order is told once, in its order, with whose it was', () => {
  const known = new Map([['ANA10', code('2026-01-01T00:00:00.000Z')]])
  expect(applyCodes(['SUMMER', ' ana10', 'ANA10', ' '], known, SOLD_AT)).toEqual([
    { code: 'SUMMER', creatorId: null, isInWindow: false },
    { code: 'ANA10', creatorId: 'ana', isInWindow: true },
  ])
  expect(codeKey(' ana10 ')).toBe('ANA10')
})

test.each([
  ['begins at the sale', code(SOLD_AT), true],
  ['begins after it', code('2026-05-01T12:00:00.001Z'), false],
  ['ends at the sale', code('2026-01-01T00:00:00.000Z', SOLD_AT), false],
  ['ends after it', code('2026-01-01T00:00:00.000Z', '2026-05-01T12:00:00.001Z'), true],
])('a window that %s', (_, known, isInWindow) => {
  expect(applyCodes(['A'], new Map([['A', known]]), SOLD_AT)).toMatchObject([{ isInWindow }])
})
