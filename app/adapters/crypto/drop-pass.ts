// Signing and checking early-access passes. The checkout function checks the same signature with the same key, without this code.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { formatPassClaims, normalEmail, type PassClaims, parsePass } from '#app/domain/drops/pass.ts'

/** A key for the passes of one shop alone, hex: it stands in that shop's data, where the app's secret must not. */
export function passKeyOf(shopDomain: string, secret: string): string {
  return createHmac('sha256', secret).update(`filigree-drop-pass/1/${shopDomain}`).digest('hex')
}

export function signPass(claims: PassClaims, key: string): string {
  const signed = formatPassClaims(claims)
  return `${signed}.${signatureOf(signed, key)}`
}

/** Under the shop's own key: a pass that somebody finds cannot be tried against a list of addresses. */
export function passEmailHash(email: string, key: string): string {
  return signatureOf(`filigree-pass-email/1/${normalEmail(email)}`, key)
}

export type PassReading = { ok: true; claims: PassClaims } | { ok: false; reason: 'malformed' | 'forged' }

/** What a genuine pass claims; what that is worth is for `judgeClaims`. Never throws. */
export function readPass(text: string, key: string): PassReading {
  const parsed = parsePass(text)
  if (!parsed.ok) return parsed
  const { claims, signed, signature } = parsed.pass
  const isGenuine = timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(signed, key)))
  return isGenuine ? { ok: true, claims } : { ok: false, reason: 'forged' }
}

function signatureOf(signed: string, key: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(signed, 'utf8').digest('hex')
}
