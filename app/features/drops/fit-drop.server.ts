// Whether a drop fits: its windows, rules and prices into the checkout beside those of the shop's other drops, and what pages print of it into what
// they may be given. Asked before anything changes: afterwards checkout or storefront could be told of no drop at all.
import { listRevoked } from '../../adapters/db/access-pass-store.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { listDrops, type StoredDrop } from '../../adapters/db/drop-store.ts'
import type { CheckoutRefusal } from '../../domain/drops/checkout-rules.ts'
import {
  type ConfigFacts,
  type ConfigTooLarge,
  configTooLarge,
  storefrontConfigs,
} from '../../domain/drops/storefront-config.ts'
import { sellingWindow } from '../../domain/drops/timeline.ts'
import type { ShopContext } from '../context.ts'
import { tryCheckout } from './try-checkout.server.ts'

/** Null: it fits. */
export interface DropFit {
  checkout: CheckoutRefusal | null
  config: ConfigTooLarge | null
}

type Context = Pick<ShopContext, 'shop' | 'clock' | 'linkSecret'>

/** The drop as it is to be, with the status that it is to have. */
export async function fitDrop(context: Context, tx: ShopTransaction, drop: StoredDrop): Promise<DropFit> {
  const { shop } = context
  // Without an opening or a close there is no window yet; the plan says so itself.
  if (!sellingWindow(drop.acts)) return { checkout: null, config: null }
  const current = await tx.shop.findUniqueOrThrow({ where: { id: shop.id } })
  const others = await listDrops(tx, shop.id, { statuses: ['scheduled', 'live', 'held'] })
  const drops = [...others.filter(({ id }) => id !== drop.id), drop]
  const revoked = await listRevoked(tx, shop.id, drops)
  const checkout = tryCheckout({ ...context, shop: current }, drops, revoked)
  const factsOf = await readConfigFacts(tx, current, [drop])
  const configs = storefrontConfigs(drop, factsOf(drop))
  return { checkout, config: configTooLarge(drop, configs.values()) }
}

/** Two who change drops of one shop go one after the other, so that the second sees what room the first one left. Until the transaction ends. */
export async function lockRoom(tx: ShopTransaction, shopId: number): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`drop-room/${shopId}`}, 0))::text`
}

/** What pages are told of drops beside what stands in the drops themselves. */
export async function readConfigFacts(
  tx: ShopTransaction,
  { id: shopId, currency }: { id: number; currency: string },
  drops: readonly StoredDrop[],
): Promise<(drop: StoredDrop) => ConfigFacts> {
  const productIds = drops.flatMap(({ offers }) => offers.map(({ productId }) => BigInt(productId)))
  const products = await tx.product.findMany({ where: { shopId, productId: { in: productIds } } })
  const creators = await tx.creator.findMany({
    where: { shopId, id: { in: drops.flatMap(({ creatorId }) => creatorId ?? []) } },
    select: { id: true, name: true },
  })
  const handles = new Map(products.map(({ productId, handle }) => [String(productId), handle]))
  return ({ creatorId, agreementId }) => {
    const creator = creators.find(({ id }) => id === creatorId)
    const paid = agreementId !== null
    return {
      currency,
      handles,
      creator: creator ? { name: creator.name, image: null, paid, commission: paid } : null,
    }
  }
}
