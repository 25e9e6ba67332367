// What may be done with a drop, and what follows from it: the same answer previews a press and carries it out.
import { compareInstants, type IsoInstant } from '../time/instant.ts'
import { type Act, actOf, type Drop, type DropStatus, type PlanProblem, planProblems } from './drop.ts'
import {
  FURTHEST_MS,
  inOrder,
  LONGEST_MS,
  localOf,
  readLocalTime,
  type TimelineProblem,
  timelineProblems,
} from './timeline.ts'

/** A drop with what a hold remembers. */
export interface DropStanding extends Drop {
  held: { at: IsoInstant; from: 'scheduled' | 'live' } | null
}

export type Press =
  | { kind: 'schedule' }
  /** Back to a draft, to plan anew; only before anything was sold. */
  | { kind: 'unschedule' }
  | { kind: 'hold' }
  /** With `shift`, what is still ahead moves by as long as the drop was held. */
  | { kind: 'resume'; shift: boolean }
  | { kind: 'extend'; closeAt: IsoInstant }
  | { kind: 'abort' }

/** Shopify's copy of the checkout's rules follows a change within about this long. */
export const CHECKOUT_FOLLOWS_MS = 60_000
/** So far ahead the first act must be: by then the checkout has its window, and a piece that is put on show cannot be bought before it. */
export const LEAST_LEAD_MS = 60_000

export type Consequence =
  /** Nobody can buy any more: on the storefront at once, at the checkout by then. */
  | { kind: 'selling_stops'; checkoutBy: IsoInstant }
  | { kind: 'selling_goes_on'; checkoutBy: IsoInstant }
  /** Pieces leave the online store; those that were there before the drop stay. */
  | { kind: 'pieces_unpublished'; variantIds: string[] }
  | { kind: 'stock_reserved' | 'stock_stays_reserved' | 'stock_returns'; waves: StockOfWave[] }
  | { kind: 'acts_wait' | 'acts_skipped' | 'acts_run_at_once' | 'acts_run'; acts: ActRef[] }
  | { kind: 'act_moves'; act: ActRef; to: IsoInstant }
  /** What shoppers were told of the end is not true any more: said openly, and checked by the claim log. */
  | { kind: 'told_end_changes'; from: IsoInstant; to: IsoInstant }
  /** While it is held, the close waits too; without a new end this is when the hold cannot be undone any more. */
  | { kind: 'hold_ends_with'; closeAt: IsoInstant }
  | { kind: 'price_ends'; at: IsoInstant }
  | { kind: 'orders_stay' }
  | { kind: 'final' }

export interface StockOfWave {
  waveId: string
  variantId: string
  locationId: string
  units: number
}
export type ActRef = Pick<Act, 'id' | 'kind' | 'at'>

export type PressRefusal =
  | { reason: `drop_is_${DropStatus}` }
  | { reason: 'plan_incomplete'; problems: Array<PlanProblem | TimelineProblem> }
  | { reason: 'act_has_passed'; act: ActRef }
  | { reason: 'too_soon' | 'too_far'; limit: IsoInstant }
  | { reason: 'selling_has_begun' }
  | { reason: 'close_has_passed'; closeAt: IsoInstant }
  | { reason: 'close_not_later'; closeAt: IsoInstant }
  | { reason: 'close_not_on_a_second' }
  | { reason: 'drop_too_long'; latest: IsoInstant }
  | { reason: 'time_repeated'; act: ActRef; at: IsoInstant }

export type Pressed =
  /** `changed` is false when it stands so already: a second click asks for nothing new. */
  | {
      ok: true
      changed: boolean
      status: DropStatus
      held: DropStanding['held']
      acts: Act[]
      consequences: Consequence[]
    }
  | ({ ok: false } & PressRefusal)

const ENDS: Record<Press['kind'], DropStatus[]> = {
  schedule: ['scheduled'],
  unschedule: ['draft'],
  hold: ['held'],
  resume: [],
  extend: [],
  abort: ['aborted'],
}
const FROM: Record<Press['kind'], DropStatus[]> = {
  schedule: ['draft'],
  unschedule: ['scheduled'],
  hold: ['scheduled', 'live'],
  resume: ['held'],
  extend: ['scheduled', 'live', 'held'],
  abort: ['scheduled', 'live', 'held'],
}

/** Presses that the drop's state allows now, whatever the clock says of the details. */
export function pressesOf(status: DropStatus): Array<Press['kind']> {
  return (Object.keys(FROM) as Array<Press['kind']>).filter((kind) => FROM[kind].includes(status))
}

export function pressDrop(drop: DropStanding, press: Press, now: IsoInstant): Pressed {
  if (ENDS[press.kind].includes(drop.status)) return unchanged(drop)
  if (!FROM[press.kind].includes(drop.status)) return { ok: false, reason: `drop_is_${drop.status}` }
  switch (press.kind) {
    case 'schedule':
      return schedule(drop, now)
    case 'unschedule':
      return unschedule(drop, now)
    case 'hold':
      return hold(drop, now)
    case 'resume':
      return resume(drop, press.shift, now)
    case 'extend':
      return extend(drop, press.closeAt, now)
    case 'abort':
      return abort(drop, now)
  }
}

function unchanged(drop: DropStanding): Pressed {
  return { ok: true, changed: false, status: drop.status, held: drop.held, acts: drop.acts, consequences: [] }
}

function schedule(drop: DropStanding, now: IsoInstant): Pressed {
  const problems = [...planProblems(drop), ...timelineProblems(drop.acts, drop.timeZone)]
  if (problems.length > 0) return { ok: false, reason: 'plan_incomplete', problems }
  const acts = inOrder(drop.acts).map((act): Act => ({ ...act, status: 'planned' }))
  const passed = acts.find(({ at }) => compareInstants(at, now) < 0)
  if (passed) return { ok: false, reason: 'act_has_passed', act: refOf(passed) }
  const [first] = acts
  const soonest = after(now, LEAST_LEAD_MS)
  if (first && compareInstants(first.at, soonest) < 0)
    return { ok: false, reason: 'too_soon', limit: soonest }
  const furthest = after(now, FURTHEST_MS)
  if (acts.some(({ at }) => compareInstants(at, furthest) > 0))
    return { ok: false, reason: 'too_far', limit: furthest }
  return {
    ok: true,
    changed: true,
    status: 'scheduled',
    held: null,
    acts,
    consequences: [
      ...stock('stock_reserved', drop, ['planned']),
      { kind: 'acts_run', acts: acts.map(refOf) },
    ],
  }
}

function unschedule(drop: DropStanding, now: IsoInstant): Pressed {
  if (sellingHasBegun(drop, now)) return { ok: false, reason: 'selling_has_begun' }
  return {
    ok: true,
    changed: true,
    status: 'draft',
    held: null,
    // A teaser that ran is taken back with its listing, and runs again.
    acts: drop.acts.map((act) => ({ ...act, status: 'planned' })),
    consequences: [
      ...stock('stock_returns', drop, ['reserved']),
      { kind: 'pieces_unpublished', variantIds: variantsOf(drop) },
    ],
  }
}

function hold(drop: DropStanding, now: IsoInstant): Pressed {
  const from = drop.status === 'live' ? 'live' : 'scheduled'
  const closeAt = actOf(drop.acts, 'close')?.at
  if (closeAt && compareInstants(closeAt, now) <= 0) return { ok: false, reason: 'close_has_passed', closeAt }
  return {
    ok: true,
    changed: true,
    status: 'held',
    held: { at: now, from },
    acts: drop.acts,
    consequences: [
      { kind: 'selling_stops', checkoutBy: after(now, CHECKOUT_FOLLOWS_MS) },
      ...stock('stock_stays_reserved', drop, ['reserved']),
      { kind: 'acts_wait', acts: waiting(drop).map(refOf) },
      ...(closeAt ? [{ kind: 'hold_ends_with' as const, closeAt }] : []),
      { kind: 'orders_stay' },
    ],
  }
}

function resume(drop: DropStanding, shift: boolean, now: IsoInstant): Pressed {
  const held = drop.held ?? { at: now, from: 'scheduled' as const }
  const close = actOf(drop.acts, 'close')
  if (!shift && close && compareInstants(close.at, now) <= 0)
    return { ok: false, reason: 'close_has_passed', closeAt: close.at }
  const by = shift ? wholeSeconds(Date.parse(now) - Date.parse(held.at)) : 0
  const moved =
    by === 0 ? drop.acts : drop.acts.map((act) => (isOpen(act) ? { ...act, at: after(act.at, by) } : act))
  const refusal = refuseTimes(drop, moved)
  if (refusal) return refusal
  const overdue = moved.filter((act) => isOpen(act) && compareInstants(act.at, now) <= 0)
  const ahead = moved.filter((act) => isOpen(act) && compareInstants(act.at, now) > 0)
  return {
    ok: true,
    changed: true,
    status: held.from,
    held: null,
    acts: inOrder(moved),
    consequences: [
      ...(overdue.length > 0 ? [{ kind: 'acts_run_at_once' as const, acts: overdue.map(refOf) }] : []),
      ...moves(drop, moved),
      { kind: 'acts_run', acts: ahead.map(refOf) },
      { kind: 'selling_goes_on', checkoutBy: after(now, CHECKOUT_FOLLOWS_MS) },
    ],
  }
}

function extend(drop: DropStanding, closeAt: IsoInstant, now: IsoInstant): Pressed {
  const close = actOf(drop.acts, 'close')
  if (!close) return { ok: false, reason: 'plan_incomplete', problems: [{ reason: 'close_missing' }] }
  // While it is held nothing has ended: a new close is what brings a hold back that outlasted the old one.
  const isOver = !isOpen(close) || (drop.status !== 'held' && compareInstants(close.at, now) <= 0)
  if (isOver) return { ok: false, reason: 'close_has_passed', closeAt: close.at }
  if (Date.parse(closeAt) % 1000 !== 0) return { ok: false, reason: 'close_not_on_a_second' }
  if (compareInstants(closeAt, close.at) <= 0 || compareInstants(closeAt, now) <= 0)
    return { ok: false, reason: 'close_not_later', closeAt: close.at }
  const by = Date.parse(closeAt) - Date.parse(close.at)
  // What comes after the close keeps its distance.
  const moved = drop.acts.map((act) =>
    act.kind === 'close' || (act.kind === 'after' && isOpen(act)) ? { ...act, at: after(act.at, by) } : act,
  )
  const refusal = refuseTimes(drop, moved)
  if (refusal) return refusal
  return {
    ok: true,
    changed: true,
    status: drop.status,
    held: drop.held,
    acts: inOrder(moved),
    consequences: moves(drop, moved),
  }
}

function abort(drop: DropStanding, now: IsoInstant): Pressed {
  const open = waiting(drop)
  return {
    ok: true,
    changed: true,
    status: 'aborted',
    held: null,
    acts: drop.acts.map((act) => (isOpen(act) ? { ...act, status: 'skipped' } : act)),
    consequences: [
      { kind: 'selling_stops', checkoutBy: after(now, CHECKOUT_FOLLOWS_MS) },
      { kind: 'pieces_unpublished', variantIds: variantsOf(drop) },
      ...stock('stock_returns', drop, ['reserved']),
      { kind: 'acts_skipped', acts: open.map(refOf) },
      ...(drop.price ? [{ kind: 'price_ends' as const, at: now }] : []),
      { kind: 'orders_stay' },
      { kind: 'final' },
    ],
  }
}

/** Whether anybody may have bought in this drop by now. */
export function sellingHasBegun(drop: Pick<Drop, 'acts' | 'status'>, now: IsoInstant): boolean {
  if (drop.status === 'draft') return false
  return drop.acts.some(
    (act) => (act.kind === 'early_access' || act.kind === 'open') && compareInstants(act.at, now) <= 0,
  )
}

/** What an executed act makes of the drop: sales begin with the first act that lets anybody buy, and end with the close. */
export function statusAfterAct(status: DropStatus, kind: Act['kind']): DropStatus {
  if (status === 'scheduled' && (kind === 'early_access' || kind === 'open' || kind === 'wave')) return 'live'
  if ((status === 'scheduled' || status === 'live') && kind === 'close') return 'closed'
  return status
}

function refuseTimes(drop: DropStanding, moved: readonly Act[]): Pressed | null {
  for (const act of moved) {
    const before = drop.acts.find(({ id }) => id === act.id)
    if (!before || before.at === act.at) continue
    const read = readLocalTime(localOf(act.at, drop.timeZone), drop.timeZone)
    if (!read.ok) return { ok: false, reason: 'time_repeated', act: refOf(before), at: act.at }
  }
  const first = actOf(moved, 'early_access') ?? actOf(moved, 'open')
  const close = actOf(moved, 'close')
  if (!first || !close) return null
  const latest = after(first.at, LONGEST_MS)
  return compareInstants(close.at, latest) > 0 ? { ok: false, reason: 'drop_too_long', latest } : null
}

function moves({ acts: before, price }: Drop, moved: readonly Act[]): Consequence[] {
  return moved.flatMap((act): Consequence[] => {
    const old = before.find(({ id }) => id === act.id)
    if (!old || old.at === act.at) return []
    const move: Consequence = { kind: 'act_moves', act: refOf(old), to: act.at }
    if (act.kind !== 'close') return [move]
    return [
      move,
      { kind: 'told_end_changes', from: old.at, to: act.at },
      ...(price ? [{ kind: 'price_ends' as const, at: act.at }] : []),
    ]
  })
}

function stock(
  kind: 'stock_reserved' | 'stock_stays_reserved' | 'stock_returns',
  { waves }: Drop,
  states: string[],
): Consequence[] {
  const found = waves.filter(({ state }) => states.includes(state))
  if (found.length === 0) return []
  const told = found.map(({ id: waveId, variantId, locationId, units }) => ({
    waveId,
    variantId,
    locationId,
    units,
  }))
  return [{ kind, waves: told }]
}

function waiting({ acts }: Drop): Act[] {
  return inOrder(acts.filter(isOpen))
}

function isOpen({ status }: Act): boolean {
  return status === 'planned' || status === 'running'
}

function refOf({ id, kind, at }: Act): ActRef {
  return { id, kind, at }
}

function variantsOf({ offers }: Drop): string[] {
  return offers.map(({ variantId }) => variantId)
}

function after(at: IsoInstant, ms: number): IsoInstant {
  return new Date(Date.parse(at) + ms).toISOString()
}

function wholeSeconds(ms: number): number {
  return Math.ceil(ms / 1000) * 1000
}
