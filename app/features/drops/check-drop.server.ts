// Preflight: reads what must be right at Shopify and in our books, and lets the domain judge it.
import { listDrops, type StoredDrop } from '../../adapters/db/drop-store.ts'
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { findValidation } from '../../adapters/shopify/checkout-validation.ts'
import { type DropPiece, fetchDropPieces } from '../../adapters/shopify/fetch-drop-pieces.ts'
import { findOnlineStore } from '../../adapters/shopify/list-product.ts'
import { readStockLevel } from '../../adapters/shopify/stock-level.ts'
import type { AgreementTerms } from '../../domain/agreements/terms.ts'
import { versionInForce } from '../../domain/agreements/version-in-force.ts'
import { GATE_FUNCTION } from '../../domain/drops/checkout-rules.ts'
import { type PreflightFacts, type PreflightItem, preflight } from '../../domain/drops/preflight.ts'
import { overlapsOf, sellingWindow } from '../../domain/drops/timeline.ts'
import type { StockLevel } from '../../domain/drops/wave-stock.ts'
import { parseAmount } from '../../domain/money/parse-amount.ts'
import type { ShopContext } from '../context.ts'
import { fitDrop } from './fit-drop.server.ts'

export interface CheckedDrop {
  ok: true
  items: PreflightItem[]
  publicationGid: string
  /** Whether each offer's product is in the online store now. */
  listed: Map<string, boolean>
}

export type CheckDropOutcome = CheckedDrop | { ok: false; reason: 'no_online_store' } | AdminRefusal

export async function checkDrop(context: ShopContext, drop: StoredDrop): Promise<CheckDropOutcome> {
  const { shop, shopify } = context
  const store = await findOnlineStore(shopify)
  if (!store.ok) return store
  const variantIds = drop.offers.map(({ variantId }) => BigInt(variantId))
  const fetched = await fetchDropPieces(shopify, variantIds, store.publicationGid)
  if (!fetched.ok) return fetched
  const levels = await readLevels(context, drop)
  if (!levels.ok) return levels
  const gate = await readGate(context)
  if (!gate.ok) return gate
  const { fit, overlaps } = await readRoom(context, drop)
  const facts: PreflightFacts = {
    shopTimeZone: shop.timeZone,
    pieces: fetched.pieces.map((piece) => describePiece(piece, shop.currency)),
    levels: levels.levels,
    gate: gate.gate,
    checkout: fit.checkout,
    config: fit.config,
    // Reading themes is a right that nothing else here needs: the guide shows where to look instead.
    blocks: null,
    agreement: await readAgreement(context, drop),
    overlaps,
  }
  const listed = new Map(fetched.pieces.map((piece) => [String(piece.productId), piece.listed]))
  return { ok: true, items: preflight(drop, facts), publicationGid: store.publicationGid, listed }
}

function describePiece(piece: DropPiece, currency: string): PreflightFacts['pieces'][number] {
  const price = parseAmount(piece.price, currency)
  return {
    variantId: String(piece.variantId),
    title: piece.productTitle,
    status: piece.status,
    tracked: piece.tracked,
    available: piece.available,
    oversells: piece.oversells,
    priceMinor: price.ok ? price.minor : null,
    image: piece.image,
  }
}

type Levels = Map<string, StockLevel | null>

async function readLevels(
  { shopify }: ShopContext,
  drop: StoredDrop,
): Promise<{ ok: true; levels: Levels } | AdminRefusal> {
  const levels: Levels = new Map()
  for (const { inventoryItemId, locationId } of drop.waves) {
    const place = `${inventoryItemId}/${locationId}`
    if (levels.has(place)) continue
    const read = await readStockLevel(shopify, {
      inventoryItemId: BigInt(inventoryItemId),
      locationId: BigInt(locationId),
    })
    if (!read.ok) return read
    levels.set(place, read.level)
  }
  return { ok: true, levels }
}

async function readGate({
  shopify,
}: ShopContext): Promise<{ ok: true; gate: PreflightFacts['gate'] } | AdminRefusal> {
  const found = await findValidation(shopify, GATE_FUNCTION)
  // An installation that has not agreed to the newer scopes yet.
  if (!found.ok) return found.reason === 'access_denied' ? { ok: true, gate: null } : found
  return { ok: true, gate: found.validation ?? 'missing' }
}

async function readAgreement(context: ShopContext, drop: StoredDrop): Promise<PreflightFacts['agreement']> {
  const window = sellingWindow(drop.acts)
  const named = await readNamedAgreement(context, drop)
  if (named.standing !== 'read') return named
  const { title, rates } = named
  return {
    standing: 'read',
    title,
    atStart: window !== null && rates(window.early ?? window.open),
    atEnd: window !== null && rates(window.close),
  }
}

export type NamedAgreement =
  | Exclude<PreflightFacts['agreement'], { standing: 'read' }>
  /** `rates`: whether it is in force then. */
  | { standing: 'read'; title: string; rates: (at: string) => boolean }

export async function readNamedAgreement(
  { db, shop }: Pick<ShopContext, 'db' | 'shop'>,
  { creatorId, agreementId }: Pick<StoredDrop, 'creatorId' | 'agreementId'>,
): Promise<NamedAgreement> {
  if (creatorId === null || agreementId === null) return { standing: 'none_named' }
  return db.inShop(shop.id, async (tx) => {
    const agreement = await tx.agreement.findFirst({
      where: { shopId: shop.id, id: agreementId },
      include: { versions: true, creator: { select: { archivedAt: true } } },
    })
    if (!agreement) return { standing: 'unknown' }
    if (agreement.creatorId !== creatorId) return { standing: 'of_another_creator' }
    if (agreement.creator.archivedAt) return { standing: 'creator_archived' }
    const versions = agreement.versions.map(
      ({ id, number, status, terms, effectiveFrom, decidedAt, retroactive }) => ({
        id,
        number,
        status,
        retroactive,
        effectiveFrom: effectiveFrom.toISOString(),
        decidedAt: decidedAt?.toISOString() ?? null,
        terms: terms as unknown as AgreementTerms,
      }),
    )
    const ended = { endedAt: agreement.endedAt?.toISOString() ?? null }
    const rates = (at: string) => versionInForce(versions, ended, at, shop.timeZone) !== null
    return { standing: 'read', title: agreement.title, rates }
  })
}

/** As if it were scheduled already. */
async function readRoom(context: ShopContext, drop: StoredDrop) {
  const { db, shop } = context
  return db.inShop(shop.id, async (tx) => {
    const others = await listDrops(tx, shop.id, { statuses: ['scheduled', 'live', 'held'] })
    const overlaps = overlapsOf(
      drop,
      others.filter(({ id }) => id !== drop.id),
    )
    return { fit: await fitDrop(context, tx, { ...drop, status: 'scheduled' }), overlaps }
  })
}
