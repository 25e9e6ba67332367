// Home in one transaction: what is set up, how this month goes, the last twelve months, what needs a look, who sells.

import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { Prisma, type Shop } from '#app/adapters/db/generated/client.ts'
import { periodContaining } from '#app/domain/time/month-period.ts'
import type { ShopContext } from '../context.ts'
import { lastMonths } from './last-months.ts'
import { bookedSince, readMonthlyFigures } from './monthly-figures.server.ts'
import { readSetupGuide, type SetupGuide } from './setup-guide.server.ts'
import { readWaitingWork, type WaitingWork } from './waiting-work.server.ts'

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

export interface NextDrop {
  id: string
  title: string
  status: string
  /** The act that runs next; null when none is left. */
  next: { kind: string; at: string } | null
}

export interface HomeView {
  shopName: string
  currency: string
  timeZone: string
  setup: SetupGuide | null
  /** The drop that sells now, else the one that comes first. */
  nextDrop: NextDrop | null
  thisMonth: MonthFigures
  lastMonth: MonthFigures
  heldMinor: string
  payableMinor: string
  /** When the running month ends and its statements are issued. */
  nextCloseAt: string
  /** Twelve, oldest first. */
  months: MonthFigures[]
  waiting: WaitingWork[]
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
    const waiting = await readWaitingWork(tx, shop.id)
    const since = new Date(now.getTime() - TOP_CREATOR_DAYS * 86_400_000)
    const nextDrop = await readNextDrop(tx, shop.id)
    const topCreators = await readTopCreators(tx, shop, since)
    const none = (month: string): MonthFigures => ({ month, netMinor: '0', royaltyMinor: '0' })
    return {
      shopName: shop.name,
      currency: shop.currency,
      timeZone: shop.timeZone,
      setup,
      nextDrop,
      thisMonth: months.at(-1) ?? none(current.label),
      lastMonth: months.at(-2) ?? none(current.label),
      heldMinor: String(standing.held),
      payableMinor: String(standing.payable),
      nextCloseAt: (standing.oldestOpenEnd ?? new Date(current.endsAt)).toISOString(),
      months,
      waiting,
      alerts: alerts.slice(0, 5),
      alertCount: alerts.length,
      topCreators,
    }
  })
}

async function readNextDrop(tx: ShopTransaction, shopId: number): Promise<NextDrop | null> {
  const [row] = await tx.$queryRaw<
    Array<{ id: string; title: string; status: string; kind: string | null; at: Date | null }>
  >`
    select d.id::text as id, d.title, d.status, n.kind, n.at
    from drop d
    left join lateral (
      select a.kind, a.at from act a where a.drop_id = d.id and a.status in ('planned', 'running') order by a.at, a.id limit 1
    ) n on true
    where d.shop_id = ${shopId} and d.status in ('scheduled', 'live', 'held')
    order by d.status = 'live' desc, d.status = 'held' desc, n.at, d.id limit 1`
  if (!row) return null
  const { id, title, status, kind, at } = row
  return { id, title, status, next: kind && at ? { kind, at: at.toISOString() } : null }
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
  shop: Pick<Shop, 'id' | 'currency'>,
  since: Date,
): Promise<TopCreator[]> {
  const rows = await tx.$queryRaw<TopCreatorRow[]>(Prisma.sql`
    with earned as (
      select f.creator_id, sum(f.net) as net, sum(f.units) as units, sum(f.royalty) as royalty from (
        select e.creator_id, coalesce(max(e.net_minor) filter (where e.kind = 'sale'), 0) as net,
               coalesce(max(e.units) filter (where e.kind = 'sale'), 0) as units, sum(e.royalty_minor) as royalty
        from royalty_entry e
        where e.shop_id = ${shop.id} and e.effective_at >= ${since}
          ${await bookedSince(tx, shop, since)}
        group by e.journal_seq, e.creator_id
      ) f group by f.creator_id
    )
    select c.id::text as id, c.name, e.net::bigint as net, e.royalty::bigint as royalty, e.units::int as units
    from earned e join creator c on c.id = e.creator_id
    where c.shop_id = ${shop.id}
    order by e.net desc, c.name, c.id
    limit 5`)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    netMinor: String(row.net),
    royaltyMinor: String(row.royalty),
    units: row.units,
  }))
}
