// Sends one guest their pass. Whether a mail server took a mail whose sender did not live to note it is not known: it is not sent again by
// itself, and the list of guests says so.
import { raiseAlert } from '../../../adapters/db/alert-store.ts'
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import { loadDrop } from '../../../adapters/db/drop-store.ts'
import type { AccessPass } from '../../../adapters/db/generated/client.ts'
import type { SendResult } from '../../../adapters/email/mailer.ts'
import { renderGuestPassMail } from '../../../adapters/email/templates/guest-pass-mail.tsx'
import { openToken, type TokenKeys } from '../../../adapters/shopify/token-cipher.ts'
import { passTerm } from '../../../domain/drops/guest-list.ts'
import type { ShopContext } from '../../context.ts'
import { guestPassOf, passOwner } from './guest-pass.server.ts'
import { heroHandle } from './passes-view.server.ts'

export type SendPassOutcome =
  | { ok: true; status: 'sent' | 'unsure' | 'dropped' | 'failed' | 'not_queued' }
  /** The same mail may go through later. */
  | { ok: false; reason: 'try_again' }

/** Called between two steps; tests stop a worker there. */
export type AfterPassStep = (step: 'begun' | 'mailed') => void | Promise<void>

/** As many as the queue tries; afterwards the merchant is told. */
const ATTEMPTS = 8

export async function sendPass(
  context: ShopContext,
  keys: TokenKeys,
  passId: string,
  afterStep: AfterPassStep = () => {},
): Promise<SendPassOutcome> {
  const { db, shop, clock, mailer } = context
  const found = await db.inShop(shop.id, (tx) => readPass(tx, shop.id, passId))
  if (!found) return { ok: true, status: 'not_queued' }
  const { pass, drop } = found
  const end = async (mailStatus: 'unsure' | 'dropped', lastError: string): Promise<SendPassOutcome> => {
    await db.inShop(shop.id, (tx) =>
      tx.accessPass.update({ where: { id: passId }, data: { mailStatus, lastError } }),
    )
    return { ok: true, status: mailStatus }
  }
  if (pass.mailStatus === 'sending') return end('unsure', 'the worker stopped while it sent the mail')
  const term = passTerm(drop, clock.now().toISOString())
  if (!term.ok) return end('dropped', term.reason)
  const address = pass.emailSealed === null ? null : openToken(pass.emailSealed, passOwner(passId), keys)
  const given = guestPassOf(context, pass, { dropHandle: drop.handle, productHandle: found.productHandle })
  if (!address?.ok || !given) return end('dropped', 'the address was forgotten')
  const shopName = shop.senderName ?? shop.name
  const mail = await renderGuestPassMail({
    locale: pass.locale,
    shopName,
    drop: drop.title,
    origin: pass.origin === 'draw' ? 'draw' : 'guest',
    from: term.from,
    until: term.until,
    timeZone: drop.timeZone,
    url: given.url,
    pass: given.text,
  })
  const { count } = await db.inShop(shop.id, (tx) =>
    tx.accessPass.updateMany({
      where: { id: passId, mailStatus: 'queued', revokedAt: null },
      data: { mailStatus: 'sending', attempts: { increment: 1 } },
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
    messageId: `<${passId}.${pass.attempts + 1}@filigree.invalid>`,
  })
  await afterStep('mailed')
  return db.inShop(shop.id, (tx) => record(tx, found, result, clock.now()))
}

type Found = NonNullable<Awaited<ReturnType<typeof readPass>>>

async function readPass(tx: ShopTransaction, shopId: number, id: string) {
  const pass: AccessPass | null = await tx.accessPass.findFirst({
    where: { id, shopId, mailStatus: { in: ['queued', 'sending'] } },
  })
  const drop = pass && (await loadDrop(tx, shopId, pass.dropId))
  if (!pass || !drop) return null
  return { pass, drop, productHandle: await heroHandle(tx, shopId, drop.offers[0]) }
}

async function record(
  tx: ShopTransaction,
  { pass, drop }: Found,
  result: SendResult,
  now: Date,
): Promise<SendPassOutcome> {
  const where = { id: pass.id }
  if (result.ok) {
    await tx.accessPass.update({ where, data: { mailStatus: 'sent', sentAt: now, lastError: null } })
    return { ok: true, status: 'sent' }
  }
  const lastError = `${result.reason}: ${result.message}`
  if (result.retry && pass.attempts + 1 < ATTEMPTS) {
    await tx.accessPass.update({ where, data: { mailStatus: 'queued', lastError } })
    return { ok: false, reason: 'try_again' }
  }
  await tx.accessPass.update({ where, data: { mailStatus: 'failed', lastError } })
  await raiseAlert(tx, {
    shopId: pass.shopId,
    key: `pass_not_sent/${pass.id}`,
    kind: 'pass_not_sent',
    severity: 'warning',
    facts: { dropId: drop.id, title: drop.title, reason: result.reason },
    raisedAt: now,
  })
  return { ok: true, status: 'failed' }
}
