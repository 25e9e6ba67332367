// Bonuses for customers who came through a creator and bought again. Customers are known by a key only, and no award keeps it.
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import type { Shop } from '../../../adapters/db/generated/client.ts'
import { nameAward } from '../../../domain/awards/explain-award.ts'
import { type AwardRow, vanishedAward, type WantedAward } from '../../../domain/awards/move-award.ts'
import {
  type CustomerOrder,
  firstAttributedOrder,
  retentionTarget,
} from '../../../domain/awards/retention-target.ts'
import { holdMaturesAt, localDateOf } from '../../../domain/time/instant.ts'
import { readAwardRows } from './award-rows.server.ts'
import type { AwardedAgreement } from './awarded-agreements.server.ts'
import { readCustomerOrders, type StoredOrder } from './customer-orders.server.ts'

export interface SettledRetention {
  wanted: WantedAward[]
  /** What stands of these customers. */
  standing: AwardRow[]
}

export async function wantedRetention(
  tx: ShopTransaction,
  shop: Shop,
  agreements: readonly AwardedAgreement[],
  scope: { customerKeys: readonly string[]; orderIds: readonly bigint[] },
): Promise<SettledRetention> {
  if (agreements.length === 0) return { wanted: [], standing: [] }
  const agreementIds = agreements.map((agreement) => agreement.id)
  const customers = await readCustomerOrders(tx, shop.id, agreementIds, scope)
  if (customers.length === 0) return { wanted: [], standing: [] }
  const keys = customers.flatMap((orders) =>
    orders.flatMap((order) => [...order.attributed.keys()].map((id) => keyOf(id, order.orderId))),
  )
  const standing = await readAwardRows(tx, shop.id, { kind: 'retention', key: { in: keys } })
  const standingOf = new Map(standing.map((row) => [row.key, row]))
  const wanted = customers.flatMap((orders) =>
    agreements.flatMap((agreement) => wantedOf(shop, agreement, orders, standingOf)),
  )
  // Rested on a first order that is no longer the first: an earlier one came in late, or all of it was returned.
  const named = new Set(wanted.map((award) => award.key))
  const vanished = customers.flatMap((orders) =>
    orders.flatMap((order) =>
      agreementIds.flatMap((agreementId) => {
        const row = standingOf.get(keyOf(agreementId, order.orderId))
        return row && !named.has(row.key)
          ? [vanishedAward(row, { incomeType: 'bonus', effectiveAt: newestOf(orders) })]
          : []
      }),
    ),
  )
  return { wanted: [...wanted, ...vanished], standing }
}

function keyOf(agreementId: string, firstOrderId: string): string {
  return `retention/${agreementId}/${firstOrderId}`
}

function wantedOf(
  shop: Shop,
  agreement: AwardedAgreement,
  orders: readonly StoredOrder[],
  standingOf: ReadonlyMap<string, AwardRow>,
): WantedAward[] {
  const asCounted = (currency: string): CustomerOrder[] =>
    orders.map((order) => ({
      orderId: order.orderId,
      placedAt: order.placedAt,
      netMinor: order.counts && order.currency === currency ? order.netMinor : 0n,
      attributedNetMinor: order.counts ? (order.attributed.get(agreement.id)?.netMinor ?? 0n) : 0n,
    }))
  const first = firstAttributedOrder(asCounted(shop.currency))
  const versionId = orders
    .find((order) => order.orderId === first?.orderId)
    ?.attributed.get(agreement.id)?.agreementVersionId
  const version = agreement.versions.find(({ id }) => id === versionId)
  if (!first || !version?.terms.retention) return []
  const { retention, currency, holdDays } = version.terms
  const award = retentionTarget(retention, asCounted(currency), { timeZone: shop.timeZone, currency })
  if (!award) return []
  const key = keyOf(agreement.id, award.firstOrderId)
  const before = standingOf.get(key)
  const effectiveAt = newestOf(orders)
  const repeatOn = award.repeatPlacedAt
    ? localDateOf(award.repeatPlacedAt, shop.timeZone)
    : String(before?.evidence.facts.repeatOn ?? localDateOf(first.placedAt, shop.timeZone))
  const touched = [award.firstOrderId, award.repeatOrderId]
  return [
    {
      key,
      kind: 'retention',
      creatorId: agreement.creatorId,
      agreementId: agreement.id,
      agreementVersionId: version.id,
      currency,
      incomeType: 'bonus',
      title: nameAward(award.evidence).text,
      shareBps: retention.reward.kind === 'share' ? retention.reward.bps : 0,
      soldOn: repeatOn,
      // The order that earned it; also when it no longer does, so that its story stays together.
      orderId: orderIdOf(award.repeatOrderId ?? before?.evidence.facts.repeatOrderId),
      productId: null,
      dropId: null,
      targetMinor: award.targetMinor,
      evidence: { ...award.evidence, facts: { ...award.evidence.facts, repeatOn } },
      maturesAt: award.repeatPlacedAt
        ? holdMaturesAt(award.repeatPlacedAt, holdDays, shop.timeZone)
        : (before?.maturesAt ?? effectiveAt),
      effectiveAt,
      waits: orders.some((order) => order.disputed && touched.includes(order.orderId)),
    },
  ]
}

function orderIdOf(id: string | string[] | null | undefined): bigint | null {
  return typeof id === 'string' ? BigInt(id) : null
}

function newestOf(orders: readonly StoredOrder[]): string {
  return orders.map((order) => order.newestAt).reduce((left, right) => (left > right ? left : right))
}
