import { expect, test } from 'vitest'
import { judgePayout, type PayoutCandidate } from './eligibility.ts'

const candidate: PayoutCandidate = {
  currency: 'EUR',
  availableMinor: 10_000n,
  pendingMinor: 0n,
  minimumMinor: 5_000n,
  method: { kind: 'sepa', currency: 'EUR', holdUntil: null },
  withholdingBps: 0,
  onRiskHold: false,
  hasDisputedSales: false,
  taxForm: 'on_file',
  isArchived: false,
  now: '2026-05-04T12:00:00.000Z',
}

test('who has a balance, a method and nothing against it is ready', () => {
  expect(judgePayout(candidate)).toEqual({
    grossMinor: 10_000n,
    amounts: { grossMinor: 10_000n, withheldMinor: 0n, netMinor: 10_000n },
    exceptions: [],
    verdict: 'ready',
  })
})

const cases: Array<[string, Partial<PayoutCandidate>, string[], string]> = [
  ['a negative balance', { availableMinor: -1n }, ['negative'], 'blocked'],
  ['all of it in a run', { pendingMinor: 10_000n }, ['nothing_due'], 'blocked'],
  ['no method', { method: null }, ['no_method'], 'blocked'],
  ['more than the scheme moves', { availableMinor: 100_000_000_000n }, ['above_method_limit'], 'blocked'],
  [
    'what is left of it after tax, which it moves',
    { availableMinor: 100_000_000_000n, withholdingBps: 1 },
    [],
    'ready',
  ],
  [
    'PayPal in a currency that it does not take',
    { currency: 'ISK', method: { kind: 'paypal', currency: 'ISK', holdUntil: null } },
    ['method_currency'],
    'blocked',
  ],
  [
    'a part of a forint by PayPal',
    {
      currency: 'HUF',
      availableMinor: 10_050n,
      method: { kind: 'paypal', currency: 'HUF', holdUntil: null },
    },
    ['whole_amounts_only'],
    'blocked',
  ],
  [
    'whole forints by PayPal',
    { currency: 'HUF', method: { kind: 'paypal', currency: 'HUF', holdUntil: null } },
    [],
    'ready',
  ],
  [
    'PayPal in another currency',
    { method: { kind: 'paypal', currency: 'USD', holdUntil: null } },
    ['method_currency'],
    'blocked',
  ],
  ['a bank account for dollars', { currency: 'USD' }, ['method_currency'], 'blocked'],
  [
    'a changed method',
    { method: { kind: 'sepa', currency: 'EUR', holdUntil: '2026-05-04T12:00:00.001Z' } },
    ['method_on_hold'],
    'blocked',
  ],
  ['a risk hold', { onRiskHold: true }, ['risk_hold'], 'blocked'],
  ['less than the minimum', { availableMinor: 4_999n }, ['below_minimum'], 'waivable'],
  ['a dispute', { hasDisputedSales: true }, ['disputed'], 'waivable'],
  ['no tax form', { taxForm: 'missing' }, ['tax_form_missing'], 'waivable'],
  ['an expired form', { taxForm: 'expired' }, ['tax_form_missing'], 'waivable'],
  ['an archived creator', { isArchived: true }, ['creator_archived'], 'waivable'],
  [
    'the worst of several',
    { isArchived: true, onRiskHold: true },
    ['risk_hold', 'creator_archived'],
    'blocked',
  ],
]

test.each(cases)('%s is said', (_name, change, exceptions, verdict) => {
  const judged = judgePayout({ ...candidate, ...change })
  expect([judged.exceptions, judged.verdict]).toEqual([exceptions, verdict])
})

test('a hold that has ended holds no more, and never more is due than what no other run takes', () => {
  const method = { kind: 'sepa', currency: 'EUR', holdUntil: candidate.now }
  expect(judgePayout({ ...candidate, method }).verdict).toBe('ready')
  expect(judgePayout({ ...candidate, pendingMinor: 4_000n }).grossMinor).toBe(6_000n)
  expect(judgePayout({ ...candidate, pendingMinor: 12_000n })).toMatchObject({
    grossMinor: 0n,
    exceptions: ['negative'],
  })
})
