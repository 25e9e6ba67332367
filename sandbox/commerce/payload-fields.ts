// Reads captured payloads: fields may be missing, null, text for numbers or numbers for text. What cannot be understood is a
// PayloadProblem that names the field; it is thrown here and turned into a refusal where the import begins.

export class PayloadProblem extends Error {
  readonly reason: string
  constructor(reason: string, message: string) {
    super(message)
    this.reason = reason
  }
}

/** An object of the payload and where it stands, "line_items[2]". */
export interface Source {
  readonly fields: Record<string, unknown>
  readonly path: string
}

export function pathOf(source: Source, key: string): string {
  return source.path === '' ? key : `${source.path}.${key}`
}

function fail(reason: string, path: string, why: string): never {
  throw new PayloadProblem(reason, `${path}: ${why}.`)
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON text into a value; numbers too long or too exact for a double stay text, so that no digit is lost. */
export function parsePayload(text: string): unknown {
  const exact = text.replace(/"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    token.startsWith('"') || /[eE]/.test(token) || (!token.includes('.') && token.length < 16)
      ? token
      : `"${token}"`,
  )
  try {
    return JSON.parse(exact)
  } catch (error) {
    throw new PayloadProblem('not_json', `The payload is no JSON: ${(error as Error).message}`)
  }
}

export function child(source: Source, key: string): Source | null {
  const value = source.fields[key]
  if (value === undefined || value === null) return null
  if (!isRecord(value)) fail('invalid_field', pathOf(source, key), `${show(value)} is no object`)
  return { fields: value, path: pathOf(source, key) }
}

/** Null: the field is missing or null. */
export function list(source: Source, key: string): Source[] | null {
  const value = source.fields[key]
  if (value === undefined || value === null) return null
  if (!Array.isArray(value)) fail('invalid_field', pathOf(source, key), `${show(value)} is no list`)
  return value.map((fields: unknown, index) => {
    const path = `${pathOf(source, key)}[${index}]`
    if (!isRecord(fields)) fail('invalid_field', path, `${show(fields)} is no object`)
    return { fields, path }
  })
}

export function text(source: Source, key: string): string | null {
  const value = source.fields[key]
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return fail('invalid_field', pathOf(source, key), `${show(value)} is no text`)
}

export function flag(source: Source, key: string): boolean | null {
  const value = source.fields[key]
  if (value === undefined || value === null || value === '') return null
  if (value === true || value === 'true' || value === 1 || value === '1') return true
  if (value === false || value === 'false' || value === 0 || value === '0') return false
  return fail('invalid_field', pathOf(source, key), `${show(value)} is neither true nor false`)
}

/** A whole number of things, not negative. */
export function quantity(source: Source, key: string): number | null {
  const spelled = text(source, key)
  if (spelled === null) return null
  if (!/^-?\d+(\.0+)?$/.test(spelled))
    fail('invalid_quantity', pathOf(source, key), `${show(spelled)} is no quantity`)
  const value = Number(spelled)
  if (value < 0) fail('negative_quantity', pathOf(source, key), `${spelled} is negative`)
  if (!Number.isSafeInteger(value)) fail('invalid_quantity', pathOf(source, key), `${spelled} is too large`)
  return value
}

/** Larger ids cannot be JSON numbers; they are folded into this range, always to the same. */
const ID_RANGE = 10n ** 15n

/** Digits of a numeric id or of a global id (gid://shopify/Order/123). */
export function id(source: Source, key: string): string | null {
  const spelled = text(source, key)
  if (spelled === null) return null
  const digits =
    /^(?:gid:\/\/shopify\/\w+\/)?(\d+)(?:\?.*)?$/.exec(spelled)?.[1] ?? exactDigits(source.fields[key])
  if (digits === undefined || BigInt(digits) === 0n)
    fail('invalid_id', pathOf(source, key), `${show(spelled)} is no id`)
  const value = BigInt(digits)
  return String(value > BigInt(Number.MAX_SAFE_INTEGER) ? (value % ID_RANGE) + 1n : value)
}

function exactDigits(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0
    ? BigInt(value).toString()
    : undefined
}

/** ISO text. */
export function time(source: Source, key: string): string | null {
  const spelled = text(source, key)
  if (spelled === null) return null
  const value = Date.parse(spelled)
  if (Number.isNaN(value)) fail('invalid_time', pathOf(source, key), `${show(spelled)} is no time`)
  return new Date(value).toISOString()
}
