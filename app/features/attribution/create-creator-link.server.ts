// A share link of a creator: a short reference whose signature the storefront carries in the cart.
import { randomReference } from '#app/adapters/crypto/digest.ts'
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'

export interface CreateLinkInput {
  /** The new row's id, made with the form. */
  formId: string
  creatorId: string
  /** Where on the storefront the link leads: "/" or "/products/moon-ring". */
  path: string
}

export type CreateLinkResult =
  | { ok: true; linkId: string; reference: string }
  | { ok: false; reason: 'unknown_creator' | 'creator_archived' | 'path_malformed' | 'no_free_reference' }

const ATTEMPTS = 5

export async function createCreatorLink(ctx: ShopContext, input: CreateLinkInput): Promise<CreateLinkResult> {
  const path = input.path.trim() || '/'
  if (!isStorefrontPath(path)) return { ok: false, reason: 'path_malformed' }
  if (!isRowId(input.creatorId) || !isRowId(input.formId)) return { ok: false, reason: 'unknown_creator' }
  const now = ctx.clock.now()
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx) => {
    const creator = await tx.creator.findUnique({ where: { id: input.creatorId } })
    if (!creator) return { ok: false, reason: 'unknown_creator' }
    if (creator.status !== 'active') return { ok: false, reason: 'creator_archived' }
    const stem = creator.handle
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .slice(0, 8)
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const reference = `${stem}${randomReference(4)}`
      const row = { id: input.formId, shopId, creatorId: creator.id, reference, path, createdAt: now }
      const made = await tx.creatorLink.createMany({ data: [row], skipDuplicates: true })
      if (made.count === 1) {
        await recordCreatorEvent(tx, {
          shopId,
          creatorId: creator.id,
          at: now,
          kind: 'link_created',
          actor: 'merchant',
          facts: { reference, path },
        })
        return { ok: true, linkId: input.formId, reference }
      }
      // The same form sent twice; anything else is a reference that is taken: draw again.
      const existing = await tx.creatorLink.findUnique({ where: { id: input.formId } })
      if (existing) return { ok: true, linkId: existing.id, reference: existing.reference }
    }
    return { ok: false, reason: 'no_free_reference' }
  })
}

/** Relative to the shop: neither another host ("//evil.example") nor something a browser would run. */
function isStorefrontPath(path: string): boolean {
  return path.length <= 300 && /^\/(?!\/)[\w\-./%~]*$/.test(path) && !path.includes('\\')
}
