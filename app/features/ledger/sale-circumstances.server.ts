// What was true when a line was sold, as it stands now: read once for a group of lines that nobody has decided yet.
import { verifyReference } from '../../adapters/crypto/signed-reference.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { dropAt, dropsSelling } from '../../adapters/db/drop-sales.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'
import {
  applyCodes,
  codeKey,
  type KnownCode,
  type SaleCircumstances,
} from '../../domain/attribution/circumstances.ts'
import type { IsoInstant } from '../../domain/time/instant.ts'

/** A line as its order tells of it. */
export interface LineAsSold {
  lineItemId: bigint
  soldAt: IsoInstant
  productId: bigint | null
  /** As applied, in any spelling. */
  discountCodes: readonly string[]
  /** What the cart carried, as it came: REFERENCE.SIGNATURE */
  linkReference: string | null
}

/** What the lines at hand name: nothing else needs to be read for them. */
export interface NamedByLines {
  /** As applied, in any spelling. */
  codes: readonly string[]
  /** As carried by the carts, with their signatures. */
  links: readonly string[]
  productIds: readonly bigint[]
  /** Subscription contracts; what their first orders name is read with them. */
  contractIds: readonly bigint[]
}

/** All but who was archived: that is asked of whoever could be paid. */
export type SeenAtSale = Omit<SaleCircumstances, 'archivedCreatorIds'>

export interface CircumstancesNow {
  seenBy(line: LineAsSold): SeenAtSale
  /** Whose the codes and links are. */
  creatorIds: string[]
}

export async function openCircumstances(
  tx: ShopTransaction,
  shop: Shop,
  linkSecret: string,
  named: Omit<NamedByLines, 'contractIds'>,
): Promise<CircumstancesNow> {
  const shopId = shop.id
  const [codes, links, products, drops] = [
    await readCodes(tx, shopId, named.codes),
    await readLinks(tx, shopId, named.links),
    await readCollections(tx, shopId, named.productIds),
    await dropsSelling(tx, shopId, named.productIds),
  ]

  function linkOf(carried: string | null, at: IsoInstant): SeenAtSale['link'] {
    if (carried === null) return null
    const verified = verifyReference(shop.domain, carried, linkSecret)
    if (!verified.ok) return { reference: carried, creatorId: null }
    const link = links.get(verified.reference)
    const when = new Date(at)
    const isLive = link && (link.revokedAt === null || link.revokedAt > when) && link.createdAt <= when
    return { reference: verified.reference, creatorId: isLive ? link.creatorId : null }
  }

  return {
    creatorIds: unique([
      ...[...codes.values(), ...links.values()].map(({ creatorId }) => creatorId),
      ...drops.flatMap(({ creatorId }) => creatorId ?? []),
    ]),
    seenBy: (line) => ({
      collectionIds: (line.productId !== null && products.get(line.productId)) || [],
      codes: applyCodes(line.discountCodes, codes, line.soldAt),
      link: linkOf(line.linkReference, line.soldAt),
      drop: dropAt(drops, line.productId, line.soldAt),
      capBps: shop.maxTotalShareBps,
      returnWindowDays: shop.returnWindowDays,
      timeZone: shop.timeZone,
    }),
  }
}

async function readCodes(
  tx: ShopTransaction,
  shopId: number,
  applied: readonly string[],
): Promise<Map<string, KnownCode>> {
  const codes = unique(applied.map(codeKey))
  if (codes.length === 0) return new Map()
  // A code that Shopify refused to make may be somebody else's discount.
  const rows = await tx.$queryRaw<
    Array<{ code: string; creatorId: string; startsAt: Date; endsAt: Date | null }>
  >`
    select code, creator_id::text as "creatorId", starts_at as "startsAt", ends_at as "endsAt"
    from creator_code where shop_id = ${shopId} and status <> 'failed' and code = any(${codes}::text[])`
  return new Map(
    rows.map(({ code, creatorId, startsAt, endsAt }) => [
      code,
      { creatorId, startsAt: startsAt.toISOString(), endsAt: endsAt?.toISOString() ?? null },
    ]),
  )
}

interface KnownLink {
  reference: string
  creatorId: string
  createdAt: Date
  revokedAt: Date | null
}

async function readLinks(
  tx: ShopTransaction,
  shopId: number,
  carried: readonly string[],
): Promise<Map<string, KnownLink>> {
  const references = unique(carried.map((link) => link.split('.')[0] ?? ''))
  if (references.length === 0) return new Map()
  const rows = await tx.$queryRaw<KnownLink[]>`
    select reference, creator_id::text as "creatorId", created_at as "createdAt", revoked_at as "revokedAt"
    from creator_link where shop_id = ${shopId} and reference = any(${references}::text[])`
  return new Map(rows.map((row) => [row.reference, row]))
}

async function readCollections(
  tx: ShopTransaction,
  shopId: number,
  productIds: readonly bigint[],
): Promise<Map<bigint, string[]>> {
  if (productIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<Array<{ productId: bigint; collectionIds: bigint[] }>>`
    select product_id as "productId", collection_ids as "collectionIds"
    from product where shop_id = ${shopId} and product_id = any(${unique(productIds).map(String)}::bigint[])`
  return new Map(rows.map(({ productId, collectionIds }) => [productId, collectionIds.map(String)]))
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}
