// Where a creator is paid: the fields of each way, as typed and as checked.
import { isCurrency } from '../money/currency.ts'
import { hasUnreadable } from '../plain-text.ts'
import { isInSepa, needsAddress, parseBic, parseIban } from './iban.ts'
import { takesCurrency } from './method-limits.ts'
import { toSepaText } from './sepa-text.ts'

export interface PostalAddress {
  street: string
  building: string
  postCode: string
  town: string
  /** ISO 3166, two letters. */
  country: string
}

export interface SepaDetails {
  kind: 'sepa'
  holder: string
  iban: string
  bic: string | null
  address: PostalAddress | null
}
export interface PaypalDetails {
  kind: 'paypal'
  email: string
}
export interface WiseDetails {
  kind: 'wise'
  holder: string
  email: string
}
/** Anything else, in words, for whoever pays by hand. */
export interface OtherDetails {
  kind: 'other'
  instructions: string
}
export type PayoutMethodDetails = SepaDetails | PaypalDetails | WiseDetails | OtherDetails

export const METHOD_KINDS = ['sepa', 'paypal', 'wise', 'other'] as const
export type MethodKind = (typeof METHOD_KINDS)[number]

export function isMethodKind(text: string): text is MethodKind {
  return METHOD_KINDS.some((kind) => kind === text)
}

/** Every field as text, as forms send them. */
export type MethodInput = Partial<Record<MethodField, string>>
export type MethodField =
  | 'kind'
  | 'currency'
  | 'holder'
  | 'iban'
  | 'bic'
  | 'street'
  | 'building'
  | 'postCode'
  | 'town'
  | 'country'
  | 'email'
  | 'instructions'

export interface MethodProblem {
  field: MethodField
  reason: string
}

export type ParsedMethod =
  | { ok: true; details: PayoutMethodDetails; currency: string; ending: string }
  | { ok: false; problems: MethodProblem[] }

const LONGEST: Record<MethodField, number> = {
  kind: 10,
  currency: 3,
  holder: 140,
  iban: 60,
  bic: 20,
  street: 70,
  building: 16,
  postCode: 16,
  town: 35,
  country: 2,
  email: 254,
  instructions: 500,
}

export function parseMethod(input: MethodInput): ParsedMethod {
  const problems: MethodProblem[] = []
  const text = (field: MethodField): string => {
    const value = (input[field] ?? '').trim()
    if (value.length > LONGEST[field]) problems.push({ field, reason: 'too_long' })
    if (hasUnreadable(value)) problems.push({ field, reason: 'unreadable' })
    return value
  }
  const kind = METHOD_KINDS.find((known) => known === text('kind'))
  if (!kind) return { ok: false, problems: [{ field: 'kind', reason: 'unknown_kind' }] }
  const currency = kind === 'sepa' ? 'EUR' : text('currency').toUpperCase()
  if (!isCurrency(currency)) problems.push({ field: 'currency', reason: 'unknown_currency' })
  else if (!takesCurrency(kind, currency)) problems.push({ field: 'currency', reason: 'paypal_currency' })
  const details = PARSERS[kind](text, (field, reason) => problems.push({ field, reason }))
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, details, currency, ending: endingOf(details) }
}

type Read = (field: MethodField) => string
type Refuse = (field: MethodField, reason: string) => void

const PARSERS: Record<MethodKind, (text: Read, refuse: Refuse) => PayoutMethodDetails> = {
  sepa: parseSepa,
  paypal: (text, refuse) => ({ kind: 'paypal', email: email(text, refuse) }),
  wise: (text, refuse) => ({ kind: 'wise', holder: holder(text, refuse), email: email(text, refuse) }),
  other: (text, refuse) => {
    const instructions = text('instructions')
    if (!instructions) refuse('instructions', 'required')
    return { kind: 'other', instructions }
  },
}

function parseSepa(text: Read, refuse: Refuse): SepaDetails {
  const name = holder(text, refuse)
  if (name && !toSepaText(name, 70)) refuse('holder', 'not_in_bank_letters')
  const iban = parseIban(text('iban'))
  if (!iban.ok) refuse('iban', text('iban') === '' ? 'required' : iban.reason)
  const country = iban.ok ? iban.country : ''
  if (iban.ok && !isInSepa(country)) refuse('iban', 'iban_outside_sepa')
  const bic = text('bic') === '' ? null : parseBic(text('bic'))
  if (text('bic') !== '' && bic === null) refuse('bic', 'bic_malformed')
  const address = parseAddress(text, refuse)
  if (iban.ok && !address && needsAddress(country)) refuse('town', 'address_needed')
  return { kind: 'sepa', holder: name, iban: iban.ok ? iban.iban : '', bic, address }
}

/** Null when no field of it is filled. Banks take an address in its parts only: town and country at least. */
export function parseAddress(text: Read, refuse: Refuse): PostalAddress | null {
  const address: PostalAddress = {
    street: text('street'),
    building: text('building'),
    postCode: text('postCode'),
    town: text('town'),
    country: text('country').toUpperCase(),
  }
  if (Object.values(address).every((part) => part === '')) return null
  if (!toSepaText(address.town, 35)) refuse('town', 'required')
  if (!/^[A-Z]{2}$/.test(address.country)) refuse('country', 'country_malformed')
  return address
}

function holder(text: Read, refuse: Refuse): string {
  const name = text('holder')
  if (!name) refuse('holder', 'required')
  return name
}

function email(text: Read, refuse: Refuse): string {
  const address = text('email').toLowerCase()
  // Begins with a letter or digit, so that no spreadsheet takes it for a formula.
  if (!/^[a-z0-9][^\s@,;<>"']*@[^\s@,;<>"'.]+(\.[^\s@,;<>"'.]+)+$/.test(address)) {
    refuse('email', address === '' ? 'required' : 'email_malformed')
  }
  return address
}

/** Enough to recognise it, too little to pay to it. */
export function endingOf(details: PayoutMethodDetails): string {
  if (details.kind === 'sepa') return details.iban.slice(-4)
  if (details.kind === 'other') return ''
  return maskEmail(details.email)
}

/** mira.k@studio.example as m…k@studio.example. */
export function maskEmail(email: string): string {
  const [name = '', domain = ''] = email.split('@')
  return `${name.slice(0, 1)}…${name.length > 1 ? name.slice(-1) : ''}@${domain}`
}

/** Reads what `JSON.stringify` of parsed details wrote. Throws on anything else. */
export function readDetails(json: string): PayoutMethodDetails {
  const value = JSON.parse(json) as PayoutMethodDetails
  if (!METHOD_KINDS.includes(value.kind)) throw new TypeError('these are no payout details')
  return value
}
