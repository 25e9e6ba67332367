// Refusals of the creator's form in the words of its fields.
import type { FormOutcome } from '#app/components/form/form-outcome.ts'

/** `channels` is marked along with any of its parts, so that a change to the list clears them all. */
export function refusedFields(problems: Array<{ field: string; reason: string }>): FormOutcome {
  const fields: Record<string, string> = {}
  for (const { field, reason } of problems) {
    if (field.startsWith('channels.')) fields.channels = `creators.problem.${reason}`
    fields[field] ??= `creators.problem.${reason}`
  }
  return { ok: false, fields }
}

/** The JSON of a field that carries a list; null when it is none. */
export function jsonField(form: FormData, name: string): unknown {
  const text = form.get(name)
  if (typeof text !== 'string') return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A text field; empty when it is missing or a file. */
export function textField(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
