import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AgreementTerms } from '../agreements/terms.ts'
import type { AgreementInForce, AttributionInput } from './attribution.ts'
import { capShares, splitNet } from './cap-shares.ts'
import { applyCodes, type SaleCircumstances } from './circumstances.ts'
import { explainAttribution } from './explain-attribution.ts'
import { resolveAttribution } from './resolve-attribution.ts'

const terms: AgreementTerms = {
  role: 'promoter',
  scope: { kind: 'everything_attributed' },
  shareBps: 1000,
  net: { deductPaymentFeeBps: 0 },
  currency: 'EUR',
  period: 'monthly',
  minimumPayoutMinor: '0',
  holdDays: 30,
  startsOn: '2026-01-01',
  endsOn: null,
}

function promoter(creatorId: string, more: Partial<AgreementTerms> = {}): AgreementInForce {
  const effectiveFrom = '2026-01-01T00:00:00.000Z'
  return {
    creatorId,
    agreementId: `p-${creatorId}`,
    versionId: `p-${creatorId}-1`,
    effectiveFrom,
    terms: { ...terms, ...more },
  }
}

function owner(
  creatorId: string,
  productIds: string[],
  shareBps = 1500,
  effectiveFrom = '2026-01-01T00:00:00.000Z',
): AgreementInForce {
  const id = `o-${creatorId}-${effectiveFrom.slice(0, 7)}`
  const scope = { kind: 'products' as const, productIds }
  return {
    creatorId,
    agreementId: id,
    versionId: `${id}-1`,
    effectiveFrom,
    terms: { ...terms, role: 'design_owner', scope, shareBps },
  }
}

const code = (creatorId: string, startsAt = '2026-01-01T00:00:00.000Z', endsAt: string | null = null) => ({
  creatorId,
  startsAt,
  endsAt,
})

const SOLD_AT = '2026-05-01T12:00:00.000Z'
const knownCodes = new Map([
  ['ANA10', code('ana')],
  ['BEA10', code('bea')],
  ['OLD10', code('ana', '2026-01-01T00:00:00.000Z', '2026-05-01T12:00:00.000Z')],
  ['NEXT10', code('ana', '2026-05-01T12:00:00.001Z')],
])

interface Sold extends Partial<Pick<AttributionInput, 'productId' | 'agreements' | 'renewal'>> {
  /** As applied. */
  codes?: string[]
  circumstances?: Partial<SaleCircumstances>
}

function inputOf({ codes = [], circumstances, ...given }: Sold = {}): AttributionInput {
  return {
    productId: '1',
    agreements: [promoter('ana'), promoter('bea')],
    ...given,
    circumstances: {
      collectionIds: ['70'],
      codes: applyCodes(codes, knownCodes, SOLD_AT),
      link: null,
      archivedCreatorIds: [],
      capBps: 4000,
      returnWindowDays: 30,
      timeZone: 'UTC',
      ...circumstances,
    },
  }
}

const summary = (sold: Sold) => {
  const result = resolveAttribution(inputOf(sold))
  return {
    paid: result.payees.map((payee) => `${payee.creatorId}:${payee.role}:${payee.evidence.kind}`),
    considered: result.candidates.map(
      (candidate) => `${candidate.creatorId ?? '-'}:${candidate.outcome}:${candidate.reason}`,
    ),
  }
}
const byLink = (creatorId: string | null) => ({ circumstances: { link: { reference: 'ref1', creatorId } } })

test.each<[string, Sold, string[], string[]]>([
  ['nothing speaks for anybody', {}, [], []],
  ['a code', { codes: ['ana10'] }, ['ana:promoter:discount_code'], ['ana:won:first_valid_code']],
  ['a link', byLink('bea'), ['bea:promoter:link'], ['bea:won:valid_link']],
  [
    'a code beats a link',
    { codes: ['ANA10'], ...byLink('bea') },
    ['ana:promoter:discount_code'],
    ['ana:won:first_valid_code', 'bea:lost:lower_precedence'],
  ],
  [
    'the first code wins',
    { codes: ['BEA10', 'ANA10'] },
    ['bea:promoter:discount_code'],
    ['bea:won:first_valid_code', 'ana:lost:lower_precedence'],
  ],
  [
    "the shop's own code does not stand in the way",
    { codes: ['SUMMER', 'ANA10'] },
    ['ana:promoter:discount_code'],
    ['-:lost:code_not_ours', 'ana:won:first_valid_code'],
  ],
  [
    'a code without agreement gives way to the link',
    { codes: ['ANA10'], ...byLink('bea'), agreements: [promoter('bea')] },
    ['bea:promoter:link'],
    ['ana:lost:no_agreement_in_force', 'bea:won:valid_link'],
  ],
  [
    'a code of an archived creator gives way',
    { codes: ['ANA10'], circumstances: { ...byLink('bea').circumstances, archivedCreatorIds: ['ana'] } },
    ['bea:promoter:link'],
    ['ana:lost:creator_archived', 'bea:won:valid_link'],
  ],
  ['the end of a window is exclusive', { codes: ['OLD10'] }, [], ['ana:lost:outside_window']],
  ['a window has not begun', { codes: ['NEXT10'] }, [], ['ana:lost:outside_window']],
  ['a forged link', byLink(null), [], ['-:lost:link_invalid']],
  [
    'an agreement about other products',
    {
      codes: ['ANA10'],
      agreements: [promoter('ana', { scope: { kind: 'products', productIds: ['2'] } })],
    },
    [],
    ['ana:lost:product_not_in_scope'],
  ],
  [
    'an agreement about the collection',
    {
      codes: ['ANA10'],
      agreements: [promoter('ana', { scope: { kind: 'collections', collectionIds: ['70'] } })],
    },
    ['ana:promoter:discount_code'],
    ['ana:won:first_valid_code'],
  ],
  [
    'all owners are paid beside the promoter',
    {
      codes: ['ANA10'],
      agreements: [owner('dora', ['1']), promoter('ana'), owner('carl', ['1', '2']), owner('eve', ['2'])],
    },
    ['carl:design_owner:ownership', 'dora:design_owner:ownership', 'ana:promoter:discount_code'],
    ['carl:won:owns_design', 'dora:won:owns_design', 'ana:won:first_valid_code'],
  ],
  [
    'owner and promoter may be one person under two agreements',
    { codes: ['ANA10'], agreements: [owner('ana', ['1']), promoter('ana')] },
    ['ana:design_owner:ownership', 'ana:promoter:discount_code'],
    ['ana:won:owns_design', 'ana:won:first_valid_code'],
  ],
  [
    'of two owner agreements of one creator the newer counts',
    { agreements: [owner('dora', ['1'], 1500), owner('dora', ['1'], 1200, '2026-03-01T00:00:00.000Z')] },
    ['dora:design_owner:ownership'],
    ['dora:won:owns_design', 'dora:lost:superseded_by_newer_agreement'],
  ],
  [
    'a custom item belongs to nobody',
    { productId: null, circumstances: { collectionIds: [] }, agreements: [owner('dora', ['1'])] },
    [],
    [],
  ],
])('%s', (_, sold, paid, considered) => {
  expect(summary(sold)).toEqual({ paid, considered })
})

test('the newer of two owner agreements sets the share', () => {
  const agreements = [owner('dora', ['1'], 1500), owner('dora', ['1'], 1200, '2026-03-01T00:00:00.000Z')]
  expect(resolveAttribution(inputOf({ agreements })).payees.map((payee) => payee.shareBps)).toEqual([1200])
})

test('shares above the cap are scaled in proportion and marked', () => {
  const agreements = [
    owner('dora', ['1'], 3000),
    owner('carl', ['1'], 2000),
    promoter('ana', { shareBps: 1000 }),
  ]
  const { payees, capped } = resolveAttribution(inputOf({ codes: ['ANA10'], agreements }))
  expect(capped).toBe(true)
  expect(payees.map((payee) => [payee.creatorId, payee.agreedShareBps, payee.shareBps])).toEqual([
    ['carl', 2000, 1333],
    ['dora', 3000, 2000],
    ['ana', 1000, 667],
  ])
})

test('the deduction for payment costs lowers the weight', () => {
  const agreements = [promoter('ana', { net: { deductPaymentFeeBps: 300 } })]
  const [payee] = resolveAttribution(inputOf({ codes: ['ANA10'], agreements })).payees
  expect(payee?.weight).toBe(String(1000 * 9700))
})

test('the listing order of agreements decides nothing', () => {
  const agreements = [
    owner('dora', ['1']),
    owner('carl', ['1']),
    owner('dora', ['1'], 900, '2026-03-01T00:00:00.000Z'),
    promoter('ana'),
    promoter('bea'),
  ]
  const sold = { codes: ['BEA10', 'ANA10'], ...byLink('ana') }
  const expected = resolveAttribution(inputOf({ ...sold, agreements }))
  fc.assert(
    fc.property(fc.shuffledSubarray(agreements, { minLength: agreements.length }), (shuffled) => {
      expect(resolveAttribution(inputOf({ ...sold, agreements: shuffled }))).toEqual(expected)
    }),
  )
})

test('caps hold exactly, keep the order of shares, and never raise one', () => {
  const shares = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(shares, fc.integer({ min: 0, max: 10_000 }), (list, capBps) => {
      const agreed = list.map((shareBps, index) => ({ id: `s${index}`, shareBps }))
      const result = capShares(agreed, capBps)
      const sum = [...result.shares.values()].reduce((left, right) => left + right, 0)
      const agreedSum = list.reduce((left, right) => left + right, 0)
      expect(sum).toBe(Math.min(agreedSum, capBps))
      expect(result.capped).toBe(agreedSum > capBps)
      for (const { id, shareBps } of agreed) expect(result.shares.get(id) ?? 0).toBeLessThanOrEqual(shareBps)
    }),
  )
})

test('payees who take more than everything are a bug, not a negative merchant', () => {
  expect(() => splitNet(100n, [{ id: 'a', weight: 100_000_001n }])).toThrow(/whole net/)
})

test('the explanation names winners first, then what lost and why', () => {
  const result = resolveAttribution(inputOf({ codes: ['SUMMER', 'ANA10'], ...byLink('bea') }))
  const names = new Map([
    ['ana', 'Ana Reyes'],
    ['bea', 'Bea Lind'],
  ])
  expect(explainAttribution(result, { creators: names }).map((item) => item.text)).toEqual([
    'Ana Reyes gets 10% because the buyer used their code ANA10.',
    'Code SUMMER belongs to no creator.',
    'Link ref1 of Bea Lind did not count: stronger evidence had already named the promoter.',
  ])
  expect(explainAttribution(resolveAttribution(inputOf()), { creators: names })[0]?.key).toBe(
    'attribution.nobody',
  )
})
