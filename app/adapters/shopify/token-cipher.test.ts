import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openToken, sealToken, type TokenKeys } from './token-cipher.ts'

function keysOf(...ids: string[]): TokenKeys {
  const all = new Map(ids.map((id) => [id, randomBytes(32)] as const))
  const [first] = all
  if (!first) throw new Error('no key')
  return { current: { id: first[0], key: first[1] }, all }
}

test('a sealed token opens again and shows nothing of itself', () => {
  const keys = keysOf('a')
  const sealed = sealToken('shpat_secret', 'offline_x', keys)
  expect(sealed).toMatch(/^v1\.a\./)
  expect(sealed).not.toContain('secret')
  expect(openToken(sealed, 'offline_x', keys)).toEqual({ ok: true, token: 'shpat_secret' })
})

test('the same token never seals to the same text', () => {
  const keys = keysOf('a')
  expect(sealToken('t', 'o', keys)).not.toBe(sealToken('t', 'o', keys))
})

test('after rotation the old key still opens and the new one seals', () => {
  const old = keysOf('old')
  const sealed = sealToken('t', 'o', old)
  const fresh = keysOf('new')
  const rotated: TokenKeys = { current: fresh.current, all: new Map([...fresh.all, ...old.all]) }
  expect(openToken(sealed, 'o', rotated)).toEqual({ ok: true, token: 't' })
  expect(sealToken('t', 'o', rotated)).toMatch(/^v1\.new\./)
  expect(openToken(sealed, 'o', fresh)).toEqual({ ok: false, reason: 'unknown_key' })
})

test('a changed, moved or foreign seal does not open', () => {
  const keys = keysOf('a')
  const sealed = sealToken('t', 'o', keys)
  for (let at = 'v1.a.'.length; at < sealed.length; at += 1) {
    const other = sealed[at] === 'A' ? 'B' : 'A'
    const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`
    expect(openToken(changed, 'o', keys), `letter ${at}`).toMatchObject({ ok: false })
  }
  expect(openToken(sealed, 'another-row', keys)).toEqual({ ok: false, reason: 'not_authentic' })
  expect(openToken(sealed, 'o', keysOf('a'))).toEqual({ ok: false, reason: 'not_authentic' })
  for (const text of ['', 'v1', 'v1.a.', 'v2.a.AAAA', 'v1.a.AAAA', `${sealed}.x`]) {
    expect(openToken(text, 'o', keys), text).toEqual({ ok: false, reason: 'malformed' })
  }
})
