// Closes accounting months that have ended and issues the statements that are due, each month in one transaction.
import { setDueDate } from '../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Period, Shop } from '../../adapters/db/generated/client.ts'
import { lockLedger } from '../../adapters/db/journal-store.ts'
import { openPeriodBook } from '../../adapters/db/period-store.ts'
import { type ClosingContext, issueStatements } from './issue-statements.server.ts'
import { recoupAdvances } from './recoup-advances.server.ts'

export interface ClosedPeriods {
  closed: string[]
  statements: number
  /** Set when a month that has ended could not be closed yet: asked again at the next tick. */
  waitsFor: 'webhooks' | null
}

/** A delivery that failed this often no longer holds the books open: reconciling finds its order. */
const ATTEMPTS_WAITED_FOR = 5
const CLOSE_TIMEOUT_MS = 120_000

/** Call after due holds were released, so that a month's statement shows what matured in it. */
export async function closePeriods(context: ClosingContext): Promise<ClosedPeriods> {
  const result: ClosedPeriods = { closed: [], statements: 0, waitsFor: null }
  for (;;) {
    const step = await closeOldest(context)
    if (step.kind === 'none') return result
    if (step.kind === 'waits') return { ...result, waitsFor: 'webhooks' }
    result.closed.push(step.label)
    result.statements += step.statements
    if (step.isLast) return result
  }
}

type Step =
  | { kind: 'none' }
  | { kind: 'waits' }
  /** The last: no other month has ended. */
  | { kind: 'closed'; label: string; statements: number; isLast: boolean }

async function closeOldest(context: ClosingContext): Promise<Step> {
  const { db, shop, clock } = context
  return db.inShop(
    shop.id,
    async (tx): Promise<Step> => {
      const head = await lockLedger(tx, shop.id)
      const now = clock.now()
      const period = await findEnded(tx, shop.id, now)
      if (!period) return { kind: 'none' }
      if (await receiptsWait(tx, shop, period)) {
        await context.queue.enqueue(tx, 'drain-receipts', { shopId: shop.id })
        return { kind: 'waits' }
      }
      await recoupAdvances(tx, shop, head, period, now)
      const statements = await issueStatements(context, tx, { period, head, now })
      await tx.period.update({ where: { id: period.id }, data: { status: 'closed', closedAt: now } })
      // The next month opens at once, so that a quiet shop still closes its months.
      await (await openPeriodBook(tx, shop)).idFor(period.endsAt.toISOString())
      const next = await findEnded(tx, shop.id, now)
      return { kind: 'closed', label: period.label, statements, isLast: next === null }
    },
    { timeoutMs: CLOSE_TIMEOUT_MS },
  )
}

/** The oldest open month when it has ended; else says in the calendar when it will. */
async function findEnded(tx: ShopTransaction, shopId: number, now: Date): Promise<Period | null> {
  const period = await tx.period.findFirst({
    where: { shopId, status: 'open' },
    orderBy: { startsAt: 'asc' },
  })
  if (period && period.endsAt <= now) return period
  await setDueDate(tx, shopId, 'close-periods', period?.endsAt ?? null)
  return null
}

async function receiptsWait(tx: ShopTransaction, shop: Shop, period: Period): Promise<boolean> {
  const waiting = await tx.webhookReceipt.count({
    where: {
      shopId: shop.id,
      processedAt: null,
      attempts: { lt: ATTEMPTS_WAITED_FOR },
      OR: [{ triggeredAt: null }, { triggeredAt: { lt: period.endsAt } }],
    },
  })
  return waiting > 0
}
