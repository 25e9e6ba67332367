// Awards of the covered months, with what was measured as the newest of their journals recorded it.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { Prisma } from '../../adapters/db/generated/client.ts'
import type { BonusSums } from '../../domain/statements/statement-input.ts'
import type { TaxIncomeType } from '../../domain/tax/income-type.ts'
import { covered, inCurrency, type ReadScope } from './scope-sql.ts'

interface Row {
  creatorId: string
  versionId: string
  incomeType: TaxIncomeType
  key: string
  kind: string
  title: string
  amount: bigint
  journal: bigint
  arithmetic: unknown
}

export async function readBonuses(tx: ShopTransaction, scope: ReadScope): Promise<Map<string, BonusSums[]>> {
  const { shop, periodIds } = scope
  const rows = await tx.$queryRaw<Row[]>`
    with ${covered(scope)}, entry as materialized (
      select e.* from royalty_entry e
      where e.shop_id = ${shop.id} and e.period_id = any(${periodIds}::uuid[]) and e.kind = 'award' ${inCurrency(scope, Prisma.sql`e.journal_seq`)}
    ), summed as (
      select e.creator_id, e.award_id, e.agreement_version_id, e.income_type, max(e.title) as title, sum(e.royalty_minor)::bigint as amount,
             max(e.journal_seq) as journal
      from covered c join entry e on e.period_id = c.period_id and e.creator_id = c.creator_id
      group by 1, 2, 3, 4
      having sum(e.royalty_minor) <> 0
    )
    select s.creator_id::text as "creatorId", s.agreement_version_id::text as "versionId", s.income_type as "incomeType", a.key, a.kind, s.title,
           s.amount, s.journal, j.arithmetic
    from summed s
    join award a on a.id = s.award_id
    join journal j on j.shop_id = ${shop.id} and j.seq = s.journal`
  const bonuses = new Map<string, BonusSums[]>()
  for (const row of rows) {
    const own = bonuses.get(row.creatorId)
    if (own) own.push(toBonus(row))
    else bonuses.set(row.creatorId, [toBonus(row)])
  }
  return bonuses
}

function toBonus(row: Row): BonusSums {
  const evidence = recordOf(recordOf(row.arithmetic).evidence)
  const facts = recordOf(evidence.facts)
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  const metric = text(evidence.metric) ?? ''
  return {
    awardKey: row.key,
    kind: row.kind === 'retention' || row.kind === 'guarantee' ? row.kind : 'tier',
    title: row.title,
    versionId: row.versionId,
    incomeType: row.incomeType,
    rule: text(evidence.rule) ?? row.kind,
    metric,
    threshold: text(evidence.threshold),
    measured: text(evidence.measured) ?? '0',
    unit: metric === 'units' || metric === 'restocked_units' ? 'count' : 'money',
    window: text(facts.month) ?? monthOrQuarter(text(facts.window)),
    amountMinor: row.amount,
    journal: row.journal,
  }
}

function monthOrQuarter(window: string | null): string | null {
  return window !== null && /^\d{4}-(\d{2}|Q[1-4])$/.test(window) ? window : null
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
