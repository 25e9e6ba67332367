/** The state of a form: texts and switches by field name; anything richer travels as JSON. */
export type FormValues = Record<string, unknown>

export function isDirty(values: FormValues, initial: FormValues): boolean {
  return JSON.stringify(sorted(values)) !== JSON.stringify(sorted(initial))
}

/** Texts as they are, switches as "true" or "false", richer values as JSON. Undefined is left out. */
export function toFormData(values: FormValues): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue
    data.set(name, typeof value === 'string' ? value : JSON.stringify(value))
  }
  return data
}

function sorted(values: FormValues): Array<[string, unknown]> {
  return Object.entries(values).sort(([left], [right]) => (left < right ? -1 : 1))
}
