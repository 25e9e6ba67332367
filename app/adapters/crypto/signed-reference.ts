// The creator reference that a storefront link carries (`?fil=REFERENCE.SIGNATURE`) and the cart hands on to the order.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** 96 bits: short enough to share, far too many to guess. */
const SIGNATURE_CHARACTERS = 16

export type VerifyReferenceResult =
  | { ok: true; reference: string }
  | { ok: false; reason: 'malformed' | 'forged' }

/** `REFERENCE.SIGNATURE` for one shop; the same reference of another shop has another signature. */
export function signReference(shopDomain: string, reference: string, secret: string): string {
  return `${reference}.${referenceSignature(shopDomain, reference, secret)}`
}

export function verifyReference(shopDomain: string, value: string, secret: string): VerifyReferenceResult {
  if (!/^[A-Za-z0-9_-]{1,64}\.[\w-]{16}$/.test(value)) return { ok: false, reason: 'malformed' }
  const [reference = '', given = ''] = value.split('.')
  const expected = referenceSignature(shopDomain, reference, secret)
  return timingSafeEqual(Buffer.from(given), Buffer.from(expected))
    ? { ok: true, reference }
    : { ok: false, reason: 'forged' }
}

function referenceSignature(shopDomain: string, reference: string, secret: string): string {
  return createHmac('sha256', secret)
    .update(`filigree-link/1/creator_link/${shopDomain.toLowerCase()}/${reference}`)
    .digest('base64url')
    .slice(0, SIGNATURE_CHARACTERS)
}
