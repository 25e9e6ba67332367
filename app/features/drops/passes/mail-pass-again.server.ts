// A guest who says that nothing came: the mail is asked for once more, also where it was handed over or nobody knows whether it went out.
import { resolveAlert } from '../../../adapters/db/alert-store.ts'
import { loadDrop } from '../../../adapters/db/drop-store.ts'
import { isRowId } from '../../../adapters/db/row-id.ts'
import { type PassRefusal, passTerm } from '../../../domain/drops/guest-list.ts'
import type { ShopContext } from '../../context.ts'

export type MailPassAgainOutcome =
  | { ok: true }
  | { ok: false; reason: 'unknown_pass' | 'pass_revoked' | 'guest_forgotten' | 'mail_under_way' }
  | { ok: false; reason: PassRefusal }

export async function mailPassAgain(
  { db, shop, clock, queue }: ShopContext,
  { dropId, passId }: { dropId: string; passId: string },
): Promise<MailPassAgainOutcome> {
  if (!isRowId(dropId) || !isRowId(passId)) return { ok: false, reason: 'unknown_pass' }
  return db.inShop(shop.id, async (tx): Promise<MailPassAgainOutcome> => {
    const drop = await loadDrop(tx, shop.id, dropId, { lock: true })
    const pass = await tx.accessPass.findFirst({ where: { id: passId, shopId: shop.id, dropId } })
    if (!drop || !pass) return { ok: false, reason: 'unknown_pass' }
    if (pass.revokedAt !== null) return { ok: false, reason: 'pass_revoked' }
    const now = clock.now()
    const term = passTerm(drop, now.toISOString())
    if (!term.ok) return term
    if (pass.emailSealed === null) return { ok: false, reason: 'guest_forgotten' }
    if (pass.mailStatus === 'queued' || pass.mailStatus === 'sending')
      return { ok: false, reason: 'mail_under_way' }
    await tx.accessPass.update({ where: { id: passId }, data: { mailStatus: 'queued', lastError: null } })
    await queue.enqueue(tx, 'send-pass', { shopId: shop.id, passId })
    await resolveAlert(tx, shop.id, `pass_not_sent/${passId}`, now)
    return { ok: true }
  })
}
