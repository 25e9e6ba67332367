import { expect, test } from 'vitest'
import { findClash } from './find-clash.ts'

const before = { revision: 3, title: 'Spring', share: '10', holdDays: '30', productIds: ['1', '2'] }

test('only what both edited, and differently, has to be decided', () => {
  const mine = { ...before, share: '12', holdDays: '14' }
  const theirs = { ...before, revision: 4, share: '11', holdDays: '14', title: 'Summer' }
  expect(findClash(mine, before, theirs)).toEqual({
    conflicts: [{ name: 'share', mine: '12', theirs: '11' }],
    followed: ['revision', 'title'],
  })
})

test('lists are compared by what is in them', () => {
  const mine = { ...before, productIds: ['1'] }
  expect(findClash(mine, before, { ...before, productIds: ['1'] })).toEqual({ conflicts: [], followed: [] })
  expect(findClash(mine, before, { ...before, productIds: ['2'] }).conflicts).toHaveLength(1)
})
