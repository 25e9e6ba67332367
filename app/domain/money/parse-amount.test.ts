import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencyExponent, exponentOf, isCurrency, knownCurrencies } from './currency.ts'
import { formatMoney, toDecimalText } from './format-amount.ts'
import { parseAmount } from './parse-amount.ts'
import { formatPercent, parsePercent, toPercentText } from './percent.ts'

test.each([
  ['12', 'EUR', 1200n],
  ['12.5', 'EUR', 1250n],
  ['-0.50', 'EUR', -50n],
  ['-0', 'EUR', 0n],
  ['007.10', 'EUR', 710n],
  [`${'0'.repeat(30)}1.00`, 'EUR', 100n],
  ['1200', 'JPY', 1200n],
  ['1200.00', 'JPY', 1200n],
  ['1.234', 'KWD', 1234n],
  ['1.2340000', 'KWD', 1234n],
  ['92233720368547758.07', 'EUR', 9_223_372_036_854_775_807n],
])('%s %s is read as minor units', (text, currency, minor) => {
  expect(parseAmount(text, currency)).toEqual({ ok: true, minor })
})

test.each([
  ['12.345', 'EUR', 'too_many_decimals'],
  ['0.5', 'JPY', 'too_many_decimals'],
  ['', 'EUR', 'not_a_decimal'],
  ['12.', 'EUR', 'not_a_decimal'],
  ['.5', 'EUR', 'not_a_decimal'],
  ['1e3', 'EUR', 'not_a_decimal'],
  ['1,200.00', 'EUR', 'not_a_decimal'],
  [' 12', 'EUR', 'not_a_decimal'],
  ['12\n', 'EUR', 'not_a_decimal'],
  ['NaN', 'EUR', 'not_a_decimal'],
  ['0x10', 'EUR', 'not_a_decimal'],
  ['١٢', 'EUR', 'not_a_decimal'],
  ['92233720368547758.08', 'EUR', 'too_large'],
  ['1'.repeat(400), 'EUR', 'too_large'],
  ['12', 'XXX', 'unknown_currency'],
  ['12', 'eur', 'unknown_currency'],
  ['12', '', 'unknown_currency'],
])('%j %s is refused as %s', (text, currency, reason) => {
  expect(parseAmount(text, currency)).toMatchObject({ ok: false, reason })
})

test('decimal text and minor units are the same number in every currency', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }),
      fc.constantFrom(...knownCurrencies()),
      (minor, currency) => {
        expect(parseAmount(toDecimalText(minor, currency), currency)).toEqual({ ok: true, minor })
      },
    ),
  )
})

test('exponents follow ISO 4217', () => {
  const exponents = ['EUR', 'JPY', 'KWD', 'ISK', 'HUF', 'CLF'].map((code) => currencyExponent(code))
  expect(exponents.map((known) => known.ok && known.exponent)).toEqual([2, 0, 3, 0, 2, 4])
})

test('a currency that nobody knows is refused by name, and is a bug where it was checked before', () => {
  expect(currencyExponent('XXX')).toEqual({ ok: false, reason: 'unknown_currency', currency: 'XXX' })
  expect([isCurrency('EUR'), isCurrency('XXX'), isCurrency('eur')]).toEqual([true, false, false])
  expect(() => exponentOf('XXX')).toThrow('unknown currency XXX')
})

test('the currencies are sorted, each once, with the first and last of every group among them', () => {
  const known = knownCurrencies()
  expect(known).toEqual([...new Set(known)].sort())
  expect(known).toHaveLength(170)
  expect(known).toEqual(
    expect.arrayContaining([
      'AED',
      'CHW',
      'CNY',
      'HUF',
      'IDR',
      'MXV',
      'MYR',
      'SRD',
      'SSP',
      'ZWL',
      'BIF',
      'XPF',
    ]),
  )
})

test('zero has no sign', () => {
  expect([toDecimalText(0n, 'EUR'), toDecimalText(0n, 'JPY'), toDecimalText(-5n, 'KWD')]).toEqual([
    '0.00',
    '0',
    '-0.005',
  ])
})

test('money is shown exactly, also beyond what a float can hold', () => {
  expect(formatMoney(9_007_199_254_740_993_01n, 'EUR', 'en')).toBe('€9,007,199,254,740,993.01')
  expect(formatMoney(-1250n, 'EUR', 'de').replace(/\s/g, ' ')).toBe('-12,50 €')
  expect(formatMoney(1250n, 'JPY', 'en')).toBe('¥1,250')
  expect(formatMoney(1250n, 'KWD', 'en').replace(/\s/g, ' ')).toBe('KWD 1.250')
})

test('percentages are written without needless zeros and read back', () => {
  expect([0, 5, 50, 1250, 1000, 10_000, -125].map(toPercentText)).toEqual([
    '0',
    '0.05',
    '0.5',
    '12.5',
    '10',
    '100',
    '-1.25',
  ])
  expect(formatPercent(1250, 'en')).toBe('12.5%')
  expect(parsePercent('12,5 %')).toEqual({ ok: true, bps: 1250 })
  expect(parsePercent(' 7 ')).toEqual({ ok: true, bps: 700 })
  expect(parsePercent('12.500')).toEqual({ ok: true, bps: 1250 })
  expect(parsePercent('12 % more')).toEqual({ ok: false, reason: 'not_a_percentage' })
  expect(parsePercent('12.345')).toEqual({ ok: false, reason: 'too_many_decimals' })
  expect(parsePercent('-3')).toEqual({ ok: false, reason: 'not_a_percentage' })
})
