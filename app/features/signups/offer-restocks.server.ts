// Offers a released wave to those who asked to hear of it: a hold each, oldest sign-up first, as many as there are units. What was not bought
// in time goes to the next. A hold is written down, then asked of Shopify, then written down with its mail: whoever comes after a stop finds
// at Shopify what was asked for, and asks for nothing twice.
import { setDueDate } from '../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { ClaimHold } from '../../adapters/db/generated/client.ts'
import {
  holdsAsked,
  holdsToEnd,
  intendFirstHolds,
  isOfferWaiting,
  passOn,
  type ReleasedWave,
  releasedWaves,
} from '../../adapters/db/hold-store.ts'
import { newRowId } from '../../adapters/db/row-id.ts'
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { findHeldPiece, giveBackPiece, type HeldPiece, holdPiece } from '../../adapters/shopify/held-piece.ts'
import { ASKED_SETTLES_MS, endOfHold, holdUntil, type NoticeStatus } from '../../domain/drops/restock.ts'
import type { ShopContext } from '../context.ts'

export type OfferStep = 'ended_at_shopify' | 'intended' | 'created' | 'written'
/** Called between two steps; tests stop a worker there. */
export type AfterOfferStep = (step: OfferStep) => void | Promise<void>

export type OfferRestocksOutcome = { ok: true; held: number; ended: number } | AdminRefusal

/** A drop that is held may go on any moment. */
const LOOK_AGAIN_MS = 60_000

/** One worker a shop at a time (see the job). Errors: AdminRefusal when Shopify cannot be asked; what was begun is taken up next time. */
export async function offerRestocks(
  context: ShopContext,
  afterStep: AfterOfferStep = () => {},
): Promise<OfferRestocksOutcome> {
  const { db, shop, clock } = context
  const own = new Set<string>()
  let ended = 0
  for (const hold of await db.inShop(shop.id, (tx) => holdsToEnd(tx, shop.id, clock.now()))) {
    const end = await endHold(context, hold, afterStep)
    if (!end.ok) return end
    ended += 1
    if (end.nextHoldId) own.add(end.nextHoldId)
  }
  const intended = await db.inShop(shop.id, async (tx) => {
    const now = clock.now()
    const ids = []
    for (const wave of await releasedWaves(tx, shop.id, now))
      if (holdUntil(now, wave.closesAt)) ids.push(...(await intendFirstHolds(tx, shop.id, wave, now)))
    return ids
  })
  for (const id of intended) own.add(id)
  await afterStep('intended')
  let held = 0
  for (const hold of await db.inShop(shop.id, (tx) => holdsAsked(tx, shop.id))) {
    const made = await makeHold(context, hold, own.has(hold.id), afterStep)
    if (!made.ok) return made
    if (made.held) held += 1
  }
  await db.inShop(shop.id, async (tx) =>
    setDueDate(tx, shop.id, 'offer-restocks', await nextLook(tx, shop.id, clock.now())),
  )
  return { ok: true, held, ended }
}

async function waveOf(tx: ShopTransaction, hold: ClaimHold, now: Date): Promise<ReleasedWave | undefined> {
  const waves = await releasedWaves(tx, hold.shopId, now)
  return waves.find(({ id }) => id === hold.waveId)
}

async function endHold(
  context: ShopContext,
  hold: ClaimHold,
  afterStep: AfterOfferStep,
): Promise<{ ok: true; nextHoldId: string | null } | AdminRefusal> {
  const { db, shop, clock, shopify, log } = context
  const given = await giveBackPiece(shopify, hold.draftOrderGid ?? '')
  if (!given.ok && given.reason === 'refused_by_shopify') {
    // Neither sold nor given back: Shopify ends the reservation by itself, and the next look sees what came of it.
    log.warn({ shopId: shop.id, holdId: hold.id, message: given.message }, 'a hold could not be ended')
    return { ok: true, nextHoldId: null }
  }
  if (!given.ok) return given
  await afterStep('ended_at_shopify')
  return db.inShop(shop.id, async (tx) => {
    const now = clock.now()
    const notice = await tx.restockNotice.findFirst({ where: { shopId: shop.id, holdId: hold.id } })
    const { status, passesOn } = endOfHold(given.was, (notice?.status ?? null) as NoticeStatus | null)
    const { count } = await tx.claimHold.updateMany({
      where: { id: hold.id, status: 'held' },
      data: { status, endedAt: now },
    })
    if (count === 0) return { ok: true, nextHoldId: null }
    // A mail that never went out: the person waits on, for the next wave.
    if (notice?.status === 'queued') {
      await tx.restockNotice.update({ where: { id: notice.id }, data: { status: 'dropped' } })
      await waitOn(tx, hold.signupId)
    }
    const wave = passesOn ? await waveOf(tx, hold, now) : undefined
    if (!wave || !holdUntil(now, wave.closesAt)) return { ok: true, nextHoldId: null }
    return { ok: true, nextHoldId: await passOn(tx, shop.id, wave, hold.id, now) }
  })
}

/** Whom nothing was mailed has not been noticed. */
async function waitOn(tx: ShopTransaction, signupId: string): Promise<void> {
  await tx.restockSignup.updateMany({
    where: { id: signupId, status: 'noticed', emailSealed: { not: null } },
    data: { status: 'waiting', endedAt: null },
  })
}

/** `isOwn`: intended just now by this worker, so that nobody has asked Shopify yet. */
async function makeHold(
  context: ShopContext,
  hold: ClaimHold,
  isOwn: boolean,
  afterStep: AfterOfferStep,
): Promise<{ ok: true; held: boolean } | AdminRefusal> {
  const { db, shop, clock, shopify } = context
  if (!isOwn) {
    if (clock.now().getTime() - hold.askedAt.getTime() < ASKED_SETTLES_MS) return { ok: true, held: false }
    const found = await findHeldPiece(shopify, hold.id)
    if (!found.ok) return found
    if (found.piece) return { ok: true, held: await keepHold(context, hold, found.piece) }
  }
  const until = await db.inShop(shop.id, async (tx) => {
    const now = clock.now()
    const wave = await waveOf(tx, hold, now)
    const time = wave ? holdUntil(now, wave.closesAt) : null
    if (time) await tx.claimHold.update({ where: { id: hold.id }, data: { askedAt: now } })
    else await refuse(tx, hold, 'the drop does not sell any more', now)
    return time
  })
  if (!until) return { ok: true, held: false }
  const made = await holdPiece(shopify, { holdId: hold.id, variantId: hold.variantId, until })
  if (!made.ok && made.reason === 'refused_by_shopify') {
    await db.inShop(shop.id, (tx) => refuse(tx, hold, made.message, clock.now()))
    return { ok: true, held: false }
  }
  if (!made.ok) return made
  await afterStep('created')
  const held = await keepHold(context, hold, made.piece)
  await afterStep('written')
  return { ok: true, held }
}

async function refuse(tx: ShopTransaction, hold: ClaimHold, message: string, now: Date): Promise<void> {
  await tx.claimHold.updateMany({
    where: { id: hold.id, status: 'asked' },
    data: { status: 'refused', endedAt: now, refusal: { code: null, message } },
  })
}

/** The hold stands, and its mail is asked for, in one transaction. */
async function keepHold(
  { db, shop, clock, queue }: ShopContext,
  hold: ClaimHold,
  piece: HeldPiece,
): Promise<boolean> {
  return db.inShop(shop.id, async (tx) => {
    const now = clock.now()
    const { count } = await tx.claimHold.updateMany({
      where: { id: hold.id, status: 'asked' },
      data: { status: 'held', draftOrderGid: piece.draftOrderGid, heldUntil: piece.heldUntil },
    })
    if (count === 0) return false
    const noticeId = newRowId()
    const { signupId } = hold
    await tx.restockNotice.create({
      data: { id: noticeId, shopId: shop.id, signupId, holdId: hold.id, requestedAt: now },
    })
    await tx.restockSignup.updateMany({
      where: { id: signupId, status: 'waiting' },
      data: { status: 'noticed', endedAt: now },
    })
    await queue.enqueue(tx, 'send-restock-notice', { shopId: shop.id, noticeId })
    return true
  })
}

async function nextLook(tx: ShopTransaction, shopId: number, now: Date): Promise<Date | null> {
  const open = await tx.claimHold.findMany({ where: { shopId, status: { in: ['asked', 'held'] } } })
  const times = open.map(({ status, askedAt, heldUntil }) =>
    status === 'held' && heldUntil ? heldUntil.getTime() : askedAt.getTime() + ASKED_SETTLES_MS,
  )
  if (await isOfferWaiting(tx, shopId, now)) times.push(now.getTime() + LOOK_AGAIN_MS)
  const ending = await holdsToEnd(tx, shopId, now)
  if (ending.length > 0) times.push(now.getTime())
  return times.length > 0 ? new Date(Math.min(...times)) : null
}
