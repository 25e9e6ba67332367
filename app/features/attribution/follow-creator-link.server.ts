// A shopper follows a creator's short link: where on the same shop it leads, with the signed reference that the cart will carry.
import { signReference } from '#app/adapters/crypto/signed-reference.ts'
import type { Database } from '#app/adapters/db/database.ts'

/** As links are made, and longer than any. */
const REFERENCE = /^[A-Za-z0-9_-]{1,64}$/
/** Relative to the shop: neither another host ("//evil.example", "/\evil.example") nor anything but a path. */
const SAME_SHOP_PATH = /^\/(?![/\\])[\w\-./%~]*$/

export type FollowLinkResult =
  | { ok: true; path: string }
  | { ok: false; reason: 'unknown_shop' | 'unknown_link' | 'revoked' | 'creator_archived' | 'path_malformed' }

/** `path` is relative to the shop, with `?fil=REFERENCE.SIGNATURE`. */
export async function followCreatorLink(
  { db, linkSecret }: { db: Database; linkSecret: string },
  shopDomain: string,
  reference: string,
): Promise<FollowLinkResult> {
  return db.byDomain(shopDomain, async (tx, shop): Promise<FollowLinkResult> => {
    if (!shop || shop.uninstalledAt) return { ok: false, reason: 'unknown_shop' }
    if (!REFERENCE.test(reference)) return { ok: false, reason: 'unknown_link' }
    const link = await tx.creatorLink.findUnique({
      where: { shopId_reference: { shopId: shop.id, reference } },
    })
    if (!link) return { ok: false, reason: 'unknown_link' }
    if (link.revokedAt) return { ok: false, reason: 'revoked' }
    const creator = await tx.creator.findUnique({ where: { id: link.creatorId } })
    if (creator?.status !== 'active') return { ok: false, reason: 'creator_archived' }
    if (!SAME_SHOP_PATH.test(link.path)) return { ok: false, reason: 'path_malformed' }
    return { ok: true, path: `${link.path}?fil=${signReference(shop.domain, reference, linkSecret)}` }
  })
}
