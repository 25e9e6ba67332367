// What a merchant may ask for as a discount code, checked before anything is written.
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
  const percentBps = parsePercent(input.percent)
  if (typeof percentBps === 'string') problems.push({ field: 'percent', reason: percentBps })
  if (typeof percentBps === 'string' || problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { code, percentBps } }
}

function parsePercent(text: string): number | 'missing' | 'malformed' | 'out_of_range' {
  const trimmed = text.trim().replace(/\s*%$/, '').replace(',', '.')
  if (trimmed === '') return 'missing'
  const match = /^(\d{1,4})(?:\.(\d{1,2}))?$/.exec(trimmed)
  if (!match) return 'malformed'
  const bps = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return bps > 0 && bps <= 9000 ? bps : 'out_of_range'
}
