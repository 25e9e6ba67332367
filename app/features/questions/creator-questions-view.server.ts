// What a creator asked about one statement, with the answers.
import { questionedLine } from '#app/domain/statements/questioned-line.ts'
import type { ServiceContext } from '../context.ts'

export interface CreatorQuestion {
  id: string
  line: string
  question: string
  status: 'open' | 'answered' | 'adjusted'
  askedAt: string
  answerDueAt: string
  answer: string | null
  answeredAt: string | null
  /** Of the correction that came of it; it stands on the next statement once it is posted. */
  adjustmentMinor: string | null
}

export interface CreatorQuestions {
  questions: CreatorQuestion[]
  answerWithinDays: number
}

/** Call only for whoever holds the statement's link. */
export async function readCreatorQuestions(
  services: Pick<ServiceContext, 'db'>,
  { shopId, statementId }: { shopId: number; statementId: string },
): Promise<CreatorQuestions> {
  return services.db.inShop(shopId, async (tx) => {
    const shop = await tx.shop.findUniqueOrThrow({
      where: { id: shopId },
      select: { answerWithinDays: true },
    })
    const rows = await tx.statementQuestion.findMany({
      where: { shopId, statementId },
      orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
      take: 100,
    })
    const adjustments = await tx.adjustment.findMany({
      where: { shopId, status: 'posted', id: { in: rows.flatMap((row) => row.adjustmentId ?? []) } },
      select: { id: true, amountMinor: true },
    })
    const questions = rows.map((row): CreatorQuestion => {
      const adjustment = adjustments.find((candidate) => candidate.id === row.adjustmentId)
      return {
        id: row.id,
        line: questionedLine(row.line).label,
        question: row.question,
        // A correction that nobody has agreed to yet is not promised.
        status: row.status === 'open' ? 'open' : adjustment ? 'adjusted' : 'answered',
        askedAt: row.askedAt.toISOString(),
        answerDueAt: row.answerDueAt.toISOString(),
        answer: row.answer,
        answeredAt: row.answeredAt?.toISOString() ?? null,
        adjustmentMinor: adjustment ? `${adjustment.amountMinor}` : null,
      }
    })
    return { questions, answerWithinDays: shop.answerWithinDays }
  })
}
