// Holds what people asked for, and where it stands, against the sealed journals that came of it: payouts, adjustments, advances, awards; and the
// months that all of them are booked in.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Find } from './verify-ledger.server.ts'

export async function checkAskedFor(tx: ShopTransaction, shopId: number, find: Find): Promise<void> {
  for (const [what, read] of CHECKS) {
    const [row] = await read(tx, shopId)
    if (row) find('asked_for', `${what} ${row.name} is not what its journals say`)
  }
  for (const { name } of await forsakenJournals(tx, shopId))
    find('asked_for', `journal ${name} has nobody who asked for it`)
}

type Wrong = Array<{ name: string }>

const CHECKS: Array<[what: string, read: (tx: ShopTransaction, shopId: number) => Promise<Wrong>]> = [
  ['payout', wrongPayouts],
  ['payout run', wrongRuns],
  ['adjustment', wrongAdjustments],
  ['advance', wrongAdvances],
  ['award', wrongAwards],
  ['month', wrongMonths],
]

/** What was sent is sealed with its figures; before that a payout must at least add up and be its run's, its creator's and its currency's. */
function wrongPayouts(tx: ShopTransaction, shopId: number): Promise<Wrong> {
  return tx.$queryRaw<Wrong>`
    select p.reference as name from payout p
    left join journal s on s.shop_id = p.shop_id and s.fact_key = 'payout/' || p.id
    left join journal c on c.shop_id = p.shop_id and c.fact_key = 'payout-settled/' || p.id
    left join journal u on u.shop_id = p.shop_id and u.reverses_seq = s.seq
    left join payout_run r on r.shop_id = p.shop_id and r.id = p.run_id
    left join payout_method m on m.shop_id = p.shop_id and m.id = p.method_id and m.creator_id = p.creator_id
    left join payout f on f.shop_id = p.shop_id and f.id = p.repeats_id
    where p.shop_id = ${shopId} and (
      r.id is null or m.id is null or r.currency <> p.currency or p.net_minor <= 0 or p.gross_minor <> p.withheld_minor + p.net_minor
      or p.gross_minor is distinct from (select sum((i->>'amountMinor')::bigint)::bigint from jsonb_array_elements(p.income) i)
      or (p.repeats_id is not null and (f.status is distinct from 'failed' or f.creator_id <> p.creator_id or f.currency <> p.currency))
      or p.journal_seq is distinct from s.seq or p.reversal_seq is distinct from u.seq or p.sent_at is distinct from s.effective_at
      or p.failure_reason is distinct from u.arithmetic->>'failure'
      or (s.seq is null and (p.status not in ('draft', 'approved', 'voided') or (p.status = 'voided') <> (p.settled_at is not null)))
      or (s.seq is not null and (
        p.settled_at is distinct from coalesce(u.effective_at, c.effective_at)
        or p.status <> case when u.arithmetic->>'reason' = 'payout_failed' then 'failed' when u.seq is not null then 'voided'
                            when c.seq is not null then 'confirmed' else 'sent' end
        or (s.currency, s.arithmetic->>'creatorId', s.arithmetic->>'reference', s.arithmetic->>'runNumber', s.arithmetic->>'grossMinor',
            s.arithmetic->>'withheldMinor', s.arithmetic->>'netMinor')
           is distinct from (p.currency, p.creator_id::text, p.reference, r.number::text, p.gross_minor::text, p.withheld_minor::text, p.net_minor::text)
      )))
    order by p.reference limit 1`
}

/** Where a run stands follows from its payouts, and whether it may be sent from who agreed to it. */
function wrongRuns(tx: ShopTransaction, shopId: number): Promise<Wrong> {
  return tx.$queryRaw<Wrong>`
    select r.number::text as name from payout_run r
    left join lateral (
      select count(*) as all_of_it, count(*) filter (where p.status = 'voided') as voided, count(*) filter (where p.status = 'sent') as on_their_way,
             min(p.sent_at) as sent_at, bool_or(p.status = 'approved') as approved, bool_or(p.status = 'draft') as draft
      from payout p where p.shop_id = r.shop_id and p.run_id = r.id
    ) p on true
    where r.shop_id = ${shopId} and (
      r.sent_at is distinct from p.sent_at
      or r.status <> case when p.voided = p.all_of_it then 'voided' when r.sent_at is null then case when p.approved then 'approved' else 'draft' end
                          when p.on_their_way > 0 and r.status <> 'finished' then 'sent' else 'finished' end
      or (r.status in ('approved', 'sent', 'finished')
          and (select count(distinct a->>'by') from jsonb_array_elements(r.approvals) a) < r.approvals_needed)
      or (p.draft and (p.approved or r.status <> 'draft')))
    order by r.number limit 1`
}

function wrongAdjustments(tx: ShopTransaction, shopId: number): Promise<Wrong> {
  return tx.$queryRaw<Wrong>`
    select d.id::text as name from adjustment d
    left join journal j on j.shop_id = d.shop_id and j.fact_key = 'adjustment/' || d.id
    where d.shop_id = ${shopId} and (
      d.journal_seq is distinct from j.seq or (d.status = 'posted') <> (j.seq is not null) or d.status not in ('proposed', 'posted', 'rejected')
      or (d.status = 'proposed') <> (d.decided_at is null) or (d.status = 'proposed') <> (d.decided_by is null)
      or (j.seq is not null and (
        not j.arithmetic::jsonb @> d.facts
        or (j.currency, j.order_id, j.effective_at, j.arithmetic->>'adjustment', j.arithmetic->>'creatorId', j.arithmetic->>'incomeType',
            j.arithmetic->>'amountMinor', j.arithmetic->>'account', j.arithmetic->>'reason', j.arithmetic->>'proposedBy', j.arithmetic->>'decidedBy')
           is distinct from (d.currency, d.order_id, d.decided_at, d.kind, d.creator_id::text, d.income_type, d.amount_minor::text, d.account, d.reason,
                             d.proposed_by, d.decided_by)
      )))
    order by d.id limit 1`
}

function wrongAdvances(tx: ShopTransaction, shopId: number): Promise<Wrong> {
  return tx.$queryRaw<Wrong>`
    select d.id::text as name from advance d
    left join journal j on j.shop_id = d.shop_id and j.fact_key = 'advance/' || d.id
    left join journal u on u.shop_id = d.shop_id and u.reverses_seq = j.seq
    where d.shop_id = ${shopId} and (
      d.journal_seq is distinct from j.seq or d.status not in ('proposed', 'agreed', 'rejected') or (j.seq is not null and d.status <> 'agreed')
      or (d.status = 'proposed') <> (d.decided_at is null) or (d.status = 'proposed') <> (d.decided_by is null)
      or d.paid_at is distinct from j.effective_at or d.paid_by is distinct from j.arithmetic->>'paidBy'
      or (d.reversal_seq, d.undone_at, d.undone_by, d.undone_reason)
         is distinct from (u.seq, u.effective_at, u.arithmetic->>'undoneBy', u.arithmetic->>'explanation')
      or d.withheld_minor::text <> coalesce(j.arithmetic->>'withheldMinor', '0')
      or (j.seq is not null and (j.currency, j.arithmetic->>'creatorId', j.arithmetic->>'amountMinor', j.arithmetic->>'recoupBps')
                                is distinct from (d.currency, d.creator_id::text, d.amount_minor::text, d.recoup_bps::text)))
    order by d.id limit 1`
}

/** An award is the sum of its journals, on the account to which its newest one led. */
function wrongAwards(tx: ShopTransaction, shopId: number): Promise<Wrong> {
  return tx.$queryRaw<Wrong>`
    select a.key as name from award a
    left join lateral (
      select sum(e.royalty_minor) as credited, min(e.creator_id::text) as creator, max(e.creator_id::text) as creator_too,
             min(e.agreement_id::text) as agreement, max(e.agreement_id::text) as agreement_too
      from royalty_entry e where e.shop_id = a.shop_id and e.agreement_id = a.agreement_id and e.award_id = a.id
    ) e on true
    left join lateral (
      select coalesce(j.arithmetic->>'to', j.arithmetic->>'bucket') as bucket, j.currency from journal j
      where j.shop_id = a.shop_id and ((j.fact_key >= 'award/' || a.key || '/' and j.fact_key < 'award/' || a.key || '0')
                                    or (j.fact_key >= 'award_release/' || a.key || '/' and j.fact_key < 'award_release/' || a.key || '0'))
      order by j.seq desc limit 1
    ) j on true
    where a.shop_id = ${shopId} and (
      a.target_minor <> coalesce(e.credited, 0) or a.currency is distinct from j.currency or a.key not like a.kind || '/%'
      or (e.creator, e.creator_too, e.agreement, e.agreement_too)
         is distinct from (a.creator_id::text, a.creator_id::text, a.agreement_id::text, a.agreement_id::text)
      -- What comes to nothing moves silently.
      or (a.target_minor <> 0 and (a.released_at is not null) <> (j.bucket = 'available')))
    order by a.key limit 1`
}

/** Months are those that their labels name, begin and end on a clock's quarter, and close from the first one on, when their statements were issued. */
function wrongMonths(tx: ShopTransaction, shopId: number): Promise<Wrong> {
  return tx.$queryRaw<Wrong>`
    select p.label as name from (
      select id, label, status, closed_at, starts_at, ends_at, lead(status) over (order by starts_at) as next_status
      from period where shop_id = ${shopId}
    ) p
    where p.status not in ('open', 'closed') or (p.status = 'closed') <> (p.closed_at is not null) or p.closed_at < p.ends_at
       or (p.status = 'open' and p.next_status = 'closed')
       or extract(epoch from p.starts_at) % 900 <> 0 or extract(epoch from p.ends_at) % 900 <> 0
       or to_char((p.starts_at + (p.ends_at - p.starts_at) / 2) at time zone 'UTC', 'YYYY-MM') <> p.label
       or exists (select 1 from statement s where s.shop_id = ${shopId} and s.period_id = p.id and s.issued_at is distinct from p.closed_at)
    order by p.starts_at limit 1`
}

/** Found along the names of the facts: the chain is walked elsewhere. */
function forsakenJournals(tx: ShopTransaction, shopId: number): Promise<Wrong> {
  return tx.$queryRaw<Wrong>`
    select j.fact_key as name from journal j
    where j.shop_id = ${shopId} and (
      (j.fact_key >= 'payout/' and j.fact_key < 'payout0'
        and not exists (select 1 from payout p where p.shop_id = j.shop_id and p.id::text = split_part(j.fact_key, '/', 2)))
      or (j.fact_key >= 'adjustment/' and j.fact_key < 'adjustment0'
        and not exists (select 1 from adjustment d where d.shop_id = j.shop_id and d.id::text = split_part(j.fact_key, '/', 2)))
      or (j.fact_key >= 'advance/' and j.fact_key < 'advance0'
        and not exists (select 1 from advance d where d.shop_id = j.shop_id and d.id::text = split_part(j.fact_key, '/', 2)))
      or (j.fact_key >= 'award/' and j.fact_key < 'award0'
        and not exists (select 1 from award a where a.shop_id = j.shop_id and a.key = substring(j.fact_key from '^award/(.*)/[0-9]+$'))))
    order by j.seq limit 1`
}
