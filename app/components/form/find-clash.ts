import type { FormValues } from './form-values.ts'

export interface FieldConflict {
  name: string
  mine: unknown
  theirs: unknown
}

/** What two people did to one record at the same time. */
export interface Clash {
  /** Edited by both, differently: one of the two values must win. */
  conflicts: FieldConflict[]
  /** Edited by the other one alone. */
  followed: string[]
}

/** `before`: what both began with; `shown`: what stands in the form; `stored`: what the other one saved. */
export function findClash(shown: FormValues, before: FormValues, stored: FormValues): Clash {
  const conflicts: FieldConflict[] = []
  const followed: string[] = []
  for (const [name, theirs] of Object.entries(stored)) {
    const mine = shown[name]
    if (isSame(theirs, before[name]) || isSame(theirs, mine)) continue
    if (isSame(mine, before[name])) followed.push(name)
    else conflicts.push({ name, mine, theirs })
  }
  return { conflicts, followed }
}

export function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
