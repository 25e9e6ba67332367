// To whom guest passes of a drop may be given, and when there is still something to give.
import { compareInstants, type IsoInstant } from '../time/instant.ts'
import type { Drop } from './drop.ts'
import { normalEmail, PASS_OUTLIVES_MS } from './pass.ts'
import { isMailAddress } from './signup.ts'
import { sellingWindow } from './timeline.ts'

/** Addresses that one form takes. */
export const MOST_GUESTS = 100
/** Languages in which guests are written to. */
export const GUEST_LOCALES = ['en', 'de', 'fr', 'it', 'es'] as const
export type GuestLocale = (typeof GUEST_LOCALES)[number]

export type GuestList =
  | { ok: true; emails: string[] }
  | { ok: false; reason: 'guests_missing' }
  | { ok: false; reason: 'guests_too_many'; count: number; most: number }
  | { ok: false; reason: 'guest_malformed'; text: string }

/** One address a line, or with commas between them; the same one twice counts once. */
export function readGuests(text: string): GuestList {
  const typed = text
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^<|>$/g, ''))
    .filter((part) => part !== '')
  if (typed.length === 0) return { ok: false, reason: 'guests_missing' }
  const emails = [...new Map(typed.map((email) => [normalEmail(email), email])).values()]
  if (emails.length > MOST_GUESTS)
    return { ok: false, reason: 'guests_too_many', count: emails.length, most: MOST_GUESTS }
  const malformed = emails.find((email) => !isMailAddress(email))
  if (malformed !== undefined) return { ok: false, reason: 'guest_malformed', text: malformed.slice(0, 80) }
  return { ok: true, emails }
}

export function readGuestLocale(text: string): GuestLocale {
  const language = text.trim().toLowerCase().split('-')[0]
  return GUEST_LOCALES.find((known) => known === language) ?? 'en'
}

export type PassRefusal =
  /** Its times and its name in links may still change. */
  | 'not_scheduled'
  /** No early access, or none for holders of passes. */
  | 'passes_not_accepted'
  /** It sells to everybody, or to nobody any more. */
  | 'early_access_over'

export type PassTerm =
  | { ok: true; from: IsoInstant; until: IsoInstant; expiresAt: IsoInstant }
  | { ok: false; reason: PassRefusal }

/** From when until when a pass of the drop opens it; `expiresAt` is what is signed. */
export function passTerm(drop: Pick<Drop, 'status' | 'acts' | 'earlyAccess'>, now: IsoInstant): PassTerm {
  if (drop.status === 'draft') return { ok: false, reason: 'not_scheduled' }
  const window = sellingWindow(drop.acts)
  if (!window || window.early === null || !drop.earlyAccess?.passes)
    return { ok: false, reason: 'passes_not_accepted' }
  const isOver = drop.status === 'closed' || drop.status === 'aborted'
  if (isOver || compareInstants(window.open, now) <= 0) return { ok: false, reason: 'early_access_over' }
  const expiresAt = new Date(Date.parse(window.close) + PASS_OUTLIVES_MS).toISOString()
  return { ok: true, from: window.early, until: window.open, expiresAt }
}
