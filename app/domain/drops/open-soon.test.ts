import { expect, test } from 'vitest'
import { LEAST_LEAD_MS } from './drop-state.ts'
import { actsOpeningSoon } from './open-soon.ts'
import { LEAST_GAP_MS } from './timeline.ts'

const NOW = '2026-12-05T17:00:07.250Z'
const acts = [
  { id: 't', kind: 'teaser', at: '2026-12-08T12:00:00.000Z' },
  { id: 'e', kind: 'early_access', at: '2026-12-09T17:58:00.000Z' },
  { id: 'o', kind: 'open', at: '2026-12-09T18:00:00.000Z' },
  { id: 'w', kind: 'wave', at: '2026-12-09T18:01:30.000Z' },
  { id: 'c', kind: 'close', at: '2026-12-09T18:03:00.000Z' },
] as const

test('the first sale begins on the first half minute after two minutes; distances stay', () => {
  const soon = actsOpeningSoon(acts, NOW)
  expect(soon?.map(({ id, at }) => [id, at])).toEqual([
    ['t', '2026-12-05T17:01:28.000Z'],
    ['e', '2026-12-05T17:02:30.000Z'],
    ['o', '2026-12-05T17:04:30.000Z'],
    ['w', '2026-12-05T17:06:00.000Z'],
    ['c', '2026-12-05T17:07:30.000Z'],
  ])
})

test('the teaser always leaves the gap that acts need, at whatever moment it is pressed', () => {
  for (let second = 0; second < 30; second += 1) {
    const now = new Date(Date.parse('2026-12-05T17:00:00Z') + second * 1000 + 999).toISOString()
    const [teaser, early] = actsOpeningSoon(acts, now) ?? []
    const gap = Date.parse(early?.at ?? '') - Date.parse(teaser?.at ?? '')
    expect(gap).toBeGreaterThanOrEqual(LEAST_GAP_MS)
    expect(Date.parse(teaser?.at ?? '') - Date.parse(now)).toBeGreaterThan(LEAST_LEAD_MS)
    expect(Date.parse(early?.at ?? '') - Date.parse(now)).toBeGreaterThanOrEqual(120_000)
    expect(Date.parse(early?.at ?? '') - Date.parse(now)).toBeLessThan(150_001)
  }
})

test('a plan without an opening opens never', () => {
  expect(actsOpeningSoon([{ kind: 'close', at: NOW }], NOW)).toBeNull()
})
