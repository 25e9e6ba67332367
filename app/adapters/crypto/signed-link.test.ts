import { expect, test } from 'vitest'
import { randomReference } from './digest.ts'
import { readLink, type SignedLink, signLink } from './signed-link.ts'
import { signReference, verifyReference } from './signed-reference.ts'

const secret = 'a-secret-of-at-least-thirty-two-characters'
const now = new Date('2026-05-01T10:00:00Z')
const link: SignedLink = {
  kind: 'invitation',
  shopId: 7,
  subjectId: '0190c1f2-0000-7000-8000-000000000001',
  nonce: 'n0nce_-',
  expiresAt: new Date('2026-05-15T10:00:00Z'),
}

test('a signed link reads back as what was signed', () => {
  expect(readLink(signLink(link, secret), secret, now, 'invitation')).toEqual({ ok: true, link })
})

test('a link without nonce reads back without one', () => {
  const { nonce: _, ...bare } = link
  expect(readLink(signLink(bare, secret), secret, now, 'invitation')).toEqual({ ok: true, link: bare })
})

const token = signLink(link, secret)
const [payload = '', signature = ''] = token.split('.')
const otherPayload = Buffer.from(JSON.stringify([8, link.subjectId, 1_900_000_000, 'n0nce_-'])).toString(
  'base64url',
)

test.each<[string, string, Parameters<typeof readLink>[3], Date, string]>([
  ['another shop in the payload', `${otherPayload}.${signature}`, 'invitation', now, 'forged'],
  ['signed with another secret', signLink(link, `${secret}!`), 'invitation', now, 'forged'],
  ['an invitation used as a statement link', token, 'statement', now, 'forged'],
  [
    'a flipped signature',
    `${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    'invitation',
    now,
    'forged',
  ],
  ['used at the second of its expiry', token, 'invitation', link.expiresAt, 'expired'],
  ['empty', '', 'invitation', now, 'malformed'],
  ['without signature', payload, 'invitation', now, 'malformed'],
  ['with markup', '<script>.x', 'invitation', now, 'malformed'],
  ['far too long', `${'a'.repeat(5000)}.${signature}`, 'invitation', now, 'malformed'],
])('a link is refused: %s', (_, given, kind, at, reason) => {
  expect(readLink(given, secret, at, kind)).toMatchObject({ ok: false, reason })
})

test('no other spelling of the same signature bytes is taken', () => {
  // The last character of 43 carries two unused bits.
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet.indexOf(signature.at(-1) ?? '')
  const twin = `${payload}.${signature.slice(0, -1)}${alphabet[last ^ 1]}`
  expect(Buffer.from(twin.split('.')[1] ?? '', 'base64url')).toEqual(Buffer.from(signature, 'base64url'))
  expect(readLink(twin, secret, now, 'invitation').ok).toBe(false)
})

test('a creator reference is verified for its own shop only', () => {
  const value = signReference('lumen-atelier.myshopify.com', 'MAYA7K2Q', secret)
  expect(value).toMatch(/^MAYA7K2Q\.[\w-]{16}$/)
  expect(verifyReference('lumen-atelier.myshopify.com', value, secret)).toEqual({
    ok: true,
    reference: 'MAYA7K2Q',
  })
  expect(verifyReference('other.myshopify.com', value, secret)).toEqual({ ok: false, reason: 'forged' })
  expect(verifyReference('lumen-atelier.myshopify.com', value.replace('MAYA', 'NOAH'), secret)).toEqual({
    ok: false,
    reason: 'forged',
  })
  expect(verifyReference('lumen-atelier.myshopify.com', 'MAYA7K2Q', secret)).toEqual({
    ok: false,
    reason: 'malformed',
  })
})

test('random references have the asked-for length and no ambiguous characters', () => {
  for (let round = 0; round < 200; round += 1) expect(randomReference(8)).toMatch(/^[2-9A-HJKMNP-Z]{8}$/)
})
