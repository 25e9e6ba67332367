import fs from 'node:fs'
import { expect, test } from 'vitest'
import { formatPassClaims, judgeClaims, type PassVerdict } from '#app/domain/drops/pass.ts'
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

interface Judgement {
  name: string
  verdict: PassVerdict
  text: string
  key: string | null
  dropHandle: string
  earlyFrom: number
  revoked: string[]
  email: string | null
  emailRequired: boolean
}

const { passes, judgements } = JSON.parse(
  fs.readFileSync(new URL('../../../tests/vectors/drop-passes.json', import.meta.url), 'utf8'),
) as { passes: Vector[]; judgements: Judgement[] }

test.each(passes)('$name', ({ key, dropHandle, email, expiresAt, id, pass }) => {
  const claims = { dropHandle, emailHash: passEmailHash(email, key), expiresAt, id }
  expect(signPass(claims, key)).toBe(pass)
  expect(readPass(pass, key)).toEqual({ ok: true, claims })
  // What the field of the storefront takes.
  expect(pass.length).toBeLessThanOrEqual(200)
})

test.each(judgements)('$name: $verdict', ({ verdict, text, key, earlyFrom, email, ...gate }) => {
  const read = text === '' || key === null ? null : readPass(text, key)
  const emailHash = email === null || key === null ? null : passEmailHash(email, key)
  const judged = read?.ok ? judgeClaims(read.claims, { ...gate, validAt: earlyFrom, emailHash }) : null
  expect(judged ?? (text === '' ? 'none' : 'bad')).toBe(verdict)
})

test('a text that is no pass is told from a forged one, however long it is', () => {
  const [vector] = passes
  if (!vector) throw new Error('no vectors')
  const { pass, key } = vector
  expect(readPass(pass, passKeyOf('other.myshopify.com', 'secret'))).toEqual({ ok: false, reason: 'forged' })
  for (const text of ['', 'v1', `v2${pass.slice(2)}`, `${pass}0`, `${pass}\n`, 'x'.repeat(100_000)])
    expect(readPass(text, key)).toEqual({ ok: false, reason: 'malformed' })
})

test('each shop has a key of its own, which does not tell the secret, and digests of its own', () => {
  const key = passKeyOf('lumen-atelier.myshopify.com', 'secret')
  const other = passKeyOf('other.myshopify.com', 'secret')
  expect(key).toMatch(/^[0-9a-f]{64}$/)
  expect(key).not.toBe(other)
  expect(passEmailHash('noor@post.example', key)).toMatch(/^[0-9a-f]{64}$/)
  expect(passEmailHash('noor@post.example', key)).not.toBe(passEmailHash('noor@post.example', other))
})

test('claims that would not be read back are not signed', () => {
  const claims = { dropHandle: 'aurora', emailHash: '0'.repeat(64), expiresAt: 1, id: 'k3' }
  expect(formatPassClaims(claims)).toBe(`v1.aurora.${'0'.repeat(64)}.1.k3`)
  for (const wrong of [
    { dropHandle: 'a.b' },
    { emailHash: '0'.repeat(16) },
    { expiresAt: 1.5 },
    { id: '' },
    { id: 'A' },
    { id: 'z'.repeat(14) },
  ])
    expect(() => formatPassClaims({ ...claims, ...wrong })).toThrow(RangeError)
})
