// Creators' questions as the shop works through them: open ones by due date, answered ones newest first.
import type { Prisma } from '#app/adapters/db/generated/client.ts'
import { questionedLine } from '#app/domain/statements/questioned-line.ts'
import type { ShopContext } from '../context.ts'

export const QUESTIONS_PER_PAGE = 30

export interface QuestionRow {
  id: string
  statementId: string
  statementNumber: string
  creatorName: string
  line: string
  amountMinor: string
  currency: string
  question: string
  status: 'open' | 'answered' | 'adjusted'
  isOverdue: boolean
  askedAt: string
  answerDueAt: string
  answer: string | null
  answeredBy: string | null
  answeredAt: string | null
  /** What the correction that came of it credits, and where its approval stands. */
  adjustment: { amountMinor: string; status: string } | null
}

export interface QuestionListView {
  rows: QuestionRow[]
  page: number
  pageCount: number
  openCount: number
  overdueCount: number
  timeZone: string
}

export async function readQuestions(
  ctx: ShopContext,
  query: { state: 'open' | 'answered'; page: number },
): Promise<QuestionListView> {
  const shopId = ctx.shop.id
  const now = ctx.clock.now()
  return ctx.db.inShop(shopId, async (tx) => {
    const where: Prisma.StatementQuestionWhereInput = {
      shopId,
      status: query.state === 'open' ? 'open' : { in: ['answered', 'adjusted'] },
    }
    const matching = await tx.statementQuestion.count({ where })
    const pageCount = Math.max(1, Math.ceil(matching / QUESTIONS_PER_PAGE))
    const page = Math.min(query.page, pageCount)
    const found = await tx.statementQuestion.findMany({
      where,
      orderBy:
        query.state === 'open'
          ? [{ answerDueAt: 'asc' }, { askedAt: 'asc' }, { id: 'asc' }]
          : [{ answeredAt: 'desc' }, { id: 'asc' }],
      take: QUESTIONS_PER_PAGE,
      skip: (page - 1) * QUESTIONS_PER_PAGE,
    })
    const openCount = await tx.statementQuestion.count({ where: { shopId, status: 'open' } })
    const overdueCount = await tx.statementQuestion.count({
      where: { shopId, status: 'open', answerDueAt: { lte: now } },
    })
    const statements = await tx.statement.findMany({
      where: { shopId, id: { in: found.map((row) => row.statementId) } },
      select: { id: true, number: true, currency: true },
    })
    const creators = await tx.creator.findMany({
      where: { shopId, id: { in: found.map((row) => row.creatorId) } },
      select: { id: true, name: true },
    })
    const adjustments = await tx.adjustment.findMany({
      where: { shopId, id: { in: found.flatMap((row) => row.adjustmentId ?? []) } },
      select: { id: true, amountMinor: true, status: true },
    })
    const rows = found.map((row): QuestionRow => {
      const line = questionedLine(row.line)
      const statement = statements.find((candidate) => candidate.id === row.statementId)
      const adjustment = adjustments.find((candidate) => candidate.id === row.adjustmentId)
      return {
        id: row.id,
        statementId: row.statementId,
        statementNumber: statement?.number ?? '',
        creatorName: creators.find((creator) => creator.id === row.creatorId)?.name ?? '',
        line: line.label,
        amountMinor: line.amountMinor,
        currency: statement?.currency ?? ctx.shop.currency,
        question: row.question,
        status: row.status === 'answered' || row.status === 'adjusted' ? row.status : 'open',
        isOverdue: row.status === 'open' && row.answerDueAt <= now,
        askedAt: row.askedAt.toISOString(),
        answerDueAt: row.answerDueAt.toISOString(),
        answer: row.answer,
        answeredBy: row.answeredBy,
        answeredAt: row.answeredAt?.toISOString() ?? null,
        adjustment: adjustment
          ? { amountMinor: `${adjustment.amountMinor}`, status: adjustment.status }
          : null,
      }
    })
    return { rows, page, pageCount, openCount, overdueCount, timeZone: ctx.shop.timeZone }
  })
}
