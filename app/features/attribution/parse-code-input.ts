// What a merchant may ask for as a discount code, checked before anything is written.
import { parsePercent } from '#app/domain/money/percent.ts'

const LARGEST_DISCOUNT_BPS = 9_000

export interface CodeInput {
  code: string
  percentBps: number
}

export interface CodeProblem {
  field: 'code' | 'percent'
  reason: 'missing' | 'malformed' | 'too_short' | 'too_long' | 'out_of_range'
}

export type ParseCodeResult = { ok: true; value: CodeInput } | { ok: false; problems: CodeProblem[] }

/** `percent` is decimal text with at most two decimals, above 0 and at most 90: "12.5". */
export function parseCodeInput(input: { code: string; percent: string }): ParseCodeResult {
  const code = input.code.trim().toUpperCase()
  const problems: CodeProblem[] = []
  if (code === '') problems.push({ field: 'code', reason: 'missing' })
  else if (!/^[A-Z0-9_-]+$/.test(code)) problems.push({ field: 'code', reason: 'malformed' })
  else if (code.length < 3) problems.push({ field: 'code', reason: 'too_short' })
  else if (code.length > 40) problems.push({ field: 'code', reason: 'too_long' })
  const percentBps = discountBps(input.percent)
  if (typeof percentBps === 'string') problems.push({ field: 'percent', reason: percentBps })
  if (typeof percentBps === 'string' || problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { code, percentBps } }
}

function discountBps(text: string): number | 'missing' | 'malformed' | 'out_of_range' {
  if (text.trim() === '') return 'missing'
  const parsed = parsePercent(text)
  if (!parsed.ok) return 'malformed'
  return parsed.bps > 0 && parsed.bps <= LARGEST_DISCOUNT_BPS ? parsed.bps : 'out_of_range'
}
