// What waits for a date around statements: answers to creators' questions, and objections to self-billed statements.
import { dueNoLaterThan, setDueDate } from '../adapters/db/calendar.ts'
import type { ShopContext } from '../features/context.ts'
import { remindOverdueQuestions } from '../features/questions/remind-overdue.server.ts'
import { acceptLapsedStatements } from '../features/statements/accept-statement.server.ts'

/** Does what is due and says when to look again. A job that fails half-way is tried again by the queue. */
export async function runStatementTimers(context: ShopContext): Promise<void> {
  const { db, shop } = context
  // Emptied before looking: whoever asks meanwhile notes a date of their own, which then stays.
  await db.inShop(shop.id, (tx) => setDueDate(tx, shop.id, 'statement-timers', null))
  const questions = await remindOverdueQuestions(context)
  const acceptances = await acceptLapsedStatements(context)
  for (const at of [questions.nextAt, acceptances.nextAt]) {
    if (at) await db.inShop(shop.id, (tx) => dueNoLaterThan(tx, shop.id, 'statement-timers', at))
  }
}
