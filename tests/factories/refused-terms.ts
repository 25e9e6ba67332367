// Terms of an agreement that are fine, and terms that are refused, with where and why.
import { parseTerms } from '#app/domain/agreements/parse-terms.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import { validateTerms } from '#app/domain/agreements/validate-terms.ts'

export const base: AgreementTerms = {
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
export const full: AgreementTerms = {
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
export const refusedTerms: Array<[wrong: object, field: string, reason: string, step?: number]> = [
  [{ net: { deductPaymentFeeBps: 0, include: ['shipping'] } }, 'net', 'inclusion_not_offered'],
  [{ tiers: 5 }, 'tiers', 'not_an_object'],
  [ladder([{ from: '1', shareBps: 1 }], { basis: 'x' }), 'tierBasis', 'unknown_choice'],
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

/** What is put into the base without harm. */
export const fineTerms: Array<[object]> = [
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
]

/** What parser and policy say of it. */
export function problemsOf(terms: object) {
  const parsed = parseTerms(terms)
  if (!parsed.ok) return parsed.refusals
  const allowed = validateTerms(parsed.terms, {
    currency: 'EUR',
    maxTotalShareBps: 4000,
    today: '2026-05-10',
  })
  return allowed.ok ? [] : allowed.violations
}
