import { expect, test } from 'vitest'
import { base, fineTerms, full, problemsOf, refusedTerms } from '#tests/factories/refused-terms.ts'
import { canonicalJson } from '../canonical-json.ts'
import { findContradictions } from './find-contradictions.ts'
import { parseTerms } from './parse-terms.ts'
import { remarkOnTerms } from './remark-on-terms.ts'
import { type AgreementTerms, canonicalAgreed, canonicalTerms, scopeContains } from './terms.ts'
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

test.each<[object, string, string]>([
  [{ scope: { kind: 'x' } }, 'scope', 'unknown_choice'],
  [{ scope: 5 }, 'scope', 'unknown_choice'],
  [{ currency: 5 }, 'currency', 'unknown_currency'],
  [{ endsOn: 'x' }, 'endsOn', 'not_a_date'],
  [{ startsOn: 5 }, 'startsOn', 'not_a_date'],
  [{ scope: { kind: 'products', productIds: ['9223372036854775808'] } }, 'scope', 'not_an_id'],
  [{ scope: { kind: 'products', productIds: ['12x'] } }, 'scope', 'not_an_id'],
  [
    { scope: { kind: 'products', productIds: Array.from({ length: 2_001 }, (_, i) => `${i + 1}`) } },
    'scope',
    'too_many',
  ],
  [{ holdDays: '30' }, 'holdDays', 'not_a_whole_number'],
])('%j is refused at %s alone: %s', (wrong, field, reason) => {
  expect(parseTerms({ ...base, ...wrong })).toEqual({ ok: false, refusals: [{ field, reason }] })
})

test('the edges of ranges are inside', () => {
  const ids = Array.from({ length: 2_000 }, (_, index) => `${index + 1}`)
  const steps = Array.from({ length: 12 }, (_, index) => ({
    from: `${index + 9_999_988}`,
    shareBps: index * 900,
  }))
  const last = [{ from: '9999999', shareBps: 10_000 }]
  for (const fine of [
    { scope: { kind: 'products', productIds: ids } },
    { scope: { kind: 'products', productIds: ['9223372036854775807'] } },
    { net: { deductPaymentFeeBps: 0, include: [] } },
    { endsOn: base.startsOn },
    { tiers: { basis: 'units', window: 'agreement', mode: 'marginal', steps } },
    { tiers: { basis: 'units', window: 'agreement', mode: 'marginal', steps: last } },
    {
      tiers: {
        basis: 'net',
        window: 'agreement',
        mode: 'marginal',
        steps: [{ from: '10000000', shareBps: 0 }],
      },
    },
  ])
    expect(parseTerms({ ...base, ...fine }).ok).toBe(true)
})

test('a decimal with more behind it is no number in the wrong unit, but none at all', () => {
  for (const from of ['12.5x', 'x12.5', '', '-5', (12.5).toString().repeat(2)]) {
    const tiers = { basis: 'net', window: 'agreement', mode: 'marginal', steps: [{ from, shareBps: 1 }] }
    expect(parseTerms({ ...base, tiers })).toEqual({
      ok: false,
      refusals: [{ field: 'tierSteps', reason: 'not_an_amount', step: 0 }],
    })
  }
})

test('each part has its place in what is hashed', () => {
  const whole = canonicalTerms(full)
  for (const part of ['tiers', 'reserve', 'guarantee', 'retention', 'subscription'] as const) {
    expect(whole).toContain(`"${part}":${canonicalJson(full[part])}`)
    expect(canonicalTerms({ ...full, [part]: null })).not.toContain(part)
  }
  expect(canonicalAgreed(base, true)).toBe(
    canonicalTerms(base).replace('"role"', '"retroactive":true,"role"'),
  )
  const minimum: AgreementTerms = {
    ...base,
    guarantee: { kind: 'minimum', amountMinor: '1', window: 'month' },
  }
  expect(canonicalTerms(minimum)).toContain(
    '"guarantee":{"amountMinor":"1","kind":"minimum","window":"month"}',
  )
})

test('a product counts by its id, and nothing counts as a product that is none', () => {
  const scope = { kind: 'products' as const, productIds: ['1'] }
  expect(scopeContains(scope, { productId: '1', collectionIds: [] })).toBe(true)
  expect(scopeContains(scope, { productId: '2', collectionIds: ['1'] })).toBe(false)
  expect(scopeContains(scope, { productId: null, collectionIds: ['1'] })).toBe(false)
})

test('what ends today has not passed, and what is at the cap is not above it', () => {
  const policy = { currency: 'EUR', maxTotalShareBps: 1775, today: base.endsOn ?? '' }
  expect(validateTerms({ ...base, shareBps: 1775 }, policy)).toEqual({ ok: true })
  expect(validateTerms({ ...base, currency: 'USD', endsOn: '2027-12-30' }, policy)).toEqual({
    ok: false,
    violations: [
      { field: 'currency', reason: 'currency_not_shop_currency', shopCurrency: 'EUR' },
      { field: 'endsOn', reason: 'ends_in_past' },
    ],
  })
  const onTheDay = { ...policy, today: '2027-01-31' }
  expect(validateTerms(full, onTheDay)).toEqual({ ok: true })
  const moved = {
    ...full,
    guarantee: full.guarantee && { ...full.guarantee, until: '2027-01-30' },
  } as AgreementTerms
  expect(validateTerms(moved, { ...onTheDay, standing: full })).toMatchObject({
    violations: [{ reason: 'guarantee_in_past' }],
  })
})
