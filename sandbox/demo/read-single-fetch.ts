// Reads what the app's pages answer to a data request: one JSON array in which objects, arrays and texts refer to each other by index.
// Only what has arrived at once is read; values that the server streams later come out as undefined.

const HOLE = -1
const NOT_A_NUMBER = -2
const NULL = -5

/** The value of the answer's first line. Errors: throws when the text is no such answer. */
export function readSingleFetch(text: string): unknown {
  const line = text.split('\n', 1)[0] ?? ''
  const flat: unknown = JSON.parse(line)
  if (typeof flat === 'number') return special(flat)
  if (!Array.isArray(flat)) throw new Error('not the answer of a data request')
  const known = new Map<number, unknown>()

  function at(index: number): unknown {
    if (index < 0) return special(index)
    if (known.has(index)) return known.get(index)
    const value: unknown = Array.isArray(flat) ? flat[index] : undefined
    if (Array.isArray(value)) return readArray(index, value)
    if (typeof value === 'object' && value !== null) return readObject(index, value)
    known.set(index, value)
    return value
  }

  function readArray(index: number, value: unknown[]): unknown {
    const [tag, ...rest] = value
    if (typeof tag !== 'string') {
      const items: unknown[] = []
      known.set(index, items)
      for (const item of value) items.push(at(Number(item)))
      return items
    }
    if (tag === 'D') return new Date(Number(rest[0]))
    if (tag === 'B') return BigInt(String(rest[0]))
    if (tag === 'E') return new Error(String(rest[0]))
    // Redirects and the like: named by their tag.
    return { [tag]: rest.map((item) => (typeof item === 'number' ? at(item) : item)) }
  }

  function readObject(index: number, value: object): unknown {
    const object: Record<string, unknown> = {}
    known.set(index, object)
    for (const [key, place] of Object.entries(value)) {
      object[String(at(Number(key.slice(1))))] = at(Number(place))
    }
    return object
  }

  return at(0)
}

/** Negative indexes stand for values that JSON lacks; none of the app's answers carries an infinity. */
function special(code: number): unknown {
  if (code === NULL) return null
  if (code === NOT_A_NUMBER) return Number.NaN
  if (code === HOLE) return undefined
  return code === -4 ? -0 : undefined
}
