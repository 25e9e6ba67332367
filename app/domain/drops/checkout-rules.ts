// What the checkout's functions are given: windows as the shop's clock shows them, in a fixed number of slots, and per drop the rules that name
// those slots. Built from the drops alone, written in one piece, and refused rather than cut when it does not fit.
import { toDecimalText } from '../money/format-amount.ts'
import { compareInstants, type IsoInstant } from '../time/instant.ts'
import type { Drop } from './drop.ts'
import { type LocalDateTime, localOf, offsetTimeOf, readLocalTime, sellingWindow } from './timeline.ts'

/** Comparisons with the shop's clock that the functions' input queries have room for. */
export const SLOT_COUNT = 8
/** A window stands in its slot at least so long before it begins: Shopify's copy follows a change within a minute or so. */
export const LOAD_AHEAD_MS = 5 * 60_000
/** Shopify does not give functions a larger metafield value. */
export const MOST_METAFIELD_BYTES = 10_000
/** Shopify refuses longer lists as arguments of an input query. */
export const MOST_TAGS = 100

const NEVER: LocalDateTime = '1970-01-01T00:00:00'

export type CheckoutDrop = Pick<
  Drop,
  'handle' | 'title' | 'status' | 'acts' | 'offers' | 'limitPerCustomer' | 'earlyAccess' | 'price'
>

/** More off for customers of a tier, in the windows of a drop. */
export interface Perk {
  dropHandle: string
  tiers: string[]
  bps: number
}

export interface CheckoutInput {
  drops: readonly CheckoutDrop[]
  /** Drops that are over, with the products that may still be in the online store because of them: known, and never open. */
  shut?: ReadonlyArray<Pick<CheckoutDrop, 'handle' | 'title' | 'acts'> & { products: string[] }>
  perks?: readonly Perk[]
  /** The shop's own zone, IANA: Shopify compares in no other. */
  timeZone: string
  currency: string
  /** Key of the shop's passes, hex. */
  passKey: string
  /** Numbers of passes that were taken back, by the drop's handle. */
  revoked?: ReadonlyMap<string, readonly string[]>
  now: IsoInstant
  /** The rules that stand in Shopify now, as they were written: windows keep their slots. null: none yet. */
  loaded: CheckoutRules | null
}

type WindowKind = 'early' | 'open'

export interface CheckoutRule {
  id: string
  title: string
  products: string[]
  early: number | null
  open: number | null
  from: string
  to: string
  earlyFrom: number | null
  held?: true
  tags?: string[]
  tiers?: string[]
  past?: true
  pass?: true
  revoked?: string[]
  limit?: number
}

/** Value of the validation's metafield `$app:rules`. */
export interface CheckoutRules {
  v: 1
  drops: CheckoutRule[]
  passKey?: string
}

/** Value of `$app:prices` of the discount. */
export interface CheckoutPrice {
  drop: string
  title: string
  products: string[]
  slots: number[]
  tiers?: string[]
  bps?: number
  /** Decimal in the shop's currency, off each piece. */
  amount?: string
}

export type SlotTimes = Record<string, LocalDateTime>

export interface CheckoutConfig {
  /** `$app:windows` of the validation: the variables of its input query. */
  windows: SlotTimes & { tags: string[] }
  rules: CheckoutRules
  /** `$app:windows` of the discount. */
  priceWindows: SlotTimes
  prices: CheckoutPrice[]
  /** From then on a slot is free for a window that has none yet; null: every window has one. */
  rewriteFrom: IsoInstant | null
}

export type CheckoutRefusal =
  /** More windows at one time than there are slots. `drops`: whose windows they are. */
  | { ok: false; reason: 'windows_full'; at: IsoInstant; drops: string[] }
  /** In the shop's zone the clock shows this time twice. */
  | { ok: false; reason: 'time_repeated'; drop: string; at: IsoInstant }
  | { ok: false; reason: 'too_many_tags'; count: number; most: number }
  | {
      ok: false
      reason: 'rules_too_large'
      part: 'windows' | 'rules' | 'prices'
      bytes: number
      most: number
    }

interface DropWindow {
  drop: string
  kind: WindowKind
  start: IsoInstant
  /** The first moment after it. */
  end: IsoInstant
}

export type CheckoutOutcome = { ok: true; config: CheckoutConfig } | CheckoutRefusal

/** Handle of the extension that keeps drops' times at the checkout. */
export const GATE_FUNCTION = 'drop-gate'

/** Names the discount of all drops' prices at Shopify; merchants see it among their discounts. */
export const PRICE_TITLE = 'Drop prices'

/**
 * Whether a discount with these values takes anything off in the drop at `local`, a time on the shop's clock. `prices` and `windows`: as
 * they stand at Shopify. Null: they cannot be read.
 */
export function givesPrice(
  { prices, windows }: { prices: unknown; windows: unknown },
  dropHandle: string,
  local: LocalDateTime,
): boolean | null {
  if (!Array.isArray(prices) || typeof windows !== 'object' || windows === null) return null
  const times = windows as Record<string, unknown>
  const slots = (prices as Partial<CheckoutPrice>[])
    .filter(({ drop }) => drop === dropHandle)
    .flatMap((price) => price.slots ?? [])
  return slots.some((slot) => {
    const [start, end] = [String(times[`s${slot}a`]), String(times[`s${slot}b`])]
    return start <= local && local <= end
  })
}

/** The gate as it stands at Shopify. */
export interface StandingGate {
  enabled: boolean
  rules: unknown
  windows: unknown
}

/** Whether a gate lets anybody buy the product at `local`, a time on the shop's clock. `gate` null: the shop has none. Null: its values cannot be read. */
export function sellsAtCheckout(
  gate: StandingGate | null,
  productId: string,
  local: LocalDateTime,
): boolean | null {
  if (!gate?.enabled) return true
  const drops = (gate.rules as Partial<CheckoutRules> | null)?.drops
  if (!Array.isArray(drops) || typeof gate.windows !== 'object' || gate.windows === null) return null
  const times = gate.windows as Record<string, unknown>
  const isOpen = (slot: number | null) =>
    slot !== null && String(times[`s${slot}a`]) <= local && local <= String(times[`s${slot}b`])
  const named = drops.filter(({ products }) => products.includes(productId))
  // A piece of two drops is sold while either sells it.
  return named.length === 0 || named.some(({ held, open, early }) => !held && (isOpen(open) || isOpen(early)))
}

/** Drops that are planned, live or held are in the rules; all others are nothing to the checkout. Errors: throws for such a drop without an opening and a close. */
export function buildCheckoutConfig(input: CheckoutInput): CheckoutOutcome {
  const drops = input.drops.filter(({ status }) => ['scheduled', 'live', 'held'].includes(status))
  const windows = drops
    .flatMap(windowsOf)
    .filter(({ end }) => compareInstants(end, input.now) > 0)
    .sort((left, right) => compareInstants(left.start, right.start) || compareInstants(left.end, right.end))
  const problem = repeatedTime(windows, input.timeZone) ?? crowding(windows)
  if (problem) return problem
  const slots = assignSlots(windows, input.loaded)
  const tags = [...new Set(drops.flatMap(({ earlyAccess }) => earlyAccess?.tags ?? []))].sort()
  if (tags.length > MOST_TAGS)
    return { ok: false, reason: 'too_many_tags', count: tags.length, most: MOST_TAGS }
  const times = slotTimes(windows, slots, input.timeZone)
  const config: CheckoutConfig = {
    windows: { tags, ...times } as CheckoutConfig['windows'],
    rules: rulesOf(drops, slots, input),
    priceWindows: times,
    prices: pricesOf(drops, slots, input),
    rewriteFrom: rewriteTime(windows, slots),
  }
  return tooLarge(config) ?? { ok: true, config }
}

function windowsOf(drop: CheckoutDrop): DropWindow[] {
  const { early, open, close } = windowOf(drop)
  const forAll: DropWindow = { drop: drop.handle, kind: 'open', start: open, end: close }
  if (early === null || drop.earlyAccess === null) return [forAll]
  return [{ drop: drop.handle, kind: 'early', start: early, end: open }, forAll]
}

function windowOf(drop: Pick<CheckoutDrop, 'handle' | 'acts'>) {
  const window = sellingWindow(drop.acts)
  if (!window) throw new RangeError(`the drop ${drop.handle} has no opening or no close`)
  return window
}

function repeatedTime(windows: DropWindow[], timeZone: string): CheckoutRefusal | null {
  for (const { drop, start, end } of windows)
    for (const at of [start, end]) {
      const read = readLocalTime(localOf(at, timeZone), timeZone)
      if (!read.ok && read.reason === 'time_repeated') return { ok: false, reason: 'time_repeated', drop, at }
    }
  return null
}

/** Is there, for each window in turn, a slot that has been free for long enough when it begins? */
function crowding(windows: DropWindow[]): CheckoutRefusal | null {
  const ends: Array<{ until: number; drop: string }> = []
  for (const { drop, start, end } of windows) {
    const needed = Date.parse(start) - LOAD_AHEAD_MS
    const free = ends
      .map((slot, index) => ({ ...slot, index }))
      .filter(({ until }) => until <= needed)
      .sort((left, right) => right.until - left.until)[0]
    const taken = { until: Date.parse(end), drop }
    if (free) ends[free.index] = taken
    else if (ends.length < SLOT_COUNT) ends.push(taken)
    else {
      const drops = [...new Set([...ends.map((slot) => slot.drop), drop])]
      return { ok: false, reason: 'windows_full', at: start, drops }
    }
  }
  return null
}

function keyOf(drop: string, kind: WindowKind): string {
  return `${drop}/${kind}`
}

/**
 * Slot by window; the windows that begin first have one. A window keeps the slot that it has. Others take slots that no window has now before
 * those that were left, so that an older copy of the rules never meets another drop's open window in a slot.
 */
function assignSlots(windows: DropWindow[], loaded: CheckoutRules | null): Map<string, number> {
  const held = new Map<string, number>()
  for (const rule of loaded?.drops ?? [])
    for (const kind of ['early', 'open'] as const) {
      const slot = rule[kind]
      if (slot !== null && slot < SLOT_COUNT) held.set(keyOf(rule.id, kind), slot)
    }
  const chosen = windows.slice(0, SLOT_COUNT)
  const assigned = new Map<string, number>()
  for (const { drop, kind } of chosen) {
    const slot = held.get(keyOf(drop, kind))
    if (slot !== undefined && ![...assigned.values()].includes(slot)) assigned.set(keyOf(drop, kind), slot)
  }
  const all = Array.from({ length: SLOT_COUNT }, (_, slot) => slot)
  const used = new Set(held.values())
  const free = [...all.filter((slot) => !used.has(slot)), ...all.filter((slot) => used.has(slot))].filter(
    (slot) => ![...assigned.values()].includes(slot),
  )
  for (const { drop, kind } of chosen) {
    const key = keyOf(drop, kind)
    if (assigned.has(key)) continue
    const slot = free.shift()
    if (slot !== undefined) assigned.set(key, slot)
  }
  return assigned
}

/** Ends are one second early: whether Shopify's "between" includes its end is not documented, and nothing may be sold late. */
function slotTimes(windows: DropWindow[], slots: Map<string, number>, timeZone: string): SlotTimes {
  const times: SlotTimes = {}
  for (let slot = 0; slot < SLOT_COUNT; slot += 1) {
    times[`s${slot}a`] = NEVER
    times[`s${slot}b`] = NEVER
  }
  for (const { drop, kind, start, end } of windows) {
    const slot = slots.get(keyOf(drop, kind))
    if (slot === undefined) continue
    times[`s${slot}a`] = localOf(start, timeZone)
    times[`s${slot}b`] = localOf(new Date(Date.parse(end) - 1000).toISOString(), timeZone)
  }
  return times
}

function productsOf(drop: CheckoutDrop): string[] {
  return [...new Set(drop.offers.map(({ productId }) => productId))]
}

function rulesOf(
  drops: CheckoutDrop[],
  slots: Map<string, number>,
  { timeZone, passKey, shut = [], revoked }: CheckoutInput,
): CheckoutRules {
  const rules = drops.map((drop): CheckoutRule => {
    const { early, open, close } = windowOf(drop)
    const access = early === null ? null : drop.earlyAccess
    const takenBack = access?.passes ? (revoked?.get(drop.handle) ?? []) : []
    return {
      id: drop.handle,
      title: drop.title,
      products: productsOf(drop),
      early: slots.get(keyOf(drop.handle, 'early')) ?? null,
      open: slots.get(keyOf(drop.handle, 'open')) ?? null,
      from: offsetTimeOf(open, timeZone),
      to: offsetTimeOf(close, timeZone),
      earlyFrom: early === null ? null : Date.parse(early) / 1000,
      ...(drop.status === 'held' && { held: true as const }),
      ...(access && access.tags.length > 0 && { tags: access.tags }),
      ...(access && access.tiers.length > 0 && { tiers: access.tiers }),
      ...(access?.pastBuyers && { past: true as const }),
      ...(access?.passes && { pass: true as const }),
      ...(takenBack.length > 0 && { revoked: [...takenBack].sort() }),
      ...(drop.limitPerCustomer !== null && { limit: drop.limitPerCustomer }),
    }
  })
  rules.push(...shut.flatMap((drop) => (drop.products.length > 0 ? [shutRuleOf(drop, timeZone)] : [])))
  // Where no drop knows passes, the key has no business in the shop's data.
  return { v: 1, drops: rules, ...(rules.some(({ pass }) => pass) && { passKey }) }
}

function shutRuleOf(drop: NonNullable<CheckoutInput['shut']>[number], timeZone: string): CheckoutRule {
  const { open, close } = windowOf(drop)
  return {
    id: drop.handle,
    title: drop.title,
    products: drop.products,
    early: null,
    open: null,
    from: offsetTimeOf(open, timeZone),
    to: offsetTimeOf(close, timeZone),
    earlyFrom: null,
  }
}

function pricesOf(
  drops: CheckoutDrop[],
  slots: Map<string, number>,
  { currency, perks = [] }: CheckoutInput,
): CheckoutPrice[] {
  return drops.flatMap((drop): CheckoutPrice[] => {
    const open = (['early', 'open'] as const).flatMap((kind) => slots.get(keyOf(drop.handle, kind)) ?? [])
    if (open.length === 0 || drop.status === 'held') return []
    const common = { drop: drop.handle, title: drop.title, products: productsOf(drop), slots: open }
    const forAll: CheckoutPrice[] =
      drop.price === null
        ? []
        : drop.price.kind === 'percent'
          ? [{ ...common, bps: drop.price.bps }]
          : [{ ...common, amount: toDecimalText(drop.price.minor, currency) }]
    const forTiers = perks
      .filter(({ dropHandle }) => dropHandle === drop.handle)
      .map(({ tiers, bps }) => ({ ...common, tiers, bps }))
    return [...forAll, ...forTiers]
  })
}

function rewriteTime(windows: DropWindow[], slots: Map<string, number>): IsoInstant | null {
  const isLoaded = ({ drop, kind }: DropWindow) => slots.has(keyOf(drop, kind))
  if (windows.every(isLoaded)) return null
  const [first] = windows
    .filter(isLoaded)
    .map(({ end }) => end)
    .sort(compareInstants)
  return first ?? null
}

function tooLarge({ windows, rules, prices }: CheckoutConfig): CheckoutRefusal | null {
  for (const [part, value] of Object.entries({ windows, rules, prices })) {
    const bytes = new TextEncoder().encode(JSON.stringify(value)).length
    if (bytes <= MOST_METAFIELD_BYTES) continue
    const named = part as 'windows' | 'rules' | 'prices'
    return { ok: false, reason: 'rules_too_large', part: named, bytes, most: MOST_METAFIELD_BYTES }
  }
  return null
}
