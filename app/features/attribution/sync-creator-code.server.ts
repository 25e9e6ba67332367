// Makes Shopify agree with what a row of creator_code asks for. Run as often as it takes: it looks before it acts.
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import type { CreatorCode } from '#app/adapters/db/generated/client.ts'
import { createDiscountCode } from '#app/adapters/shopify/create-discount-code.ts'
import { endDiscountCode } from '#app/adapters/shopify/end-discount-code.ts'
import type { ShopContext } from '../context.ts'

export type SyncCodeResult =
  | { ok: true; status: 'live' | 'failed' | 'ended' | 'unchanged' }
  /** Shopify could not be asked now: the job tries again. */
  | { ok: false; reason: 'throttled' | 'unavailable' }

export async function syncCreatorCode(ctx: ShopContext, input: { codeId: string }): Promise<SyncCodeResult> {
  const code = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.creatorCode.findUnique({ where: { id: input.codeId } }),
  )
  if (!code || code.status === 'ended') return { ok: true, status: 'unchanged' }
  const wantsEnd = code.endsAt !== null && code.endsAt <= ctx.clock.now()
  if (wantsEnd) return endInShopify(ctx, code)
  return code.status === 'pending' ? makeInShopify(ctx, code) : { ok: true, status: 'unchanged' }
}

async function makeInShopify(ctx: ShopContext, code: CreatorCode): Promise<SyncCodeResult> {
  const made = await createDiscountCode(ctx.shopify, {
    code: code.code,
    // The row's id in the title tells a code of an attempt that broke off from somebody else's.
    title: `Filigree ${code.code} ${code.id}`,
    percentBps: code.percentBps,
    startsAt: code.startsAt,
    endsAt: code.endsAt,
  })
  if (!made.ok && isPassing(made.reason)) return { ok: false, reason: made.reason }
  const status = made.ok ? 'live' : 'failed'
  await ctx.db.inShop(ctx.shop.id, async (tx) => {
    await tx.creatorCode.update({
      where: { id: code.id },
      data: made.ok
        ? { status, shopifyDiscountId: made.discountGid, shareUrl: made.shareUrl, lastError: null }
        : { status, lastError: made.reason },
    })
    await recordCreatorEvent(tx, {
      shopId: ctx.shop.id,
      creatorId: code.creatorId,
      at: ctx.clock.now(),
      kind: made.ok ? 'code_live' : 'code_failed',
      actor: 'filigree',
      facts: { code: code.code, ...(made.ok ? {} : { reason: made.reason }) },
    })
  })
  if (!made.ok)
    ctx.log.warn({ shopId: ctx.shop.id, codeId: code.id, reason: made.reason }, 'discount code refused')
  return { ok: true, status }
}

async function endInShopify(ctx: ShopContext, code: CreatorCode): Promise<SyncCodeResult> {
  if (code.shopifyDiscountId) {
    const ended = await endDiscountCode(ctx.shopify, code.shopifyDiscountId)
    if (!ended.ok && isPassing(ended.reason)) return { ok: false, reason: ended.reason }
    if (!ended.ok) {
      // Attribution has ended all the same; the merchant sees that Shopify still gives the discount.
      await saveEnd(ctx, code, { lastError: ended.reason })
      return { ok: true, status: 'failed' }
    }
  }
  await saveEnd(ctx, code, { status: 'ended', lastError: null })
  return { ok: true, status: 'ended' }
}

async function saveEnd(
  ctx: ShopContext,
  code: CreatorCode,
  data: { status?: 'ended'; lastError: string | null },
): Promise<void> {
  await ctx.db.inShop(ctx.shop.id, (tx) => tx.creatorCode.update({ where: { id: code.id }, data }))
}

function isPassing(reason: string): reason is 'throttled' | 'unavailable' {
  return reason === 'throttled' || reason === 'unavailable'
}
