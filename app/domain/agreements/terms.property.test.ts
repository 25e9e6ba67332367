import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDaysToDate } from '../time/instant.ts'
import { changedFields, describeChanges } from './describe-changes.ts'
import { describeNetBasis, describeTerms } from './describe-terms.ts'
import { findContradictions } from './find-contradictions.ts'
import { parseTerms } from './parse-terms.ts'
import { type AgreementTerms, canonicalAgreed, canonicalTerms } from './terms.ts'
import { en, type Pattern } from './wording/en.ts'
import { termsLanguages, termsVoice } from './wording/terms-words.ts'

const id = fc.integer({ min: 1, max: 99 }).map(String)
const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 5 })
const amount = fc.integer({ min: 1, max: 5_000_000 }).map(String)
const date = fc.integer({ min: 0, max: 2_000 }).map((days) => addDaysToDate('2026-01-01', days))
const orNone = <Part>(part: fc.Arbitrary<Part>) => fc.option(part, { nil: null, freq: 2 })

const steps = fc
  .uniqueArray(fc.integer({ min: 1, max: 9_999_999 }), { minLength: 1, maxLength: 5 })
  .chain((froms) => {
    const ascending = [...froms].sort((left, right) => left - right)
    const shares = fc.array(fc.integer({ min: 0, max: 10_000 }), {
      minLength: froms.length,
      maxLength: froms.length,
    })
    return shares.map((all) =>
      ascending.map((from, index) => ({ from: String(from), shareBps: all[index] ?? 0 })),
    )
  })

const tiers = fc.record({
  basis: fc.constantFrom('net' as const, 'units' as const),
  window: fc.constantFrom('agreement' as const, 'product' as const, 'drop' as const, 'period' as const),
  mode: fc.constantFrom('marginal' as const, 'retroactive' as const),
  steps,
})

const guarantee = fc.oneof(
  fc.record({
    kind: fc.constant('minimum' as const),
    amountMinor: amount,
    window: fc.constantFrom('month' as const, 'quarter' as const, 'agreement' as const),
  }),
  fc.record({
    kind: fc.constant('restock' as const),
    units: fc.integer({ min: 1, max: 1_000 }),
    perUnitMinor: amount,
    productIds: ids,
    until: date,
  }),
)

const retention = fc.record({
  withinDays: fc.integer({ min: 1, max: 730 }),
  minimumNetMinor: fc.oneof(fc.constant('0'), amount),
  reward: fc.oneof(
    fc.record({ kind: fc.constant('fixed' as const), amountMinor: amount }),
    fc.record({ kind: fc.constant('share' as const), bps: fc.integer({ min: 1, max: 10_000 }) }),
  ),
})

const days = (most: number) => fc.oneof(fc.constant(1), fc.integer({ min: 1, max: most }))

const wellFormed: fc.Arbitrary<AgreementTerms> = fc
  .record({
    role: fc.constantFrom('promoter' as const, 'design_owner' as const),
    everything: fc.boolean(),
    byCollection: fc.boolean(),
    scopeIds: ids,
    shareBps: fc.integer({ min: 1, max: 10_000 }),
    deductPaymentFeeBps: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2_000 })),
    currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'USD'),
    period: fc.constantFrom('monthly' as const, 'quarterly' as const),
    minimumPayoutMinor: fc.oneof(fc.constant('0'), amount),
    holdDays: fc.oneof(fc.constant(0), days(365)),
    startsOn: date,
    lasts: fc.option(fc.integer({ min: 0, max: 1_000 }), { nil: null }),
    tiers: orNone(tiers),
    reserve: orNone(fc.record({ bps: fc.integer({ min: 1, max: 9_999 }), days: days(730) })),
    guarantee: orNone(guarantee),
    retention: orNone(retention),
    subscription: orNone(
      fc.record({
        cycles: days(120),
        decayBps: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9_999 })),
      }),
    ),
  })
  .map(({ everything, byCollection, scopeIds, deductPaymentFeeBps, lasts, ...terms }) => ({
    ...terms,
    scope:
      everything && terms.role === 'promoter'
        ? { kind: 'everything_attributed' as const }
        : byCollection
          ? { kind: 'collections' as const, collectionIds: scopeIds }
          : { kind: 'products' as const, productIds: scopeIds },
    net: { deductPaymentFeeBps },
    endsOn: lasts === null ? null : addDaysToDate(terms.startsOn, lasts),
  }))

/** The same value with its keys, and the ids in it, the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) {
    const isIds = value.every((item) => typeof item === 'string')
    return isIds ? [...value].reverse() : value.map(turned)
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, turned(item)]),
  )
}

test('what is written down is read back as the same terms', () => {
  fc.assert(
    fc.property(wellFormed, (terms) => {
      const text = canonicalTerms(terms)
      const read = parseTerms(JSON.parse(text))
      expect(read).toMatchObject({ ok: true })
      if (read.ok) expect(canonicalTerms(read.terms)).toBe(text)
    }),
  )
})

test('neither the order of keys nor that of ids changes what is hashed, nor do parts that are not agreed', () => {
  fc.assert(
    fc.property(wellFormed, (terms) => {
      const other = turned(terms) as AgreementTerms
      expect(canonicalTerms(other)).toBe(canonicalTerms(terms))
      const bare = Object.fromEntries(Object.entries(terms).filter(([, part]) => part !== null))
      expect(canonicalTerms({ ...bare, endsOn: terms.endsOn } as AgreementTerms)).toBe(canonicalTerms(terms))
      expect(canonicalAgreed(terms, false)).toBe(canonicalTerms(terms))
      expect(canonicalAgreed(terms, true)).not.toBe(canonicalTerms(terms))
    }),
  )
})

test('all terms can be told in every language, with every figure in its place', () => {
  fc.assert(
    fc.property(
      wellFormed,
      fc.constantFrom(...termsLanguages),
      fc.boolean(),
      (terms, locale, retroactive) => {
        const told = describeTerms(terms, { locale, retroactive })
        for (const { text } of told) {
          expect(text).not.toMatch(/[{}]|undefined|NaN|object|\s{2}/)
          expect(text).toMatch(/[.]$/)
        }
        expect(new Set(told.map(({ text }) => text)).size).toBe(told.length)
        expect(describeNetBasis(terms, { locale })).not.toMatch(/[{}]/)
      },
    ),
  )
})

test('a change is told by exactly the fields that differ', () => {
  fc.assert(
    fc.property(wellFormed, wellFormed, (before, after) => {
      expect(changedFields(before, before)).toEqual([])
      const told = describeChanges(before, after, { locale: 'de' })
      expect(told.map(({ field }) => field)).toEqual(changedFields(before, after))
      for (const change of told) expect(change.before.length + change.after.length).toBeGreaterThan(0)
      expect(changedFields(before, after).length === 0).toBe(canonicalTerms(before) === canonicalTerms(after))
    }),
  )
})

test('a contradiction names a part that was agreed', () => {
  fc.assert(
    fc.property(wellFormed, (terms) => {
      for (const { field } of findContradictions(terms)) {
        const part = /^(tier|reserve|guarantee|retention|subscription)/.exec(field)?.[1] ?? ''
        expect(terms[(part === 'tier' ? 'tiers' : part) as 'tiers']).toBeTruthy()
      }
    }),
  )
})

const placesOf = (pattern: Pattern) => {
  const text = typeof pattern === 'string' ? pattern : pattern.other
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
}

test.each(termsLanguages)(
  'the %s wording has the places of the English one, and plurals where it has them',
  (language) => {
    const { wording } = termsVoice(language)
    for (const [key, pattern] of Object.entries(en) as Array<[keyof typeof en, Pattern]>) {
      expect([key, placesOf(wording[key])]).toEqual([key, placesOf(pattern)])
      expect([key, typeof wording[key]]).toEqual([key, typeof pattern])
    }
    expect(Object.keys(wording).sort()).toEqual(Object.keys(en).sort())
  },
)
