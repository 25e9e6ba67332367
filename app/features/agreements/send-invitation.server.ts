// Renders and sends one invitation that a row of mail_delivery asks for.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { MailDelivery, Shop } from '#app/adapters/db/generated/client.ts'
import { renderInvitationMail } from '#app/adapters/email/templates/invitation-mail.tsx'
import type { ServiceContext } from '../context.ts'
import { storedTerms } from './check-terms.server.ts'
import { invitationUrl } from './invitation-link.server.ts'
import { termsSentences } from './invitation-text.ts'
import { readScopeTitles } from './scope-titles.server.ts'

export type SendInvitationResult =
  | { ok: true; outcome: 'sent' | 'sent_before' }
  /** `retry`: the same mail may go through later. */
  | {
      ok: false
      reason: 'unknown_delivery' | 'no_open_offer' | 'rejected_address' | 'unreachable' | 'refused'
      retry: boolean
    }

type Context = ServiceContext & { shop: Shop }
type MailInput = Parameters<typeof renderInvitationMail>[0]

export async function sendInvitation(
  ctx: Context,
  input: { deliveryId: string },
): Promise<SendInvitationResult> {
  const prepared = await ctx.db.inShop(ctx.shop.id, async (tx) => {
    const delivery = await tx.mailDelivery.findUnique({ where: { id: input.deliveryId } })
    if (delivery?.kind !== 'invitation') return null
    return { delivery, mail: delivery.status === 'sent' ? null : await readMail(ctx, tx, delivery) }
  })
  if (!prepared) return { ok: false, reason: 'unknown_delivery', retry: false }
  const { delivery, mail } = prepared
  if (delivery.status === 'sent') return { ok: true, outcome: 'sent_before' }
  if (!mail) {
    await save(ctx, delivery.id, { status: 'failed', lastError: 'no_open_offer' })
    return { ok: false, reason: 'no_open_offer', retry: false }
  }
  const { subject, html, text } = await renderInvitationMail(mail)
  const sent = await ctx.mailer.send({
    to: delivery.toAddress,
    fromName: ctx.shop.senderName ?? ctx.shop.name,
    ...(ctx.shop.replyTo ? { replyTo: ctx.shop.replyTo } : {}),
    subject,
    html,
    text,
    messageId: `<${delivery.id}@filigree>`,
  })
  if (!sent.ok) {
    const { reason, retry } = sent
    await save(ctx, delivery.id, { subject, lastError: reason, ...(retry ? {} : { status: 'failed' }) })
    return { ok: false, reason, retry }
  }
  await save(ctx, delivery.id, {
    subject,
    status: 'sent',
    sentAt: ctx.clock.now(),
    messageId: sent.messageId,
    lastError: null,
  })
  return { ok: true, outcome: 'sent' }
}

/** Null when there is nothing to invite to any more. */
async function readMail(
  ctx: Context,
  tx: ShopTransaction,
  delivery: MailDelivery,
): Promise<MailInput | null> {
  const version = await tx.agreementVersion.findUnique({
    where: { id: delivery.subjectId },
    include: { agreement: { include: { creator: true } } },
  })
  const url = version?.status === 'offered' ? invitationUrl(ctx, version) : null
  if (!version?.inviteExpiresAt || !url) return null
  const { creator } = version.agreement
  const terms = storedTerms(version)
  return {
    shopName: ctx.shop.name,
    creatorName: creator.name,
    locale: creator.locale,
    versionNumber: version.number,
    termsSentences: termsSentences(terms, await readScopeTitles(tx, [terms]), creator.locale),
    url,
    expiresAt: version.inviteExpiresAt.toISOString(),
    timeZone: ctx.shop.timeZone,
    contact: ctx.shop.replyTo ?? ctx.shop.email,
  }
}

async function save(
  ctx: Context,
  id: string,
  data: {
    subject?: string
    status?: 'sent' | 'failed'
    sentAt?: Date
    messageId?: string
    lastError: string | null
  },
): Promise<void> {
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.mailDelivery.update({ where: { id }, data: { ...data, attempts: { increment: 1 } } }),
  )
}
