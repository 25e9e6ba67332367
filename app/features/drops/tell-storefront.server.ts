// Writes what themes print of the shop's drops: one config a product, and whether there is a drop at all. The shop's whole state is written
// each time, by one writer after the other, so that whoever comes last leaves what is true.

import type { Database, ShopTransaction } from '../../adapters/db/database.ts'
import { listDrops, type StoredDrop } from '../../adapters/db/drop-store.ts'
import { workExclusively } from '../../adapters/db/exclusive-work.ts'
import {
  deleteMetafields,
  findInstallation,
  type MetafieldEntry,
  setMetafields,
} from '../../adapters/shopify/app-metafields.ts'
import {
  MOST_CONFIG_BYTES,
  type StorefrontConfig,
  storefrontConfigs,
} from '../../domain/drops/storefront-config.ts'
import { sellingWindow } from '../../domain/drops/timeline.ts'
import type { ShopContext } from '../context.ts'
import { readConfigFacts } from './fit-drop.server.ts'
import { SharedRounds } from './shared-rounds.ts'
import { refusedStep, type StepResult, TELLING_WAITS_MS } from './step-result.ts'

const NAMESPACE = 'drops'
/** So long after its end a drop is still told of. */
export const TOLD_FOR_MS = 7 * 86_400_000

/** Pages' configs of a shop are written all at once: drops that come to it together share the telling. */
const rounds = new WeakMap<Database, SharedRounds<StoredDrop, StepResult>>()

/** `about`: the drop whose products may have nothing to tell any more. */
export async function tellStorefront(context: ShopContext, about: StoredDrop): Promise<StepResult> {
  const { db, shop } = context
  const shared = rounds.get(db) ?? new SharedRounds()
  rounds.set(db, shared)
  return shared.join(String(shop.id), about, async (drops) => {
    const tellAll = () => tell(context, drops)
    const waitMs = TELLING_WAITS_MS
    const done = await workExclusively(db, `filigree-storefront/${shop.id}`, tellAll, { waitMs })
    return done.ok ? done.result : { outcome: 'retry', evidence: { reason: 'storefront_is_being_told' } }
  })
}

async function tell(context: ShopContext, drops: readonly StoredDrop[]): Promise<StepResult> {
  const { db, shop, shopify } = context
  const owner = await findInstallation(shopify)
  if (!owner.ok) return refusedStep(owner)
  const { entries, isLive, tooLarge } = await db.inShop(shop.id, (tx) => readConfigs(context, tx))
  if (tooLarge) return { outcome: 'failed', evidence: { reason: 'config_too_large', productId: tooLarge } }
  const live: MetafieldEntry = { namespace: NAMESPACE, key: 'live', type: 'boolean', value: String(isLive) }
  const set = await setMetafields(shopify, owner.installationGid, [...entries, live])
  if (!set.ok) return refusedStep(set)
  const kept = new Set(entries.map(({ key }) => key))
  const gone = [...new Set(drops.flatMap(({ offers }) => offers.map(({ productId }) => keyOf(productId))))]
    .filter((key) => !kept.has(key))
    .map((key) => ({ namespace: NAMESPACE, key }))
  const deleted = await deleteMetafields(shopify, owner.installationGid, gone)
  if (!deleted.ok) return refusedStep(deleted)
  return { outcome: 'done', evidence: { products: entries.length, removed: gone.length, live: isLive } }
}

function keyOf(productId: string): string {
  return `p${productId}`
}

async function readConfigs({ shop, clock }: ShopContext, tx: ShopTransaction) {
  const now = clock.now()
  const drops = await listDrops(tx, shop.id, {
    statuses: ['scheduled', 'live', 'held'],
    endedSince: new Date(now.getTime() - TOLD_FOR_MS),
  })
  const factsOf = await readConfigFacts(tx, shop, drops)
  const chosen = new Map<string, StorefrontConfig>()
  // A piece in several drops tells of the one that matters most now.
  for (const drop of [...drops].sort(byUrgency)) {
    for (const [productId, config] of storefrontConfigs(drop, factsOf(drop)))
      if (!chosen.has(productId)) chosen.set(productId, config)
  }
  const entries = [...chosen].map(
    ([productId, config]): MetafieldEntry => ({
      namespace: NAMESPACE,
      key: keyOf(productId),
      type: 'json',
      value: JSON.stringify(config),
    }),
  )
  const tooLarge = entries.find(({ value }) => Buffer.byteLength(value) > MOST_CONFIG_BYTES)?.key ?? null
  return { entries, isLive: drops.length > 0, tooLarge }
}

const URGENCY = { live: 0, held: 1, scheduled: 2, closed: 3, aborted: 4, draft: 5 } as const

function byUrgency(left: StoredDrop, right: StoredDrop): number {
  const opens = (drop: StoredDrop) =>
    Date.parse(sellingWindow(drop.acts)?.open ?? drop.createdAt.toISOString())
  const byStatus = URGENCY[left.status] - URGENCY[right.status]
  // Of coming drops the next, of past ones the last.
  return byStatus || (left.status === 'scheduled' ? opens(left) - opens(right) : opens(right) - opens(left))
}
