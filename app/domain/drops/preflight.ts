// What must be right before a drop may be scheduled: each item with its light and what it found. Red blocks, amber asks to be looked at.
import type { CheckoutRefusal } from './checkout-rules.ts'
import { type Drop, RELEASING_KINDS } from './drop.ts'
import { checkScarcityRule } from './scarcity.ts'
import type { ConfigTooLarge } from './storefront-config.ts'
import type { Overlap } from './timeline.ts'
import type { StockLevel } from './wave-stock.ts'

export type Light = 'green' | 'amber' | 'red'

export type PreflightItem = {
  light: Light
  /** Names what is said and what to do about it: drops.preflight.<check>.<reason> */
  reason: string
  facts: Record<string, string | number>
} & { check: PreflightCheck }

export type PreflightCheck =
  | 'piece'
  | 'overselling'
  | 'stock'
  | 'opening_stock'
  | 'price'
  | 'gate'
  | 'blocks'
  | 'image'
  | 'agreement'
  | 'time_zone'
  | 'overlap'
  | 'scarcity'

export interface PreflightFacts {
  shopTimeZone: string
  pieces: Array<{
    variantId: string
    title: string
    status: string
    tracked: boolean
    /** For sale now, at all locations together; waves that are set aside already are not among them. */
    available: number
    oversells: boolean
    /** Minor units; null when it could not be read. */
    priceMinor: bigint | null
    image: { width: number | null; height: number | null } | null
  }>
  /** By `inventoryItemId/locationId`; null: not kept there. */
  levels: ReadonlyMap<string, StockLevel | null>
  /** Null: the app may not look. */
  gate: { enabled: boolean; blocksOnFailure: boolean } | 'missing' | null
  /** Null: windows, rules and prices of this drop fit beside those of the others. */
  checkout: CheckoutRefusal | null
  /** Null: what pages print of it is not too much. */
  config: ConfigTooLarge | null
  /** Null: the app asks for no right to read themes. */
  blocks: 'present' | 'missing' | null
  agreement:
    | { standing: 'none_named' }
    | { standing: 'unknown' | 'of_another_creator' | 'creator_archived' }
    /** Whether it rates a sale with which the drop begins, and one at its end. */
    | { standing: 'read'; title: string; atStart: boolean; atEnd: boolean }
  overlaps: readonly Overlap[]
}

/** Shorter sides than this look poor on a phone held upright. */
export const LEAST_IMAGE_PIXELS = 1_000

export function preflight(drop: Drop, facts: PreflightFacts): PreflightItem[] {
  return [
    ...pieceItems(drop, facts),
    ...stockItems(drop, facts),
    gateItem(facts),
    ...checkoutItems(facts),
    ...configItems(facts),
    ...scarcityItems(drop, facts),
    blocksItem(facts),
    agreementItem(drop, facts),
    timeZoneItem(drop, facts),
    ...overlapItems(facts),
  ]
}

export function isBlocked(items: readonly PreflightItem[]): boolean {
  return items.some(({ light }) => light === 'red')
}

function item(
  check: PreflightCheck,
  light: Light,
  reason: string,
  facts: PreflightItem['facts'] = {},
): PreflightItem {
  return { check, light, reason, facts }
}

function pieceItems(drop: Drop, { pieces }: PreflightFacts): PreflightItem[] {
  return drop.offers.flatMap((offer) => {
    const { variantId, title } = offer
    const piece = pieces.find((found) => found.variantId === variantId)
    const named = { title }
    if (!piece) return [item('piece', 'red', 'unknown', named)]
    const items: PreflightItem[] = []
    if (piece.status !== 'ACTIVE')
      items.push(item('piece', 'red', 'not_active', { ...named, status: piece.status }))
    else items.push(item('piece', 'green', 'active', named))
    if (!piece.tracked) items.push(item('overselling', 'red', 'not_tracked', named))
    else if (piece.oversells) items.push(item('overselling', 'red', 'policy_continues', named))
    else items.push(item('overselling', 'green', 'denied', named))
    items.push(imageItem(piece.image, title))
    return [...items, ...priceItems(drop, piece.priceMinor, title)]
  })
}

function imageItem(image: PreflightFacts['pieces'][number]['image'], title: string): PreflightItem {
  if (!image) return item('image', 'amber', 'missing', { title })
  const shorter = Math.min(image.width ?? 0, image.height ?? 0)
  if (shorter === 0) return item('image', 'amber', 'size_unknown', { title })
  const facts = { title, pixels: shorter, least: LEAST_IMAGE_PIXELS }
  return item(
    'image',
    shorter < LEAST_IMAGE_PIXELS ? 'amber' : 'green',
    shorter < LEAST_IMAGE_PIXELS ? 'small' : 'sized',
    facts,
  )
}

function priceItems({ price }: Drop, priceMinor: bigint | null, title: string): PreflightItem[] {
  if (price?.kind !== 'amount' || priceMinor === null) return []
  const isLess = price.minor < priceMinor
  return [
    item('price', isLess ? 'green' : 'red', isLess ? 'less_than_piece' : 'not_less_than_piece', { title }),
  ]
}

/** Units of all waves at one place together: two waves cannot be backed by the same piece. */
function stockItems(drop: Drop, { levels }: PreflightFacts): PreflightItem[] {
  const needs = new Map<string, { units: number; title: string }>()
  for (const wave of drop.waves) {
    // What is in reserve already is not looked for again.
    if (wave.state !== 'planned') continue
    const place = `${wave.inventoryItemId}/${wave.locationId}`
    const title = drop.offers.find(({ variantId }) => variantId === wave.variantId)?.title ?? ''
    needs.set(place, { units: (needs.get(place)?.units ?? 0) + wave.units, title })
  }
  const items = [...needs].map(([place, { units, title }]) => {
    const level = levels.get(place) ?? null
    if (!level) return item('stock', 'red', 'not_kept_there', { title, units })
    const facts = { title, units, available: Math.max(0, level.available) }
    return item(
      'stock',
      level.available >= units ? 'green' : 'red',
      level.available >= units ? 'enough' : 'too_little',
      facts,
    )
  })
  return [...items, ...openingItems(drop, levels, needs)]
}

/** Whether the hero has anything to sell at the opening: what the waves leave, and what the first acts release. */
function openingItems(
  drop: Drop,
  levels: PreflightFacts['levels'],
  needs: ReadonlyMap<string, { units: number }>,
): PreflightItem[] {
  const [hero] = drop.offers
  if (!hero) return []
  const first = drop.acts
    .filter(({ kind }) => RELEASING_KINDS.includes(kind) && kind !== 'wave')
    .map(({ id }) => id)
  const released = drop.waves.filter(
    ({ actId, variantId }) => variantId === hero.variantId && first.includes(actId),
  )
  let left = released.reduce((sum, { units }) => sum + units, 0)
  for (const [place, level] of levels)
    if (level && place.startsWith(`${hero.inventoryItemId}/`))
      left += Math.max(0, level.available - (needs.get(place)?.units ?? 0))
  const facts = { title: hero.title, units: left }
  return [item('opening_stock', left > 0 ? 'green' : 'amber', left > 0 ? 'some' : 'none', facts)]
}

function gateItem({ gate }: PreflightFacts): PreflightItem {
  if (gate === null) return item('gate', 'red', 'not_readable')
  if (gate === 'missing') return item('gate', 'red', 'missing')
  if (!gate.enabled) return item('gate', 'red', 'switched_off')
  if (!gate.blocksOnFailure) return item('gate', 'amber', 'lets_pass_on_failure')
  return item('gate', 'green', 'live')
}

/** The checkout is told of all drops at once: one that does not fit would keep it from hearing of any. */
function checkoutItems({ checkout }: PreflightFacts): PreflightItem[] {
  if (!checkout) return []
  switch (checkout.reason) {
    case 'windows_full':
      return [item('gate', 'red', checkout.reason, { at: checkout.at, drops: checkout.drops.join(', ') })]
    case 'time_repeated':
      return [item('gate', 'red', checkout.reason, { at: checkout.at, drop: checkout.drop })]
    case 'too_many_tags':
      return [item('gate', 'red', checkout.reason, { count: checkout.count, most: checkout.most })]
    case 'rules_too_large':
      return [item('gate', 'red', checkout.reason, { bytes: checkout.bytes, most: checkout.most })]
  }
}

function configItems({ config }: PreflightFacts): PreflightItem[] {
  if (!config) return []
  const { reason, title, bytes, most } = config
  return [item('blocks', 'red', reason, { title, bytes, most })]
}

/** A rule that calls the whole run low would do so before the first piece is sold: that is no scarcity. */
function scarcityItems(drop: Drop, { pieces }: PreflightFacts): PreflightItem[] {
  return drop.offers.flatMap(({ variantId, title }) => {
    const piece = pieces.find((found) => found.variantId === variantId)
    if (!piece?.tracked) return []
    const aside = drop.waves.filter((wave) => wave.variantId === variantId && wave.state === 'reserved')
    const run = Math.max(0, piece.available) + aside.reduce((sum, { units }) => sum + units, 0)
    // Nothing there is said elsewhere.
    if (run === 0) return []
    const checked = checkScarcityRule(drop.scarcity, run)
    if (checked.ok) return []
    const { lowAt, lastAt } = drop.scarcity
    return [item('scarcity', 'red', checked.reason, { title, run, lowAt, lastAt })]
  })
}

function blocksItem({ blocks }: PreflightFacts): PreflightItem {
  if (blocks === null) return item('blocks', 'amber', 'not_readable')
  return blocks === 'present' ? item('blocks', 'green', 'present') : item('blocks', 'red', 'missing')
}

function agreementItem(drop: Drop, { agreement }: PreflightFacts): PreflightItem {
  if (drop.creatorId === null) return item('agreement', 'green', 'no_creator')
  if (agreement.standing === 'none_named') return item('agreement', 'red', 'none_named')
  if (agreement.standing !== 'read') return item('agreement', 'red', agreement.standing)
  const { title, atStart, atEnd } = agreement
  if (!atStart) return item('agreement', 'red', 'not_in_force', { title })
  if (!atEnd) return item('agreement', 'red', 'ends_before', { title })
  return item('agreement', 'green', 'in_force', { title })
}

function timeZoneItem({ timeZone }: Drop, { shopTimeZone }: PreflightFacts): PreflightItem {
  const isSame = timeZone === shopTimeZone
  return item('time_zone', isSame ? 'green' : 'red', isSame ? 'same' : 'shop_moved', {
    timeZone,
    shopTimeZone,
  })
}

function overlapItems({ overlaps }: PreflightFacts): PreflightItem[] {
  return overlaps.map(({ handle, sharedVariants }) =>
    item(
      'overlap',
      sharedVariants.length > 0 ? 'amber' : 'green',
      sharedVariants.length > 0 ? 'shares_pieces' : 'apart',
      {
        handle,
        pieces: sharedVariants.length,
      },
    ),
  )
}
