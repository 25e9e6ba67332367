import { expect, test } from 'vitest'
import { emailIdOf, placeRange, readSignup } from './signup.ts'

const good = {
  variant: '48000000000041',
  email: ' Ada.L+rings@Example.com ',
  consent: 'yes',
  consent_version: '1',
  key: '0F8FAD5B-D9CB-469F-A165-70867728950E',
  locale: 'pt-BR',
}

const read = (given: Partial<Record<keyof typeof good, string | null>>) => {
  const fields: Record<string, string | null | undefined> = { ...good, ...given }
  const answer = readSignup((name) => fields[name] ?? null)
  return answer.ok ? answer.signup : answer.reason
}

test('an address is kept as it was written and recognised in any case', () => {
  expect(read({})).toEqual({
    variantId: 48000000000041n,
    email: 'Ada.L+rings@Example.com',
    locale: 'pt-BR',
    consentVersion: 1,
    idempotencyKey: '0f8fad5b-d9cb-469f-a165-70867728950e',
  })
  expect(emailIdOf(' Ada@Example.com ')).toBe('ada@example.com')
  expect(read({ locale: '../../etc' })).toMatchObject({ locale: 'en' })
})

test('what is missing or malformed is named', () => {
  expect(read({ variant: '0' })).toBe('variant_malformed')
  expect(read({ variant: '12; drop table' })).toBe('variant_malformed')
  for (const email of [
    '',
    'ada',
    'ada@x',
    'a b@example.com',
    'a@example.com\r\nbcc: b@x.com',
    'a@-x.com',
    `${'a'.repeat(250)}@x.com`,
  ])
    expect(read({ email }), email).toBe('email_malformed')
  for (const consent of [null, '', 'no', 'on']) expect(read({ consent })).toBe('consent_missing')
  expect(read({ consent_version: '2' })).toBe('consent_unknown')
  expect(read({ key: 'again' })).toBe('key_malformed')
})

test('a place in the line is told in tens', () => {
  expect([1, 10, 11, 100].map((position) => placeRange(position).from)).toEqual([1, 1, 11, 91])
  expect(placeRange(11)).toEqual({ from: 11, to: 20 })
})
