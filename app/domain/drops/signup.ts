// Somebody asks to hear when a piece comes back: what has to be said for it, and what is answered.

/** Wordings of the consent that pages have shown. A new wording gets a new number; old numbers stay true of those who agreed to them. */
export const CONSENT_VERSIONS: readonly number[] = [1]

export interface SignupRequest {
  /** Shopify's number of the variant. */
  variantId: bigint
  /** As it is written to. */
  email: string
  locale: string
  consentVersion: number
  idempotencyKey: string
}

export type SignupProblem =
  | 'variant_malformed'
  | 'email_malformed'
  /** Nothing was ticked: nobody is written to who did not ask for it. */
  | 'consent_missing'
  | 'consent_unknown'
  | 'key_malformed'

const LONGEST_EMAIL = 254
const EMAIL = /^[^\s@<>()[\]\\,;:"]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$/i
const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** `field`: what the form holds under a name, null when it holds nothing. */
export function readSignup(
  field: (name: string) => string | null,
): { ok: true; signup: SignupRequest } | { ok: false; reason: SignupProblem } {
  const variant = field('variant') ?? ''
  if (!/^[1-9]\d{0,17}$/.test(variant)) return { ok: false, reason: 'variant_malformed' }
  const email = (field('email') ?? '').trim()
  if (!isMailAddress(email)) return { ok: false, reason: 'email_malformed' }
  if (field('consent') !== 'yes') return { ok: false, reason: 'consent_missing' }
  const consentVersion = Number(field('consent_version'))
  if (!CONSENT_VERSIONS.includes(consentVersion)) return { ok: false, reason: 'consent_unknown' }
  const idempotencyKey = (field('key') ?? '').toLowerCase()
  if (!KEY.test(idempotencyKey)) return { ok: false, reason: 'key_malformed' }
  return {
    ok: true,
    signup: {
      variantId: BigInt(variant),
      email,
      locale: localeOf(field('locale')),
      consentVersion,
      idempotencyKey,
    },
  }
}

/** Written as an address that mail can reach; whether anybody reads it there is another matter. */
export function isMailAddress(text: string): boolean {
  return text.length <= LONGEST_EMAIL && EMAIL.test(text)
}

/** Case is no difference that a mailbox knows of; anything else might be. */
export function emailIdOf(email: string): string {
  return email.trim().toLowerCase()
}

function localeOf(told: string | null): string {
  return told !== null && /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(told) ? told : 'en'
}

const STEP = 10

/** Where in the line, in tens: nobody learns by asking how many came between two of them. */
export function placeRange(position: number): { from: number; to: number } {
  const from = Math.floor((position - 1) / STEP) * STEP + 1
  return { from, to: from + STEP - 1 }
}
