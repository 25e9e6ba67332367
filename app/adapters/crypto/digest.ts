// Digests of texts and the random parts of links and references.
import { createHash, createHmac, randomBytes } from 'node:crypto'

/** SHA-256 of the UTF-8 text, hex. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** Tells two values apart without keeping either: cannot be tried out without the secret. 32 hex characters. */
export function keyedDigest(purpose: string, value: string, secret: string): string {
  return createHmac('sha256', secret).update(`filigree-digest/${purpose}/${value}`).digest('hex').slice(0, 32)
}

/** 128 random bits, base64url. */
export function randomNonce(): string {
  return randomBytes(16).toString('base64url')
}

// No 0/O, 1/I/L: references are read aloud and typed.
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** A random text for people, `length` characters of an unambiguous alphabet. */
export function randomReference(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      const character = ALPHABET[byte & 31]
      // Bytes beyond the alphabet are dropped instead of wrapped, so that every character is equally likely.
      if (character !== undefined && text.length < length) text += character
    }
  }
  return text
}
