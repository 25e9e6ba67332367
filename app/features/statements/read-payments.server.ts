// Payments and advances of the covered months, releases of reserves, corrections, and what was paid in the calendar year.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { TaxIncomeType } from '../../domain/tax/income-type.ts'
import { startOfDay } from '../../domain/time/instant.ts'
import { covered } from './scope-sql.ts'
import type { Scope } from './statement-scope.server.ts'

export interface PaymentRow {
  creatorId: string
  kind: 'sent' | 'returned'
  at: Date
  method: string
  ending: string
  reference: string
  gross: bigint
  withheld: bigint
  journal: bigint
}

/** Payments stand where their journals do: sent in one month and failed in the next shows in both. */
export function readPayments(tx: ShopTransaction, scope: Scope): Promise<PaymentRow[]> {
  const { shop, creatorIds } = scope
  return tx.$queryRaw<PaymentRow[]>`
    with ${covered(scope)}, moved as (
      select p.*, 'sent' as direction, p.journal_seq as seq from payout p
      where p.shop_id = ${shop.id} and p.journal_seq is not null and p.creator_id = any(${creatorIds}::uuid[]) and p.currency = ${shop.currency}
      union all
      select p.*, 'returned', p.reversal_seq from payout p
      where p.shop_id = ${shop.id} and p.reversal_seq is not null and p.creator_id = any(${creatorIds}::uuid[]) and p.currency = ${shop.currency}
    )
    select m.creator_id::text as "creatorId", m.direction as kind, j.effective_at as at, coalesce(w.kind, 'other') as method,
           coalesce(w.ending, '') as ending, m.reference, m.gross_minor as gross, m.withheld_minor as withheld, j.seq as journal
    from moved m
    join journal j on j.shop_id = ${shop.id} and j.seq = m.seq
    join covered c on c.creator_id = m.creator_id and c.period_id = j.period_id
    left join payout_method w on w.id = m.method_id`
}

export interface ReleaseRow {
  creatorId: string
  soldIn: string
  amount: bigint
}

/** Reserve that became payable, by month of the sales that it was kept from. */
export async function readReserveReleases(tx: ShopTransaction, scope: Scope): Promise<ReleaseRow[]> {
  const { shop, periodIds } = scope
  return tx.$queryRaw<ReleaseRow[]>`
    with ${covered(scope)}
    select h.creator_id::text as "creatorId", to_char(s.sold_on, 'YYYY-MM') as "soldIn", sum(p.amount_minor)::bigint as amount
    from journal j
    cross join lateral (
      select h.creator_id, h.line_item_id from royalty_hold h
      where h.shop_id = ${shop.id} and h.line_item_id = j.line_item_id and h.reserve_journal_seq = j.seq offset 0
    ) h
    join covered c on c.creator_id = h.creator_id and c.period_id = j.period_id
    join account a on a.shop_id = ${shop.id} and a.creator_id = h.creator_id and a.currency = j.currency and a.code like '%/reserve'
    join posting p on p.shop_id = ${shop.id} and p.journal_seq = j.seq and p.account_id = a.id
    join lateral (
      select e.sold_on from royalty_entry e where e.shop_id = ${shop.id} and e.line_item_id = h.line_item_id limit 1
    ) s on true
    where j.shop_id = ${shop.id} and j.kind = 'reserve_release' and j.currency = ${shop.currency}
      -- By their months, not by their dates: a dispute keeps a reserve beyond the day by which its release is dated.
      and j.seq >= (select min(k.seq) from journal k where k.shop_id = ${shop.id} and k.period_id = any(${periodIds}::uuid[]))
    group by 1, 2`
}

export interface CorrectionRow {
  creatorId: string
  kind: string
  at: Date
  reason: string
  facts: unknown
  incomeType: TaxIncomeType | null
  amount: bigint
  journal: bigint
}

export function readCorrections(tx: ShopTransaction, scope: Scope): Promise<CorrectionRow[]> {
  const { shop, creatorIds } = scope
  return tx.$queryRaw<CorrectionRow[]>`
    with ${covered(scope)}
    select a.creator_id::text as "creatorId", a.kind, j.effective_at as at, a.reason, a.facts, a.income_type as "incomeType",
           a.amount_minor as amount, j.seq as journal
    from adjustment a
    join journal j on j.shop_id = ${shop.id} and j.seq = a.journal_seq
    join covered c on c.creator_id = a.creator_id and c.period_id = j.period_id
    where a.shop_id = ${shop.id} and a.creator_id = any(${creatorIds}::uuid[]) and a.currency = ${shop.currency}
      and a.kind in ('creator_correction', 'answer')`
}

export interface PaidRow {
  creatorId: string
  incomeType: TaxIncomeType
  amount: bigint
}

/** By payment date, in the calendar year of the last covered month and up to its end: payouts, advances, goods. */
export function readPaidInYear(tx: ShopTransaction, scope: Scope, year: number): Promise<PaidRow[]> {
  const { shop, through, creatorIds } = scope
  const from = new Date(startOfDay(`${year}-01-01`, shop.timeZone))
  return tx.$queryRaw<PaidRow[]>`
    select p.creator_id::text as "creatorId", i.value->>'incomeType' as "incomeType", sum((i.value->>'amountMinor')::bigint)::bigint as amount
    from payout p
    join journal j on j.shop_id = ${shop.id} and j.seq = p.journal_seq
    left join journal r on r.shop_id = ${shop.id} and r.seq = p.reversal_seq and r.effective_at < ${through}
    cross join lateral jsonb_array_elements(p.income) i
    where p.shop_id = ${shop.id} and p.currency = ${shop.currency} and p.creator_id = any(${creatorIds}::uuid[])
      and j.effective_at >= ${from} and j.effective_at < ${through} and r.seq is null
    group by 1, 2
    union all
    select d.creator_id::text, case g.role when 'design_owner' then 'design_royalty' else 'commission_service' end, sum(d.amount_minor)::bigint
    from advance d left join agreement g on g.id = d.agreement_id
    where d.shop_id = ${shop.id} and d.currency = ${shop.currency} and d.creator_id = any(${creatorIds}::uuid[])
      and d.paid_at >= ${from} and d.paid_at < ${through} and (d.undone_at is null or d.undone_at >= ${through})
    group by 1, 2
    union all
    select a.creator_id::text, 'in_kind', sum(a.amount_minor)::bigint
    from adjustment a join journal j on j.shop_id = ${shop.id} and j.seq = a.journal_seq
    where a.shop_id = ${shop.id} and a.currency = ${shop.currency} and a.kind = 'gift' and a.creator_id = any(${creatorIds}::uuid[])
      and j.recorded_at >= ${from} and j.effective_at < ${through}
      and coalesce(a.facts->>'givenOn', to_char(j.effective_at at time zone ${shop.timeZone}, 'YYYY-MM-DD')) between ${`${year}-01-01`} and ${`${year}-12-31`}
    group by 1`
}

/** Of the advances that were paid in the covered months: what went to the tax office; less that of those that were undone in them. */
export async function readAdvanceWithheld(tx: ShopTransaction, scope: Scope): Promise<Map<string, bigint>> {
  const { shop, creatorIds } = scope
  const rows = await tx.$queryRaw<Array<{ creatorId: string; amount: bigint }>>`
    with ${covered(scope)}
    select d.creator_id::text as "creatorId", sum(case when j.seq = d.journal_seq then d.withheld_minor else -d.withheld_minor end)::bigint as amount
    from advance d
    join journal j on j.shop_id = ${shop.id} and j.seq in (d.journal_seq, d.reversal_seq)
    join covered c on c.creator_id = d.creator_id and c.period_id = j.period_id
    where d.shop_id = ${shop.id} and d.currency = ${shop.currency} and d.creator_id = any(${creatorIds}::uuid[])
    group by 1`
  return new Map(rows.map((row) => [row.creatorId, row.amount]))
}

/** Earnings that went to advances in the covered months. The journals are found by their names: one a creator and month. */
export async function readRecouped(tx: ShopTransaction, scope: Scope): Promise<Map<string, bigint>> {
  const { shop, columns, periodIds } = scope
  const periods = await tx.period.findMany({
    where: { id: { in: periodIds } },
    select: { id: true, label: true },
  })
  const labels = new Map(periods.map((period) => [period.id, period.label]))
  const keys = columns.creatorId.map(
    (creatorId, index) => `recoup/${creatorId}/${labels.get(columns.periodId[index] ?? '')}/${shop.currency}`,
  )
  const rows = await tx.$queryRaw<Array<{ creatorId: string; amount: bigint }>>`
    select j.arithmetic->>'creatorId' as "creatorId", sum((j.arithmetic->>'amountMinor')::bigint)::bigint as amount
    from journal j
    where j.shop_id = ${shop.id} and j.fact_key = any(${keys}::text[]) and j.currency = ${shop.currency}
    group by 1`
  return new Map(rows.map((row) => [row.creatorId, row.amount]))
}
