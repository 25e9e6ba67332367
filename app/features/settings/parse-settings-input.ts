// What a merchant may set, as typed. Pure, so that the form can say at once what the server will say.
import { parsePercent } from '#app/domain/money/percent.ts'
import { hasUnreadable } from '#app/domain/plain-text.ts'

export type SettingsInput = {
  returnWindowDays: string
  maxTotalShare: string
  senderName: string
  replyTo: string
}

export type SettingsField = keyof SettingsInput

export type SettingsReason =
  | 'not_a_whole_number'
  | 'out_of_range'
  | 'not_a_percentage'
  | 'too_many_decimals'
  | 'above_hundred'
  | 'too_long'
  | 'forbidden_characters'
  | 'not_an_address'

export interface ParsedSettings {
  returnWindowDays: number
  maxTotalShareBps: number
  senderName: string | null
  replyTo: string | null
}

export type ParseSettingsResult =
  | { ok: true; settings: ParsedSettings }
  | { ok: false; fields: Partial<Record<SettingsField, SettingsReason>> }

export const LONGEST_RETURN_WINDOW_DAYS = 180
export const LONGEST_SENDER_NAME = 80

export function parseSettingsInput(input: SettingsInput): ParseSettingsResult {
  const days = parseDays(input.returnWindowDays)
  const share = parseShare(input.maxTotalShare)
  const sender = parseSender(input.senderName)
  const replyTo = parseAddress(input.replyTo)
  if (days.ok && share.ok && sender.ok && replyTo.ok) {
    return {
      ok: true,
      settings: {
        returnWindowDays: days.value,
        maxTotalShareBps: share.value,
        senderName: sender.value,
        replyTo: replyTo.value,
      },
    }
  }
  const fields: Partial<Record<SettingsField, SettingsReason>> = {}
  if (!days.ok) fields.returnWindowDays = days.reason
  if (!share.ok) fields.maxTotalShare = share.reason
  if (!sender.ok) fields.senderName = sender.reason
  if (!replyTo.ok) fields.replyTo = replyTo.reason
  return { ok: false, fields }
}

type Parsed<Value> = { ok: true; value: Value } | { ok: false; reason: SettingsReason }

function parseDays(text: string): Parsed<number> {
  if (!/^\d{1,6}$/.test(text.trim())) return { ok: false, reason: 'not_a_whole_number' }
  const value = Number(text.trim())
  return value <= LONGEST_RETURN_WINDOW_DAYS ? { ok: true, value } : { ok: false, reason: 'out_of_range' }
}

function parseShare(text: string): Parsed<number> {
  const parsed = parsePercent(text)
  if (!parsed.ok) return parsed
  return parsed.bps <= 10_000 ? { ok: true, value: parsed.bps } : { ok: false, reason: 'above_hundred' }
}

function parseSender(text: string): Parsed<string | null> {
  const value = text.trim()
  if (value === '') return { ok: true, value: null }
  if (value.length > LONGEST_SENDER_NAME) return { ok: false, reason: 'too_long' }
  // It becomes part of a mail header: line breaks, brackets and quotes would end it.
  if (/[\p{Cc}<>"\\@]/u.test(value)) return { ok: false, reason: 'forbidden_characters' }
  return { ok: true, value }
}

function parseAddress(text: string): Parsed<string | null> {
  const value = text.trim()
  if (value === '') return { ok: true, value: null }
  if (value.length > 254) return { ok: false, reason: 'too_long' }
  if (hasUnreadable(value)) return { ok: false, reason: 'not_an_address' }
  return /^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),:;\\[\]]+\.[^\s@<>"(),:;\\[\].]{2,}$/.test(value)
    ? { ok: true, value }
    : { ok: false, reason: 'not_an_address' }
}
