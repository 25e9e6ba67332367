// Sends the mails that payouts ask for: advice of a payment, news of changed details, the invitation to enter them.
import type { MailDelivery } from '#app/adapters/db/generated/client.ts'
import { recordSendOutcome, type SendOutcome } from '#app/adapters/db/mail-delivery-store.ts'
import { renderPaymentAdvice } from '#app/adapters/email/templates/payment-advice-mail.tsx'
import { renderPayoutMethodMail } from '#app/adapters/email/templates/payout-method-mail.tsx'
import { readIncome } from '#app/domain/payouts/payout-amounts.ts'
import type { Withholding } from '#app/domain/tax/withholding.ts'
import type { ShopContext } from '../context.ts'
import { readFrozen } from './frozen-facts.server.ts'
import { payoutDetailsUrl } from './payout-details-link.server.ts'

export const PAYOUT_MAILS = ['payment_advice', 'payout_method_changed', 'payout_details_asked'] as const
export type PayoutMail = (typeof PAYOUT_MAILS)[number]

export function isPayoutMail(kind: string): kind is PayoutMail {
  return PAYOUT_MAILS.some((known) => known === kind)
}

type Composed = { to: string; subject: string; html: string; text: string } | { gone: string }
type Compose = (context: ShopContext, delivery: MailDelivery) => Promise<Composed>

const COMPOSERS: Record<PayoutMail, Compose> = {
  payment_advice: composeAdvice,
  payout_method_changed: composeChange,
  payout_details_asked: composeAsked,
}

/** Returns whether to try again later. What went wrong stands in the delivery log. */
export async function sendPayoutMail(
  context: ShopContext,
  delivery: MailDelivery,
): Promise<{ tryAgain: boolean }> {
  const { db, shop } = context
  if (!isPayoutMail(delivery.kind)) throw new TypeError(`${delivery.kind} is no mail about payouts`)
  const mail = await COMPOSERS[delivery.kind](context, delivery)
  const outcome: SendOutcome =
    'gone' in mail
      ? { ok: false, reason: mail.gone, message: 'there is nothing to tell any more', retry: false }
      : await context.mailer.send({
          fromName: shop.senderName ?? shop.name,
          ...(shop.replyTo ? { replyTo: shop.replyTo } : {}),
          ...mail,
          messageId: `<${delivery.id}@filigree.invalid>`,
        })
  const subject = 'gone' in mail ? delivery.subject : mail.subject
  return db.inShop(shop.id, (tx) => recordSendOutcome(tx, delivery, subject, outcome, context.clock.now()))
}

function sender({ shop }: ShopContext) {
  return {
    shopName: shop.senderName ?? shop.name,
    timeZone: shop.timeZone,
    contact: shop.replyTo ?? shop.email,
  }
}

async function composeAdvice(context: ShopContext, delivery: MailDelivery): Promise<Composed> {
  const found = await context.db.inShop(context.shop.id, async (tx) => {
    const payout = await tx.payout.findUnique({ where: { id: delivery.subjectId } })
    const creator = payout && (await tx.creator.findUnique({ where: { id: payout.creatorId } }))
    const method = payout && (await tx.payoutMethod.findUnique({ where: { id: payout.methodId } }))
    const frozen = payout && (await readFrozen(tx, payout.runId))
    return payout?.sentAt && creator && method
      ? { payout, creator, method, sentAt: payout.sentAt, payer: frozen?.payer ?? null }
      : null
  })
  // Taken back or failed before the mail went out: it would announce money that does not come.
  if (!found || (found.payout.status !== 'sent' && found.payout.status !== 'confirmed'))
    return { gone: 'payout_not_sent' }
  const { payout, creator, method, sentAt, payer } = found
  const from = sender(context)
  const mail = await renderPaymentAdvice({
    ...from,
    contact: payer?.contact ?? from.contact,
    payer,
    withholding: payout.withholding as unknown as Withholding | null,
    creatorName: creator.name,
    locale: creator.locale,
    currency: payout.currency,
    grossMinor: payout.grossMinor,
    withheldMinor: payout.withheldMinor,
    netMinor: payout.netMinor,
    reference: payout.reference,
    methodKind: method.kind,
    methodEnding: method.ending,
    sentAt: sentAt.toISOString(),
    income: readIncome(payout.income),
  })
  return { to: creator.email, ...mail }
}

/** Goes to the address that was asked for, also when it is an older one of the creator: that is the point of it. */
async function composeChange(context: ShopContext, delivery: MailDelivery): Promise<Composed> {
  const found = await context.db.inShop(context.shop.id, async (tx) => {
    const method = await tx.payoutMethod.findUnique({ where: { id: delivery.subjectId } })
    const creator = method && (await tx.creator.findUnique({ where: { id: method.creatorId } }))
    return method && creator ? { method, creator } : null
  })
  if (!found) return { gone: 'method_not_found' }
  const { method, creator } = found
  const mail = await renderPayoutMethodMail({
    kind: 'changed',
    ...sender(context),
    creatorName: creator.name,
    locale: creator.locale,
    methodKind: method.kind,
    methodEnding: method.ending,
    changedAt: method.addedAt.toISOString(),
    holdUntil: method.holdUntil?.toISOString() ?? null,
  })
  return { to: delivery.toAddress, ...mail }
}

/** The link is made when the mail goes out, for the address of today. */
async function composeAsked(context: ShopContext, delivery: MailDelivery): Promise<Composed> {
  const found = await context.db.inShop(context.shop.id, async (tx) => {
    const creator = await tx.creator.findUnique({ where: { id: delivery.subjectId } })
    if (!creator || creator.status === 'archived') return null
    return { creator, link: await payoutDetailsUrl(tx, context, context.shop.id, creator.id) }
  })
  if (!found) return { gone: 'creator_not_found' }
  const { creator, link } = found
  const mail = await renderPayoutMethodMail({
    kind: 'asked',
    ...sender(context),
    creatorName: creator.name,
    locale: creator.locale,
    url: link.url,
    expiresAt: link.expiresAt.toISOString(),
  })
  return { to: creator.email, ...mail }
}
