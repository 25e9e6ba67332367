// A drop's plan as a merchant types it: times as the shop's clock shows them, pieces by variant. Read into a plan, or refused place by place.
import {
  type ActKind,
  type DropPlan,
  type EarlyAccess,
  isIncomplete,
  type Offer,
  type PlanProblem,
  planProblems,
} from './drop.ts'
import { checkScarcityRule, type RuleRefusal } from './scarcity.ts'
import { type LocalDateTime, readLocalTime, type TimelineProblem, timelineProblems } from './timeline.ts'

export interface TypedAct {
  id: string
  kind: ActKind
  local: LocalDateTime
}

export interface TypedWave {
  id: string
  actId: string
  variantId: string
  locationId: string
  units: number
}

export interface TypedPlan {
  handle: string
  title: string
  creatorId: string | null
  agreementId: string | null
  /** NaN stands for what is no number. */
  limitPerCustomer: number | null
  earlyAccess: EarlyAccess | null
  price: DropPlan['price'] | 'malformed'
  scarcity: { version: number; lowAt: number; lastAt: number }
  arrival: DropPlan['arrival']
  story: string | null
  acts: TypedAct[]
  /** In their order: the first is the hero. */
  variantIds: string[]
  waves: TypedWave[]
}

export type TypedProblem =
  | PlanProblem
  | TimelineProblem
  | { reason: 'act_time_missing'; actId: string; before: LocalDateTime; after: LocalDateTime }
  | { reason: 'variant_unknown'; variantId: string }
  | { reason: 'wave_without_piece' | 'wave_without_location'; waveId: string }
  | { reason: RuleRefusal }

/** What Shopify says of a variant. */
export type KnownPiece = Pick<Offer, 'productId' | 'variantId' | 'inventoryItemId' | 'title'>

export type ReadPlan =
  /** `unfinished`: a draft may be kept so, but not scheduled. */
  { ok: true; plan: DropPlan; unfinished: TypedProblem[] } | { ok: false; problems: TypedProblem[] }

const NUMERIC_ID = /^[1-9]\d{0,17}$/

export function readTypedPlan(
  typed: TypedPlan,
  timeZone: string,
  pieces: ReadonlyMap<string, KnownPiece>,
): ReadPlan {
  const problems: TypedProblem[] = []
  const acts = typed.acts.flatMap((act) => {
    const { id, kind, local } = act
    const read = readLocalTime(local, timeZone)
    if (read.ok) return [{ id, kind, at: read.at }]
    const problem = timeProblem(id, read)
    if (problem) problems.push(problem)
    return []
  })
  const offers = typed.variantIds.flatMap((variantId, index): Offer[] => {
    const piece = pieces.get(variantId)
    if (piece) return [{ ...piece, role: index === 0 ? 'hero' : 'offer' }]
    problems.push({ reason: 'variant_unknown', variantId })
    return []
  })
  const waves = typed.waves.flatMap((wave) => {
    if (!NUMERIC_ID.test(wave.variantId)) problems.push({ reason: 'wave_without_piece', waveId: wave.id })
    else if (!NUMERIC_ID.test(wave.locationId))
      problems.push({ reason: 'wave_without_location', waveId: wave.id })
    else return [{ ...wave, inventoryItemId: pieces.get(wave.variantId)?.inventoryItemId ?? '' }]
    return []
  })
  const { price } = typed
  if (price === 'malformed') problems.push({ reason: 'price_out_of_range' })
  const rule = checkScarcityRule(typed.scarcity, Number.POSITIVE_INFINITY)
  if (!rule.ok) problems.push({ reason: rule.reason })
  const plan: DropPlan = {
    handle: typed.handle,
    title: typed.title.trim(),
    timeZone,
    acts,
    offers,
    waves,
    creatorId: typed.creatorId,
    agreementId: typed.agreementId,
    limitPerCustomer: typed.limitPerCustomer,
    earlyAccess: typed.earlyAccess,
    price: price === 'malformed' ? null : price,
    scarcity: typed.scarcity,
    arrival: typed.arrival,
    story: typed.story,
  }
  const found = [...problems, ...planProblems(plan), ...timelineProblems(acts, timeZone)]
  // An act whose time cannot be read is not missing.
  const standing = found.filter((problem) => !isEcho(problem, typed, problems))
  const unfinished = standing.filter(isIncomplete)
  return standing.length > unfinished.length
    ? { ok: false, problems: standing }
    : { ok: true, plan, unfinished }
}

type UnreadTime = Extract<ReturnType<typeof readLocalTime>, { ok: false }>

function timeProblem(actId: string, read: UnreadTime): TypedProblem | null {
  switch (read.reason) {
    case 'time_missing':
      return { reason: 'act_time_missing', actId, before: read.before, after: read.after }
    case 'time_repeated':
      return { reason: 'act_time_repeated', actId, earlier: read.earlier, later: read.later }
    case 'time_malformed':
      return { reason: 'act_time_malformed', actId }
    // Said once, of the plan.
    case 'time_zone_unknown':
      return null
  }
}

/** What follows from another problem only, and would send somebody to the wrong field. */
function isEcho(problem: TypedProblem, typed: TypedPlan, found: readonly TypedProblem[]): boolean {
  switch (problem.reason) {
    case 'open_missing':
    case 'close_missing':
      return typed.acts.some(({ kind }) => `${kind}_missing` === problem.reason)
    case 'early_access_without_act':
      return typed.acts.some(({ kind }) => kind === 'early_access')
    case 'wave_at_no_such_act':
      return typed.acts.some(({ id }) => id === problem.actId)
    case 'act_without_wave':
      return typed.waves.some(({ actId }) => actId === problem.actId)
    case 'hero_missing':
      return typed.variantIds.length > 0
    case 'wave_of_nothing_offered':
      return found.some((one) => one.reason === 'variant_unknown' && one.variantId === problem.variantId)
    case 'scarcity_out_of_range':
      return !checkScarcityRule(typed.scarcity, Number.POSITIVE_INFINITY).ok
    default:
      return false
  }
}
