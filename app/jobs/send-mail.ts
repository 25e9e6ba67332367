// Sends one mail that a row of mail_delivery asks for. A job that runs twice, one after the other or side by side, sends it once.
import { workExclusively } from '../adapters/db/exclusive-work.ts'
import { findUnsentDelivery, recordSendOutcome } from '../adapters/db/mail-delivery-store.ts'
import { sendInvitationMail } from '../features/agreements/send-invitation-mail.server.ts'
import type { ShopContext } from '../features/context.ts'
import { sendPayoutMail } from '../features/payouts/send-payout-mail.server.ts'
import { sendQuestionMail } from '../features/questions/send-question-mail.server.ts'
import { sendStatementMail } from '../features/statements/send-statement-mail.server.ts'
import { TryAgainLater } from './retry-policy.ts'

type SendMail = typeof sendInvitationMail

/** By the delivery's kind; every other one is an invitation. */
const SENDERS: Record<string, SendMail> = {
  statement: sendStatementMail,
  question_asked: sendQuestionMail,
  question_answered: sendQuestionMail,
  payment_advice: sendPayoutMail,
  payout_method_changed: sendPayoutMail,
  payout_details_asked: sendPayoutMail,
}

/** Errors: TryAgainLater when the queue should. */
export async function sendMail(context: ShopContext, deliveryId: string): Promise<void> {
  // A job that outlives its time is given to a second worker while the first one still speaks to the mail server.
  const sent = await workExclusively(context.db, `send-mail/${deliveryId}`, () =>
    sendUnlessSent(context, deliveryId),
  )
  if (!sent.ok) throw new TryAgainLater(`mail ${deliveryId} is on its way`)
  if (sent.result.tryAgain) throw new TryAgainLater(`mail ${deliveryId}`)
}

async function sendUnlessSent(context: ShopContext, deliveryId: string): Promise<{ tryAgain: boolean }> {
  const { db, shop, clock, log } = context
  const delivery = await db.inShop(shop.id, (tx) => findUnsentDelivery(tx, deliveryId))
  if (!delivery) return { tryAgain: false }
  const send = SENDERS[delivery.kind] ?? sendInvitationMail
  try {
    return await send(context, delivery)
  } catch (error) {
    log.error({ shopId: shop.id, deliveryId, error }, 'a mail could not be composed')
    // Counted like a refusal: else the row would wait for ever, the merchant would not be told and could not send again.
    const outcome = {
      ok: false as const,
      reason: 'not_composed',
      message: 'the mail could not be composed',
      retry: true,
    }
    return db.inShop(shop.id, (tx) => recordSendOutcome(tx, delivery, delivery.subject, outcome, clock.now()))
  }
}
