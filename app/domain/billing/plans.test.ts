import { expect, test } from 'vitest'
import { decideActivation, decidePlanChange, listPlans } from './plans.ts'

test('plans cost more the more creators they allow', () => {
  const prices = listPlans().map((plan) => plan.monthlyMinor)
  expect(prices).toEqual([0n, 2_900n, 7_900n])
})

test.each([
  [
    { from: 'free', to: 'studio', activeCreators: 3 },
    { ok: true, direction: 'upgrade', needsApproval: true },
  ],
  [
    { from: 'atelier', to: 'studio', activeCreators: 25 },
    { ok: true, direction: 'downgrade', needsApproval: true },
  ],
  [
    { from: 'studio', to: 'free', activeCreators: 5 },
    { ok: true, direction: 'downgrade', needsApproval: false },
  ],
  [
    { from: 'studio', to: 'free', activeCreators: 6 },
    { ok: false, reason: 'too_many_active_creators', limit: 5, active: 6 },
  ],
  [
    { from: 'free', to: 'free', activeCreators: 0 },
    { ok: false, reason: 'already_on_plan' },
  ],
  [
    { from: 'free', to: 'gold', activeCreators: 0 },
    { ok: false, reason: 'unknown_plan' },
  ],
])('a change %o', (change, outcome) => {
  expect(decidePlanChange(change)).toMatchObject(outcome)
})

test('the plan limits active creators, an unknown plan as the free one', () => {
  expect(decideActivation('free', 4)).toEqual({ ok: true })
  expect(decideActivation('free', 5)).toEqual({
    ok: false,
    reason: 'plan_limit_reached',
    limit: 5,
    plan: 'free',
  })
  expect(decideActivation('atelier', 10_000)).toEqual({ ok: true })
  expect(decideActivation('gold', 5)).toMatchObject({ ok: false, plan: 'free' })
})
