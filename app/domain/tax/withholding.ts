// What a payer keeps from a creator's payments for the tax office, and why.
import { readTexts } from '../form-texts.ts'
import { parsePercent } from '../money/percent.ts'
import type { ParsedFact } from './dated-fact.ts'

/** backup: no or wrong tax number given. statutory: the law's rate for payments abroad. treaty: what a treaty leaves of that. other: see the note. */
export const WITHHOLDING_REASONS = ['backup', 'statutory', 'treaty', 'other'] as const
export type WithholdingReason = (typeof WITHHOLDING_REASONS)[number]

export interface Withholding {
  /** 0: nothing is withheld (any more). */
  bps: number
  /** Null when nothing is withheld and nobody said why. */
  reason: WithholdingReason | null
  /** Article of the treaty, letter of the tax office … */
  note: string | null
}

export type WithholdingField = 'rate' | 'reason' | 'note'

export const HIGHEST_WITHHOLDING_BPS = 5_000

export function parseWithholding(
  input: Partial<Record<WithholdingField, string>>,
): ParsedFact<Withholding, WithholdingField> {
  const form = readTexts(input)
  const rate = parsePercent(form.text('rate', 8) ?? '')
  if (!rate.ok || rate.bps > HIGHEST_WITHHOLDING_BPS) form.refuse('rate', 'withholding_range')
  const typed = form.text('reason', 20)
  const reason = WITHHOLDING_REASONS.find((known) => known === typed) ?? null
  const bps = rate.ok ? rate.bps : 0
  // Money that is kept from somebody needs its reason on paper.
  if (typed !== null && reason === null) form.refuse('reason', 'unknown_kind')
  if (bps > 0 && reason === null) form.refuse('reason', 'required')
  const note = form.text('note', 200)
  if (reason === 'other' && note === null) form.refuse('note', 'required')
  return Object.keys(form.refused).length > 0
    ? { ok: false, fields: form.refused }
    : { ok: true, facts: { bps, reason, note } }
}
