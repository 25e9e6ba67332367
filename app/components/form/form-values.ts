/** The state of a form: texts and switches by field name; anything richer travels as JSON. */
export type FormValues = Record<string, unknown>

export function isDirty(values: FormValues, initial: FormValues): boolean {
  return JSON.stringify(sorted(values)) !== JSON.stringify(sorted(initial))
}

/**
 * What is stored now, with the fields on top that were edited since `before`. The rest follows what is stored: a revision
 * that saving made, or what somebody else saved meanwhile.
 */
export function withEdits<Values extends FormValues>(shown: Values, before: Values, stored: Values): Values {
  const edited = Object.entries(shown).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  )
  return { ...stored, ...Object.fromEntries(edited) }
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
