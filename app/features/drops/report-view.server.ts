// What became of a drop: what each act sold, how late acts were, what the creator earned. Read from receipts and books, not from memory.
import { loadDrop } from '../../adapters/db/drop-store.ts'
import { isRowId } from '../../adapters/db/row-id.ts'
import type { ActKind, DropStatus } from '../../domain/drops/drop.ts'
import { sellingWindow } from '../../domain/drops/timeline.ts'
import type { ShopContext } from '../context.ts'

export interface DropReport {
  dropId: string
  title: string
  status: DropStatus
  timeZone: string
  acts: Array<{
    actId: string
    kind: ActKind
    at: string
    /** Of the last execution; null: not executed. */
    outcome: string | null
    latenessMs: number | null
    attempts: number
    /** Units that it released. */
    released: number
    /** Pieces sold from it until the next act, returns not subtracted. */
    sold: number
    /** Minor units of the shop's currency, after discounts, taxes left out. */
    netMinor: string
  }>
  soldInAll: number
  /** Pieces that the hero's waves held, and those that went back unsold. */
  planned: number
  returned: number
  /** What the books credit to creators for sales of this drop, returns and re-ratings included. */
  creatorsMinor: string
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
      const window = sellingWindow(drop.acts)
      const from = new Date(window?.early ?? window?.open ?? drop.createdAt)
      const closesAt = new Date(window?.close ?? from)
      const until = drop.endedAt && drop.endedAt < closesAt ? drop.endedAt : closesAt
      const productIds = [...new Set(drop.offers.map(({ productId }) => productId))]
      const [receipts, sales, moves, [earned]] = [
        await tx.actReceipt.findMany({ where: { shopId: shop.id, dropId }, orderBy: { attempt: 'asc' } }),
        await tx.$queryRaw<Array<{ at: Date; units: number; net: bigint }>>`
          select s.happened_at as at, s.quantity as units, s.total_minor - s.tax_minor as net
          from sale s join shop_order o on o.shop_id = s.shop_id and o.order_id = s.order_id and not o.is_test
          where s.shop_id = ${shop.id} and s.product_id = any(${productIds}::bigint[]) and s.action_type = 'order' and s.line_type = 'product'
            and s.happened_at >= ${from} and s.happened_at < ${until} and s.quantity > 0`,
        await tx.stockMove.findMany({ where: { shopId: shop.id, dropId, status: 'done' } }),
        await tx.$queryRaw<Array<{ royalty: bigint }>>`
          select coalesce(sum(royalty_minor), 0)::bigint as royalty from royalty_entry
          where shop_id = ${shop.id} and drop_id = ${dropId}::uuid`,
      ]
      const unitsOf = (kind: string, waveIds?: readonly string[]) =>
        moves
          .filter((move) => move.kind === kind && (waveIds?.includes(move.waveId) ?? true))
          .reduce((sum, { units }) => sum + units, 0)
      const acts = drop.acts.map((act, index): DropReport['acts'][number] => {
        const next = drop.acts[index + 1]
        const own = sales.filter(
          ({ at }) => at >= new Date(act.at) && (next === undefined || at < new Date(next.at)),
        )
        const executions = receipts.filter(({ actId }) => actId === act.id)
        const last = executions.at(-1)
        return {
          actId: act.id,
          kind: act.kind,
          at: act.at,
          outcome: last?.outcome ?? null,
          latenessMs: last?.latenessMs ?? null,
          attempts: executions.length,
          released: unitsOf(
            'release',
            drop.waves.filter(({ actId }) => actId === act.id).map(({ id }) => id),
          ),
          sold: own.reduce((sum, { units }) => sum + units, 0),
          netMinor: own.reduce((sum, { net }) => sum + net, 0n).toString(),
        }
      })
      const report: DropReport = {
        dropId,
        title: drop.title,
        status: drop.status,
        timeZone: drop.timeZone,
        acts,
        soldInAll: sales.reduce((sum, { units }) => sum + units, 0),
        planned: drop.waves.reduce((sum, { units }) => sum + units, 0),
        returned: unitsOf('return'),
        creatorsMinor: String(earned?.royalty ?? 0n),
        currency: shop.currency,
      }
      return { ok: true, report }
    },
    { snapshot: true },
  )
}
