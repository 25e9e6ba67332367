// What became of a drop: what each act sold, how late it was, what was asked for in vain, what shoppers were told, what the creators earned.
// Read from receipts, the claim log and the books, not from memory.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { loadDrop, type StoredDrop } from '../../adapters/db/drop-store.ts'
import type { ActReceipt, StockMove } from '../../adapters/db/generated/client.ts'
import { isRowId } from '../../adapters/db/row-id.ts'
import type { ActKind, DropStatus } from '../../domain/drops/drop.ts'
import { type Advice, adviceOf } from '../../domain/drops/drop-advice.ts'
import { sellingWindow } from '../../domain/drops/timeline.ts'
import type { ShopContext } from '../context.ts'
import { soldLines } from './drop-sales.server.ts'
import { type ClaimsShown, type LostDemand, readClaimsShown, readLostDemand } from './report-demand.server.ts'

export interface ReportedAct {
  actId: string
  kind: ActKind
  at: string
  /** Of the last execution; null: not executed. */
  outcome: string | null
  latenessMs: number | null
  attempts: number
  /** Units that it released; null: it was to release none. */
  released: number | null
  /** Pieces sold from it until the next act, returns not subtracted. */
  sold: number
  /** Of those, what came back. */
  back: number
  /** Minor units of the shop's currency, after discounts and returns, taxes left out: the books' revenue of these lines. */
  netMinor: string
  /** What the books credit to creators for them. */
  creatorsMinor: string
}

export interface CreatorsShare {
  creatorId: string
  name: string
  /** Of the lines sold in the drop; returns and re-ratings included. */
  shareMinor: string
  /** Beyond the lines: awards that were counted by the drop. */
  awardsMinor: string
}

export interface DropReport {
  dropId: string
  title: string
  status: DropStatus
  timeZone: string
  acts: ReportedAct[]
  soldInAll: number
  back: number
  /** Pieces that the waves held, and those that went back unsold. */
  planned: number
  returned: number
  netMinor: string
  /** What the books credit to creators for sales of this drop, returns, re-ratings and awards included. */
  creatorsMinor: string
  creators: CreatorsShare[]
  demand: LostDemand
  claims: ClaimsShown
  /** Empty while the drop is not over. */
  advice: Advice[]
  currency: string
}

export type DropReportOutcome = { ok: true; report: DropReport } | { ok: false; reason: 'unknown_drop' }

export async function readDropReport({ db, shop }: ShopContext, dropId: string): Promise<DropReportOutcome> {
  if (!isRowId(dropId)) return { ok: false, reason: 'unknown_drop' }
  return db.inShop(
    shop.id,
    async (tx): Promise<DropReportOutcome> => {
      const drop = await loadDrop(tx, shop.id, dropId)
      if (!drop) return { ok: false, reason: 'unknown_drop' }
      const lines = await readLines(tx, shop.id, dropId)
      const receipts = await tx.actReceipt.findMany({
        where: { shopId: shop.id, dropId },
        orderBy: [{ startedAt: 'asc' }, { attempt: 'asc' }],
      })
      const moves = await tx.stockMove.findMany({ where: { shopId: shop.id, dropId, status: 'done' } })
      const creators = await readCreators(tx, shop.id, dropId)
      const sold = soldByVariant(lines)
      const demand = await readLostDemand(tx, drop, sold)
      const claims = await readClaimsShown(tx, shop.id, dropId)
      const figures = {
        soldInAll: sum(lines, ({ sold: units }) => units),
        back: sum(lines, ({ back }) => back),
        planned: sum(drop.waves, ({ units }) => units),
        returned: unitsOf(moves, 'return'),
      }
      const acts = actsOf(drop, lines, receipts, moves)
      const report: DropReport = {
        dropId,
        title: drop.title,
        status: drop.status,
        timeZone: drop.timeZone,
        acts,
        ...figures,
        netMinor: String(lines.reduce((total, { net }) => total + net, 0n)),
        creatorsMinor: String(
          creators.reduce((total, each) => total + BigInt(each.shareMinor) + BigInt(each.awardsMinor), 0n),
        ),
        creators,
        demand,
        claims,
        advice: isOver(drop.status) ? advise(drop, acts, { figures, demand, claims, sold }) : [],
        currency: shop.currency,
      }
      return { ok: true, report }
    },
    { snapshot: true },
  )
}

function isOver(status: DropStatus): boolean {
  return status === 'closed' || status === 'aborted'
}

interface SoldLine {
  variantId: bigint | null
  soldAt: Date
  sold: number
  back: number
  net: bigint
  royalty: bigint
}

function readLines(tx: ShopTransaction, shopId: number, dropId: string): Promise<SoldLine[]> {
  return tx.$queryRaw<SoldLine[]>`
    with line as (${soldLines(shopId, dropId)})
    select line.variant_id as "variantId", line.sold_at as "soldAt", line.sold, line.back, line.net,
      (select coalesce(sum(e.royalty_minor), 0)::bigint from royalty_entry e
       where e.shop_id = ${shopId} and e.line_item_id = line.line_item_id) as royalty
    from line order by line.sold_at, line.line_item_id`
}

async function readCreators(tx: ShopTransaction, shopId: number, dropId: string): Promise<CreatorsShare[]> {
  const rows = await tx.$queryRaw<Array<{ creatorId: string; name: string; share: bigint; awards: bigint }>>`
    with entry as (
      select e.creator_id, e.kind, e.royalty_minor from royalty_entry e
      join line_attribution a on a.shop_id = e.shop_id and a.line_item_id = e.line_item_id and a.revision = 1
      where a.shop_id = ${shopId} and a.drop_id = ${dropId}::uuid
      union all
      select e.creator_id, e.kind, e.royalty_minor from award w
      join royalty_entry e on e.shop_id = w.shop_id and e.award_id = w.id
      where w.shop_id = ${shopId} and e.line_item_id is null and e.drop_id = ${dropId}::uuid
    )
    select entry.creator_id::text as "creatorId", coalesce(c.name, '') as name,
      coalesce(sum(royalty_minor) filter (where entry.kind <> 'award'), 0)::bigint as share,
      coalesce(sum(royalty_minor) filter (where entry.kind = 'award'), 0)::bigint as awards
    from entry left join creator c on c.shop_id = ${shopId} and c.id = entry.creator_id
    group by 1, 2 order by 3 desc, 2`
  return rows.map(({ creatorId, name, share, awards }) => ({
    creatorId,
    name,
    shareMinor: String(share),
    awardsMinor: String(awards),
  }))
}

function unitsOf(moves: readonly StockMove[], kind: string, waveIds?: readonly string[]): number {
  const own = moves.filter((move) => move.kind === kind && (waveIds?.includes(move.waveId) ?? true))
  return sum(own, ({ units }) => units)
}

function actsOf(
  drop: StoredDrop,
  lines: readonly SoldLine[],
  receipts: readonly ActReceipt[],
  moves: readonly StockMove[],
): ReportedAct[] {
  const sales = new Map<string, SoldLine[]>()
  for (const line of lines) {
    const actId = actAt(drop, line.soldAt)
    sales.set(actId, [...(sales.get(actId) ?? []), line])
  }
  return drop.acts.map(({ id, kind, at, status }): ReportedAct => {
    const own = sales.get(id) ?? []
    const executions = receipts.filter(({ actId }) => actId === id)
    const last = executions.at(-1)
    const waveIds = drop.waves.filter(({ actId }) => actId === id).map((wave) => wave.id)
    return {
      actId: id,
      kind,
      at,
      // An end of the drop before its time leaves no receipts of what it makes needless.
      outcome: last?.outcome ?? (status === 'skipped' ? 'skipped' : null),
      latenessMs: last?.latenessMs ?? null,
      attempts: executions.length,
      released: waveIds.length > 0 ? unitsOf(moves, 'release', waveIds) : null,
      sold: sum(own, ({ sold }) => sold),
      back: sum(own, ({ back }) => back),
      netMinor: String(own.reduce((total, { net }) => total + net, 0n)),
      creatorsMinor: String(own.reduce((total, { royalty }) => total + royalty, 0n)),
    }
  })
}

/** Every line has its act, whatever became of the timeline since: none of the books' cents is missing in the sum. */
function actAt({ acts }: StoredDrop, soldAt: Date): string {
  const selling = acts.filter(({ kind }) => kind === 'early_access' || kind === 'open' || kind === 'wave')
  return (selling.findLast(({ at }) => new Date(at) <= soldAt) ?? selling[0] ?? acts[0])?.id ?? ''
}

function soldByVariant(lines: readonly SoldLine[]): Map<string, number> {
  const sold = new Map<string, number>()
  for (const { variantId, sold: units } of lines)
    sold.set(String(variantId), (sold.get(String(variantId)) ?? 0) + units)
  return sold
}

interface Reported {
  figures: { soldInAll: number; back: number; planned: number; returned: number }
  demand: LostDemand
  claims: ClaimsShown
  sold: ReadonlyMap<string, number>
}

function advise(drop: StoredDrop, acts: readonly ReportedAct[], reported: Reported): Advice[] {
  const { figures, demand, claims, sold } = reported
  const window = sellingWindow(drop.acts)
  if (!window) return []
  const early = acts.filter(({ kind }) => kind === 'early_access')
  const done = acts.filter(({ outcome, kind }) => outcome === 'done' && kind !== 'after')
  return adviceOf({
    sellingMs: Date.parse(window.close) - Date.parse(window.early ?? window.open),
    pieces: demand.pieces.map(({ variantId, title, role, soldOutMs, soldOutAfterMs }) => ({
      title,
      isHero: role === 'hero',
      sold: sold.get(variantId) ?? 0,
      soldOutMs,
      soldOutAfterMs,
    })),
    soldEarly: early.length > 0 ? sum(early, (act) => act.sold) : null,
    soldInAll: figures.soldInAll,
    returned: figures.back,
    setAside: figures.planned,
    backOnShelf: figures.returned,
    signups: demand.signups,
    worstLatenessMs: Math.max(0, ...done.map(({ latenessMs }) => latenessMs ?? 0)),
    continuing: claims.checks.filter(({ verdict }) => verdict === 'continues').length,
  })
}

function sum<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0)
}
