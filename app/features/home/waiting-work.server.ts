// What waits for a person of the shop, or is under way: counted in one query.
import type { ShopTransaction } from '#app/adapters/db/database.ts'

/** In the order in which Home shows them. */
export const WAITING_KINDS = [
  'questions_open',
  'runs_to_approve',
  'runs_to_send',
  'runs_to_confirm',
  'adjustments_proposed',
  'advances_proposed',
  'rules_to_confirm',
  'offers_open',
  'tasks_running',
] as const

export type WaitingKind = (typeof WAITING_KINDS)[number]

export interface WaitingWork {
  kind: WaitingKind
  count: number
}

/** Only kinds of which there is something. */
export async function readWaitingWork(tx: ShopTransaction, shopId: number): Promise<WaitingWork[]> {
  const [counts] = await tx.$queryRaw<Array<Record<WaitingKind, number>>>`
    select (select count(*)::int from statement_question where shop_id = ${shopId} and status = 'open') as questions_open,
           r.runs_to_approve, r.runs_to_send, r.runs_to_confirm,
           (select count(*)::int from adjustment where shop_id = ${shopId} and status = 'proposed') as adjustments_proposed,
           (select count(*)::int from advance where shop_id = ${shopId} and status = 'proposed') as advances_proposed,
           (select count(*)::int from approval_rule_change where shop_id = ${shopId} and status = 'proposed') as rules_to_confirm,
           (select count(*)::int from agreement_version where shop_id = ${shopId} and status = 'offered') as offers_open,
           (select count(*)::int from long_task where shop_id = ${shopId} and status in ('queued', 'running')) as tasks_running
    from (select count(*) filter (where status = 'draft')::int as runs_to_approve,
                 count(*) filter (where status = 'approved')::int as runs_to_send,
                 count(*) filter (where status = 'sent')::int as runs_to_confirm
          from payout_run where shop_id = ${shopId} and status in ('draft', 'approved', 'sent')) r`
  return WAITING_KINDS.flatMap((kind) => {
    const count = counts?.[kind] ?? 0
    return count > 0 ? [{ kind, count }] : []
  })
}
