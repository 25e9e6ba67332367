import fc from 'fast-check'
import { expect, test } from 'vitest'
import { screenMessages } from '#app/config/messages/i18n.ts'
import { type AgreementTerms, canonicalTerms } from '#app/domain/agreements/terms.ts'
import { validateTerms } from '#app/domain/agreements/validate-terms.ts'
import { base, full, problemsOf, refusedTerms } from '#tests/factories/refused-terms.ts'
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

test.each(refusedTerms)('%j is refused at %s: %s', (wrong, field, reason, step) => {
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
