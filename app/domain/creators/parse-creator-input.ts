import { hasUnreadable } from '../plain-text.ts'

export const PLATFORMS = [
  'instagram',
  'tiktok',
  'youtube',
  'pinterest',
  'blog',
  'podcast',
  'newsletter',
  'other',
] as const
export type Platform = (typeof PLATFORMS)[number]

export const CREATOR_LOCALES = ['en', 'de', 'fr', 'it', 'es'] as const
export type CreatorLocale = (typeof CREATOR_LOCALES)[number]

export interface CreatorChannel {
  platform: Platform
  handle: string
  url: string | null
  followers: number | null
}

export interface CreatorInput {
  name: string
  /** Lower case. */
  email: string
  /** Lower-case slug; statement numbers and links begin with it. */
  handle: string
  locale: CreatorLocale
  channels: CreatorChannel[]
  notes: string
}

export type CreatorRefusalReason =
  | 'missing'
  | 'too_long'
  | 'not_an_email'
  | 'not_a_slug'
  | 'unknown_locale'
  | 'unknown_platform'
  | 'not_a_url'
  | 'not_a_count'
  | 'too_many'
  | 'malformed'

export interface CreatorRefusal {
  /** name, email, handle, locale, notes, channels, or channels.0.followers and the like. */
  field: string
  reason: CreatorRefusalReason
}

export type ParsedCreator = { ok: true; creator: CreatorInput } | { ok: false; refusals: CreatorRefusal[] }

const MAX_NAME = 120
const MAX_NOTES = 5_000
const MAX_CHANNELS = 12
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?$/
// Deliberately plain: one @, a dot in the domain, no white space or control characters. The mail itself is the proof.
const EMAIL = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,180}\.[^\s@<>,;:"()[\]\\.]{2,63}$/

/** Reads a creator from a form or JSON of unknown origin; names every wrong field. An empty handle is made from the name. */
export function parseCreatorInput(value: unknown): ParsedCreator {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, refusals: [{ field: 'creator', reason: 'malformed' }] }
  }
  const json: Record<string, unknown> = { ...value }
  const refusals: CreatorRefusal[] = []
  const name = textOf(json.name).replace(/\s+/g, ' ')
  if (name === '') refusals.push({ field: 'name', reason: 'missing' })
  else if (name.length > MAX_NAME) refusals.push({ field: 'name', reason: 'too_long' })
  else if (hasUnreadable(name)) refusals.push({ field: 'name', reason: 'malformed' })
  const email = textOf(json.email).toLowerCase()
  if (email === '') refusals.push({ field: 'email', reason: 'missing' })
  else if (!EMAIL.test(email) || hasUnreadable(email))
    refusals.push({ field: 'email', reason: 'not_an_email' })
  const handle = textOf(json.handle).toLowerCase() || suggestHandle(name)
  if (handle === '') refusals.push({ field: 'handle', reason: 'missing' })
  else if (!SLUG.test(handle)) refusals.push({ field: 'handle', reason: 'not_a_slug' })
  const wanted = textOf(json.locale) || 'en'
  const locale = CREATOR_LOCALES.find((item) => item === wanted)
  if (!locale) refusals.push({ field: 'locale', reason: 'unknown_locale' })
  const notes = textOf(json.notes)
  if (notes.length > MAX_NOTES) refusals.push({ field: 'notes', reason: 'too_long' })
  else if (hasUnreadable(notes)) refusals.push({ field: 'notes', reason: 'malformed' })
  const channels = readChannels(json.channels ?? [], refusals)
  if (refusals.length > 0 || !locale) return { ok: false, refusals }
  return { ok: true, creator: { name, email, handle, locale, channels, notes } }
}

/** "Élodie & Söhne" gives "elodie-sohne"; empty when nothing usable is left. */
export function suggestHandle(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 24)
    .replace(/^-+|-+$/g, '')
}

function readChannels(value: unknown, refusals: CreatorRefusal[]): CreatorChannel[] {
  if (!Array.isArray(value)) {
    refusals.push({ field: 'channels', reason: 'malformed' })
    return []
  }
  if (value.length > MAX_CHANNELS) {
    refusals.push({ field: 'channels', reason: 'too_many' })
    return []
  }
  return value.flatMap((item: unknown, index) => {
    const channel = readChannel(item, `channels.${index}`, refusals)
    return channel ? [channel] : []
  })
}

function readChannel(value: unknown, field: string, refusals: CreatorRefusal[]): CreatorChannel | null {
  if (typeof value !== 'object' || value === null) {
    refusals.push({ field, reason: 'malformed' })
    return null
  }
  const json: Record<string, unknown> = { ...value }
  const before = refusals.length
  const platform = PLATFORMS.find((item) => item === json.platform)
  if (!platform) refusals.push({ field: `${field}.platform`, reason: 'unknown_platform' })
  const handle = textOf(json.handle)
  if (handle === '') refusals.push({ field: `${field}.handle`, reason: 'missing' })
  else if (handle.length > MAX_NAME) refusals.push({ field: `${field}.handle`, reason: 'too_long' })
  else if (hasUnreadable(handle)) refusals.push({ field: `${field}.handle`, reason: 'malformed' })
  const url = textOf(json.url)
  if (url !== '' && !isWebUrl(url)) refusals.push({ field: `${field}.url`, reason: 'not_a_url' })
  const followers = readCount(json.followers)
  if (followers === undefined) refusals.push({ field: `${field}.followers`, reason: 'not_a_count' })
  if (refusals.length > before || !platform || followers === undefined) return null
  return { platform, handle, url: url === '' ? null : url, followers }
}

/** Undefined: given, but no count. Null: not given. */
function readCount(value: unknown): number | null | undefined {
  if (value === null || value === undefined || value === '') return null
  const count = typeof value === 'string' && /^\d{1,10}$/.test(value.trim()) ? Number(value) : value
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= 2_000_000_000
    ? count
    : undefined
}

function isWebUrl(text: string): boolean {
  // Only web addresses: the profile page links to them, and javascript: would run there.
  if (text.length > 500 || hasUnreadable(text)) return false
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}
