// Accounting months of a shop. Facts go to the month of their own date while it is open, else to the oldest open one after it.
import { localDateOf } from '../../domain/time/instant.ts'
import { type CalendarPeriod, nextPeriod, periodLabelled } from '../../domain/time/month-period.ts'
import { dueNoLaterThan } from './calendar.ts'
import type { ShopTransaction } from './database.ts'
import { newRowId } from './row-id.ts'

export interface PeriodRow {
  id: string
  label: string
  startsAt: Date
  endsAt: Date
  status: string
}

export interface PeriodBook {
  /** The open period that takes a fact of this date; made when missing. */
  idFor(effectiveAt: string): Promise<string>
}

/** Reads the shop's periods once for a group of facts. Call with the ledger locked, so that no period closes meanwhile. */
export async function openPeriodBook(
  tx: ShopTransaction,
  shop: { id: number; timeZone: string },
): Promise<PeriodBook> {
  const rows = await tx.$queryRaw<PeriodRow[]>`
    select id::text, label, starts_at as "startsAt", ends_at as "endsAt", status from period where shop_id = ${shop.id} order by starts_at`
  const byLabel = new Map(rows.map((row) => [row.label, row]))
  // A month that was never opened counts as closed once a later one is: statements go forward in time only.
  const closedThrough = rows.findLast((row) => row.status === 'closed')?.endsAt ?? new Date(0)

  async function make(month: CalendarPeriod): Promise<PeriodRow> {
    const row = {
      id: newRowId(),
      label: month.label,
      startsAt: new Date(month.startsAt),
      endsAt: new Date(month.endsAt),
      status: 'open',
    }
    await tx.period.create({ data: { ...row, shopId: shop.id } })
    await dueNoLaterThan(tx, shop.id, 'close-periods', row.endsAt)
    byLabel.set(row.label, row)
    return row
  }

  async function takerOf(label: string): Promise<string> {
    let month = periodLabelled(label, shop.timeZone)
    for (;;) {
      if (Date.parse(month.endsAt) > closedThrough.getTime()) {
        const row = byLabel.get(month.label) ?? (await make(month))
        if (row.status === 'open') return row.id
      }
      month = nextPeriod(month, shop.timeZone)
    }
  }

  // Facts come by the thousand and months by the dozen; none closes while the ledger is locked.
  const takers = new Map<string, string>()
  return {
    async idFor(effectiveAt) {
      const label = localDateOf(effectiveAt, shop.timeZone).slice(0, 7)
      const id = takers.get(label) ?? (await takerOf(label))
      takers.set(label, id)
      return id
    },
  }
}
