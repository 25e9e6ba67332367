import { expect, test } from 'vitest'
import { compileSearch, type SearchFields } from './search-query.ts'

interface Thing {
  name: string
  at: string
  size: number
}

const KNOWN: SearchFields<Thing> = {
  text: (thing) => [thing.name],
  fields: {
    name: { kind: 'text', of: (thing) => [thing.name] },
    at: { kind: 'time', of: (thing) => thing.at },
    size: { kind: 'number', of: (thing) => thing.size },
    status: { kind: 'word', matches: (thing, word) => (word === 'big' ? thing.size > 5 : undefined) },
  },
}

const THINGS: Thing[] = [
  { name: 'Halo ring', at: '2026-01-10T10:00:00.000Z', size: 1 },
  { name: 'Willow cuff', at: '2026-01-11T00:00:00.000Z', size: 7 },
  { name: 'Halo chain', at: '2026-02-01T00:00:00.000Z', size: 9 },
]

test.each([
  ['', [1, 7, 9]],
  ['halo', [1, 9]],
  ['name:"Halo ring"', [1]],
  ["name:'halo ring'", [1]],
  ['name:halo*', [1, 9]],
  ['size:>=7', [7, 9]],
  ['size:>=2 size:<9', [7]],
  ['at:2026-01-10', [1]],
  ['at:>"2026-01-10T10:00:00Z"', [7, 9]],
  ["at:>='2026-01-10T10:00:00Z' AND at:<2026-02-01T00:00:00Z", [1, 7]],
  ['at:>=2026-01-11T01:00:00+01:00', [7, 9]],
  ['size:1 OR size:9', [1, 9]],
  ['(size:1 OR size:7) AND halo', [1]],
  ['-halo', [7]],
  ['NOT size:7', [1, 9]],
  ['status:big', [7, 9]],
])('%s', (query, sizes) => {
  expect(THINGS.filter(compileSearch(query, KNOWN)).map(({ size }) => size)).toEqual(sizes)
})

test.each([
  ['colour:red', /search filter colour/],
  ['status:tiny', /search status:tiny/],
  ['at:>yesterday', /not understood near "at:yesterday"/],
  ['(size:1', /not understood/],
  ['size:1 OR', /not understood/],
])('%s is refused', (query, message) => {
  expect(() => THINGS.filter(compileSearch(query, KNOWN))).toThrow(message)
})
