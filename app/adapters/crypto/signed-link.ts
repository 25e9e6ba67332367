// Links that creators and shoppers receive by mail. The signature binds what the link is for, so an invitation cannot open a statement.
import { createHmac, timingSafeEqual } from 'node:crypto'

export type LinkKind = 'invitation' | 'statement' | 'payout_details' | 'restock_signup'

export interface SignedLink {
  kind: LinkKind
  shopId: number
  /** Id of the statement, agreement version, creator or sign-up. */
  subjectId: string
  /** Random part stored with the subject: a new one makes older links void. */
  nonce?: string
  expiresAt: Date
}

/** An expired link was genuine: it says whose it was, so that a page can explain itself. */
export type ReadLinkResult =
  | { ok: true; link: SignedLink }
  | { ok: false; reason: 'malformed' | 'forged' }
  | { ok: false; reason: 'expired'; link: SignedLink }

const LONGEST_TOKEN = 600

/** `payload.signature`, both base64url: safe in a path segment. */
export function signLink(link: SignedLink, secret: string): string {
  const payload = Buffer.from(
    JSON.stringify([
      link.shopId,
      link.subjectId,
      Math.floor(link.expiresAt.getTime() / 1000),
      link.nonce ?? '',
    ]),
  ).toString('base64url')
  return `${payload}.${signature(link.kind, payload, secret).toString('base64url')}`
}

/** Reads a token as a link of `kind`; one signed for another kind is forged. Never throws. */
export function readLink(token: string, secret: string, now: Date, kind: LinkKind): ReadLinkResult {
  if (token.length > LONGEST_TOKEN || !/^[\w-]+\.[\w-]{43}$/.test(token))
    return { ok: false, reason: 'malformed' }
  const [payload = '', given = ''] = token.split('.')
  const expected = signature(kind, payload, secret)
  // Compared as text: base64url has spellings that decode to the same bytes, and only one of them was signed.
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected.toString('base64url')))) {
    return { ok: false, reason: 'forged' }
  }
  const parts: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  if (!Array.isArray(parts)) return { ok: false, reason: 'malformed' }
  const [shopId, subjectId, expires, nonce]: unknown[] = parts
  if (typeof shopId !== 'number' || typeof subjectId !== 'string' || typeof expires !== 'number') {
    return { ok: false, reason: 'malformed' }
  }
  const expiresAt = new Date(expires * 1000)
  const link = {
    kind,
    shopId,
    subjectId,
    expiresAt,
    ...(typeof nonce === 'string' && nonce ? { nonce } : {}),
  }
  return expiresAt <= now ? { ok: false, reason: 'expired', link } : { ok: true, link }
}

function signature(kind: string, payload: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`filigree-link/1/${kind}/${payload}`).digest()
}
