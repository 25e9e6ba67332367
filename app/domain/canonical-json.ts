/**
 * The one JSON text of a value: keys sorted by code unit, no white space, bigints as decimal strings, undefined members dropped.
 * Two values that mean the same give the same bytes, also after a trip through jsonb. Throws on what JSON cannot carry exactly.
 */
export function canonicalJson(value: unknown): string {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'bigint':
      return `"${value}"`
    case 'number':
      // Whole numbers only: amounts never come as numbers, and fractions do not survive every JSON parser.
      if (!Number.isSafeInteger(value))
        throw new TypeError(`canonical JSON carries whole numbers only, not ${value}`)
      return Object.is(value, -0) ? '0' : String(value)
    case 'object':
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value)
    default:
      throw new TypeError(`canonical JSON cannot carry a ${typeof value}`)
  }
}

/** Of these JSON escapes nothing, which is looked up faster than it is done. */
const PLAIN = /^[ !#-[\]-~]*$/

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)
}

function canonicalArray(values: readonly unknown[]): string {
  return `[${values.map((item) => (item === undefined ? 'null' : canonicalJson(item))).join(',')}]`
}

function canonicalObject(value: object): string {
  const prototype = Object.getPrototypeOf(value)
  // A Date or a Map would silently become {} here.
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError('canonical JSON carries plain objects only')
  const members = value as Record<string, unknown>
  let text = ''
  // Without a comparison of its own sort() goes by code unit.
  for (const key of Object.keys(members).sort()) {
    const member = members[key]
    if (member !== undefined) text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}
