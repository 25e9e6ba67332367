import fs from 'node:fs'
import { expect, test } from 'vitest'
import { formatPassClaims } from '#app/domain/drops/pass.ts'
import { passEmailHash, passKeyOf, readPass, signPass } from './drop-pass.ts'

interface Vector {
  name: string
  key: string
  dropHandle: string
  email: string
  expiresAt: number
  id: string
  pass: string
}

const { passes } = JSON.parse(
  fs.readFileSync(new URL('../../../tests/vectors/drop-passes.json', import.meta.url), 'utf8'),
) as { passes: Vector[] }
const NOW = new Date('2026-12-01T00:00:00Z')

test.each(passes)('$name', ({ key, dropHandle, email, expiresAt, id, pass }) => {
  expect(signPass({ dropHandle, email, expiresAt: new Date(expiresAt * 1000), id }, key)).toBe(pass)
  expect(readPass(pass, key, NOW)).toEqual({
    ok: true,
    claims: { dropHandle, emailHash: passEmailHash(email), expiresAt, id },
  })
})

test('a pass holds for one shop, in every letter, and until it expires', () => {
  const [vector] = passes
  if (!vector) throw new Error('no vectors')
  const { pass, key, expiresAt } = vector
  expect(readPass(pass, passKeyOf('other.myshopify.com', 'secret'), NOW)).toEqual({
    ok: false,
    reason: 'forged',
  })
  for (const index of [3, 12, 30, 45, pass.length - 1]) {
    const letter = pass[index] === 'a' ? 'b' : 'a'
    expect(readPass(pass.slice(0, index) + letter + pass.slice(index + 1), key, NOW).ok).toBe(false)
  }
  expect(readPass(pass, key, new Date(expiresAt * 1000))).toEqual({ ok: false, reason: 'expired' })
  for (const text of ['', 'v1', `v2${pass.slice(2)}`, `${pass}0`, `${pass}\n`, 'x'.repeat(100_000)])
    expect(readPass(text, key, NOW)).toEqual({ ok: false, reason: 'malformed' })
})

test('each shop has a key of its own, which does not tell the secret', () => {
  const key = passKeyOf('lumen-atelier.myshopify.com', 'secret')
  expect(key).toMatch(/^[0-9a-f]{64}$/)
  expect(key).not.toBe(passKeyOf('other.myshopify.com', 'secret'))
})

test('claims that would not be read back are not signed', () => {
  const claims = { dropHandle: 'aurora', emailHash: '0'.repeat(16), expiresAt: 1, id: 'k3' }
  expect(formatPassClaims(claims)).toBe('v1.aurora.0000000000000000.1.k3')
  for (const wrong of [
    { dropHandle: 'a.b' },
    { emailHash: 'x' },
    { expiresAt: 1.5 },
    { id: '' },
    { id: 'A' },
  ])
    expect(() => formatPassClaims({ ...claims, ...wrong })).toThrow(RangeError)
})
