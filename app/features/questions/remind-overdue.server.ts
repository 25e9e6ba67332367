// Questions whose time is up become alerts, so that a creator does not wait unseen.
import { raiseAlert } from '#app/adapters/db/alert-store.ts'
import type { ShopContext } from '../context.ts'
import { overdueKey } from './answer-question.server.ts'

/** Raises one alert a question, once. `nextAt`: when the next open one is due. */
export async function remindOverdueQuestions(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
): Promise<{ overdue: number; nextAt: Date | null }> {
  const shopId = ctx.shop.id
  const now = ctx.clock.now()
  return ctx.db.inShop(shopId, async (tx) => {
    const overdue = await tx.statementQuestion.findMany({
      where: { shopId, status: 'open', answerDueAt: { lte: now } },
      select: { id: true, creatorId: true, statementId: true, answerDueAt: true },
    })
    for (const row of overdue) {
      await raiseAlert(tx, {
        shopId,
        key: overdueKey(row.id),
        kind: 'question_overdue',
        severity: 'warning',
        facts: { questionId: row.id, creatorId: row.creatorId, statementId: row.statementId },
        raisedAt: now,
      })
    }
    const next = await tx.statementQuestion.findFirst({
      where: { shopId, status: 'open', answerDueAt: { gt: now } },
      orderBy: { answerDueAt: 'asc' },
      select: { answerDueAt: true },
    })
    return { overdue: overdue.length, nextAt: next?.answerDueAt ?? null }
  })
}
