import { expect, test } from 'vitest'
import { base, full } from '#tests/factories/refused-terms.ts'
import { changedFields, describeChanges } from './describe-changes.ts'
import { describeNetBasis, describeTerms, termsLanguage, wordForNew } from './describe-terms.ts'
import type { AgreementTerms, TierTerms } from './terms.ts'

/** The sentences whose keys begin so, with ordinary spaces. */
function told(
  terms: AgreementTerms,
  keys: string,
  words: Parameters<typeof describeTerms>[1] = {},
): string[] {
  return describeTerms(terms, words)
    .filter(({ key }) => key.startsWith(keys))
    .map(({ text }) => text.replace(/[\u00a0\u202f]/g, ' '))
}

const ladder = (tiers: Partial<TierTerms>): AgreementTerms => ({
  ...base,
  tiers: {
    basis: 'units',
    window: 'period',
    mode: 'marginal',
    steps: [
      { from: '1', shareBps: 1500 },
      { from: '1200', shareBps: 2000 },
      { from: '5000', shareBps: 2250 },
    ],
    ...tiers,
  },
})

test('the order of reading: what, on what, net, returns, promises, payment, time', () => {
  expect(describeTerms(full, { retroactive: true }).map(({ key }) => key)).toEqual([
    'terms.get.promoter.tiers',
    'terms.tiers.window.drop',
    'terms.tiers.counts.net',
    'terms.tiers.whole.net',
    'terms.tiers.whole.net',
    'terms.tiers.paid',
    'terms.on.products.promoter',
    'terms.net',
    'terms.fee',
    'terms.returns',
    'terms.shared',
    'terms.subscription.decay',
    'terms.retention.fixed',
    'terms.retention.returns',
    'terms.guarantee.restock',
    'terms.guarantee.higher',
    'terms.paid.monthly',
    'terms.hold',
    'terms.reserve',
    'terms.minimum',
    'terms.duration',
    'terms.retroactive',
  ])
})

test('stairs are told from the lowest up, in pieces and in money', () => {
  expect(told(ladder({}), 'terms.tiers')).toEqual([
    'Your share follows what is sold, counted anew for every calendar month.',
    'What counts is the number of pieces sold. What is returned counts as if it had never been sold.',
    'For the first piece you get 12.5%.',
    'For the pieces after that, up to 1,200 in all, you get 15%.',
    'For the pieces after that, up to 5,000 in all, you get 20%.',
    'For every piece after the first 5,000 you get 22.5%.',
    'What the steps add is worked out by the month of the sale; its waiting time begins at the end of that month.',
  ])
  expect(told(ladder({ basis: 'net' }), 'terms.tiers.net', { locale: 'de' })).toEqual([
    'Bis zu einem Nettowert von 0,01 € erhalten Sie 12,5 %.',
    'Für den Teil über 0,01 € und bis 12,00 € erhalten Sie 15 %.',
    'Für den Teil über 12,00 € und bis 50,00 € erhalten Sie 20 %.',
    'Für den Teil über 50,00 € erhalten Sie 22,5 %.',
  ])
  expect(told(ladder({ mode: 'retroactive' }), 'terms.tiers.whole', { locale: 'fr' })).toEqual([
    'Dès qu’une pièce est vendue, vous recevez 15 % de tout ce qui est compté, dès la première vente.',
    'Dès que 1 200 pièces sont vendues, vous recevez 20 % de tout ce qui est compté, dès la première vente.',
    'Dès que 5 000 pièces sont vendues, vous recevez 22,5 % de tout ce qui est compté, dès la première vente.',
  ])
  expect(told({ ...ladder({}), period: 'quarterly' }, 'terms.tiers.window')).toEqual([
    'Your share follows what is sold, counted anew for every calendar quarter.',
  ])
})

test.each(['agreement', 'product', 'drop'] as const)('a ladder over %s says so', (window) => {
  expect(describeTerms(ladder({ window })).map(({ key }) => key)).toContain(`terms.tiers.window.${window}`)
})

test('bonuses by their kind and minimum, with days in the singular', () => {
  const bonus = (more: Partial<NonNullable<AgreementTerms['retention']>>) =>
    told(
      {
        ...base,
        retention: { withinDays: 1, minimumNetMinor: '0', reward: { kind: 'share', bps: 500 }, ...more },
      },
      'terms.retention',
      { locale: 'it' },
    )[0]
  expect(bonus({})).toBe(
    'Quando un cliente che lei ha procurato ordina di nuovo entro un giorno, lei riceve un premio pari a 5% del valore netto di quell’ordine, una sola volta per cliente.',
  )
  expect(bonus({ minimumNetMinor: '1', withinDays: 2 })).toContain('entro 2 giorni, per almeno 0,01 € netti')
  expect(bonus({ minimumNetMinor: '500', reward: { kind: 'fixed', amountMinor: '250' } })).toContain(
    'per almeno 5,00 € netti, lei riceve un premio di 2,50 €',
  )
})

test.each([
  ['month', 2],
  ['quarter', 2],
  ['agreement', 1],
] as const)('a guarantee over a %s is told in %d sentences', (window, count) => {
  const terms: AgreementTerms = { ...base, guarantee: { kind: 'minimum', amountMinor: '90000', window } }
  const sentences = told(terms, 'terms.guarantee', { locale: 'es' })
  expect(sentences).toHaveLength(count)
  expect(sentences[0]).toContain('900,00 €')
})

test('a restock names pieces, amount, number and day', () => {
  const words = { locale: 'fr', productTitles: new Map([['2', 'Bague Rosée']]) }
  expect(told(full, 'terms.guarantee.restock', words)).toEqual([
    'Un montant de 12,50 € vous est garanti pour chaque pièce de ce qui suit réapprovisionnée jusqu’au 31 janvier 2027, dans la limite de 40 pièces : Bague Rosée.',
  ])
})

test('renewals with and without decay, one and many', () => {
  const credit = (cycles: number, decayBps: number) =>
    told({ ...base, subscription: { cycles, decayBps } }, 'terms.subscription')[0]
  expect(credit(1, 0)).toMatch(/your share of its first renewal\.$/)
  expect(credit(12, 0)).toMatch(/its first 12 renewals\.$/)
  expect(credit(1, 2500)).toMatch(/first renewal, reduced by 25% of itself\.$/)
  expect(credit(3, 2500)).toMatch(/first 3 renewals, each time reduced by 25% of the share before\.$/)
})

test('owners, collections and lists in the manner of each language', () => {
  const terms: AgreementTerms = {
    ...base,
    role: 'design_owner',
    scope: { kind: 'collections', collectionIds: ['1', '2', '3'] },
  }
  const words = {
    collectionTitles: new Map([
      ['1', 'Moon'],
      ['2', 'Dew'],
    ]),
  }
  expect(told(terms, 'terms.on', words)).toEqual([
    'It counts for the products of these collections: Moon, Dew and #3.',
  ])
  expect(told(terms, 'terms.on', { ...words, locale: 'es-MX' })).toEqual([
    'Vale para los productos de estas colecciones: Moon, Dew y #3.',
  ])
  expect(told(terms, 'terms.get')).toEqual([
    'You get 12.5% of the net value of every sale of your designs, whoever brings it.',
  ])
  expect(told({ ...terms, scope: { kind: 'everything_attributed' } }, 'terms.on')).toEqual([
    'It counts for every product.',
  ])
})

test('hold, minimum and end in their simplest forms', () => {
  const plain: AgreementTerms = {
    ...base,
    holdDays: 0,
    minimumPayoutMinor: '0',
    endsOn: null,
    period: 'quarterly',
  }
  expect(
    describeTerms(plain)
      .slice(-4)
      .map(({ key }) => key),
  ).toEqual(['terms.paid.quarterly', 'terms.hold.none', 'terms.minimum.none', 'terms.duration.open'])
  expect(told({ ...base, holdDays: 1 }, 'terms.hold')).toEqual([
    'What you earn becomes payable one day after the sale.',
  ])
  expect(told({ ...base, reserve: { bps: 500, days: 1 } }, 'terms.reserve')[0]).toContain('for one more day')
})

test.each([
  ['de-AT', 'de'],
  ['fr', 'fr'],
  ['pt-BR', 'en'],
  ['', 'en'],
  ['nonsense!', 'en'],
  ['constructor', 'en'],
])('a reader of %j is told in %s', (locale, language) => {
  expect(termsLanguage(locale)).toBe(language)
  expect(describeNetBasis(base, { locale })).toBe(describeNetBasis(base, { locale: language }))
})

test('what is new is marked in the reader’s language', () => {
  expect(['en', 'de', 'fr-CA', 'it', 'es', 'pt'].map(wordForNew)).toEqual([
    'New',
    'Neu',
    'Nouveau',
    'Nuovo',
    'Nuevo',
    'New',
  ])
})

test('the net basis names the deduction where there is one', () => {
  expect(describeNetBasis(base)).toMatch(/minus returns\. A fixed 2\.9% of it is deducted/)
  expect(describeNetBasis({ ...base, net: { deductPaymentFeeBps: 0 } })).toMatch(/minus returns\.$/)
})

test('each field is told by what it said and says', () => {
  const other: AgreementTerms = {
    ...base,
    role: 'design_owner',
    scope: { kind: 'collections', collectionIds: ['9'] },
    shareBps: 900,
    net: { deductPaymentFeeBps: 0 },
    currency: 'USD',
    period: 'quarterly',
    minimumPayoutMinor: '0',
    holdDays: 0,
    startsOn: '2026-06-01',
    endsOn: null,
  }
  const changes = describeChanges(full, other)
  expect(changes.map(({ field }) => field)).toEqual(changedFields(full, other))
  const of = (field: string) => changes.find((change) => change.field === field)
  expect(of('role')).toMatchObject({ before: ['promoter'], after: ['design_owner'] })
  expect(of('shareBps')).toMatchObject({ before: ['12.5%'], after: ['9%'] })
  expect(of('currency')).toMatchObject({ before: ['EUR'], after: ['USD'] })
  expect(of('startsOn')).toMatchObject({ before: ['May 4, 2026'], after: ['June 1, 2026'] })
  expect(of('endsOn')).toMatchObject({ before: ['December 31, 2027'], after: [] })
  expect(of('scope')?.after).toEqual(['It counts for the products of these collections: #9.'])
  expect(of('holdDays')?.after).toEqual(['What you earn becomes payable at once.'])
  expect(of('minimumPayoutMinor')?.before[0]).toContain('€25.00')
  expect(of('period')?.after[0]).toContain('every quarter')
  // Nothing is left of the second sentence: both sides are told whole.
  expect([of('net')?.before.length, of('net')?.after.length]).toEqual([2, 1])
  for (const field of ['tiers', 'reserve', 'guarantee', 'retention', 'subscription']) {
    expect(of(field)?.before.length).toBeGreaterThan(0)
    expect(of(field)?.after).toEqual([])
  }
})

test('of a ladder only the steps are told that changed', () => {
  const before = ladder({})
  const steps = [...(before.tiers?.steps ?? [])]
  steps[2] = { from: '5000', shareBps: 2500 }
  expect(describeChanges(before, ladder({ steps }))).toEqual([
    {
      field: 'tiers',
      before: ['For every piece after the first 5,000 you get 22.5%.'],
      after: ['For every piece after the first 5,000 you get 25%.'],
    },
  ])
})
