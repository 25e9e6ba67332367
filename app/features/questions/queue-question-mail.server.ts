import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import type { ServiceContext } from '../context.ts'

export interface QuestionMailRequest {
  shopId: number
  kind: 'question_asked' | 'question_answered'
  questionId: string
  creatorId: string
  toAddress: string
  /** Until the mail is written: the statement's number. */
  subject: string
  now: Date
}

/** Asks for the mail in the transaction of what it tells of. */
export async function queueQuestionMail(
  services: Pick<ServiceContext, 'queue'>,
  tx: ShopTransaction,
  request: QuestionMailRequest,
): Promise<void> {
  const { shopId, kind, questionId, creatorId, toAddress, subject, now } = request
  const deliveryId = newRowId()
  await tx.mailDelivery.create({
    data: {
      id: deliveryId,
      shopId,
      kind,
      subjectId: questionId,
      creatorId,
      toAddress,
      subject,
      requestedAt: now,
    },
  })
  await services.queue.enqueue(tx, 'send-mail', { shopId, deliveryId })
}
