import { expect, test } from 'vitest'
import { parseIban } from './iban.ts'
import { type MethodInput, maskEmail, parseMethod } from './method-details.ts'

test.each([
  ['DE89 3704 0044 0532 0130 00', 'DE'],
  ['fr14 2004 1010 0505 0001 3M02 606', 'FR'],
  ['GB82WEST12345698765432', 'GB'],
  ['NO93 8601 1117 947', 'NO'],
  ['MT84MALT011000012345MTLCAST001S', 'MT'],
  ['CH93 0076 2011 6238 5295 7', 'CH'],
])('%s is an IBAN', (text, country) => {
  expect(parseIban(text)).toMatchObject({ ok: true, country })
})

test.each([
  ['DE89 3704 0044 0532 0130 01', 'iban_check_digits'],
  ['DE98 3704 0044 0532 0130 00', 'iban_check_digits'],
  ['DE89 3704 0044 0532 0130 0', 'iban_wrong_length'],
  ['ZZ89 3704 0044 0532 0130 00', 'iban_unknown_country'],
  ['8937040044', 'iban_malformed'],
  ['', 'iban_malformed'],
])('%j is refused: %s', (text, reason) => {
  expect(parseIban(text)).toEqual({ ok: false, reason })
})

const problemsOf = (input: MethodInput) => {
  const parsed = parseMethod(input)
  return parsed.ok ? [] : parsed.problems.map(({ field, reason }) => `${field}: ${reason}`)
}

test('every way of paying says what it lacks', () => {
  expect(problemsOf({ kind: 'cash' })).toEqual(['kind: unknown_kind'])
  expect(problemsOf({ kind: 'sepa' })).toEqual(['holder: required', 'iban: required'])
  const iban = 'DE89370400440532013000'
  expect(problemsOf({ kind: 'sepa', holder: '王', iban })).toEqual(['holder: not_in_bank_letters'])
  expect(problemsOf({ kind: 'sepa', holder: 'A', iban, bic: 'COBA' })).toEqual(['bic: bic_malformed'])
  const swiss = { kind: 'sepa', holder: 'A', iban: 'CH9300762011623852957' }
  expect(problemsOf(swiss)).toEqual(['town: address_needed'])
  expect(problemsOf({ ...swiss, street: 'Gasse' })).toEqual(['town: required', 'country: country_malformed'])
  expect(problemsOf({ ...swiss, town: 'Basel', country: 'ch' })).toEqual([])
  const turkish = { kind: 'sepa', holder: 'A', iban: 'TR330006100519786457841326' }
  expect(problemsOf(turkish)).toEqual(['iban: iban_outside_sepa'])
  expect(problemsOf({ kind: 'paypal', currency: 'EUR', email: '+cmd@mail.example' })).toEqual([
    'email: email_malformed',
  ])
  expect(problemsOf({ kind: 'paypal', currency: 'XXX', email: 'a@mail.example' })).toEqual([
    'currency: unknown_currency',
  ])
  expect(problemsOf({ kind: 'wise', currency: 'GBP' })).toEqual(['holder: required', 'email: required'])
  expect(problemsOf({ kind: 'other', currency: 'JPY', instructions: 'a\u0000b' })).toEqual([
    'instructions: unreadable',
  ])
})

test('what is kept to recognise a method is too little to pay to it', () => {
  const parsed = parseMethod({ kind: 'sepa', holder: 'Maya', iban: 'DE89 3704 0044 0532 0130 00' })
  expect(parsed).toMatchObject({ ok: true, ending: '3000', currency: 'EUR' })
  expect(maskEmail('maya.linden@studio.example')).toBe('m…n@studio.example')
})
