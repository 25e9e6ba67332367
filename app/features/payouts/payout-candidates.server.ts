// Every creator with a balance or a method in a currency, with all that decides whether and how much they may be paid. One query a set.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { readPayer, readWithholdings } from '#app/adapters/db/dated-fact-store.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { IncomeType } from '#app/domain/ledger/royalty-entry.ts'
import { judgePayout, type PayoutJudgement } from '#app/domain/payouts/eligibility.ts'
import { isTaxFormType, taxFormStatus } from '#app/domain/tax/form-status.ts'
import type { Withholding } from '#app/domain/tax/withholding.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/instant.ts'

export interface Candidate extends PayoutJudgement {
  creatorId: string
  creatorName: string
  locale: string
  email: string
  availableMinor: bigint
  pendingMinor: bigint
  minimumMinor: bigint | null
  method: { id: string; kind: string; ending: string; holdUntil: Date | null } | null
  riskHoldReason: string | null
  /** As it stands today; null when nothing is withheld. */
  withholding: Withholding | null
  /** What a payment that nothing explains counts as. */
  mainIncome: IncomeType
}

interface Row {
  creatorId: string
  name: string
  email: string
  locale: string
  status: string
  available: bigint
  pending: bigint
  minimum: bigint | null
  methodId: string | null
  methodKind: string | null
  methodCurrency: string | null
  methodEnding: string | null
  holdUntil: Date | null
  riskKind: string | null
  riskReason: string | null
  disputed: boolean
  formType: string | null
  receivedOn: string | null
  expiresOn: string | null
  ownsDesigns: boolean
  promotes: boolean
}

/** `creatorIds`: only these; else everybody with a balance. `withoutPayout`: its amount does not count as pending. */
export async function readCandidates(
  tx: ShopTransaction,
  shop: Shop,
  currency: string,
  now: Date,
  creatorIds?: readonly string[],
): Promise<Candidate[]> {
  const rows = await tx.$queryRaw<Row[]>`
    with wanted as (
      select a.creator_id as id, coalesce(-sum(m.movement_minor), 0)::bigint as available
      from account a left join account_movement m on m.account_id = a.id
      where a.shop_id = ${shop.id} and a.currency = ${currency} and a.creator_id is not null and a.code like '%/available'
        and (${creatorIds === undefined} or a.creator_id = any(${creatorIds ?? []}::uuid[]))
      group by a.creator_id
    ), disputed as materialized (
      -- Once for all: holds have no index by creator.
      select distinct creator_id from royalty_hold where shop_id = ${shop.id} and disputed and released_at is not null
    )
    select c.id::text as "creatorId", c.name, c.email, c.locale, c.status, w.available,
      (select coalesce(sum(p.gross_minor), 0)::bigint from payout p
       where p.shop_id = ${shop.id} and p.creator_id = c.id and p.currency = ${currency} and p.status in ('draft', 'approved')) as pending,
      (select max((v.terms->>'minimumPayoutMinor')::bigint) from agreement g join agreement_version v on v.agreement_id = g.id
       where g.shop_id = ${shop.id} and g.creator_id = c.id and g.status = 'active' and v.status = 'accepted'
         and v.terms->>'currency' = ${currency}
         and v.number = (select max(l.number) from agreement_version l where l.agreement_id = g.id and l.status = 'accepted' and l.effective_from <= ${now})
      ) as minimum,
      m.id::text as "methodId", m.kind as "methodKind", m.currency as "methodCurrency", m.ending as "methodEnding", m.hold_until as "holdUntil",
      r.kind as "riskKind", r.facts->>'reason' as "riskReason",
      c.id in (select creator_id from disputed) as disputed,
      x.form_type as "formType", x.form_received_on::text as "receivedOn", x.form_expires_on::text as "expiresOn",
      exists (select 1 from agreement g where g.shop_id = ${shop.id} and g.creator_id = c.id and g.role = 'design_owner') as "ownsDesigns",
      exists (select 1 from agreement g where g.shop_id = ${shop.id} and g.creator_id = c.id and g.role = 'promoter') as promotes
    from wanted w
    join creator c on c.shop_id = ${shop.id} and c.id = w.id
    left join lateral (
      -- The one for this currency; else any other, which says why nothing can be paid.
      select * from payout_method o where o.shop_id = ${shop.id} and o.creator_id = c.id and o.replaced_at is null
      order by (o.currency = ${currency}) desc, o.added_at desc limit 1
    ) m on true
    left join tax_profile x on x.shop_id = ${shop.id} and x.creator_id = c.id
    left join lateral (
      select e.kind, e.facts from creator_event e
      where e.shop_id = ${shop.id} and e.creator_id = c.id and e.kind in ('payouts_held', 'payouts_freed')
      order by e.at desc, e.id desc limit 1
    ) r on true
    order by lower(c.name), c.id`
  const today = localDateOf(now.toISOString(), shop.timeZone)
  const payer = await readPayer(tx, shop, now)
  const withholdings = await readWithholdings(tx, shop.id, today, creatorIds)
  return rows.map((row) =>
    toCandidate(row, {
      currency,
      now,
      today,
      payerCountry: payer?.country ?? null,
      withholding: withholdings.get(row.creatorId) ?? null,
    }),
  )
}

interface Surroundings {
  currency: string
  now: Date
  today: LocalDate
  payerCountry: string | null
  withholding: Withholding | null
}

function toCandidate(row: Row, surroundings: Surroundings): Candidate {
  const { currency, now, today, payerCountry } = surroundings
  const riskHoldReason = row.riskKind === 'payouts_held' ? (row.riskReason ?? '') : null
  const formType = row.formType !== null && isTaxFormType(row.formType) ? row.formType : 'none'
  const form = { formType, receivedOn: row.receivedOn, expiresOn: row.expiresOn }
  const judgement = judgePayout({
    currency,
    availableMinor: row.available,
    pendingMinor: row.pending,
    minimumMinor: row.minimum,
    method:
      row.methodId === null
        ? null
        : {
            kind: row.methodKind ?? '',
            currency: row.methodCurrency ?? '',
            holdUntil: row.holdUntil?.toISOString() ?? null,
          },
    onRiskHold: riskHoldReason !== null,
    hasDisputedSales: row.disputed,
    taxForm: taxFormStatus(form, payerCountry, today),
    withholdingBps: surroundings.withholding?.bps ?? 0,
    isArchived: row.status === 'archived',
    now: now.toISOString(),
  })
  const withholding = surroundings.withholding?.bps ? surroundings.withholding : null
  return {
    ...judgement,
    creatorId: row.creatorId,
    creatorName: row.name,
    email: row.email,
    locale: row.locale,
    availableMinor: row.available,
    pendingMinor: row.pending,
    minimumMinor: row.minimum,
    method:
      row.methodId === null
        ? null
        : {
            id: row.methodId,
            kind: row.methodKind ?? '',
            ending: row.methodEnding ?? '',
            holdUntil: row.holdUntil,
          },
    riskHoldReason,
    withholding,
    mainIncome: row.ownsDesigns && !row.promotes ? 'design_royalty' : 'commission_service',
  }
}

/** What a preview showed of a candidate: a run is made from nothing else. */
export function shownText(candidate: Pick<Candidate, 'amounts' | 'method'>): string {
  const { amounts, method } = candidate
  return amounts && method ? `${amounts.grossMinor}/${amounts.withheldMinor}/${method.id}` : ''
}

/** Why a payout withholds, kept with it: the advice says so, whatever is recorded later. */
export function withholdingColumn({ withholding }: Pick<Candidate, 'withholding'>) {
  return withholding === null ? {} : { withholding: { ...withholding } }
}
