// Takes a pass back. The checkout compares passes with a list that it is told: a pass is worthless once that list has reached it.
import { listRevoked, passNumberText } from '../../../adapters/db/access-pass-store.ts'
import { noteDropChange } from '../../../adapters/db/claim-store.ts'
import { listDrops, loadDrop, recordDropEvent } from '../../../adapters/db/drop-store.ts'
import { isRowId } from '../../../adapters/db/row-id.ts'
import type { CheckoutRefusal } from '../../../domain/drops/checkout-rules.ts'
import { MOST_REVOKED } from '../../../domain/drops/pass.ts'
import type { ShopContext } from '../../context.ts'
import { lockRoom } from '../fit-drop.server.ts'
import { tryCheckout } from '../try-checkout.server.ts'

export type RevokePassOutcome =
  | { ok: true; changed: boolean }
  | { ok: false; reason: 'unknown_pass' }
  | { ok: false; reason: 'too_many_revoked'; most: number }
  | CheckoutRefusal

export async function revokePass(
  context: ShopContext,
  { dropId, passId }: { dropId: string; passId: string },
  actor: string,
): Promise<RevokePassOutcome> {
  const { db, shop, clock } = context
  if (!isRowId(dropId) || !isRowId(passId)) return { ok: false, reason: 'unknown_pass' }
  return db.inShop(shop.id, async (tx): Promise<RevokePassOutcome> => {
    await lockRoom(tx, shop.id)
    const drop = await loadDrop(tx, shop.id, dropId, { lock: true })
    const pass = await tx.accessPass.findFirst({ where: { id: passId, shopId: shop.id, dropId } })
    if (!drop || !pass) return { ok: false, reason: 'unknown_pass' }
    if (pass.revokedAt !== null) return { ok: true, changed: false }
    const others = await listDrops(tx, shop.id, { statuses: ['scheduled', 'live', 'held'] })
    const revoked = await listRevoked(tx, shop.id, [drop, ...others.filter(({ id }) => id !== dropId)])
    const own = [...(revoked.get(drop.handle) ?? []), passNumberText(pass.number)]
    if (own.length > MOST_REVOKED) return { ok: false, reason: 'too_many_revoked', most: MOST_REVOKED }
    const full = tryCheckout(context, others, new Map([...revoked, [drop.handle, own]]))
    if (full) return full
    const now = clock.now()
    // A mail that is still waiting is not sent.
    const mailStatus = pass.mailStatus === 'queued' ? 'dropped' : pass.mailStatus
    await tx.accessPass.update({ where: { id: passId }, data: { revokedAt: now, mailStatus } })
    const facts = { pass: passNumberText(pass.number) }
    await recordDropEvent(tx, { shopId: shop.id, dropId, at: now, kind: 'pass_revoked', actor, facts })
    // What the checkout does not know it need not forget.
    if (others.some(({ id }) => id === dropId)) {
      const news = { revision: { increment: 1 }, settlesAt: now, settleAttempts: 0 }
      await tx.drop.update({ where: { id: dropId }, data: news })
      await noteDropChange(tx, shop.id, dropId, now)
    }
    return { ok: true, changed: true }
  })
}
