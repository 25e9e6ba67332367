// Postgres' own text of an array. The driver looks through every value for characters to escape, which takes as long as all the rest of sending it.

/** Of values that hold no quote, comma, brace, backslash or white space and are never empty: numbers, uuids, times, names of kinds. */
export function plainArray(values: readonly (string | number | bigint | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`
}

/** The same, value by value. */
export function plainColumn() {
  const values: Array<string | number | bigint> = []
  return {
    add(value: string | number | bigint | null) {
      values.push(value ?? 'NULL')
    },
    array: () => `{${values.join(',')}}`,
  }
}

/** Of texts without control characters, such as JSON: what JSON then escapes is what an array's text escapes, quote and backslash. */
export function quotedArray(values: readonly string[]): string {
  return `{${values.map((value) => JSON.stringify(value)).join(',')}}`
}
