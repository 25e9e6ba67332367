// Gives guests a pass each: by mail, or to be handed over. Whoever has one keeps it, so that sending the form twice changes nothing.
import { passEmailHash, passKeyOf } from '../../../adapters/crypto/drop-pass.ts'
import { insertPass } from '../../../adapters/db/access-pass-store.ts'
import { loadDrop, recordDropEvent } from '../../../adapters/db/drop-store.ts'
import { isRowId } from '../../../adapters/db/row-id.ts'
import { emailKeyOf } from '../../../adapters/shopify/customer-key.ts'
import { sealToken, type TokenKeys } from '../../../adapters/shopify/token-cipher.ts'
import { type GuestList, type PassRefusal, passTerm, readGuests } from '../../../domain/drops/guest-list.ts'
import type { ShopContext } from '../../context.ts'
import { passOwner } from './guest-pass.server.ts'

export interface PassesAsked {
  dropId: string
  /** As it was typed. */
  guests: string
  locale: string
  /** Whether each is sent theirs. */
  mailed: boolean
}

export type IssuePassesOutcome =
  /** `known`: had one already. */
  | { ok: true; issued: number; known: number }
  | { ok: false; reason: 'unknown_drop' }
  | { ok: false; reason: PassRefusal }
  | { ok: false; reason: 'too_many_passes'; most: number }
  | Extract<GuestList, { ok: false }>

/** Of one drop: a tag of customers is the better key for more. */
const MOST_PASSES = 2_000

export async function issuePasses(
  { db, shop, clock, queue, linkSecret }: ShopContext,
  keys: TokenKeys,
  { dropId, guests, locale, mailed }: PassesAsked,
  actor: string,
): Promise<IssuePassesOutcome> {
  if (!isRowId(dropId)) return { ok: false, reason: 'unknown_drop' }
  const list = readGuests(guests)
  if (!list.ok) return list
  return db.inShop(shop.id, async (tx): Promise<IssuePassesOutcome> => {
    const drop = await loadDrop(tx, shop.id, dropId, { lock: true })
    if (!drop) return { ok: false, reason: 'unknown_drop' }
    const now = clock.now()
    const term = passTerm(drop, now.toISOString())
    if (!term.ok) return term
    const before = await tx.accessPass.count({ where: { shopId: shop.id, dropId } })
    if (before + list.emails.length > MOST_PASSES)
      return { ok: false, reason: 'too_many_passes', most: MOST_PASSES }
    const key = passKeyOf(shop.domain, linkSecret)
    const issued: string[] = []
    for (const email of list.emails) {
      const passId = await insertPass(tx, {
        shopId: shop.id,
        dropId,
        emailHash: passEmailHash(email, key),
        emailKey: emailKeyOf(shop.domain, email, linkSecret),
        seal: (id) => sealToken(email, passOwner(id), keys),
        locale,
        origin: 'guest',
        issuedAt: now,
        issuedBy: actor,
        expiresAt: new Date(term.expiresAt),
        mailed,
      })
      if (passId !== null) issued.push(passId)
    }
    if (issued.length > 0) {
      const facts = { passes: issued.length, mailed }
      await recordDropEvent(tx, { shopId: shop.id, dropId, at: now, kind: 'passes_issued', actor, facts })
      if (mailed)
        await queue.enqueueMany(
          tx,
          'send-pass',
          issued.map((passId) => ({ shopId: shop.id, passId })),
        )
    }
    return { ok: true, issued: issued.length, known: list.emails.length - issued.length }
  })
}
