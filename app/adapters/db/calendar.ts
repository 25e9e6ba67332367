// The calendar of due work. A date moves earlier when sooner work turns up, and is set anew by the job that did it.
import type { ShopTransaction } from './database.ts'

export type CalendarKind =
  | 'mature-holds'
  | 'settle-awards'
  | 'close-periods'
  | 'statement-timers'
  | 'reconcile-orders'
  | 'verify-ledger'
  | 'refresh-catalogue'
  | 'watch-drops'
  | 'offer-restocks'
  | 'resume-tasks'

/** Makes sure that the work is looked at no later than `at`. */
export async function dueNoLaterThan(
  tx: ShopTransaction,
  shopId: number,
  kind: CalendarKind,
  at: Date,
): Promise<void> {
  await tx.$executeRaw`
    insert into due_date (shop_id, kind, due_at) values (${shopId}, ${kind}, ${at})
    on conflict (shop_id, kind) do update set due_at = least(due_date.due_at, excluded.due_at)`
}

/** Sets the next date; null when nothing is left to do. */
export async function setDueDate(
  tx: ShopTransaction,
  shopId: number,
  kind: CalendarKind,
  at: Date | null,
): Promise<void> {
  if (at === null) {
    await tx.dueDate.deleteMany({ where: { shopId, kind } })
    return
  }
  await tx.dueDate.upsert({
    where: { shopId_kind: { shopId, kind } },
    create: { shopId, kind, dueAt: at },
    update: { dueAt: at },
  })
}
