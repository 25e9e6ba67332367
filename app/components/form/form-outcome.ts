/** What a form's action answers. Fields map to message keys, so that refusals are said in the reader's language. */
export type FormOutcome =
  | { ok: true }
  | {
      ok: false
      fields: Record<string, FieldRefusal>
      summary?: string
      /** Someone else saved meanwhile: the form shows their values wherever the person has not edited. */
      stale?: true
    }

/** A message key, with its parameters when it has some. */
export type FieldRefusal = string | { key: string; params: Record<string, string | number> }

export function refusalText(
  refusal: FieldRefusal | undefined,
  translate: (key: string, params?: Record<string, string | number>) => string,
): string | undefined {
  if (refusal === undefined) return undefined
  return typeof refusal === 'string' ? translate(refusal) : translate(refusal.key, refusal.params)
}
