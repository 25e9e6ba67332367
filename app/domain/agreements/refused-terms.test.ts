import { expect, test } from 'vitest'
import { base, fineTerms, full, problemsOf, refusedTerms } from '#tests/factories/refused-terms.ts'
import { findContradictions } from './find-contradictions.ts'
import { parseTerms } from './parse-terms.ts'
import { remarkOnTerms } from './remark-on-terms.ts'
import type { AgreementTerms } from './terms.ts'
import { validateTerms } from './validate-terms.ts'

test.each(refusedTerms)('%j is refused at %s: %s', (wrong, field, reason, step) => {
  const problems = problemsOf({ ...base, ...wrong })
  const found = problems.filter((problem) => problem.field === field && problem.reason === reason)
  expect(found).toHaveLength(1)
  expect(found[0] && 'step' in found[0] ? found[0].step : undefined).toBe(step)
  // What is wrong in one part says nothing against another.
  expect(problems.filter((problem) => problem.field !== field)).toEqual(
    'role' in wrong || 'period' in wrong ? expect.any(Array) : [],
  )
})

test.each(fineTerms)('%j is fine', (fine) => {
  expect(problemsOf({ ...base, ...fine })).toEqual([])
})

test('everything at once is fine', () => {
  expect(problemsOf(full)).toEqual([])
  expect(parseTerms(full)).toEqual({ ok: true, terms: full })
})

test('null and absent parts are the same: not agreed', () => {
  const none = { tiers: null, reserve: null, guarantee: null, retention: null, subscription: null }
  expect(parseTerms({ ...base, ...none })).toEqual({ ok: true, terms: base })
})

test('a guarantee that was agreed before its day is no reason to refuse a later change', () => {
  const policy = { currency: 'EUR', maxTotalShareBps: 4000, today: '2027-02-01' }
  expect(validateTerms(full, policy)).toMatchObject({ violations: [{ reason: 'guarantee_in_past' }] })
  expect(validateTerms({ ...full, shareBps: 1200 }, { ...policy, standing: full })).toEqual({ ok: true })
})

test('the figures of a refusal are those that were compared', () => {
  const policy = { currency: 'EUR', maxTotalShareBps: 1200, today: '2026-05-10' }
  expect(validateTerms(full, policy)).toEqual({
    ok: false,
    violations: [
      { field: 'shareBps', reason: 'share_above_cap', capBps: 1200 },
      { field: 'tierSteps', reason: 'tier_above_cap', step: 0, capBps: 1200 },
    ],
  })
  const shared: AgreementTerms = {
    ...base,
    retention: { withinDays: 1, minimumNetMinor: '0', reward: { kind: 'share', bps: 100 } },
  }
  expect(validateTerms(shared, { ...policy, maxTotalShareBps: 1300 })).toEqual({
    ok: false,
    violations: [{ field: 'retentionReward', reason: 'bonus_above_cap', capBps: 1300, togetherBps: 1350 }],
  })
  expect(validateTerms(shared, { ...policy, maxTotalShareBps: 1350 })).toEqual({ ok: true })
})

test('pieces belong to terms about collections through any of their collections', () => {
  const terms: AgreementTerms = { ...full, scope: { kind: 'collections', collectionIds: ['8'] } }
  const where = (collections: string[]) => findContradictions(terms, new Map([['2', collections]]))
  expect(where(['7', '8'])).toEqual([])
  expect(where(['7'])).toEqual([{ field: 'guaranteeProducts', reason: 'product_outside_scope' }])
  expect(findContradictions(terms)).toEqual([{ field: 'guaranteeProducts', reason: 'product_outside_scope' }])
  expect(findContradictions({ ...full, scope: { kind: 'everything_attributed' } })).toEqual([])
})

test('what may surprise is said', () => {
  expect(remarkOnTerms(base)).toEqual([])
  expect(remarkOnTerms(full)).toEqual(['outside_drops_base_share', 'step_pays_arrears'])
  const ladder = full.tiers ? { ...full.tiers, window: 'period' as const } : null
  expect(remarkOnTerms({ ...full, tiers: ladder })).toEqual([])
  const fading = (decayBps: number) => remarkOnTerms({ ...base, subscription: { cycles: 4, decayBps } })
  expect(fading(8_000)).toEqual([])
  expect(fading(9_500)).toEqual(['renewals_fade'])
  const falls: AgreementTerms = {
    ...base,
    tiers: { basis: 'net', window: 'agreement', mode: 'marginal', steps: [{ from: '1', shareBps: 1249 }] },
  }
  expect(remarkOnTerms(falls)).toEqual(['ladder_falls'])
  const guaranteed = (amountMinor: string): AgreementTerms => ({
    ...base,
    guarantee: { kind: 'minimum', amountMinor, window: 'month' },
  })
  expect(remarkOnTerms(guaranteed('2499'))).toEqual(['guarantee_below_payout'])
  expect(remarkOnTerms(guaranteed('2500'))).toEqual([])
})
