// A signed early-access pass, as it travels in a link and in the cart: who, for which drop, until when. Signature and digest are made in
// adapters/crypto; the checkout function judges the same passes with code of its own, and shared vectors hold both to one answer.

/** Cart attribute that carries a pass. */
export const PASS_ATTRIBUTE = '_filigree_pass'
/** Parameter of a link that carries one: the gate's block puts it into the cart. */
export const PASS_PARAMETER = 'fil_pass'

/** Passes outlive their drop so long: one that is held and moved on must not make them void. A pass opens no other drop. */
export const PASS_OUTLIVES_MS = 30 * 86_400_000
/** Of one drop. Each is told to the checkout until the drop is over, and the checkout takes 10,000 bytes for all drops. */
export const MOST_REVOKED = 150

export interface PassClaims {
  dropHandle: string
  /** Keyed digest of the normalised address, 64 hex characters: nobody's address travels in a cart, and without the shop's key none can be tried. */
  emailHash: string
  /** Seconds since 1970. */
  expiresAt: number
  /** Base 36, at most 13 characters: to revoke one. */
  id: string
}

export interface WrittenPass {
  claims: PassClaims
  /** What the signature covers. */
  signed: string
  /** HMAC-SHA256, hex. */
  signature: string
}

const FORM = /^v1\.([a-z0-9-]{3,40})\.([0-9a-f]{64})\.(\d{1,12})\.([0-9a-z]{1,13})\.([0-9a-f]{64})$/

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

/** `none`: there is no pass. `bad`: of another drop or shop, or not ours at all. */
export type PassVerdict = 'good' | 'none' | 'bad' | 'revoked' | 'expired' | 'other_email'

export interface PassGate {
  dropHandle: string
  /** Numbers that were taken back. */
  revoked: readonly string[]
  /** Seconds since 1970: the checkout compares with the start of early access, since it knows no "now". */
  validAt: number
  /** Of who wants to use it; null: nobody has said who they are yet. */
  emailHash: string | null
  /** An order cannot be placed without the address that the pass was given to. */
  emailRequired: boolean
}

/** What genuine claims are worth at a gate. */
export function judgeClaims(claims: PassClaims, gate: PassGate): PassVerdict {
  if (claims.dropHandle !== gate.dropHandle) return 'bad'
  if (gate.revoked.includes(claims.id)) return 'revoked'
  if (claims.expiresAt <= gate.validAt) return 'expired'
  if (gate.emailHash === null) return gate.emailRequired ? 'other_email' : 'good'
  return claims.emailHash === gate.emailHash ? 'good' : 'other_email'
}

/** One spelling for one mailbox, as far as that is safe to say: case and blanks around it do not matter. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase()
}
