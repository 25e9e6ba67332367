// Seals access and refresh tokens for the database: AES-256-GCM, with the key's id in front so that keys can rotate.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

export interface TokenKeys {
  /** Seals from now on. */
  current: { id: string; key: Buffer }
  /** Opens what was sealed before, by key id. */
  all: ReadonlyMap<string, Buffer>
}

export type OpenedToken =
  | { ok: true; token: string }
  | { ok: false; reason: 'malformed' | 'unknown_key' | 'not_authentic' }

const VERSION = 'v1'
const IV_BYTES = 12
const TAG_BYTES = 16

/** `v1.KEYID.BASE64URL(iv | tag | ciphertext)`. `owner` (the session's id) is bound in: a seal copied to another row does not open. */
export function sealToken(token: string, owner: string, keys: TokenKeys): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keys.current.key, iv)
  cipher.setAAD(Buffer.from(owner))
  const sealed = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()])
  const box = Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
  return `${VERSION}.${keys.current.id}.${box}`
}

export function openToken(sealed: string, owner: string, keys: TokenKeys): OpenedToken {
  const [version, keyId, box, ...rest] = sealed.split('.')
  if (version !== VERSION || !keyId || !box || rest.length > 0) return { ok: false, reason: 'malformed' }
  const bytes = Buffer.from(box, 'base64url')
  // One seal, one spelling: the last letter of base64 has bits that decoding ignores.
  if (bytes.toString('base64url') !== box) return { ok: false, reason: 'malformed' }
  if (bytes.length < IV_BYTES + TAG_BYTES) return { ok: false, reason: 'malformed' }
  const key = keys.all.get(keyId)
  if (!key) return { ok: false, reason: 'unknown_key' }
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
    decipher.setAAD(Buffer.from(owner))
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    const token = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
    return { ok: true, token: token.toString('utf8') }
  } catch {
    return { ok: false, reason: 'not_authentic' }
  }
}
