/** A named outcome: what was asked for cannot be done. Nothing was changed. */
export interface Refusal<Reason extends string = string> {
  ok: false
  reason: Reason
  /** One sentence for a person; names the field or the noun. */
  message: string
}

export function refuse<Reason extends string>(reason: Reason, message: string): Refusal<Reason> {
  return { ok: false, reason, message }
}
