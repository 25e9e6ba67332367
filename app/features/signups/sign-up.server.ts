// Takes the wish to hear when a piece comes back. The row is the queue: what is answered with 202 is durable.
import type { Database } from '../../adapters/db/database.ts'
import { newRowId } from '../../adapters/db/row-id.ts'
import { emailKeyOf } from '../../adapters/shopify/customer-key.ts'
import { sealToken, type TokenKeys } from '../../adapters/shopify/token-cipher.ts'
import { placeRange, type SignupRequest } from '../../domain/drops/signup.ts'

export interface SignUpContext {
  db: Database
  clock: { now(): Date }
  tokenKeys: TokenKeys
  linkSecret: string
}

export type SignUpOutcome =
  | { ok: true; place: { from: number; to: number } }
  /** No such shop, drop or piece: which of them is nobody's business. */
  | { ok: false; reason: 'no_such_drop' }
  /** There will be no more waves. */
  | { ok: false; reason: 'drop_over' }
  /** The address waits in as many lines of the shop as one address may. */
  | { ok: false; reason: 'address_full' }

/** As sealed addresses are bound to their rows. */
export const signupOwner = (signupId: string) => `restock_signup/${signupId}`

/** Lines of one shop, over all its drops, in which one address may wait: nobody wants so much, and nobody fills lists with one address. */
export const MOST_LINES = 20

/** Asking twice, with the same key or the same address, makes one row and gets the same kind of answer. */
export async function signUp(
  { db, clock, tokenKeys, linkSecret }: SignUpContext,
  shopDomain: string,
  handle: string,
  request: SignupRequest,
): Promise<SignUpOutcome> {
  return db.byDomain(shopDomain, async (tx, shop): Promise<SignUpOutcome> => {
    if (!shop || shop.uninstalledAt) return { ok: false, reason: 'no_such_drop' }
    const { variantId, email, locale, consentVersion, idempotencyKey } = request
    const drop = await tx.drop.findFirst({
      where: { shopId: shop.id, handle, status: { not: 'draft' }, offers: { some: { variantId } } },
      select: { id: true, status: true, acts: { where: { kind: 'close' }, select: { at: true } } },
    })
    if (!drop) return { ok: false, reason: 'no_such_drop' }
    const now = clock.now()
    const isDropOver =
      drop.status === 'closed' || drop.status === 'aborted' || drop.acts.some(({ at }) => at <= now)
    if (isDropOver) return { ok: false, reason: 'drop_over' }
    // One place after the other; who waits here waits for single inserts.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`signups/${drop.id}/${variantId}`}, 0))::text`
    const line = { dropId: drop.id, variantId }
    const last = await tx.restockSignup.aggregate({ where: line, _max: { position: true } })
    const length = last._max.position ?? 0
    const emailKey = emailKeyOf(shop.domain, email, linkSecret)
    const known = await tx.restockSignup.findFirst({
      where: { shopId: shop.id, OR: [{ idempotencyKey }, { ...line, emailKey }] },
      select: { id: true, status: true, idempotencyKey: true },
    })
    // Before it is looked at whether this line is one of them, so that the answer does not tell.
    const lines = await tx.restockSignup.count({ where: { shopId: shop.id, emailKey, status: 'waiting' } })
    if (lines >= MOST_LINES && known?.idempotencyKey !== idempotencyKey)
      return { ok: false, reason: 'address_full' }
    const isOver = known?.status === 'noticed' || known?.status === 'left'
    if (known && isOver && known.idempotencyKey !== idempotencyKey) {
      // Asked anew after the mail or after leaving. The same row: nobody is noticed twice for one wave by signing up twice.
      const emailSealed = sealToken(email, signupOwner(known.id), tokenKeys)
      const asked = { emailSealed, locale, idempotencyKey, consentVersion, consentAt: now }
      await tx.restockSignup.update({
        where: { id: known.id },
        data: { ...asked, position: length + 1, status: 'waiting', endedAt: null },
      })
      return { ok: true, place: placeRange(length + 1) }
    }
    // The end of the line for both: the answer does not tell whether an address was in it before.
    if (known) return { ok: true, place: placeRange(Math.max(1, length)) }
    const id = newRowId()
    await tx.restockSignup.create({
      data: {
        id,
        shopId: shop.id,
        ...line,
        emailSealed: sealToken(email, signupOwner(id), tokenKeys),
        emailKey,
        locale,
        position: length + 1,
        idempotencyKey,
        consentVersion,
        consentAt: now,
      },
    })
    return { ok: true, place: placeRange(length + 1) }
  })
}
