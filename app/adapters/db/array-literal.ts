// Postgres' own text of an array. The driver looks through every value for characters to escape, which takes as long as all the rest of sending it.

/** Of values that hold no quote, comma, brace, backslash or white space and are never empty: numbers, uuids, times, names of kinds. */
export function plainArray(values: readonly (string | number | bigint | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`
}
