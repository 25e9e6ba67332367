// What moves with what in the editor of a timeline.
import type { ActKind } from '#app/domain/drops/drop.ts'
import { localOf, readLocalTime } from '#app/domain/drops/timeline.ts'
import type { TypedAct } from '#app/domain/drops/typed-plan.ts'

/** The instant that a typed time means; null while it means none. */
export function instantOf(local: string, timeZone: string): string | null {
  const read = readLocalTime(local, timeZone)
  return read.ok ? read.at : null
}

/** The acts with one of them at another time; with `together`, all others keep their distance from it. */
export function withActAt(
  acts: readonly TypedAct[],
  change: { id: string; local: string; from: string | null; together: boolean },
  timeZone: string,
): TypedAct[] {
  const { id, local, from, together } = change
  const to = instantOf(local, timeZone)
  const byMs = together && from && to ? Date.parse(to) - Date.parse(from) : 0
  return acts.map((act) => {
    if (act.id === id) return { ...act, local }
    const at = byMs === 0 ? null : instantOf(act.local, timeZone)
    return at ? { ...act, local: localOf(new Date(Date.parse(at) + byMs).toISOString(), timeZone) } : act
  })
}

const MINUTE = 60_000
/** Where a new act is put: so long after another one. */
const BESIDE: Record<ActKind, Array<[beside: ActKind, ms: number]>> = {
  teaser: [
    ['early_access', -24 * 60 * MINUTE],
    ['open', -24 * 60 * MINUTE],
  ],
  early_access: [['open', -10 * MINUTE]],
  open: [['close', -20 * MINUTE]],
  wave: [
    ['wave', 6 * MINUTE],
    ['open', 6 * MINUTE],
  ],
  close: [['open', 20 * MINUTE]],
  after: [['close', 60 * MINUTE]],
}

/** A time for another act of the kind, beside those that stand. */
export function proposedTime(kind: ActKind, acts: readonly TypedAct[], timeZone: string): string {
  for (const [beside, ms] of BESIDE[kind]) {
    const found = acts.filter((act) => act.kind === beside).at(-1)
    const at = found && instantOf(found.local, timeZone)
    if (at) return localOf(new Date(Date.parse(at) + ms).toISOString(), timeZone)
  }
  return acts[0]?.local ?? ''
}

/** What the clock shows so much later. */
export function localAfter(at: string, ms: number, timeZone: string): string {
  return localOf(new Date(Date.parse(at) + ms).toISOString(), timeZone)
}
