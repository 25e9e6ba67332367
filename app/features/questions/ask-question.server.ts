// A creator asks about a line of a statement. Bounded in length and number, kept with what the line said, due after the shop's working days.
import { raiseAlert } from '#app/adapters/db/alert-store.ts'
import { dueNoLaterThan } from '#app/adapters/db/calendar.ts'
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { hasUnreadable } from '#app/domain/plain-text.ts'
import { answerDueAt } from '#app/domain/statements/answer-due.ts'
import { findQuestionable } from '#app/domain/statements/questioned-line.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { localDateOf } from '#app/domain/time/instant.ts'
import type { ServiceContext } from '../context.ts'
import { queueQuestionMail } from './queue-question-mail.server.ts'

/** Of one creator, over all statements. */
export const MOST_OPEN = 5
export const LONGEST_QUESTION = 2_000

export type AskRefusal =
  | 'empty'
  | 'too_long'
  | 'unreadable'
  | 'unknown_line'
  | 'too_many_open'
  | 'window_closed'
  | 'already_asked'
  | 'statement_not_found'

export type AskResult = { ok: true; questionId: string } | { ok: false; reason: AskRefusal }

/** Call only for whoever holds the statement's link: it names shop and statement. */
export async function askQuestion(
  services: Pick<ServiceContext, 'db' | 'clock' | 'queue'>,
  link: { shopId: number; statementId: string },
  asked: { key: string; question: string },
): Promise<AskResult> {
  const question = asked.question.trim()
  if (question === '') return { ok: false, reason: 'empty' }
  if (question.length > LONGEST_QUESTION) return { ok: false, reason: 'too_long' }
  if (hasUnreadable(question)) return { ok: false, reason: 'unreadable' }
  const { shopId, statementId } = link
  return services.db.inShop(shopId, async (tx): Promise<AskResult> => {
    const statement = await tx.statement.findFirst({
      where: { shopId, id: statementId },
      select: { document: true, creatorId: true, number: true },
    })
    if (!statement) return { ok: false, reason: 'statement_not_found' }
    const document = statement.document as unknown as StatementDocument
    const line = findQuestionable(document, asked.key)
    if (!line) return { ok: false, reason: 'unknown_line' }
    const now = services.clock.now()
    if (localDateOf(now.toISOString(), document.timeZone) > document.questionsUntil)
      return { ok: false, reason: 'window_closed' }
    const refusal = await tooMany(tx, {
      shopId,
      statementId,
      creatorId: statement.creatorId,
      key: line.key,
      question,
    })
    if (refusal) return { ok: false, reason: refusal }
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } })
    const questionId = newRowId()
    const dueAt = new Date(answerDueAt(now.toISOString(), shop.answerWithinDays, shop.timeZone))
    await dueNoLaterThan(tx, shopId, 'statement-timers', dueAt)
    await tx.statementQuestion.create({
      data: {
        id: questionId,
        shopId,
        statementId,
        creatorId: statement.creatorId,
        line: { ...line },
        question,
        askedAt: now,
        answerDueAt: dueAt,
      },
    })
    await tellMerchant(services, tx, shop, {
      questionId,
      creatorId: statement.creatorId,
      number: statement.number,
      now,
    })
    return { ok: true, questionId }
  })
}

interface Counted {
  shopId: number
  statementId: string
  creatorId: string
  key: string
  question: string
}

async function tooMany(tx: ShopTransaction, asked: Counted): Promise<AskRefusal | null> {
  const { shopId, statementId, creatorId, key, question } = asked
  // Two clicks at once wait for each other: the second sees the first one's row.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`question/${creatorId}`}, 0))::text`
  const open = await tx.statementQuestion.findMany({
    where: { shopId, creatorId, status: 'open' },
    select: { statementId: true, question: true, line: true },
  })
  const same = open.some(
    (row) =>
      row.statementId === statementId &&
      row.question === question &&
      (row.line as { key?: unknown } | null)?.key === key,
  )
  if (same) return 'already_asked'
  return open.length >= MOST_OPEN ? 'too_many_open' : null
}

async function tellMerchant(
  services: Pick<ServiceContext, 'queue'>,
  tx: ShopTransaction,
  shop: Shop,
  asked: { questionId: string; creatorId: string; number: string; now: Date },
): Promise<void> {
  const { questionId, creatorId, number, now } = asked
  const address = shop.replyTo ?? shop.email
  if (address === null) {
    // Nobody to write to: the admin's alert is the only word.
    await raiseAlert(tx, {
      shopId: shop.id,
      key: `mail_failed/question/${questionId}`,
      kind: 'mail_failed',
      severity: 'warning',
      facts: { kind: 'question_asked', creatorId, reason: 'no_address' },
      raisedAt: now,
    })
    return
  }
  await queueQuestionMail(services, tx, {
    shopId: shop.id,
    kind: 'question_asked',
    questionId,
    creatorId,
    toAddress: address,
    subject: number,
    now,
  })
}
