// The log of everything that shoppers were told about scarcity and time. A statement is a row first and shown afterwards; nothing is ever
// changed, each row carries the hash of the one before it. Who was told is not in it: claims are logged, shoppers are not.
import { canonicalJson } from '../canonical-json.ts'
import type { IsoInstant } from '../time/instant.ts'
import {
  type ComingWave,
  judgeStock,
  type ScarcityRule,
  type StockVerdict,
  type VariantStock,
} from './scarcity.ts'

/** All that may be claimed. How many look, how many bought or how fast it sells is not among them. */
export const CLAIM_KINDS = ['low_stock', 'last_pieces', 'sold_out', 'wave', 'ends'] as const
export type ClaimKind = (typeof CLAIM_KINDS)[number]

/** What a stock claim rests on, as it was known when it was made. */
export interface StockSnapshot {
  variantId: string
  available: number
  locations: Array<{ locationId: string; available: number; heldBack: number }>
  incoming: number
  waves: Array<{ id: string; at: IsoInstant; units: number; isBacked: boolean }>
  confirmedAt: IsoInstant
}

/** Something that may be said now, for everybody and with absolute times. */
export interface Statement {
  kind: ClaimKind
  /** Names the sentence in the theme's language files. */
  template: string
  /** Null: about the drop as a whole. */
  variantId: string | null
  /** What is shown: a bucket, an instant, or units and an instant. Standing claims differ by it. */
  value: string
  /** Until when it may be shown at the latest. */
  to: IsoInstant
  stock: StockSnapshot | null
  rule: ScarcityRule | null
  /** Which conditions made it allowed. */
  why: string
  /** Shopify's id of the inventory adjustment that the claim rests on, where there is one. */
  adjustmentId: string | null
}

export interface DropFacts {
  status: 'draft' | 'scheduled' | 'live' | 'held' | 'closed' | 'aborted'
  /** When the first piece can be bought by anybody, early access included. */
  sellsFrom: IsoInstant
  closesAt: IsoInstant
  rule: ScarcityRule
  /** What makes the end an end: both must be set up, or the end is no news. */
  locks: { checkout: boolean; listing: boolean }
  stocks: readonly VariantStock[]
  /** Of this drop: what it announces. */
  waves: ReadonlyArray<ComingWave & { variantId: string; adjustmentId: string | null }>
  /** Of other drops, for the same variants: not announced here, but they count against scarcity. */
  otherWaves: ReadonlyArray<ComingWave & { variantId: string }>
}

const TEMPLATES: Record<ClaimKind, string> = {
  low_stock: 'stock.low',
  last_pieces: 'stock.last',
  sold_out: 'stock.gone',
  wave: 'wave.announced',
  ends: 'drop.ends',
}
const KIND_OF_BUCKET = { low: 'low_stock', last: 'last_pieces', gone: 'sold_out' } as const

/** Everything that may be claimed of the drop at `now`. */
export function allowedStatements(facts: DropFacts, now: IsoInstant): Statement[] {
  // A drop that is held, over or not decided upon claims nothing.
  if (facts.status !== 'scheduled' && facts.status !== 'live') return []
  const at = Date.parse(now)
  if (at >= Date.parse(facts.closesAt)) return []
  const statements: Statement[] = []
  if (facts.locks.checkout && facts.locks.listing)
    statements.push(statement('ends', null, facts.closesAt, facts.closesAt, 'checkout_and_listing_end'))
  for (const wave of facts.waves) {
    if (!wave.isBacked || Date.parse(wave.at) <= at || Date.parse(wave.at) >= Date.parse(facts.closesAt))
      continue
    const value = `${wave.units}@${wave.at}`
    statements.push({
      ...statement('wave', wave.variantId, value, wave.at, 'units_stand_aside'),
      adjustmentId: wave.adjustmentId,
    })
  }
  // Before the first sale nothing can be nearly gone.
  if (at < Date.parse(facts.sellsFrom)) return statements
  for (const stock of facts.stocks) {
    const waves = [...facts.waves, ...facts.otherWaves].filter((wave) => wave.variantId === stock.variantId)
    const verdict = judgeStock(stock, waves, facts.rule, now)
    if (verdict.bucket === 'open') continue
    const kind = KIND_OF_BUCKET[verdict.bucket]
    statements.push({
      ...statement(kind, stock.variantId, shownValue(verdict), facts.closesAt, verdict.reason),
      stock: snapshotOf(stock, verdict, waves, now),
      rule: facts.rule,
    })
  }
  return statements
}

function statement(
  kind: ClaimKind,
  variantId: string | null,
  value: string,
  to: IsoInstant,
  why: string,
): Statement {
  const template = TEMPLATES[kind]
  return { kind, template, variantId, value, to, stock: null, rule: null, why, adjustmentId: null }
}

/** The bucket and the waves named with it: a line that names other waves is another claim. */
function shownValue({ bucket, named }: StockVerdict): string {
  return [bucket, ...named.map((wave) => `${wave.units}@${wave.at}`)].join(' ')
}

function snapshotOf(
  stock: VariantStock,
  verdict: StockVerdict,
  waves: readonly ComingWave[],
  now: IsoInstant,
): StockSnapshot {
  return {
    variantId: stock.variantId,
    available: verdict.available ?? 0,
    locations: stock.locations.map(({ locationId, available, heldBack }) => ({
      locationId,
      available,
      heldBack,
    })),
    incoming: stock.incoming,
    waves: waves
      .filter((wave) => Date.parse(wave.at) > Date.parse(now))
      .map(({ id, at, units, isBacked }) => ({ id, at, units, isBacked })),
    confirmedAt: stock.confirmedAt ?? now,
  }
}

/** A claim that is shown at present. */
export interface StandingClaim {
  /** Number of the row that began it. */
  claim: number
  kind: ClaimKind
  variantId: string | null
  value: string
  /** Null for claims that rest on no rule. */
  ruleVersion: number | null
  to: IsoInstant
}

export interface ClaimChanges {
  begin: Statement[]
  end: Array<{ claim: number; reason: 'no_longer_true' | 'time_is_up' }>
}

/** Pages print these until the storefront's settings are written anew. */
const PRINTED: readonly ClaimKind[] = ['ends', 'wave']

/**
 * What has to be written so that the log says what may be shown at `now`. `isTold`: the storefront has the drop's newest settings; until then
 * its pages may still print what the ones before said, so that stands beside the new.
 */
export function changeClaims(
  standing: readonly StandingClaim[],
  allowed: readonly Statement[],
  now: IsoInstant,
  isTold = true,
): ClaimChanges {
  const wanted = new Map(allowed.map((each) => [keyOf(each, each.rule?.version ?? null), each]))
  const changes: ClaimChanges = { begin: [], end: [] }
  for (const claim of standing) {
    if (wanted.delete(keyOf(claim, claim.ruleVersion))) continue
    const isOver = Date.parse(now) >= Date.parse(claim.to)
    if (!isOver && !isTold && PRINTED.includes(claim.kind)) continue
    changes.end.push({ claim: claim.claim, reason: isOver ? 'time_is_up' : 'no_longer_true' })
  }
  changes.begin.push(...wanted.values())
  return changes
}

function keyOf(
  { kind, variantId, value }: { kind: ClaimKind; variantId: string | null; value: string },
  ruleVersion: number | null,
): string {
  return [kind, variantId ?? '', value, ruleVersion ?? ''].join('|')
}

/** One row as it is hashed: every fact that a reader needs, none of it elsewhere. */
export interface ClaimRow {
  v: 1
  shop: string
  seq: number
  /** Number of the row that began the claim: its own for 'shown'. */
  claim: number
  event: 'shown' | 'ended'
  at: IsoInstant
  drop: string
  kind: ClaimKind
  template: string
  variant: string | null
  value: string
  from: IsoInstant
  to: IsoInstant
  /** For 'shown': what made it allowed. For 'ended': why it is no longer shown. */
  why: string
  stock: StockSnapshot | null
  rule: ScarcityRule | null
  /** Fingerprint of the drop's settings at that moment. */
  config: string
  adjustment: string | null
  /** Hash of the row before it, hex; zeros for the first. */
  prev: string
}

export const CLAIM_GENESIS = '0'.repeat(64)

/** The one text of a row, which its hash is taken of. */
export function claimRowText(row: ClaimRow): string {
  return canonicalJson(row)
}

/** How the log stood at an instant: what shoppers were being told then. Rows in their order. */
export function claimsShownAt(rows: readonly ClaimRow[], instant: IsoInstant): ClaimRow[] {
  const shown = new Map<number, ClaimRow>()
  for (const row of rows) {
    if (Date.parse(row.at) > Date.parse(instant)) continue
    if (row.event === 'ended') shown.delete(row.claim)
    else if (Date.parse(row.from) <= Date.parse(instant) && Date.parse(instant) < Date.parse(row.to))
      shown.set(row.claim, row)
  }
  return [...shown.values()]
}
