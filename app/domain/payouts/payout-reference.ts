// The reference that the bank carries from end to end.

/** Crockford's alphabet: no letter that reads like a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Run number and eight characters of the payout's id: unique in the shop, 15 characters, letters and digits every bank takes. */
export function payoutReference(runNumber: number, payoutId: string): string {
  let bits = BigInt(`0x${payoutId.replaceAll('-', '').slice(0, 10)}`)
  let text = ''
  for (let place = 0; place < 8; place += 1) {
    text = `${ALPHABET[Number(bits & 31n)]}${text}`
    bits >>= 5n
  }
  return `FG${String(runNumber).padStart(4, '0')}-${text}`
}
