// Sends the one mail that tells a person of the piece that is held for them. Whether a mail server took a mail that its sender did not live
// to note is not known: it is not sent again, since nobody agreed to two.
import { signUnsubscribeLink } from '../../adapters/crypto/unsubscribe-link.ts'
import { raiseAlert, resolveAlert } from '../../adapters/db/alert-store.ts'
import { dueNoLaterThan } from '../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { SendResult } from '../../adapters/email/mailer.ts'
import { renderRestockMail } from '../../adapters/email/templates/restock-mail.tsx'
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { readHeldPiece } from '../../adapters/shopify/held-piece.ts'
import { openToken, type TokenKeys } from '../../adapters/shopify/token-cipher.ts'
import { isWorthMailing } from '../../domain/drops/restock.ts'
import type { ShopContext } from '../context.ts'
import { signupOwner } from './sign-up.server.ts'

export type SendNoticeOutcome =
  | { ok: true; status: 'sent' | 'unsure' | 'dropped' | 'failed' | 'not_queued' }
  /** The same mail may go through later. */
  | { ok: false; reason: 'try_again' }
  | AdminRefusal

/** Called between two steps; tests stop a worker there. */
export type AfterNoticeStep = (step: 'begun' | 'mailed') => void | Promise<void>

export async function sendRestockNotice(
  context: ShopContext,
  keys: TokenKeys,
  noticeId: string,
  afterStep: AfterNoticeStep = () => {},
): Promise<SendNoticeOutcome> {
  const { db, shop, clock, shopify, mailer } = context
  const found = await db.inShop(shop.id, (tx) => readNotice(tx, shop.id, noticeId))
  if (!found) return { ok: true, status: 'not_queued' }
  const { notice, hold, signup, piece } = found
  if (notice.status === 'sending') {
    await db.inShop(shop.id, async (tx) => {
      await tx.restockNotice.update({ where: { id: noticeId }, data: { status: 'unsure' } })
      await alertNotice(tx, found, 'unsure', clock.now())
    })
    return { ok: true, status: 'unsure' }
  }
  const drop = async (why: string): Promise<SendNoticeOutcome> => {
    await db.inShop(shop.id, (tx) => giveUp(tx, found, 'dropped', why, clock.now()))
    return { ok: true, status: 'dropped' }
  }
  const { heldUntil, draftOrderGid } = hold
  if (hold.status !== 'held' || !heldUntil || !draftOrderGid || !isWorthMailing(clock.now(), heldUntil))
    return drop('too_late')
  const address = signup.emailSealed && openToken(signup.emailSealed, signupOwner(signup.id), keys)
  if (!address) return drop('unwanted')
  if (!address.ok) return drop(`address_${address.reason}`)
  const held = await readHeldPiece(shopify, draftOrderGid)
  if (!held.ok) return held
  if (held.state !== 'open') return drop(`draft_${held.state}`)
  const unsubscribeUrl = signUnsubscribeLink(context, signup)
  const shopName = shop.senderName ?? shop.name
  const mail = await renderRestockMail({
    locale: signup.locale,
    shopName,
    piece,
    heldUntil: heldUntil.toISOString(),
    timeZone: shop.timeZone,
    url: held.invoiceUrl,
    unsubscribeUrl,
  })
  const { count } = await db.inShop(shop.id, (tx) =>
    tx.restockNotice.updateMany({
      where: { id: noticeId, status: 'queued' },
      data: { status: 'sending', attempts: { increment: 1 } },
    }),
  )
  if (count === 0) return { ok: true, status: 'not_queued' }
  await afterStep('begun')
  const result = await mailer.send({
    to: address.token,
    fromName: shopName,
    ...(shop.replyTo && { replyTo: shop.replyTo }),
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: {
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
    messageId: `<${noticeId}@filigree.invalid>`,
  })
  await afterStep('mailed')
  return db.inShop(shop.id, (tx) => record(tx, found, result, clock.now()))
}

type Found = NonNullable<Awaited<ReturnType<typeof readNotice>>>

async function readNotice(tx: ShopTransaction, shopId: number, id: string) {
  const notice = await tx.restockNotice.findFirst({
    where: { id, shopId, status: { in: ['queued', 'sending'] } },
  })
  if (!notice) return null
  const hold = await tx.claimHold.findFirstOrThrow({ where: { id: notice.holdId, shopId } })
  const signup = await tx.restockSignup.findFirstOrThrow({ where: { id: notice.signupId, shopId } })
  const { dropId, variantId } = hold
  const offer = await tx.dropOffer.findFirst({
    where: { shopId, dropId, variantId },
    select: { title: true },
  })
  const drop = await tx.drop.findFirstOrThrow({ where: { shopId, id: dropId }, select: { title: true } })
  return { notice, hold, signup, piece: offer?.title ?? drop.title }
}

async function record(
  tx: ShopTransaction,
  found: Found,
  result: SendResult,
  now: Date,
): Promise<SendNoticeOutcome> {
  const { notice, signup } = found
  if (result.ok) {
    await tx.restockNotice.update({
      where: { id: notice.id },
      data: { status: 'sent', messageId: result.messageId, sentAt: now, lastError: null },
    })
    // It was agreed to for this one mail.
    await tx.restockSignup.update({ where: { id: signup.id }, data: { emailSealed: null } })
    await resolveAlert(tx, notice.shopId, alertKeyOf(found), now)
    return { ok: true, status: 'sent' }
  }
  const why = `${result.reason}: ${result.message}`
  if (result.retry) {
    await tx.restockNotice.update({ where: { id: notice.id }, data: { status: 'queued', lastError: why } })
    return { ok: false, reason: 'try_again' }
  }
  // An address that takes no mail will not take the next one either.
  if (result.reason === 'rejected_address')
    await tx.restockSignup.updateMany({
      where: { id: signup.id, status: 'noticed' },
      data: { status: 'left', emailSealed: null },
    })
  await giveUp(tx, found, 'failed', why, now)
  await alertNotice(tx, found, result.reason, now)
  return { ok: true, status: 'failed' }
}

/** One a drop, whomever it is about: gone when a mail of the drop is taken again. */
const alertKeyOf = ({ hold }: Found) => `notice_failed/${hold.dropId}`

async function alertNotice(tx: ShopTransaction, found: Found, reason: string, now: Date): Promise<void> {
  const { notice, hold, piece } = found
  await raiseAlert(tx, {
    shopId: notice.shopId,
    key: alertKeyOf(found),
    kind: 'notice_failed',
    severity: 'warning',
    facts: { dropId: hold.dropId, title: piece, reason },
    raisedAt: now,
  })
}

/** Nobody was told: the piece goes to the next at once, and whoever still wants to hear waits on. */
async function giveUp(
  tx: ShopTransaction,
  { notice, signup }: Found,
  status: 'dropped' | 'failed',
  why: string,
  now: Date,
): Promise<void> {
  await tx.restockNotice.update({ where: { id: notice.id }, data: { status, lastError: why } })
  await tx.restockSignup.updateMany({
    where: { id: signup.id, status: 'noticed', emailSealed: { not: null } },
    data: { status: 'waiting', endedAt: null },
  })
  await dueNoLaterThan(tx, notice.shopId, 'offer-restocks', now)
}
