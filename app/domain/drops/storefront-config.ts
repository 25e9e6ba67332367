// What a product's page knows of its drop: printed by Liquid from the app's data, so nothing is asked of us before the opening. All times are
// absolute, in seconds; nothing depends on when it was written, because pages may be minutes old.
import type { Act, Drop, DropPrice, Wave } from './drop.ts'
import { sellingWindow } from './timeline.ts'

export interface StorefrontConfig {
  v: 1
  id: string
  title: string
  role: 'hero' | 'offer'
  /** Whether it is open is told by the times alone. */
  state: 'scheduled' | 'held' | 'aborted' | 'closed'
  teaser: number | null
  early: number | null
  open: number
  close: number
  waves: Array<{ at: number; variant: string; units: number }>
  zone: string
  variants: string[]
  rule: { v: number; low: number; last: number }
  limit: number | null
  gate: Array<'tag' | 'tier' | 'past' | 'pass'> | null
  price: { bps: number } | { minor: string; currency: string } | null
  creator: {
    name: string
    story: string | null
    image: string | null
    paid: boolean
    commission: boolean
  } | null
  arrival: { from: number; to: number; basis: 'in_stock' | 'made_to_order' | 'incoming' } | null
  offers: Array<{ p: string; v: string; t: string }>
}

export interface ConfigFacts {
  currency: string
  /** Handles of the drop's products by id; an offer without one is not linked to. */
  handles: ReadonlyMap<string, string>
  creator: { name: string; image: string | null; paid: boolean; commission: boolean } | null
}

/** Of bytes that Shopify hands to Liquid and functions we use at most so many. */
export const MOST_CONFIG_BYTES = 8_000

/** What pages print of a product is more than fits. `title`: of the drop. */
export interface ConfigTooLarge {
  ok: false
  reason: 'config_too_large'
  title: string
  bytes: number
  most: number
}

/** Null when everything fits. */
export function configTooLarge(
  { title }: Pick<Drop, 'title'>,
  configs: Iterable<StorefrontConfig>,
): ConfigTooLarge | null {
  const bytes = Math.max(0, ...[...configs].map(bytesOf))
  if (bytes <= MOST_CONFIG_BYTES) return null
  return { ok: false, reason: 'config_too_large', title, bytes, most: MOST_CONFIG_BYTES }
}

function bytesOf(config: StorefrontConfig): number {
  return new TextEncoder().encode(JSON.stringify(config)).length
}

/** One config for each product that has a part in the drop. Empty while it has no opening or close, or is a draft. */
export function storefrontConfigs(drop: Drop, facts: ConfigFacts): Map<string, StorefrontConfig> {
  const window = sellingWindow(drop.acts)
  const state = stateOf(drop.status)
  const configs = new Map<string, StorefrontConfig>()
  if (!window || !state) return configs
  const at = (kind: Act['kind']) => {
    const found = drop.acts.find((act) => act.kind === kind)
    return found ? seconds(found.at) : null
  }
  for (const { productId } of drop.offers) {
    if (configs.has(productId)) continue
    const own = drop.offers.filter((offer) => offer.productId === productId)
    const variants = own.map(({ variantId }) => variantId)
    configs.set(productId, {
      v: 1,
      id: drop.handle,
      title: drop.title,
      role: own.some(({ role }) => role === 'hero') ? 'hero' : 'offer',
      state,
      teaser: at('teaser'),
      early: at('early_access'),
      open: seconds(window.open),
      close: seconds(window.close),
      waves: wavesOf(drop, variants),
      zone: drop.timeZone,
      variants,
      rule: { v: drop.scarcity.version, low: drop.scarcity.lowAt, last: drop.scarcity.lastAt },
      limit: drop.limitPerCustomer,
      gate: gateOf(drop),
      price: priceOf(drop.price, facts.currency),
      creator: facts.creator && { ...facts.creator, story: drop.story ?? null },
      arrival: drop.arrival && {
        from: drop.arrival.fromDays,
        to: drop.arrival.toDays,
        basis: drop.arrival.basis,
      },
      offers: drop.offers.flatMap((offer) => {
        const handle = offer.productId === productId ? undefined : facts.handles.get(offer.productId)
        return handle ? [{ p: handle, v: offer.variantId, t: offer.title }] : []
      }),
    })
  }
  return configs
}

function stateOf(status: Drop['status']): StorefrontConfig['state'] | null {
  if (status === 'draft') return null
  return status === 'live' ? 'scheduled' : status
}

/** Restocks of the page's own pieces; units of one variant at several locations are one restock. */
function wavesOf({ acts, waves }: Drop, variants: readonly string[]): StorefrontConfig['waves'] {
  const told = new Map<string, StorefrontConfig['waves'][number]>()
  for (const wave of waves) {
    const act = acts.find(({ id }) => id === wave.actId)
    if (act?.kind !== 'wave' || !variants.includes(wave.variantId)) continue
    const key = `${act.id}/${wave.variantId}`
    told.set(key, {
      at: seconds(act.at),
      variant: wave.variantId,
      units: (told.get(key)?.units ?? 0) + unitsOf(wave),
    })
  }
  return [...told.values()].sort((left, right) => left.at - right.at)
}

function unitsOf({ units, state }: Wave): number {
  return state === 'returned' ? 0 : units
}

function gateOf({ earlyAccess }: Drop): StorefrontConfig['gate'] {
  if (!earlyAccess) return null
  const keys: NonNullable<StorefrontConfig['gate']> = []
  if (earlyAccess.tags.length > 0) keys.push('tag')
  if (earlyAccess.tiers.length > 0) keys.push('tier')
  if (earlyAccess.pastBuyers) keys.push('past')
  if (earlyAccess.passes) keys.push('pass')
  return keys
}

function priceOf(price: DropPrice | null, currency: string): StorefrontConfig['price'] {
  if (!price) return null
  return price.kind === 'percent' ? { bps: price.bps } : { minor: String(price.minor), currency }
}

function seconds(at: string): number {
  return Math.floor(Date.parse(at) / 1000)
}
