// A signed early-access pass, as it travels in a link and in the cart: who, for which drop, until when. The signature is made in adapters/crypto.

/** Cart attribute that carries a pass. */
export const PASS_ATTRIBUTE = '_filigree_pass'

export interface PassClaims {
  dropHandle: string
  /** First 16 hex characters of the SHA-256 of the normalised address: nobody's address travels in a cart. */
  emailHash: string
  /** Seconds since 1970. */
  expiresAt: number
  /** Base 36, at most 32 characters: to revoke one. */
  id: string
}

export interface WrittenPass {
  claims: PassClaims
  /** What the signature covers. */
  signed: string
  /** HMAC-SHA256, hex. */
  signature: string
}

const FORM = /^v1\.([a-z0-9-]{3,40})\.([0-9a-f]{16})\.(\d{1,12})\.([0-9a-z]{1,32})\.([0-9a-f]{64})$/

/** The part that is signed. Errors: throws for claims that would not be read back as they are. */
export function formatPassClaims({ dropHandle, emailHash, expiresAt, id }: PassClaims): string {
  const signed = `v1.${dropHandle}.${emailHash}.${expiresAt}.${id}`
  if (!FORM.test(`${signed}.${'0'.repeat(64)}`))
    throw new RangeError(`these are no claims of a pass: ${signed}`)
  return signed
}

export function parsePass(
  text: string,
): { ok: true; pass: WrittenPass } | { ok: false; reason: 'malformed' } {
  const [, dropHandle, emailHash, expiresAt, id, signature] = FORM.exec(text) ?? []
  if (!dropHandle || !emailHash || !expiresAt || !id || !signature) return { ok: false, reason: 'malformed' }
  const claims = { dropHandle, emailHash, expiresAt: Number(expiresAt), id }
  return { ok: true, pass: { claims, signed: text.slice(0, text.lastIndexOf('.')), signature } }
}

/** One spelling for one mailbox, as far as that is safe to say: case and blanks around it do not matter. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase()
}
