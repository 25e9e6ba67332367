// Sends one statement to its creator: mail, PDF and CSV, all from the frozen document.
import { signStatementLink } from '../../adapters/crypto/statement-link.ts'
import type { MailDelivery } from '../../adapters/db/generated/client.ts'
import { readLinkGeneration } from '../../adapters/db/link-generation.ts'
import { recordSendOutcome, type SendOutcome } from '../../adapters/db/mail-delivery-store.ts'
import { renderStatementMail } from '../../adapters/email/templates/statement-mail.tsx'
import { describeChange } from '../../domain/statements/describe-change.ts'
import type { StatementDocument } from '../../domain/statements/statement-document.ts'
import type { ShopContext } from '../context.ts'
import { renderStatementFile, verifyUrlOf } from './statement-file.server.ts'

/** Returns whether to try again later. What went wrong stands in the delivery log. */
export async function sendStatementMail(
  context: ShopContext,
  delivery: MailDelivery,
): Promise<{ tryAgain: boolean }> {
  const { db, shop } = context
  const found = await db.inShop(shop.id, async (tx) => {
    const statement = await tx.statement.findUnique({ where: { id: delivery.subjectId } })
    if (!statement) return null
    const previous = await tx.statement.findFirst({
      where: { shopId: shop.id, creatorId: statement.creatorId, sequence: statement.sequence - 1 },
      select: { document: true },
    })
    const creator = await tx.creator.findFirst({
      where: { shopId: shop.id, id: statement.creatorId },
      select: { email: true },
    })
    // The address may have been corrected since the mail was asked for: it goes where the creator is now, never to the old one.
    const toAddress = creator?.email ?? delivery.toAddress
    if (toAddress !== delivery.toAddress)
      await tx.mailDelivery.update({ where: { id: delivery.id }, data: { toAddress } })
    return { statement, previous, toAddress, generation: await readLinkGeneration(tx, statement.creatorId) }
  })
  let subject = delivery.subject
  let outcome: SendOutcome = {
    ok: false,
    reason: 'statement_not_found',
    message: 'the statement is gone',
    retry: false,
  }
  if (found) {
    const { statement, previous } = found
    const document = statement.document as unknown as StatementDocument
    const before = (previous?.document ?? null) as unknown as StatementDocument | null
    const link = signStatementLink(context, statement, found.generation)
    const verifyUrl = verifyUrlOf(context.appUrl, shop.domain)
    const mail = await renderStatementMail({
      document,
      verifyUrl,
      hash: statement.documentHash,
      url: link.url,
      urlExpiresAt: link.expiresAt.toISOString(),
      change: describeChange(document, before),
    })
    subject = mail.subject
    const source = { document, documentHash: statement.documentHash, verifyUrl }
    const files = [await renderStatementFile(source, 'pdf'), await renderStatementFile(source, 'csv')]
    outcome = await context.mailer.send({
      to: found.toAddress,
      fromName: shop.senderName ?? shop.name,
      ...(shop.replyTo ? { replyTo: shop.replyTo } : {}),
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      attachments: files.map((file) => ({
        filename: file.fileName,
        content: file.bytes,
        contentType: file.contentType,
      })),
      messageId: `<${delivery.id}@filigree.invalid>`,
    })
  }
  const result = outcome
  return db.inShop(shop.id, (tx) => recordSendOutcome(tx, delivery, subject, result, context.clock.now()))
}
