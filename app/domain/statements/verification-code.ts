// What a reader types in to verify a statement: 80 bits of the document's hash, in letters and digits that are not mistaken for one another.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BITS = 80

/** `hash` is the hex SHA-256 of the document's canonical text. XXXX-XXXX-XXXX-XXXX */
export function verificationCode(hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError('not a SHA-256 in hex')
  let bits = BigInt(`0x${hash.slice(0, BITS / 4)}`)
  let code = ''
  for (let count = 0; count < BITS / 5; count += 1) {
    code = `${ALPHABET[Number(bits & 31n)]}${code}`
    bits >>= 5n
  }
  return code.replace(/(.{4})(?=.)/g, '$1-')
}

/** What people type: any case, any separators, O for 0, I and L for 1. Null when it cannot be a code. */
export function readVerificationCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s\-–—.]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (code.length !== BITS / 5 || ![...code].every((character) => ALPHABET.includes(character))) return null
  return code.replace(/(.{4})(?=.)/g, '$1-')
}
