// Signing and checking early-access passes. The checkout function checks the same signature with the same key, without this code.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { formatPassClaims, normalEmail, type PassClaims, parsePass } from '#app/domain/drops/pass.ts'

/** A key for the passes of one shop alone, hex: it stands in that shop's data, where the app's secret must not. */
export function passKeyOf(shopDomain: string, secret: string): string {
  return createHmac('sha256', secret).update(`filigree-drop-pass/1/${shopDomain}`).digest('hex')
}

export interface PassIssue {
  dropHandle: string
  email: string
  expiresAt: Date
  /** Base 36. */
  id: string
}

export function signPass({ dropHandle, email, expiresAt, id }: PassIssue, key: string): string {
  const seconds = Math.floor(expiresAt.getTime() / 1000)
  const signed = formatPassClaims({ dropHandle, emailHash: passEmailHash(email), expiresAt: seconds, id })
  return `${signed}.${signatureOf(signed, key)}`
}

export function passEmailHash(email: string): string {
  return createHash('sha256').update(normalEmail(email), 'utf8').digest('hex').slice(0, 16)
}

export type PassReading =
  | { ok: true; claims: PassClaims }
  | { ok: false; reason: 'malformed' | 'forged' | 'expired' }

/** Whose pass it is, and whether it is genuine. That it fits a drop and an address is for the caller to compare. Never throws. */
export function readPass(text: string, key: string, now: Date): PassReading {
  const parsed = parsePass(text)
  if (!parsed.ok) return parsed
  const { claims, signed, signature } = parsed.pass
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(signed, key))))
    return { ok: false, reason: 'forged' }
  return claims.expiresAt * 1000 <= now.getTime() ? { ok: false, reason: 'expired' } : { ok: true, claims }
}

function signatureOf(signed: string, key: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(signed).digest('hex')
}
