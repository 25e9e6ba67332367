import fc from 'fast-check'
import { expect, test } from 'vitest'
import { screenMessages } from '#app/config/messages/i18n.ts'
import { parseTerms } from '#app/domain/agreements/parse-terms.ts'
import { type AgreementTerms, canonicalTerms } from '#app/domain/agreements/terms.ts'
import { validateTerms } from '#app/domain/agreements/validate-terms.ts'
import { refusalText } from '../form/form-outcome.ts'
import { toFormData } from '../form/form-values.ts'
import {
  type AgreementFormValues,
  agreementFormFrom,
  agreementFormPosted,
  emptyAgreementForm,
  formFieldOf,
  readTerms,
} from './agreement-form-values.ts'
import { liveProblems } from './live-problems.ts'
import { refusalOf } from './problem-words.ts'

const base: AgreementTerms = {
  role: 'promoter',
  scope: { kind: 'products', productIds: ['1', '2'] },
  shareBps: 1250,
  net: { deductPaymentFeeBps: 290 },
  currency: 'EUR',
  period: 'monthly',
  minimumPayoutMinor: '2500',
  holdDays: 30,
  startsOn: '2026-05-04',
  endsOn: '2027-12-31',
}
const full: AgreementTerms = {
  ...base,
  tiers: {
    basis: 'net',
    window: 'drop',
    mode: 'retroactive',
    steps: [
      { from: '100050', shareBps: 1500 },
      { from: '200000', shareBps: 1775 },
    ],
  },
  reserve: { bps: 1000, days: 90 },
  guarantee: { kind: 'restock', units: 40, perUnitMinor: '1250', productIds: ['2'], until: '2027-01-31' },
  retention: { withinDays: 180, minimumNetMinor: '5000', reward: { kind: 'fixed', amountMinor: '1000' } },
  subscription: { cycles: 6, decayBps: 1000 },
}

/** As the browser sends the form and the server reads it. */
function posted(values: AgreementFormValues): AgreementFormValues {
  const data = toFormData(values)
  return agreementFormPosted((name) => String(data.get(name) ?? ''))
}

function formOf(terms: AgreementTerms, retroactive = false): AgreementFormValues {
  return agreementFormFrom({ title: 'Spring', creatorId: 'c', terms, draftHash: 'h', retroactive })
}

test.each<[string, AgreementTerms]>([
  ['bare terms', base],
  ['every part', full],
  [
    'the other kinds',
    {
      ...full,
      tiers: { basis: 'units', window: 'period', mode: 'marginal', steps: [{ from: '1000', shareBps: 0 }] },
      guarantee: { kind: 'minimum', amountMinor: '50000', window: 'quarter' },
      retention: { withinDays: 1, minimumNetMinor: '0', reward: { kind: 'share', bps: 250 } },
    },
  ],
])('saved and opened again, the form loses nothing: %s', (_, terms) => {
  const form = formOf(terms, true)
  expect(posted(form)).toEqual(form)
  const read = readTerms(posted(form), 'EUR')
  expect(read).toEqual({ ok: true, terms })
  if (read.ok) expect(canonicalTerms(read.terms)).toBe(canonicalTerms(terms))
})

test('amounts go through the form in currencies with no and with three decimals', () => {
  const money = fc.integer({ min: 1, max: 10 ** 9 }).map(String)
  fc.assert(
    fc.property(fc.constantFrom('JPY', 'KWD', 'EUR'), money, money, (currency, minor, other) => {
      const terms: AgreementTerms = {
        ...base,
        currency,
        minimumPayoutMinor: minor,
        guarantee: { kind: 'minimum', amountMinor: other, window: 'month' },
      }
      expect(readTerms(posted(formOf(terms)), currency)).toEqual({ ok: true, terms })
    }),
  )
})

test('a form that was made up is read as far as it can be, and refused by its fields', () => {
  const values = agreementFormPosted((name) =>
    name === 'tierSteps' ? '[1, null, {"from": 5, "share": "x"}]' : name === 'productIds' ? '{' : 'true',
  )
  expect(values.tierSteps).toEqual([
    { id: 'step-0', from: '', share: '' },
    { id: 'step-1', from: '', share: '' },
    { id: 'step-2', from: '', share: 'x' },
  ])
  expect(values.productIds).toEqual([])
  expect(readTerms(values, 'EUR').ok).toBe(false)
})

test('a folded part leaves nothing behind in the terms', () => {
  const folded = { ...formOf(full), hasTiers: false, hasReserve: false, hasGuarantee: false }
  const read = readTerms({ ...folded, hasRetention: false, hasSubscription: false }, 'EUR')
  expect(read).toEqual({ ok: true, terms: base })
})

const ladder = (steps: unknown[], more: object = {}) => ({
  tiers: { basis: 'net', window: 'agreement', mode: 'marginal', steps, ...more },
})
const restock = (more: object) => ({
  guarantee: {
    kind: 'restock',
    units: 1,
    perUnitMinor: '1',
    productIds: ['1'],
    until: '2027-01-01',
    ...more,
  },
})
const retention = (more: object) => ({
  retention: { withinDays: 9, minimumNetMinor: '100', reward: { kind: 'fixed', amountMinor: '1' }, ...more },
})

/** Terms that are refused, where and why. */
const refused: Array<[wrong: object, field: string, reason: string, step?: number]> = [
  [{ net: { deductPaymentFeeBps: 0, include: ['shipping'] } }, 'net', 'inclusion_not_offered'],
  [{ tiers: 5 }, 'tiers', 'not_an_object'],
  [ladder([], { basis: 'x' }), 'tierBasis', 'unknown_choice'],
  [ladder([{ from: '1', shareBps: 1 }], { window: 'week' }), 'tierWindow', 'unknown_choice'],
  [ladder([{ from: '1', shareBps: 1 }], { mode: 'x' }), 'tierMode', 'unknown_choice'],
  [ladder([]), 'tierSteps', 'no_steps'],
  [
    ladder(Array.from({ length: 13 }, (_, i) => ({ from: `${i + 1}`, shareBps: i }))),
    'tierSteps',
    'too_many_steps',
  ],
  [ladder([7]), 'tierSteps', 'not_an_object', 0],
  [ladder([{ from: '0', shareBps: 1500 }]), 'tierSteps', 'step_at_zero', 0],
  [ladder([{ from: '12.50', shareBps: 1500 }]), 'tierSteps', 'step_in_wrong_unit', 0],
  [ladder([{ from: '10000000', shareBps: 1 }], { basis: 'units' }), 'tierSteps', 'step_in_wrong_unit', 0],
  [ladder([{ from: null, shareBps: 1500 }]), 'tierSteps', 'not_an_amount', 0],
  [ladder([{ from: '5', shareBps: null }]), 'tierSteps', 'not_a_whole_number', 0],
  [ladder([{ from: '5', shareBps: 10_001 }]), 'tierSteps', 'out_of_range', 0],
  [ladder([{ from: '5', shareBps: -1 }]), 'tierSteps', 'out_of_range', 0],
  [
    ladder([
      { from: '9', shareBps: 1500 },
      { from: '9', shareBps: 1600 },
    ]),
    'tierSteps',
    'steps_not_ascending',
    1,
  ],
  [ladder([{ from: '9', shareBps: 1250 }]), 'tierSteps', 'step_changes_nothing', 0],
  [
    ladder([{ from: '9', shareBps: 1000 }], { mode: 'retroactive' }),
    'tierSteps',
    'retroactive_ladder_falls',
    0,
  ],
  [
    ladder([
      { from: '9', shareBps: 1500 },
      { from: '10', shareBps: 4001 },
    ]),
    'tierSteps',
    'tier_above_cap',
    1,
  ],
  [{ reserve: [] }, 'reserve', 'not_an_object'],
  [{ reserve: { bps: 10_000, days: 30 } }, 'reserveBps', 'reserve_takes_all'],
  [{ reserve: { bps: 0, days: 30 } }, 'reserveBps', 'out_of_range'],
  [{ reserve: { bps: null, days: 30 } }, 'reserveBps', 'not_a_whole_number'],
  [{ reserve: { bps: 1, days: 731 } }, 'reserveDays', 'out_of_range'],
  [{ reserve: { bps: 1, days: 0 } }, 'reserveDays', 'out_of_range'],
  [{ reserve: { bps: 1, days: 701 } }, 'reserveDays', 'waits_too_long'],
  [{ guarantee: 'x' }, 'guarantee', 'not_an_object'],
  [{ guarantee: { kind: 'x' } }, 'guarantee', 'unknown_choice'],
  [
    { guarantee: { kind: 'minimum', amountMinor: '0', window: 'month' } },
    'guaranteeAmount',
    'nothing_promised',
  ],
  [
    { guarantee: { kind: 'minimum', amountMinor: '-1', window: 'month' } },
    'guaranteeAmount',
    'not_an_amount',
  ],
  [{ guarantee: { kind: 'minimum', amountMinor: '1', window: 'x' } }, 'guaranteeWindow', 'unknown_choice'],
  [
    { period: 'quarterly', guarantee: { kind: 'minimum', amountMinor: '1', window: 'month' } },
    'guaranteeWindow',
    'monthly_guarantee_needs_monthly_statements',
  ],
  [
    { endsOn: null, guarantee: { kind: 'minimum', amountMinor: '1', window: 'agreement' } },
    'guaranteeWindow',
    'guarantee_needs_end',
  ],
  [restock({ units: 0 }), 'guaranteeUnits', 'out_of_range'],
  [restock({ units: '5' }), 'guaranteeUnits', 'not_a_whole_number'],
  [restock({ perUnitMinor: '0' }), 'guaranteePerUnit', 'nothing_promised'],
  [restock({ productIds: [] }), 'guaranteeProducts', 'nothing_chosen'],
  [restock({ productIds: ['gid'] }), 'guaranteeProducts', 'not_an_id'],
  [restock({ until: '2027-02-30' }), 'guaranteeUntil', 'not_a_date'],
  [restock({ until: '2028-01-01' }), 'guaranteeUntil', 'guarantee_after_end'],
  [restock({ until: '2026-05-03' }), 'guaranteeUntil', 'guarantee_before_start'],
  [restock({ until: '2026-05-05' }), 'guaranteeUntil', 'guarantee_in_past'],
  [restock({ productIds: ['3'] }), 'guaranteeProducts', 'product_outside_scope'],
  [{ retention: 1 }, 'retention', 'not_an_object'],
  [retention({ withinDays: 0 }), 'retentionDays', 'out_of_range'],
  [retention({ withinDays: null }), 'retentionDays', 'not_a_whole_number'],
  [retention({ minimumNetMinor: null }), 'retentionMinimum', 'not_an_amount'],
  [retention({ reward: null }), 'retentionReward', 'not_an_object'],
  [retention({ reward: { kind: 'x' } }), 'retentionReward', 'unknown_choice'],
  [retention({ reward: { kind: 'share', bps: 0 } }), 'retentionReward', 'out_of_range'],
  [retention({ reward: { kind: 'share', bps: 2751 } }), 'retentionReward', 'bonus_above_cap'],
  [retention({ reward: { kind: 'fixed', amountMinor: '101' } }), 'retentionReward', 'bonus_above_order'],
  [{ role: 'design_owner', ...retention({}) }, 'retention', 'promoters_only'],
  [{ role: 'design_owner', subscription: { cycles: 1, decayBps: 0 } }, 'subscription', 'promoters_only'],
  [{ subscription: 'x' }, 'subscription', 'not_an_object'],
  [{ subscription: { cycles: 0, decayBps: 0 } }, 'subscriptionCycles', 'out_of_range'],
  [{ subscription: { cycles: null, decayBps: 0 } }, 'subscriptionCycles', 'not_a_whole_number'],
  [{ subscription: { cycles: 1, decayBps: 10_000 } }, 'subscriptionDecay', 'out_of_range'],
]

function problemsOf(terms: object) {
  const parsed = parseTerms(terms)
  if (!parsed.ok) return parsed.refusals
  const allowed = validateTerms(parsed.terms, {
    currency: 'EUR',
    maxTotalShareBps: 4000,
    today: '2026-05-10',
  })
  return allowed.ok ? [] : allowed.violations
}

test.each(refused)('%j is refused at %s: %s', (wrong, field, reason, step) => {
  const problems = problemsOf({ ...base, ...wrong })
  expect(problems).toContainEqual(
    expect.objectContaining({ field, reason, ...(step === undefined ? {} : { step }) }),
  )
  const i18n = screenMessages('en')
  const problem = problems.find((found) => found.field === field && found.reason === reason)
  const words = problem && refusalText(refusalOf(problem), (key, params) => i18n.t(key, params ?? {}))
  expect(words).toMatch(/^[A-Z].*[.]$/)
  expect(words).not.toMatch(/agreements\.|\{\{/)
  expect(formFieldOf(problem?.field ?? 'terms')).not.toBe('')
})

test.each<[object]>([
  [{ reserve: { bps: 9_999, days: 700 } }],
  [ladder([{ from: '9', shareBps: 1000 }])],
  [ladder([{ from: '9', shareBps: 4000 }])],
  [retention({ reward: { kind: 'share', bps: 2750 } })],
  [retention({ reward: { kind: 'fixed', amountMinor: '100' } })],
  [restock({ until: '2027-12-31' })],
  [{ minimumPayoutMinor: '999', guarantee: { kind: 'minimum', amountMinor: '1', window: 'month' } }],
  [{ period: 'quarterly', guarantee: { kind: 'minimum', amountMinor: '1', window: 'quarter' } }],
  [{ guarantee: { kind: 'minimum', amountMinor: '1', window: 'agreement' } }],
  [{ subscription: { cycles: 120, decayBps: 9_999 } }],
])('%j is fine', (fine) => {
  expect(problemsOf({ ...base, ...fine })).toEqual([])
})

test('a guarantee that was agreed before its day is no reason to refuse a later change', () => {
  const policy = { currency: 'EUR', maxTotalShareBps: 4000, today: '2027-02-01' }
  expect(validateTerms(full, policy)).toMatchObject({ violations: [{ reason: 'guarantee_in_past' }] })
  expect(validateTerms({ ...full, shareBps: 1200 }, { ...policy, standing: full })).toEqual({ ok: true })
})

test('pieces of a collection are known by what the shop says of them', () => {
  const terms = { ...full, scope: { kind: 'collections' as const, collectionIds: ['8'] } }
  const policy = { currency: 'EUR', maxTotalShareBps: 4000, today: '2026-05-10' }
  expect(validateTerms(terms, policy)).toMatchObject({ violations: [{ reason: 'product_outside_scope' }] })
  expect(validateTerms(terms, { ...policy, productCollections: new Map([['2', ['7', '8']]]) })).toEqual({
    ok: true,
  })
  // In the browser nobody knows, so nothing is said.
  const view = { currency: 'EUR', capBps: 4000, today: '2026-05-10' }
  expect(liveProblems(formOf(terms), view).size).toBe(0)
})

test('what is wrong is found while typing, at its field and step', () => {
  const view = { currency: 'EUR', capBps: 4000, today: '2026-05-10' }
  const form = formOf(full)
  const [first, second] = form.tierSteps
  if (!first || !second) throw new Error('no steps')
  const wrong = {
    ...form,
    tierSteps: [first, { ...second, from: '900' }],
    retentionAmount: 'ten',
  }
  const found = liveProblems(wrong, view)
  expect(found.get('tierSteps.1')?.reason).toBe('steps_not_ascending')
  expect(found.get('retentionKind')?.reason).toBe('not_an_amount')
  const empty = emptyAgreementForm({ formId: 'f', creatorId: '', returnWindowDays: 30, today: '2026-05-10' })
  expect(liveProblems(empty, view).size).toBe(0)
})
