// Sends one invitation: the terms in plain words and the link to read and answer them.
import type { MailDelivery } from '#app/adapters/db/generated/client.ts'
import {
  recordSendOutcome,
  recordSuperseded,
  type SendOutcome,
} from '#app/adapters/db/mail-delivery-store.ts'
import { renderInvitationMail } from '#app/adapters/email/templates/invitation-mail.tsx'
import { termsLanguage } from '#app/domain/agreements/describe-terms.ts'
import type { ShopContext } from '../context.ts'
import { storedTerms } from './check-terms.server.ts'
import { invitationUrl } from './invitation-link.server.ts'
import { termsSentences } from './invitation-text.ts'
import { readScopeTitles } from './scope-titles.server.ts'

/** Returns whether to try again later. An offer that was withdrawn is not sent; one that was sent anew is dropped without a word. */
export async function sendInvitationMail(
  context: ShopContext,
  delivery: MailDelivery,
): Promise<{ tryAgain: boolean }> {
  const { db, shop } = context
  const found = await db.inShop(shop.id, async (tx) => {
    const version = await tx.agreementVersion.findUnique({
      where: { id: delivery.subjectId },
      include: { agreement: { include: { creator: true } } },
    })
    if (!version) return null
    const { creator } = version.agreement
    // An invitation that was sent anew may go to another address: its link must not follow to the one before.
    const newer = await tx.mailDelivery.count({
      where: {
        kind: 'invitation',
        subjectId: delivery.subjectId,
        requestedAt: { gt: delivery.requestedAt },
      },
    })
    if (newer > 0 || creator.email !== delivery.toAddress) {
      await recordSuperseded(tx, delivery)
      return 'superseded' as const
    }
    if (version.status !== 'offered') return null
    const terms = storedTerms(version)
    return { version, creator, terms, titles: await readScopeTitles(tx, [terms]) }
  })
  if (found === 'superseded') return { tryAgain: false }
  const url = found && invitationUrl(context, found.version)
  let subject = delivery.subject
  let outcome: SendOutcome = {
    ok: false,
    reason: 'offer_not_open',
    message: 'the offer is no longer open',
    retry: false,
  }
  if (found && url) {
    const { creator, version } = found
    const mail = await renderInvitationMail({
      shopName: shop.senderName ?? shop.name,
      creatorName: creator.name,
      locale: creator.locale,
      versionNumber: version.number,
      termsSentences: termsSentences(found.terms, found.titles, {
        locale: creator.locale,
        retroactive: version.retroactive,
      }),
      termsLanguage: termsLanguage(creator.locale),
      url,
      expiresAt: (version.inviteExpiresAt ?? context.clock.now()).toISOString(),
      timeZone: shop.timeZone,
      contact: shop.replyTo ?? shop.email,
    })
    subject = mail.subject
    outcome = await context.mailer.send({
      to: delivery.toAddress,
      fromName: shop.senderName ?? shop.name,
      ...(shop.replyTo ? { replyTo: shop.replyTo } : {}),
      ...mail,
      messageId: `<${delivery.id}@filigree.invalid>`,
    })
  }
  const result = outcome
  return db.inShop(shop.id, (tx) => recordSendOutcome(tx, delivery, subject, result, context.clock.now()))
}
