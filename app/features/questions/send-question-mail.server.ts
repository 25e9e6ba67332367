// Tells the shop of a question, and the creator of its answer.

import { signStatementLink } from '#app/adapters/crypto/statement-link.ts'
import type { MailDelivery } from '#app/adapters/db/generated/client.ts'
import { readLinkGeneration } from '#app/adapters/db/link-generation.ts'
import { recordSendOutcome, type SendOutcome } from '#app/adapters/db/mail-delivery-store.ts'
import { renderQuestionMail } from '#app/adapters/email/templates/question-mail.tsx'
import { questionedLine } from '#app/domain/statements/questioned-line.ts'
import type { ShopContext } from '../context.ts'

/** Returns whether to try again later. What went wrong stands in the delivery log. */
export async function sendQuestionMail(
  context: ShopContext,
  delivery: MailDelivery,
): Promise<{ tryAgain: boolean }> {
  const { db, shop } = context
  const found = await db.inShop(shop.id, async (tx) => {
    const question = await tx.statementQuestion.findFirst({
      where: { shopId: shop.id, id: delivery.subjectId },
    })
    if (!question) return null
    const statement = await tx.statement.findUniqueOrThrow({
      where: { id: question.statementId },
      select: { id: true, shopId: true, number: true, currency: true },
    })
    const creator = await tx.creator.findFirstOrThrow({ where: { shopId: shop.id, id: question.creatorId } })
    const adjustment = question.adjustmentId
      ? await tx.adjustment.findFirst({ where: { id: question.adjustmentId, status: 'posted' } })
      : null
    const generation = await readLinkGeneration(tx, creator.id)
    return { question, statement, creator, adjustment, generation }
  })
  const missing: SendOutcome = {
    ok: false,
    reason: 'question_not_found',
    message: 'the question is gone',
    retry: false,
  }
  if (!found)
    return db.inShop(shop.id, (tx) =>
      recordSendOutcome(tx, delivery, delivery.subject, missing, context.clock.now()),
    )

  const { question, statement, creator, adjustment, generation } = found
  const toShop = delivery.kind === 'question_asked'
  const line = questionedLine(question.line)
  const mail = await renderQuestionMail({
    audience: toShop ? 'shop' : 'creator',
    locale: toShop ? shop.locale : creator.locale,
    shopName: shop.senderName ?? shop.name,
    creatorName: creator.name,
    number: statement.number,
    line: line.section === 'whole' ? null : line.label,
    question: question.question,
    answer: question.answer,
    dueAt: question.answerDueAt.toISOString(),
    timeZone: shop.timeZone,
    correction: adjustment && { minor: `${adjustment.amountMinor}`, currency: adjustment.currency },
    url: toShop
      ? `${context.appUrl}/app/statements/questions?shop=${encodeURIComponent(shop.domain)}`
      : signStatementLink(context, statement, generation).url,
  })
  const outcome = await context.mailer.send({
    // The creator's address may have been corrected since: never to the old one.
    to: toShop ? delivery.toAddress : creator.email,
    fromName: toShop ? 'Filigree' : (shop.senderName ?? shop.name),
    ...(toShop ? { replyTo: creator.email } : shop.replyTo ? { replyTo: shop.replyTo } : {}),
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    messageId: `<${delivery.id}@filigree.invalid>`,
  })
  return db.inShop(shop.id, (tx) =>
    recordSendOutcome(tx, delivery, mail.subject, outcome, context.clock.now()),
  )
}
