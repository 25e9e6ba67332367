// The real shop's figures for a rehearsal, read once and from then on on paper: nothing of the shop is changed.
import { passKeyOf } from '../../adapters/crypto/drop-pass.ts'
import { listRevoked } from '../../adapters/db/access-pass-store.ts'
import { listDrops, type StoredDrop } from '../../adapters/db/drop-store.ts'
import { findValidation } from '../../adapters/shopify/checkout-validation.ts'
import { fetchPieceStock } from '../../adapters/shopify/fetch-piece-stock.ts'
import { GATE_FUNCTION } from '../../domain/drops/checkout-rules.ts'
import type { RehearsalFacts } from '../../domain/drops/rehearse.ts'
import type { ShopContext } from '../context.ts'
import { checkDrop, readNamedAgreement } from './check-drop.server.ts'
import { readRules } from './tell-checkout.server.ts'

export type ReadFactsOutcome = { ok: true; facts: RehearsalFacts } | { ok: false; reason: string }

export async function readRehearsalFacts(context: ShopContext, drop: StoredDrop): Promise<ReadFactsOutcome> {
  const { shop, shopify, clock, linkSecret } = context
  const checked = await checkDrop(context, drop)
  if (!checked.ok) return checked
  const stock = await fetchPieceStock(
    shopify,
    drop.offers.map(({ variantId }) => variantId),
  )
  if (!stock.ok) return stock
  const validation = await findValidation(shopify, GATE_FUNCTION)
  // An installation that has not agreed to it yet: preflight is red about that already.
  if (!validation.ok && validation.reason !== 'access_denied') return validation
  const agreement = await readNamedAgreement(context, drop)
  const known = await readKnown(context, drop)
  return {
    ok: true,
    facts: {
      now: clock.now().toISOString(),
      preflight: checked.items,
      pieces: stock.pieces.map(({ levels, status, tracked, sellsBeyondStock, ...piece }) => ({
        productId: piece.productId,
        variantId: piece.variantId,
        inventoryItemId: piece.inventoryItemId,
        title: piece.title,
        isActive: status === 'active',
        isListed: checked.listed.get(piece.productId) ?? false,
        isCounted: tracked,
        sellsBeyondStock,
        levels: levels.map(({ locationId, available, reserved }) => ({ locationId, available, reserved })),
      })),
      others: known.others,
      checkout: {
        timeZone: shop.timeZone,
        currency: shop.currency,
        passKey: passKeyOf(shop.domain, linkSecret),
        revoked: known.revoked,
        loaded: readRules(validation.ok ? (validation.validation?.rules ?? null) : null),
      },
      storefront: { currency: shop.currency, handles: known.handles, creator: known.creator },
      waiting: known.waiting,
      agreementRates: agreement.standing === 'read' ? agreement.rates : null,
    },
  }
}

/** What stands in our own tables. */
async function readKnown({ db, shop }: ShopContext, drop: StoredDrop) {
  return db.inShop(shop.id, async (tx) => {
    const selling = await listDrops(tx, shop.id, { statuses: ['scheduled', 'live', 'held'] })
    const others = selling.filter(({ id }) => id !== drop.id)
    const products = await tx.product.findMany({
      where: { shopId: shop.id, productId: { in: drop.offers.map(({ productId }) => BigInt(productId)) } },
      select: { productId: true, handle: true },
    })
    const creator = drop.creatorId
      ? await tx.creator.findFirst({
          where: { shopId: shop.id, id: drop.creatorId },
          select: { name: true },
        })
      : null
    const lines = await tx.restockSignup.groupBy({
      by: ['variantId'],
      where: { shopId: shop.id, dropId: drop.id, status: 'waiting' },
      _count: { _all: true },
    })
    const isPaid = drop.agreementId !== null
    return {
      others,
      revoked: await listRevoked(tx, shop.id, [...others, drop]),
      handles: new Map(products.map(({ productId, handle }) => [String(productId), handle])),
      creator: creator && { name: creator.name, image: null, paid: isPaid, commission: isPaid },
      waiting: new Map(lines.map(({ variantId, _count }) => [String(variantId), _count._all])),
    }
  })
}
