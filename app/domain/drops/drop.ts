// A drop: one timed sale of a few pieces. Shapes and what each figure may be; times in timeline.ts, steps in drop-state.ts.

import type { IsoInstant } from '../time/instant.ts'
import { isTimeZone } from '../time/instant.ts'

export type DropStatus = 'draft' | 'scheduled' | 'live' | 'held' | 'closed' | 'aborted'
export type ActKind = 'teaser' | 'early_access' | 'open' | 'wave' | 'close' | 'after'
export type ActStatus = 'planned' | 'running' | 'done' | 'failed' | 'skipped'
export type WaveState = 'planned' | 'reserved' | 'released' | 'returned'

/** Kinds in the only order in which they may come. */
export const ACT_KINDS: readonly ActKind[] = ['teaser', 'early_access', 'open', 'wave', 'close', 'after']
/** At these acts units may come out of reserve. */
export const RELEASING_KINDS: readonly ActKind[] = ['early_access', 'open', 'wave']

export interface Drop {
  id: string
  /** [a-z0-9-]{3,40}, unique in the shop. */
  handle: string
  title: string
  status: DropStatus
  /** IANA. */
  timeZone: string
  /** In order of time. */
  acts: Act[]
  /** The first is the hero. */
  offers: Offer[]
  waves: Wave[]
  creatorId: string | null
  agreementId: string | null
  limitPerCustomer: number | null
  earlyAccess: EarlyAccess | null
  /** Off, per piece. */
  price: DropPrice | null
  scarcity: ScarcityRule
  arrival: Arrival | null
  /** What the pieces' pages tell of the creator and this drop. */
  story?: string | null
  /** Optimistic concurrency: one more with every change. */
  revision: number
}

export interface Act {
  id: string
  kind: ActKind
  at: IsoInstant
  status: ActStatus
}

export interface Offer {
  /** Shopify's numeric ids, as text. */
  productId: string
  variantId: string
  inventoryItemId: string
  role: 'hero' | 'offer'
  title: string
}

export interface Wave {
  id: string
  actId: string
  variantId: string
  inventoryItemId: string
  locationId: string
  units: number
  state: WaveState
}

export interface EarlyAccess {
  tags: string[]
  tiers: string[]
  pastBuyers: boolean
  passes: boolean
}

export type DropPrice = { kind: 'percent'; bps: number } | { kind: 'amount'; minor: bigint }

/** Pieces at or below which "low" and "last few" may be said. */
export interface ScarcityRule {
  version: number
  lowAt: number
  lastAt: number
}

export interface Arrival {
  fromDays: number
  toDays: number
  basis: 'in_stock' | 'made_to_order' | 'incoming'
}

/** What a merchant plans: a drop without what only the app knows. */
export type DropPlan = Pick<
  Drop,
  | 'handle'
  | 'title'
  | 'timeZone'
  | 'offers'
  | 'creatorId'
  | 'agreementId'
  | 'limitPerCustomer'
  | 'earlyAccess'
  | 'price'
  | 'scarcity'
  | 'arrival'
  | 'story'
> & { acts: Pick<Act, 'id' | 'kind' | 'at'>[]; waves: Omit<Wave, 'state'>[] }

/** Offers a drop may have: the storefront's config of each product names them all. */
export const MOST_OFFERS = 10
export const MOST_WAVES = 20
const MOST_TITLE = 120
const MOST_STORY = 600
const MOST_UNITS = 100_000
const MOST_LIMIT = 100
const MOST_KEYS = 20
const MOST_KEY_LENGTH = 80
const MOST_DAYS = 365

export type PlanProblem =
  | { reason: 'handle_malformed'; handle: string }
  | { reason: 'title_missing' | 'title_too_long' | 'story_too_long' }
  | { reason: 'time_zone_unknown'; timeZone: string }
  | { reason: 'hero_missing' | 'hero_not_first' | 'too_many_offers' | 'too_many_waves' }
  | { reason: 'offered_twice'; variantId: string }
  | { reason: 'wave_of_nothing_offered'; waveId: string; variantId: string }
  | { reason: 'wave_at_no_such_act' | 'wave_at_wrong_act'; waveId: string; actId: string }
  | { reason: 'wave_twice'; waveId: string }
  | { reason: 'wave_units_out_of_range'; waveId: string; units: number }
  | { reason: 'act_without_wave'; actId: string }
  | { reason: 'limit_out_of_range' }
  | { reason: 'early_access_for_nobody' | 'early_access_without_act' | 'early_act_for_nobody' }
  | { reason: 'early_access_key_malformed'; key: string }
  | { reason: 'price_out_of_range' }
  | { reason: 'scarcity_out_of_range' }
  | { reason: 'arrival_out_of_range' }
  | { reason: 'agreement_without_creator' }

/** What is wrong with the plan apart from its times; empty when nothing is. */
export function planProblems(plan: DropPlan): PlanProblem[] {
  return [
    ...nameProblems(plan),
    ...offerProblems(plan),
    ...waveProblems(plan),
    ...earlyAccessProblems(plan),
    ...figureProblems(plan),
  ]
}

function nameProblems({ handle, title, timeZone, creatorId, agreementId, story }: DropPlan): PlanProblem[] {
  const problems: PlanProblem[] = []
  if (!/^[a-z0-9-]{3,40}$/.test(handle)) problems.push({ reason: 'handle_malformed', handle })
  if (title.trim() === '') problems.push({ reason: 'title_missing' })
  if (title.length > MOST_TITLE) problems.push({ reason: 'title_too_long' })
  if (story && story.length > MOST_STORY) problems.push({ reason: 'story_too_long' })
  if (!isTimeZone(timeZone)) problems.push({ reason: 'time_zone_unknown', timeZone })
  if (agreementId !== null && creatorId === null) problems.push({ reason: 'agreement_without_creator' })
  return problems
}

function offerProblems({ offers }: DropPlan): PlanProblem[] {
  const problems: PlanProblem[] = []
  const heroes = offers.filter((offer) => offer.role === 'hero').length
  if (heroes !== 1) problems.push({ reason: 'hero_missing' })
  else if (offers[0]?.role !== 'hero') problems.push({ reason: 'hero_not_first' })
  if (offers.length > MOST_OFFERS) problems.push({ reason: 'too_many_offers' })
  const seen = new Set<string>()
  for (const { variantId } of offers) {
    if (seen.has(variantId)) problems.push({ reason: 'offered_twice', variantId })
    seen.add(variantId)
  }
  return problems
}

function waveProblems({ waves, acts, offers }: DropPlan): PlanProblem[] {
  const problems: PlanProblem[] = []
  if (waves.length > MOST_WAVES) problems.push({ reason: 'too_many_waves' })
  const seen = new Set<string>()
  for (const wave of waves) {
    const { id: waveId, actId, variantId, units } = wave
    const offered = offers.some(
      (offer) => offer.variantId === variantId && offer.inventoryItemId === wave.inventoryItemId,
    )
    if (!offered) problems.push({ reason: 'wave_of_nothing_offered', waveId, variantId })
    const act = acts.find(({ id }) => id === actId)
    if (!act) problems.push({ reason: 'wave_at_no_such_act', waveId, actId })
    else if (!RELEASING_KINDS.includes(act.kind))
      problems.push({ reason: 'wave_at_wrong_act', waveId, actId })
    if (!Number.isInteger(units) || units < 1 || units > MOST_UNITS)
      problems.push({ reason: 'wave_units_out_of_range', waveId, units })
    const key = `${actId}/${variantId}/${wave.locationId}`
    if (seen.has(key)) problems.push({ reason: 'wave_twice', waveId })
    seen.add(key)
  }
  // A restock without units would be announced and be nothing.
  for (const act of acts)
    if (act.kind === 'wave' && !waves.some(({ actId }) => actId === act.id))
      problems.push({ reason: 'act_without_wave', actId: act.id })
  return problems
}

function earlyAccessProblems({ earlyAccess, acts }: DropPlan): PlanProblem[] {
  const hasAct = acts.some(({ kind }) => kind === 'early_access')
  if (earlyAccess === null) return hasAct ? [{ reason: 'early_act_for_nobody' }] : []
  const { tags, tiers, pastBuyers, passes } = earlyAccess
  const problems: PlanProblem[] = []
  if (!hasAct) problems.push({ reason: 'early_access_without_act' })
  if (tags.length + tiers.length === 0 && !pastBuyers && !passes)
    problems.push({ reason: 'early_access_for_nobody' })
  const keys = [...tags, ...tiers]
  for (const key of keys)
    if (key.trim() === '' || key.length > MOST_KEY_LENGTH || key.includes(','))
      problems.push({ reason: 'early_access_key_malformed', key })
  if (tags.length > MOST_KEYS || tiers.length > MOST_KEYS)
    problems.push({ reason: 'early_access_key_malformed', key: `${keys.length}` })
  return problems
}

function figureProblems({ limitPerCustomer, price, scarcity, arrival }: DropPlan): PlanProblem[] {
  const problems: PlanProblem[] = []
  if (limitPerCustomer !== null && !isCount(limitPerCustomer, 1, MOST_LIMIT))
    problems.push({ reason: 'limit_out_of_range' })
  if (price && !(price.kind === 'percent' ? isCount(price.bps, 1, 9_999) : price.minor > 0n))
    problems.push({ reason: 'price_out_of_range' })
  const { version, lowAt, lastAt } = scarcity
  if (!isCount(version, 1, MOST_UNITS) || !isCount(lowAt, 0, MOST_UNITS) || !isCount(lastAt, 0, lowAt))
    problems.push({ reason: 'scarcity_out_of_range' })
  if (
    arrival &&
    !(isCount(arrival.fromDays, 0, MOST_DAYS) && isCount(arrival.toDays, arrival.fromDays, MOST_DAYS))
  )
    problems.push({ reason: 'arrival_out_of_range' })
  return problems
}

function isCount(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

/** Problems that a draft may have for now: something is still to be added. The others are refused as soon as they are typed. */
const INCOMPLETE: ReadonlySet<string> = new Set([
  'hero_missing',
  'title_missing',
  'act_without_wave',
  'early_access_without_act',
  'early_act_for_nobody',
  'early_access_for_nobody',
  'open_missing',
  'close_missing',
])

export function isIncomplete({ reason }: { reason: string }): boolean {
  return INCOMPLETE.has(reason)
}

/** The one act of its kind; undefined when the timeline has none. Not for waves, of which there are several. */
export function actOf<Kinded extends Pick<Act, 'kind'>>(
  acts: readonly Kinded[],
  kind: Exclude<ActKind, 'wave'>,
): Kinded | undefined {
  return acts.find((act) => act.kind === kind)
}
