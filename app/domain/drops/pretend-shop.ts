// A shop on paper, for rehearsals: it has the real one's figures and answers the steps of acts by the rules that the real one is asked by.
// Nobody buys in it.
import { publishedByDrop, type Step, type SteppedDrop, type SteppedOffer } from './act-steps.ts'
import {
  buildCheckoutConfig,
  type CheckoutConfig,
  type CheckoutInput,
  type CheckoutRefusal,
} from './checkout-rules.ts'
import type { Drop, Wave, WaveState } from './drop.ts'
import type { DropStanding } from './drop-state.ts'
import type { Counted } from './rehearsal.ts'
import { type ConfigFacts, MOST_CONFIG_BYTES, storefrontConfigs } from './storefront-config.ts'
import { type NextMove, nextMove, type StockMove, stateAfterMove, type WantedState } from './wave-stock.ts'

export interface PretendPiece {
  productId: string
  variantId: string
  inventoryItemId: string
  title: string
  isActive: boolean
  isListed: boolean
  isCounted: boolean
  sellsBeyondStock: boolean
  levels: Array<{ locationId: string; available: number; reserved: number }>
}

export interface PretendFacts {
  pieces: readonly PretendPiece[]
  /** Other drops of the shop that the checkout knows. */
  others: readonly Drop[]
  checkout: Pick<CheckoutInput, 'timeZone' | 'currency' | 'passKey' | 'revoked' | 'loaded'>
  storefront: ConfigFacts
}

export type PretendDrop = Omit<DropStanding, 'offers'> & { offers: SteppedOffer[] }

export interface PretendShop {
  drop: PretendDrop
  facts: PretendFacts
  /** By product. */
  listed: Map<string, boolean>
  /** By `inventoryItemId/locationId`. */
  levels: Map<string, Counted>
  /** By wave. */
  moves: Map<string, StockMove[]>
  /** As the checkout was told last; null: never. */
  config: CheckoutConfig | null
}

export type Performed = {
  outcome: 'done' | 'short' | 'failed' | 'retry'
  evidence: Record<string, string | number | boolean | null>
}

export function openPretendShop(drop: PretendDrop, facts: PretendFacts): PretendShop {
  const levels = new Map<string, Counted>()
  for (const { inventoryItemId, levels: own } of facts.pieces)
    for (const { locationId, available, reserved } of own)
      levels.set(`${inventoryItemId}/${locationId}`, { available, reserved })
  const moves = new Map(drop.waves.map((wave) => [wave.id, movesBefore(wave)]))
  const listed = new Map(facts.pieces.map(({ productId, isListed }) => [productId, isListed]))
  const offers = drop.offers.map((offer) => ({
    ...offer,
    // As scheduling writes it down.
    wasPublished: offer.wasPublished ?? listed.get(offer.productId) ?? false,
  }))
  return { drop: { ...drop, offers }, facts, listed, levels, moves, config: null }
}

/** Units of a drop that is scheduled stand aside already. */
function movesBefore(wave: Wave): StockMove[] {
  return wave.state === 'reserved' ? [moveOf(wave, 'reserve', wave.units)] : []
}

function moveOf({ id }: Wave, kind: StockMove['kind'], units: number): StockMove {
  return {
    id: `${id}/${kind}`,
    waveId: id,
    kind,
    units,
    idempotencyKey: `${id}/${kind}`,
    fromBefore: 0,
    toBefore: 0,
    status: 'done',
  }
}

/** What the step would find, by the clock of the rehearsal. Changes nothing but the paper. */
export function perform(shop: PretendShop, step: Step, now: string): Performed {
  switch (step.kind) {
    case 'release':
    case 'return':
      return moveUnits(shop, step.waveId, step.kind === 'release' ? 'released' : 'returned')
    case 'list':
      // As the real runner does: what the gate does not know is not put on show.
      if (!shop.config) return { outcome: 'retry', evidence: { reason: 'checkout_not_told' } }
      return changeListings(shop, step.productIds, true)
    case 'unlist':
      return changeListings(shop, step.productIds, false)
    case 'verify':
      return verify(shop, step)
    case 'tell_checkout':
      return tellCheckout(shop, now)
    case 'tell_storefront':
      return tellStorefront(shop)
  }
}

/** Sets a wave's units aside, as scheduling does. */
export function reserve(shop: PretendShop, wave: Wave): Performed {
  return moveUnits(shop, wave.id, 'reserved')
}

function moveUnits(shop: PretendShop, waveId: string, wanted: WantedState): Performed {
  const wave = shop.drop.waves.find(({ id }) => id === waveId)
  if (!wave) return { outcome: 'failed', evidence: { reason: 'unknown_wave' } }
  const level = shop.levels.get(placeOf(wave))
  if (!level) return { outcome: 'failed', evidence: { reason: 'not_kept_there', units: wave.units } }
  const moves = shop.moves.get(waveId) ?? []
  const next = nextMove(wave, wanted, moves, level)
  if (next.do === 'refuse') return { outcome: 'failed', evidence: factsOf(next) }
  if (next.do !== 'intend') {
    if (next.do === 'nothing') setState(shop, waveId, next.state)
    return { outcome: 'done', evidence: { units: 0 } }
  }
  const { kind, units, short } = next
  const sign = kind === 'reserve' ? 1 : -1
  shop.levels.set(placeOf(wave), {
    available: level.available - sign * units,
    reserved: level.reserved + sign * units,
  })
  shop.moves.set(waveId, [...moves, moveOf(wave, kind, units)])
  setState(shop, waveId, stateAfterMove(kind))
  return short > 0
    ? { outcome: 'short', evidence: { units, short } }
    : { outcome: 'done', evidence: { units } }
}

function factsOf(refusal: Extract<NextMove, { do: 'refuse' }>): Performed['evidence'] {
  const { do: _, ...facts } = refusal
  return facts
}

function setState(shop: PretendShop, waveId: string, state: WaveState): void {
  const waves = shop.drop.waves.map((wave) => (wave.id === waveId ? { ...wave, state } : wave))
  shop.drop = { ...shop.drop, waves }
}

export function placeOf({
  inventoryItemId,
  locationId,
}: Pick<Wave, 'inventoryItemId' | 'locationId'>): string {
  return `${inventoryItemId}/${locationId}`
}

function changeListings(shop: PretendShop, productIds: readonly string[], isListed: boolean): Performed {
  for (const id of productIds) shop.listed.set(id, isListed)
  return { outcome: 'done', evidence: { products: productIds.length } }
}

function verify({ listed, facts }: PretendShop, step: Extract<Step, { kind: 'verify' }>): Performed {
  const isActive = (id: string) =>
    facts.pieces.some(({ productId, isActive }) => productId === id && isActive)
  const inactive = step.listed.find((id) => !isActive(id))
  if (inactive !== undefined)
    return { outcome: 'failed', evidence: { reason: 'product_not_active', productId: inactive } }
  const isListed = (id: string) => listed.get(id) === true
  const wrong = step.listed.find((id) => !isListed(id)) ?? step.unlisted.find(isListed)
  if (wrong !== undefined)
    return { outcome: 'retry', evidence: { reason: 'listing_not_so', productId: wrong } }
  return { outcome: 'done', evidence: { listed: step.listed.length, unlisted: step.unlisted.length } }
}

function tellCheckout(shop: PretendShop, now: string): Performed {
  const built = checkoutAt(shop, now)
  if (!built.ok) return { outcome: 'failed', evidence: plainFacts(built) }
  shop.config = built.config
  return { outcome: 'done', evidence: { drops: built.config.rules.drops.length } }
}

function checkoutAt({ drop, facts, config }: PretendShop, now: string) {
  const isOver = drop.status === 'closed' || drop.status === 'aborted'
  return buildCheckoutConfig({
    ...facts.checkout,
    drops: isOver ? facts.others : [...facts.others, drop],
    shut: isOver ? [{ ...drop, products: publishedByDrop(drop) }] : [],
    loaded: config?.rules ?? facts.checkout.loaded,
    now,
  })
}

/** What the runner does when a slot of the checkout's rules comes free for a window that has none yet: tells it anew at that moment. */
export function rewriteCheckout(
  shop: PretendShop,
  until: string,
): Array<{ from: string; config: CheckoutConfig }> {
  const written: Array<{ from: string; config: CheckoutConfig }> = []
  for (;;) {
    const from = shop.config?.rewriteFrom
    if (!from || Date.parse(from) > Date.parse(until)) return written
    if (tellCheckout(shop, from).outcome !== 'done' || shop.config?.rewriteFrom === from) return written
    if (shop.config) written.push({ from, config: shop.config })
  }
}

function plainFacts(refusal: CheckoutRefusal): Performed['evidence'] {
  return Object.fromEntries(
    Object.entries(refusal)
      .filter(([name]) => name !== 'ok')
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
}

function tellStorefront({ drop, facts }: PretendShop): Performed {
  for (const [productId, config] of storefrontConfigs(drop, facts.storefront)) {
    const bytes = new TextEncoder().encode(JSON.stringify(config)).length
    if (bytes > MOST_CONFIG_BYTES)
      return { outcome: 'failed', evidence: { reason: 'config_too_large', productId, bytes } }
  }
  return {
    outcome: 'done',
    evidence: { products: new Set(drop.offers.map(({ productId }) => productId)).size },
  }
}

/** What can be bought and what stands aside of a piece, all its locations together. */
export function countOf({ levels }: PretendShop, inventoryItemId: string): Counted {
  const sum: Counted = { available: 0, reserved: 0 }
  for (const [place, { available, reserved }] of levels) {
    if (!place.startsWith(`${inventoryItemId}/`)) continue
    sum.available += available
    sum.reserved += reserved
  }
  return sum
}

/** For the planner of steps. */
export function steppedOf({ drop }: PretendShop): SteppedDrop {
  return drop
}
