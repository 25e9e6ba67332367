import type { ShopContext } from '../context.ts'

/** Puts the setup guide away for this shop, for good. Doing it twice changes nothing. */
export async function dismissSetup(ctx: ShopContext): Promise<{ ok: true }> {
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.shop.updateMany({
      where: { id: ctx.shop.id, setupDismissedAt: null },
      data: { setupDismissedAt: ctx.clock.now() },
    }),
  )
  return { ok: true }
}
