// What became of a mail that was asked for. One row a request; the job that sends it writes here and nowhere else.
import { raiseAlert } from './alert-store.ts'
import type { ShopTransaction } from './database.ts'
import type { MailDelivery } from './generated/client.ts'

export type SendOutcome =
  | { ok: true; messageId: string }
  | { ok: false; reason: string; message: string; retry: boolean }

/** As many as the queue tries; afterwards the merchant is told. */
const ATTEMPTS = 8

/** The request, unless it was sent already: a job that comes twice sends nothing twice. */
export async function findUnsentDelivery(
  tx: ShopTransaction,
  deliveryId: string,
): Promise<MailDelivery | null> {
  return tx.mailDelivery.findFirst({ where: { id: deliveryId, status: 'queued' } })
}

/** Another mail has taken this one's place before it went out: nothing failed, and nobody needs to know. */
export async function recordSuperseded(tx: ShopTransaction, delivery: MailDelivery): Promise<void> {
  await tx.mailDelivery.update({
    where: { id: delivery.id },
    data: { status: 'superseded', lastError: null },
  })
}

/** Writes the outcome down. Returns whether the job should be tried again. */
export async function recordSendOutcome(
  tx: ShopTransaction,
  delivery: MailDelivery,
  subject: string,
  outcome: SendOutcome,
  now: Date,
): Promise<{ tryAgain: boolean }> {
  const attempts = delivery.attempts + 1
  if (outcome.ok) {
    await tx.mailDelivery.update({
      where: { id: delivery.id },
      data: { status: 'sent', subject, attempts, messageId: outcome.messageId, sentAt: now, lastError: null },
    })
    return { tryAgain: false }
  }
  const tryAgain = outcome.retry && attempts < ATTEMPTS
  await tx.mailDelivery.update({
    where: { id: delivery.id },
    data: {
      status: tryAgain ? 'queued' : 'failed',
      subject,
      attempts,
      lastError: `${outcome.reason}: ${outcome.message}`,
    },
  })
  if (!tryAgain) {
    const facts = {
      deliveryId: delivery.id,
      kind: delivery.kind,
      creatorId: delivery.creatorId,
      reason: outcome.reason,
    }
    const key = `mail_failed/${delivery.id}`
    await raiseAlert(tx, {
      shopId: delivery.shopId,
      key,
      kind: 'mail_failed',
      severity: 'warning',
      facts,
      raisedAt: now,
    })
  }
  return { tryAgain }
}
