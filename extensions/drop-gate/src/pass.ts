// A signed early-access pass: v1.<drop>.<keyed digest of the email, hex>.<expiry, seconds>.<pass id>.<HMAC-SHA256 over all before, hex>.
// The function's engine has no crypto of its own; the hashes come from a library without any other code.
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

const FORM = /^(v1\.([a-z0-9-]{3,40})\.([0-9a-f]{64})\.(\d{1,12})\.([0-9a-z]{1,13}))\.([0-9a-f]{64})$/

export type PassVerdict = 'good' | 'none' | 'bad' | 'revoked' | 'expired' | 'other_email'

export interface PassAsk {
  text: string | null | undefined
  /** Hex. */
  key: string | null
  dropHandle: string
  /** Start of early access, in seconds: the engine knows no "now", but inside the window it is later than this. */
  earlyFrom: number
  /** Ids that were taken back. */
  revoked: readonly string[]
  email: string | null | undefined
  /** An order cannot be placed without the address that the pass was given to. */
  emailRequired: boolean
}

export function judgePass(ask: PassAsk): PassVerdict {
  if (!ask.text) return 'none'
  const [, signed, drop, hash, expiry, id, signature] = FORM.exec(ask.text) ?? []
  if (!signed || !signature || !hash || !id || drop !== ask.dropHandle || !ask.key) return 'bad'
  if (!isEqual(digestOf(signed, ask.key), signature)) return 'bad'
  if (ask.revoked.includes(id)) return 'revoked'
  if (Number(expiry) <= ask.earlyFrom) return 'expired'
  if (!ask.email) return ask.emailRequired ? 'other_email' : 'good'
  const own = digestOf(`filigree-pass-email/1/${ask.email.trim().toLowerCase()}`, ask.key)
  return isEqual(own, hash) ? 'good' : 'other_email'
}

function digestOf(text: string, key: string): string {
  return toHex(hmac(sha256, fromHex(key), toBytes(text)))
}

/** Looks at every character, whether or not an earlier one differs. */
function isEqual(left: string, right: string): boolean {
  let difference = left.length ^ right.length
  for (let index = 0; index < left.length; index += 1)
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index)
  return difference === 0
}

/** UTF-8; the engine may have no TextEncoder. */
function toBytes(text: string): Uint8Array {
  const encoded = encodeURIComponent(text)
  const bytes: number[] = []
  for (let index = 0; index < encoded.length; index += 1) {
    const isEscape = encoded[index] === '%'
    bytes.push(
      isEscape ? Number.parseInt(encoded.slice(index + 1, index + 3), 16) : encoded.charCodeAt(index),
    )
    if (isEscape) index += 2
  }
  return Uint8Array.from(bytes)
}

function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1)
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16)
  return bytes
}

function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += (byte < 16 ? '0' : '') + byte.toString(16)
  return text
}
