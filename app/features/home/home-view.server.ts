// Home in one transaction: what is set up, how this month goes, the last twelve months, what needs a look, who sells.

import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { Prisma } from '#app/adapters/db/generated/client.ts'
import { periodContaining } from '#app/domain/time/month-period.ts'
import type { ShopContext } from '../context.ts'
import { lastMonths } from './last-months.ts'
import { readMonthlyFigures } from './monthly-figures.server.ts'
import { readSetupGuide, type SetupGuide } from './setup-guide.server.ts'

export interface MonthFigures {
  /** "2026-05" in the shop's zone. */
  month: string
  /** After discounts, without tax, returns subtracted; lines that pay a creator. Minor units. */
  netMinor: string
  royaltyMinor: string
}

export interface OpenAlert {
  id: string
  kind: string
  severity: string
  raisedAt: string
  facts: Record<string, string | number>
}

export interface TopCreator {
  id: string
  name: string
  netMinor: string
  royaltyMinor: string
  units: number
}

export interface HomeView {
  shopName: string
  currency: string
  timeZone: string
  setup: SetupGuide | null
  thisMonth: MonthFigures
  lastMonth: MonthFigures
  heldMinor: string
  payableMinor: string
  /** When the running month ends and its statements are issued. */
  nextCloseAt: string
  /** Twelve, oldest first. */
  months: MonthFigures[]
  alerts: OpenAlert[]
  alertCount: number
  /** Of the last 90 days. */
  topCreators: TopCreator[]
}

const MONTHS = 12
const TOP_CREATOR_DAYS = 90

export async function readHome(ctx: ShopContext): Promise<HomeView> {
  const { shop } = ctx
  const now = ctx.clock.now()
  const current = periodContaining(now.toISOString(), shop.timeZone)
  const labels = lastMonths(current.label, MONTHS)
  return ctx.db.inShop(shop.id, async (tx) => {
    const setup = await readSetupGuide(tx, shop)
    const months = await readMonthlyFigures(tx, shop, labels)
    const standing = await readStanding(tx, shop.id, shop.currency)
    const alerts = await readAlerts(tx, shop.id)
    const since = new Date(now.getTime() - TOP_CREATOR_DAYS * 86_400_000)
    const topCreators = await readTopCreators(tx, shop.id, shop.currency, since)
    const none = (month: string): MonthFigures => ({ month, netMinor: '0', royaltyMinor: '0' })
    return {
      shopName: shop.name,
      currency: shop.currency,
      timeZone: shop.timeZone,
      setup,
      thisMonth: months.at(-1) ?? none(current.label),
      lastMonth: months.at(-2) ?? none(current.label),
      heldMinor: String(standing.held),
      payableMinor: String(standing.payable),
      nextCloseAt: (standing.oldestOpenEnd ?? new Date(current.endsAt)).toISOString(),
      months,
      alerts: alerts.slice(0, 5),
      alertCount: alerts.length,
      topCreators,
    }
  })
}

interface Standing {
  held: bigint
  payable: bigint
  oldestOpenEnd: Date | null
}

async function readStanding(tx: ShopTransaction, shopId: number, currency: string): Promise<Standing> {
  const rows = await tx.$queryRaw<Standing[]>`
    select coalesce(-sum(b.balance_minor) filter (where a.code like '%/held'), 0)::bigint as held,
           coalesce(-sum(b.balance_minor) filter (where a.code like '%/available'), 0)::bigint as payable,
           (select min(p.ends_at) from period p where p.shop_id = ${shopId} and p.status = 'open') as "oldestOpenEnd"
    from account a join account_balance b on b.account_id = a.id
    where a.shop_id = ${shopId} and a.creator_id is not null and a.currency = ${currency}`
  return rows[0] ?? { held: 0n, payable: 0n, oldestOpenEnd: null }
}

async function readAlerts(tx: ShopTransaction, shopId: number): Promise<OpenAlert[]> {
  const rows = await tx.alert.findMany({
    where: { shopId, resolvedAt: null },
    orderBy: [{ raisedAt: 'desc' }],
    take: 100,
    select: { id: true, kind: true, severity: true, raisedAt: true, facts: true },
  })
  return rows.map((row) => ({ ...row, raisedAt: row.raisedAt.toISOString(), facts: plainFacts(row.facts) }))
}

/** Only what a sentence can show. */
function plainFacts(facts: Prisma.JsonValue): Record<string, string | number> {
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return {}
  return Object.fromEntries(
    Object.entries(facts).filter((entry): entry is [string, string | number] =>
      ['string', 'number'].includes(typeof entry[1]),
    ),
  )
}

interface TopCreatorRow {
  id: string
  name: string
  net: bigint
  royalty: bigint
  units: number
}

async function readTopCreators(
  tx: ShopTransaction,
  shopId: number,
  currency: string,
  since: Date,
): Promise<TopCreator[]> {
  const rows = await tx.$queryRaw<TopCreatorRow[]>(Prisma.sql`
    with sold as (
      select payee.creator_id, sum((j.arithmetic->>'netMinor')::bigint) as net, sum(coalesce((j.arithmetic->>'quantity')::int, 0)) as units
      from journal j
      cross join lateral (
        select distinct p->>'creatorId' as creator_id from jsonb_array_elements(j.arithmetic->'royalty'->'payees') p
      ) payee
      where j.shop_id = ${shopId} and j.kind = 'sale' and j.effective_at >= ${since} and jsonb_typeof(j.arithmetic->'royalty') = 'object'
        and j.period_id in (select id from period where shop_id = ${shopId} and ends_at > ${since})
        and exists (select 1 from posting p where p.shop_id = j.shop_id and p.journal_seq = j.seq and p.line = 0 and p.currency = ${currency})
      group by payee.creator_id
    ), earned as (
      select a.creator_id::text as creator_id, -sum(p.amount_minor) as royalty
      from journal j
      join posting p on p.shop_id = j.shop_id and p.journal_seq = j.seq
      join account a on a.id = p.account_id
      where j.shop_id = ${shopId} and j.effective_at >= ${since} and j.kind <> 'maturity' and a.creator_id is not null
        and j.period_id in (select id from period where shop_id = ${shopId} and ends_at > ${since})
        and a.currency = ${currency}
      group by a.creator_id
    )
    select c.id::text as id, c.name, coalesce(s.net, 0)::bigint as net, coalesce(e.royalty, 0)::bigint as royalty,
           coalesce(s.units, 0)::int as units
    from creator c
    left join sold s on s.creator_id = c.id::text
    left join earned e on e.creator_id = c.id::text
    where c.shop_id = ${shopId} and (s.net is not null or e.royalty is not null)
    order by coalesce(s.net, 0) desc, c.name, c.id
    limit 5`)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    netMinor: String(row.net),
    royaltyMinor: String(row.royalty),
    units: row.units,
  }))
}
