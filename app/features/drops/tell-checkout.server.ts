// Loads the checkout's functions with the windows, rules and prices of the shop's drops, long before they count. Written whole each time, by one
// writer after the other: windows keep the slots that they have.
import { passKeyOf } from '../../adapters/crypto/drop-pass.ts'
import { listRevoked } from '../../adapters/db/access-pass-store.ts'
import type { Database } from '../../adapters/db/database.ts'
import { listDrops, type StoredDrop } from '../../adapters/db/drop-store.ts'
import { workExclusively } from '../../adapters/db/exclusive-work.ts'
import { changeAppDiscount, saveAppDiscount } from '../../adapters/shopify/app-discount.ts'
import type { MetafieldEntry } from '../../adapters/shopify/app-metafields.ts'
import { findValidation, saveValidation } from '../../adapters/shopify/checkout-validation.ts'
import { publishedByDrop } from '../../domain/drops/act-steps.ts'
import {
  buildCheckoutConfig,
  type CheckoutConfig,
  type CheckoutRules,
  GATE_FUNCTION,
  PRICE_TITLE,
} from '../../domain/drops/checkout-rules.ts'
import { sellingWindow } from '../../domain/drops/timeline.ts'
import type { ShopContext } from '../context.ts'
import { SharedRounds } from './shared-rounds.ts'
import { refusedStep, type StepResult, TELLING_WAITS_MS, told } from './step-result.ts'

/** Handle of the function's extension. */
const PRICE_FUNCTION = 'drop-price'
/** Seen by the merchant among the shop's checkout rules and discounts. */
const GATE_TITLE = 'Drops: sold inside their windows only'

/** The checkout hears of all drops of a shop at once: drops that come to it together share the telling. By database, then shop. */
const rounds = new WeakMap<Database, SharedRounds<null, StepResult>>()

export async function tellCheckout(context: ShopContext): Promise<StepResult> {
  const { db, shop } = context
  const shared = rounds.get(db) ?? new SharedRounds()
  rounds.set(db, shared)
  return shared.join(String(shop.id), null, async () => {
    const waitMs = TELLING_WAITS_MS
    const done = await workExclusively(db, `filigree-checkout/${shop.id}`, () => tell(context), { waitMs })
    return done.ok ? done.result : { outcome: 'retry', evidence: { reason: 'checkout_is_being_told' } }
  })
}

async function tell(context: ShopContext): Promise<StepResult> {
  const { db, shop, shopify, clock, linkSecret } = context
  const found = await findValidation(shopify, GATE_FUNCTION)
  if (!found.ok) return refusedStep(found)
  const { current, drops, ended, revoked } = await db.inShop(shop.id, async (tx) => {
    const known = await listDrops(tx, shop.id, { statuses: ['scheduled', 'live', 'held'] })
    const over = await listDrops(tx, shop.id, { statuses: ['closed', 'aborted'], unsettled: true })
    return {
      // The shop's clock may have changed since this work began.
      current: await tx.shop.findUniqueOrThrow({ where: { id: shop.id } }),
      drops: known,
      ended: over.filter(isKeptShut),
      revoked: await listRevoked(tx, shop.id, known),
    }
  })
  const built = buildCheckoutConfig({
    drops,
    shut: ended.map((drop) => ({ ...drop, products: publishedByDrop(drop) })),
    timeZone: current.timeZone,
    currency: current.currency,
    passKey: passKeyOf(shop.domain, linkSecret),
    revoked,
    now: clock.now().toISOString(),
    loaded: readRules(found.validation?.rules ?? null),
  })
  if (!built.ok) return { outcome: 'failed', evidence: told(built) }
  const { windows, rules, rewriteFrom } = built.config
  const saved = await saveValidation(shopify, found.validation, {
    functionHandle: GATE_FUNCTION,
    title: GATE_TITLE,
    metafields: [entry('windows', windows), entry('rules', rules)],
  })
  if (!saved.ok) return refusedStep(saved)
  const priced = await tellPrices(context, drops, built.config)
  if (priced) return priced
  return { outcome: 'done', evidence: { drops: rules.drops.length, rewriteFrom } }
}

/**
 * Over, but what it put into the online store may still be there: until that is gone, the checkout goes on knowing the drop and sells none of
 * it. The first settlement that comes to its end writes the revision down.
 */
export function isKeptShut({
  status,
  revision,
  toldRevision,
}: Pick<StoredDrop, 'status' | 'revision' | 'toldRevision'>): boolean {
  return (status === 'closed' || status === 'aborted') && toldRevision < revision
}

/** One discount for all drops, bounded by their windows; the function itself compares each window. Null: it is so. */
async function tellPrices(
  { shopify, clock }: ShopContext,
  drops: readonly StoredDrop[],
  { prices, priceWindows }: CheckoutConfig,
): Promise<StepResult | null> {
  const metafields = [entry('windows', priceWindows), entry('prices', prices)]
  const windows = drops
    .filter(({ price }) => price !== null)
    .flatMap((drop) => sellingWindow(drop.acts) ?? [])
  const times = windows
    .flatMap(({ early, open, close }) => [early ?? open, close])
    .map((at) => Date.parse(at))
  const endsAt = new Date(Math.max(...times))
  // Without a price there is nothing to make. One that was made for a drop that is off gives nothing from now on.
  if (times.length === 0 || endsAt <= clock.now()) {
    const emptied = await changeAppDiscount(shopify, PRICE_TITLE, metafields)
    return emptied.ok ? null : refusedStep(emptied)
  }
  const saved = await saveAppDiscount(shopify, {
    title: PRICE_TITLE,
    functionHandle: PRICE_FUNCTION,
    startsAt: new Date(Math.min(...times)),
    endsAt,
    metafields,
  })
  return saved.ok ? null : refusedStep(saved)
}

function entry(key: string, value: unknown): MetafieldEntry {
  return { namespace: '$app', key, type: 'json', value: JSON.stringify(value) }
}

/** What somebody else wrote there is no reason to stop: then every window takes a new slot. */
export function readRules(text: string | null): CheckoutRules | null {
  if (text === null) return null
  try {
    const rules: unknown = JSON.parse(text)
    const isOurs =
      typeof rules === 'object' && rules !== null && 'drops' in rules && Array.isArray(rules.drops)
    return isOurs ? (rules as CheckoutRules) : null
  } catch {
    return null
  }
}

export type SwitchOnGateOutcome = { ok: true } | { ok: false; reason: string; message: string }

/** What preflight asks for when the gate is missing or off. */
export async function switchOnGate(context: ShopContext): Promise<SwitchOnGateOutcome> {
  const { outcome, evidence } = await tellCheckout(context)
  if (outcome === 'done') return { ok: true }
  return {
    ok: false,
    reason: String(evidence.reason ?? 'unavailable'),
    message: String(evidence.message ?? ''),
  }
}
