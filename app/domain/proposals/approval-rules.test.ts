import { expect, test } from 'vitest'
import { planRuleChanges } from './approval-rules.ts'

const both = { payout_approvals: 2, second_person: 1 }
const alone = { payout_approvals: 1, second_person: 0 }

test('to raise needs nobody, to lower needs somebody else', () => {
  expect(planRuleChanges(alone, both)).toEqual([
    { rule: 'payout_approvals', from: 1, to: 2, needsSecond: false },
    { rule: 'second_person', from: 0, to: 1, needsSecond: false },
  ])
  expect(planRuleChanges(both, alone)?.map(({ needsSecond }) => needsSecond)).toEqual([true, true])
  expect(planRuleChanges(both, both)).toEqual([])
})

test('a level that there is not is no level', () => {
  for (const payout_approvals of [0, 3, 1.5, Number.NaN])
    expect(planRuleChanges(both, { ...both, payout_approvals })).toBeNull()
  expect(planRuleChanges(both, { ...both, second_person: 2 })).toBeNull()
})
