import { expect, test } from 'vitest'
import {
  agreementStatusFrom,
  decideEnd,
  decideNewVersion,
  decideVersion,
  type VersionState,
} from './agreement-state.ts'
import { describeTerms } from './describe-terms.ts'
import { parseTerms } from './parse-terms.ts'
import { computeSamplePayout } from './sample-payout.ts'
import { type AgreementTerms, canonicalTerms, scopeContains } from './terms.ts'
import { validateTerms } from './validate-terms.ts'
import { versionInForce } from './version-in-force.ts'

const terms: AgreementTerms = {
  role: 'promoter',
  scope: { kind: 'everything_attributed' },
  shareBps: 1250,
  net: { deductPaymentFeeBps: 0 },
  currency: 'EUR',
  period: 'monthly',
  minimumPayoutMinor: '2500',
  holdDays: 30,
  startsOn: '2026-01-01',
  endsOn: null,
}

test('well-formed terms are read back as they are, ids sorted and once', () => {
  expect(parseTerms(JSON.parse(JSON.stringify(terms)))).toEqual({ ok: true, terms })
  const scoped = parseTerms({
    ...terms,
    role: 'design_owner',
    scope: { kind: 'products', productIds: ['9', '10', '9'] },
  })
  expect(scoped.ok && scoped.terms.scope).toEqual({ kind: 'products', productIds: ['10', '9'] })
})

test.each([
  [{ role: 'agent' }, 'role', 'unknown_choice'],
  [{ role: 'design_owner' }, 'scope', 'owner_needs_products'],
  [{ scope: null }, 'scope', 'unknown_choice'],
  [{ scope: { kind: 'products', productIds: [] } }, 'scope', 'nothing_chosen'],
  [{ scope: { kind: 'products' } }, 'scope', 'nothing_chosen'],
  [{ scope: { kind: 'products', productIds: ['gid://shopify/Product/1'] } }, 'scope', 'not_an_id'],
  [{ scope: { kind: 'collections', collectionIds: [7] } }, 'scope', 'not_an_id'],
  [{ shareBps: 0 }, 'shareBps', 'out_of_range'],
  [{ shareBps: 10_001 }, 'shareBps', 'out_of_range'],
  [{ shareBps: 12.5 }, 'shareBps', 'not_a_whole_number'],
  [{ shareBps: '1250' }, 'shareBps', 'not_a_whole_number'],
  [{ shareBps: Number.NaN }, 'shareBps', 'not_a_whole_number'],
  [{ net: {} }, 'deductPaymentFeeBps', 'not_a_whole_number'],
  [{ net: { deductPaymentFeeBps: -1 } }, 'deductPaymentFeeBps', 'out_of_range'],
  [{ currency: 'EURO' }, 'currency', 'unknown_currency'],
  [{ period: 'weekly' }, 'period', 'unknown_choice'],
  [{ minimumPayoutMinor: 2500 }, 'minimumPayoutMinor', 'not_an_amount'],
  [{ minimumPayoutMinor: '-1' }, 'minimumPayoutMinor', 'not_an_amount'],
  [{ minimumPayoutMinor: '25.00' }, 'minimumPayoutMinor', 'not_an_amount'],
  [{ holdDays: 366 }, 'holdDays', 'out_of_range'],
  [{ startsOn: '2026-02-30' }, 'startsOn', 'not_a_date'],
  [{ endsOn: 'never' }, 'endsOn', 'not_a_date'],
  [{ endsOn: 0 }, 'endsOn', 'not_a_date'],
  [{ endsOn: '2025-12-31' }, 'endsOn', 'ends_before_start'],
])('terms with %j are refused at %s: %s', (wrong, field, reason) => {
  expect(parseTerms({ ...terms, ...wrong })).toEqual({ ok: false, refusals: [{ field, reason }] })
})

test('every wrong field is named at once', () => {
  expect(parseTerms('terms')).toEqual({ ok: false, refusals: [{ field: 'terms', reason: 'not_an_object' }] })
  const parsed = parseTerms({})
  expect(parsed.ok ? [] : parsed.refusals.map((refusal) => refusal.field)).toEqual([
    'role',
    'scope',
    'shareBps',
    'deductPaymentFeeBps',
    'currency',
    'period',
    'minimumPayoutMinor',
    'holdDays',
    'startsOn',
  ])
})

test('terms must fit the shop', () => {
  const policy = { currency: 'EUR', maxTotalShareBps: 4000, today: '2026-05-01' }
  expect(validateTerms(terms, policy)).toEqual({ ok: true })
  const wrong = validateTerms({ ...terms, currency: 'USD', shareBps: 4001, endsOn: '2026-04-30' }, policy)
  expect(wrong.ok ? [] : wrong.violations.map((violation) => violation.reason)).toEqual([
    'currency_not_shop_currency',
    'share_above_cap',
    'ends_in_past',
  ])
})

test('the text of terms does not depend on the order of keys or ids', () => {
  const left: AgreementTerms = { ...terms, scope: { kind: 'products', productIds: ['2', '1'] } }
  const right = {
    ...Object.fromEntries(Object.entries(terms).reverse()),
    ...terms,
    scope: { productIds: ['1', '2'], kind: 'products' as const },
  }
  expect(canonicalTerms(left)).toBe(canonicalTerms(right))
  expect(canonicalTerms({ ...left, shareBps: 1 })).not.toBe(canonicalTerms(left))
})

test('lines without product count only under everything', () => {
  const custom = { productId: null, collectionIds: [] }
  expect(scopeContains({ kind: 'everything_attributed' }, custom)).toBe(true)
  expect(scopeContains({ kind: 'products', productIds: ['1'] }, custom)).toBe(false)
  expect(
    scopeContains(
      { kind: 'collections', collectionIds: ['7'] },
      { productId: '1', collectionIds: ['6', '7'] },
    ),
  ).toBe(true)
})

test('plain words name share, scope, net, fee, hold, minimum and end', () => {
  const described = describeTerms(
    {
      ...terms,
      role: 'design_owner',
      scope: { kind: 'products', productIds: ['1', '2'] },
      net: { deductPaymentFeeBps: 290 },
      endsOn: '2026-12-31',
    },
    { productTitles: new Map([['1', 'Dew ring']]) },
  )
  const text = described.map((item) => item.text).join(' ')
  for (const words of [
    '12.5%',
    'Dew ring and #2',
    '2.9%',
    '30 days',
    '€25.00',
    'December 31, 2026',
    'without tax',
  ]) {
    expect(text).toContain(words)
  }
  expect(new Set(described.map((item) => item.key)).size).toBe(described.length)
})

test('a sample sale shows every step and adds up', () => {
  const sample = computeSamplePayout({
    listMinor: 12_000n,
    discountMinor: 1_800n,
    quantity: 1,
    terms: { shareBps: 1000, net: { deductPaymentFeeBps: 300 } },
    otherSharesBps: [],
    capBps: 4000,
  })
  expect(sample).toEqual({
    ok: true,
    listMinor: 12_000n,
    discountMinor: 1_800n,
    netMinor: 10_200n,
    feeMinor: 306n,
    baseMinor: 9_894n,
    agreedShareBps: 1000,
    shareBps: 1000,
    capped: false,
    royaltyMinor: 989n,
    otherRoyaltiesMinor: 0n,
    merchantKeepsMinor: 9_211n,
  })
})

test('a sample above the cap is scaled down, with the others', () => {
  const sample = computeSamplePayout({
    listMinor: 10_000n,
    discountMinor: 0n,
    quantity: 1,
    terms: { shareBps: 3000, net: { deductPaymentFeeBps: 0 } },
    otherSharesBps: [3000],
    capBps: 4000,
  })
  expect(sample).toMatchObject({
    capped: true,
    shareBps: 2000,
    royaltyMinor: 2_000n,
    merchantKeepsMinor: 6_000n,
  })
})

test.each([
  [{ quantity: 0 }, 'quantity_not_positive'],
  [{ quantity: 1.5 }, 'quantity_not_positive'],
  [{ listMinor: -1n }, 'negative_amount'],
  [{ discountMinor: 101n }, 'discount_above_list'],
])('a sample with %o is refused', (wrong, reason) => {
  const sample = {
    listMinor: 100n,
    discountMinor: 0n,
    quantity: 1,
    terms,
    otherSharesBps: [],
    capBps: 4000,
    ...wrong,
  }
  expect(computeSamplePayout(sample)).toEqual({ ok: false, reason })
})

const zone = 'Europe/Berlin'
const version = (
  number: number,
  effectiveFrom: string,
  more: Partial<AgreementTerms> = {},
  status = 'accepted',
) => ({
  id: `v${number}`,
  number,
  status,
  effectiveFrom,
  terms: { ...terms, ...more },
})

test('sales are rated under the version in force at their time', () => {
  const versions = [
    version(1, '2026-01-01T00:00:00.000Z'),
    version(2, '2026-03-01T00:00:00.000Z'),
    version(3, '2026-04-01T00:00:00.000Z', {}, 'offered'),
  ]
  const at = (instant: string) => versionInForce(versions, { endedAt: null }, instant, zone)?.id ?? null
  expect(at('2025-12-31T22:59:59.000Z')).toBe(null)
  expect(at('2026-02-28T23:59:59.999Z')).toBe('v1')
  expect(at('2026-03-01T00:00:00.000Z')).toBe('v2')
  expect(at('2026-05-01T00:00:00.000Z')).toBe('v2')
})

test('a version waits for the first day it names, and the one before stays until then', () => {
  const versions = [
    version(1, '2026-01-01T00:00:00.000Z'),
    version(2, '2026-02-10T00:00:00.000Z', { startsOn: '2026-03-01' }),
  ]
  expect(versionInForce(versions, { endedAt: null }, '2026-02-28T22:59:59.999Z', zone)?.id).toBe('v1')
  expect(versionInForce(versions, { endedAt: null }, '2026-02-28T23:00:00.000Z', zone)?.id).toBe('v2')
})

test('a version that ran out does not bring the older one back', () => {
  const versions = [
    version(1, '2026-01-01T00:00:00.000Z'),
    version(2, '2026-02-01T00:00:00.000Z', { endsOn: '2026-02-28' }),
  ]
  expect(versionInForce(versions, { endedAt: null }, '2026-02-28T22:59:59.999Z', zone)?.id).toBe('v2')
  expect(versionInForce(versions, { endedAt: null }, '2026-02-28T23:00:00.000Z', zone)).toBe(null)
  expect(
    versionInForce(versions, { endedAt: '2026-02-10T00:00:00.000Z' }, '2026-02-10T00:00:00.000Z', zone),
  ).toBe(null)
})

const offered: VersionState = {
  status: 'offered',
  termsHash: 'h1',
  inviteNonce: 'n1',
  inviteExpiresAt: '2026-02-01T00:00:00.000Z',
  agreementEnded: false,
}
const answer = { kind: 'accept', at: '2026-01-15T00:00:00.000Z', nonce: 'n1', termsHash: 'h1' } as const

test('an offer is accepted or declined once, with the terms that were shown', () => {
  expect(decideVersion(offered, answer)).toEqual({ ok: true, status: 'accepted' })
  expect(decideVersion(offered, { ...answer, kind: 'decline' })).toEqual({ ok: true, status: 'declined' })
})

test.each([
  [{ status: 'accepted' }, {}, 'already_accepted'],
  [{ status: 'declined' }, {}, 'already_declined'],
  [{ status: 'withdrawn' }, {}, 'offer_withdrawn'],
  [{ status: 'draft' }, {}, 'not_offered'],
  [{ agreementEnded: true }, {}, 'agreement_ended'],
  [{}, { at: '2026-02-01T00:00:00.000Z' }, 'invitation_expired'],
  [{ inviteExpiresAt: null }, {}, 'invitation_expired'],
  [{}, { nonce: 'n0' }, 'invitation_replaced'],
  [{}, { termsHash: 'h0' }, 'terms_changed'],
] as const)('an answer to %j with %j is refused: %s', (state, event, reason) => {
  expect(decideVersion({ ...offered, ...state }, { ...answer, ...event })).toEqual({ ok: false, reason })
})

test('only drafts are edited and offered, only offers withdrawn', () => {
  const kinds = ['edit', 'offer', 'invite_again', 'withdraw'] as const
  const outcomes = (status: VersionState['status']) =>
    kinds.map((kind) => {
      const decision = decideVersion({ ...offered, status }, { kind })
      return decision.ok ? decision.status : decision.reason
    })
  expect(outcomes('draft')).toEqual(['draft', 'offered', 'not_offered', 'not_offered'])
  expect(outcomes('offered')).toEqual(['not_a_draft', 'not_a_draft', 'offered', 'withdrawn'])
  expect(outcomes('accepted')).toEqual(['not_a_draft', 'not_a_draft', 'already_accepted', 'already_accepted'])
})

test('the agreement follows its versions', () => {
  expect(agreementStatusFrom(['accepted', 'offered'], false)).toBe('active')
  expect(agreementStatusFrom(['declined', 'offered'], false)).toBe('offered')
  expect(agreementStatusFrom(['declined'], false)).toBe('declined')
  expect(agreementStatusFrom(['withdrawn'], false)).toBe('draft')
  expect(agreementStatusFrom(['accepted'], true)).toBe('ended')
  expect(decideNewVersion(['accepted', 'offered'], false)).toEqual({ ok: false, reason: 'version_open' })
  expect(decideNewVersion(['accepted', 'draft'], false)).toEqual({ ok: false, reason: 'version_open' })
  expect(decideNewVersion(['accepted'], true)).toEqual({ ok: false, reason: 'agreement_ended' })
  expect(decideNewVersion(['accepted'], false)).toEqual({ ok: true })
  expect(decideEnd('active')).toEqual({ ok: true })
  expect(decideEnd('draft')).toEqual({ ok: false, reason: 'never_active' })
  expect(decideEnd('ended')).toEqual({ ok: false, reason: 'already_ended' })
})
