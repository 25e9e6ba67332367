// Refusals of everything about payouts in the words of the screens.
import type { FieldRefusal, FormOutcome } from '#app/components/form/form-outcome.ts'

interface Refused {
  ok: false
  reason: string
  creators?: readonly string[]
}

/** One that belongs to no field. */
export function refused({ reason, creators }: Refused): FormOutcome {
  const params = { creators: (creators ?? []).join(', ') }
  return { ok: false, fields: { form: { key: `payouts.refused.${reason}`, params } } }
}

/** Those of fields. */
export function refusedFields(
  problems: ReadonlyArray<{ field: string; reason: string }>,
  names: Readonly<Record<string, string>> = {},
): FormOutcome {
  const fields: Record<string, FieldRefusal> = {}
  for (const { field, reason } of problems) fields[names[field] ?? field] ??= `payouts.problem.${reason}`
  return { ok: false, fields }
}

/** Done, or the refusal. */
export function outcomeOf(result: { ok: true } | Refused): FormOutcome {
  return result.ok ? { ok: true } : refused(result)
}

export function textField(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
