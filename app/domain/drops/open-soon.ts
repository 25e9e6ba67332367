// A planned drop, brought forward or put off so that it begins in a moment: for whoever goes live now.
import type { IsoInstant } from '../time/instant.ts'
import type { Act } from './drop.ts'
import { LEAST_LEAD_MS } from './drop-state.ts'

/** Selling begins on the first half minute after that, as people say it to each other. */
const SOON_MS = 120_000
const STEP_MS = 30_000
/** A teaser that would have been earlier is shown as soon as it may be: what the checkout needs, and time for preflight and for putting stock aside. */
const TEASER_IN_MS = LEAST_LEAD_MS + 20_000

/** The same acts with the same distances, the first sale in a little over two minutes. Null: nobody can buy by this timeline. */
export function actsOpeningSoon<Timed extends Pick<Act, 'kind' | 'at'>>(
  acts: readonly Timed[],
  now: IsoInstant,
): Timed[] | null {
  const first =
    acts.find(({ kind }) => kind === 'early_access') ?? acts.find(({ kind }) => kind === 'open') ?? null
  if (!first) return null
  const by = Math.ceil((Date.parse(now) + SOON_MS) / STEP_MS) * STEP_MS - Date.parse(first.at)
  const teaser = Math.ceil((Date.parse(now) + TEASER_IN_MS) / 1000) * 1000
  return acts.map((act) => {
    const at = Date.parse(act.at) + by
    return { ...act, at: new Date(act.kind === 'teaser' ? Math.max(at, teaser) : at).toISOString() }
  })
}
