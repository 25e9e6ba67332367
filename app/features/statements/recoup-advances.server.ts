// Earnings that go to advances, before the month's statements: one journal for each creator with an open advance.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Period, Shop } from '../../adapters/db/generated/client.ts'
import { type LedgerHead, postJournals } from '../../adapters/db/journal-store.ts'
import { creatorAccount } from '../../domain/ledger/accounts.ts'
import { draftJournal } from '../../domain/ledger/journal-draft.ts'
import { type OpenAdvance, type Recoupment, recoupment } from '../../domain/statements/recoupment.ts'

interface Row {
  creatorId: string
  unrecouped: bigint
  available: bigint
  earned: bigint
}

/** Posts into the month that is closing. Twice posts nothing: the journal's key names creator, month and currency. */
export async function recoupAdvances(
  tx: ShopTransaction,
  shop: Shop,
  head: LedgerHead,
  period: Period,
  now: Date,
): Promise<number> {
  // Also in a former currency of the shop: what is earned there goes to what was paid ahead there.
  const paid = await tx.advance.findMany({
    where: { shopId: shop.id, paidAt: { not: null } },
    distinct: ['currency'],
    orderBy: { currency: 'asc' },
    select: { currency: true },
  })
  let posted = 0
  for (const { currency } of paid) posted += await recoupIn(tx, { ...shop, currency }, head, period, now)
  return posted
}

async function recoupIn(
  tx: ShopTransaction,
  shop: Shop,
  head: LedgerHead,
  period: Period,
  now: Date,
): Promise<number> {
  const rows = await readOpen(tx, shop, period)
  if (rows.length === 0) return 0
  const advances = await readAdvances(tx, shop, period)
  const effectiveAt = new Date(period.endsAt.getTime() - 1).toISOString()
  const journals = rows.flatMap((row) => {
    const taken = recoupment({
      advances: advances.get(row.creatorId) ?? [],
      unrecoupedMinor: row.unrecouped,
      earnedMinor: row.earned,
      availableMinor: row.available,
    })
    const draft = journalForRecoupment(shop, period.label, row, taken, effectiveAt)
    return draft ? [{ ...draft, periodId: period.id }] : []
  })
  if (journals.length === 0) return 0
  const { posted, conflicting } = await postJournals(tx, shop.id, head, journals, now)
  if (conflicting.length > 0) throw new Error(`recoupment stands with other amounts: ${conflicting[0]}`)
  return posted.length
}

function journalForRecoupment(shop: Shop, label: string, row: Row, taken: Recoupment, effectiveAt: string) {
  const { creatorId } = row
  return draftJournal({
    factKey: `recoup/${creatorId}/${label}/${shop.currency}`,
    kind: 'recoup',
    effectiveAt,
    currency: shop.currency,
    arithmetic: {
      creatorId,
      period: label,
      earnedMinor: `${row.earned}`,
      unrecoupedBeforeMinor: `${row.unrecouped}`,
      amountMinor: `${taken.amountMinor}`,
      parts: taken.parts.map((part) => ({
        advanceId: part.advanceId,
        recoupBps: part.recoupBps,
        baseMinor: `${part.baseMinor}`,
        amountMinor: `${part.amountMinor}`,
      })),
    },
    postings: [
      { account: creatorAccount(creatorId, 'available'), amountMinor: taken.amountMinor },
      { account: creatorAccount(creatorId, 'advance'), amountMinor: -taken.amountMinor },
    ],
  })
}

/**
 * Creators with an open advance. Earned: what became available in the month; payments sent or come back do not count. Available: at the
 * month's end, but no more than now, because a month that closes late must not take what has been paid out or returned since.
 */
function readOpen(tx: ShopTransaction, shop: Shop, period: Period): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    with balance as (
      select a.creator_id, split_part(a.code, '/', 3) as bucket,
             coalesce(sum(m.movement_minor) filter (where p.ends_at <= ${period.endsAt}), 0) as through, sum(m.movement_minor) as today,
             coalesce(sum(m.movement_minor) filter (where m.period_id = ${period.id}::uuid), 0) as moved
      from account a
      join account_movement m on m.account_id = a.id
      join period p on p.id = m.period_id
      where a.shop_id = ${shop.id} and a.currency = ${shop.currency} and a.creator_id in (
        select o.creator_id from advance o where o.shop_id = ${shop.id} and o.currency = ${shop.currency} and o.paid_at is not null)
      group by 1, 2
    ), paid as (
      select p.creator_id, sum(case when j.seq = p.journal_seq then p.gross_minor else -p.gross_minor end) as amount
      from payout p join journal j on j.shop_id = ${shop.id} and j.seq in (p.journal_seq, p.reversal_seq) and j.period_id = ${period.id}::uuid
      where p.shop_id = ${shop.id} and p.currency = ${shop.currency} and p.journal_seq is not null
      group by 1
    )
    select d.creator_id::text as "creatorId", d.through::bigint as unrecouped, (-greatest(coalesce(v.through, 0), coalesce(v.today, 0)))::bigint as available,
           (-coalesce(v.moved, 0) + coalesce(x.amount, 0))::bigint as earned
    from balance d
    left join balance v on v.creator_id = d.creator_id and v.bucket = 'available'
    left join paid x on x.creator_id = d.creator_id
    where d.bucket = 'advance' and d.through > 0
    order by d.creator_id`
}

async function readAdvances(
  tx: ShopTransaction,
  shop: Shop,
  period: Period,
): Promise<Map<string, OpenAdvance[]>> {
  const rows = await tx.advance.findMany({
    where: { shopId: shop.id, currency: shop.currency, paidAt: { lt: period.endsAt } },
    select: { id: true, creatorId: true, amountMinor: true, recoupBps: true, paidAt: true },
  })
  const advances = new Map<string, OpenAdvance[]>()
  for (const { creatorId, paidAt, ...advance } of rows) {
    if (!paidAt) continue
    advances.set(creatorId, [
      ...(advances.get(creatorId) ?? []),
      { ...advance, paidAt: paidAt.toISOString() },
    ])
  }
  return advances
}
