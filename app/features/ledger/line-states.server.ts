// Where the royalties of order lines stand, rebuilt from their journals for a whole group of lines at once.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Payee } from '../../domain/attribution/attribution.ts'
import { disputeStage } from '../../domain/ledger/post-dispute.ts'
import { restoreLine } from '../../domain/ledger/restore-line.ts'
import type { RoyaltyLine } from '../../domain/ledger/royalty-line.ts'

/** By Shopify's line item id. Only lines whose attribution was decided are there. */
export async function readLineStates(
  tx: ShopTransaction,
  shopId: number,
  lineItemIds: bigint[],
): Promise<Map<bigint, RoyaltyLine>> {
  if (lineItemIds.length === 0) return new Map()
  const attributions = await tx.lineAttribution.findMany({
    where: { shopId, lineItemId: { in: lineItemIds } },
  })
  const orderIds = [...new Set(attributions.map((row) => row.orderId))]
  const [journals, released, disputes] = await Promise.all([
    tx.journal.findMany({
      where: { shopId, lineItemId: { in: lineItemIds }, kind: { in: ['sale', 'dispute_royalty'] } },
      select: { lineItemId: true, arithmetic: true },
    }),
    tx.royaltyHold.findMany({
      where: { shopId, lineItemId: { in: lineItemIds }, releasedAt: { not: null } },
      select: { lineItemId: true, creatorId: true },
    }),
    tx.dispute.findMany({ where: { shopId, orderId: { in: orderIds } } }),
  ])
  const lostOrders = new Set(disputes.filter(isLost).map((dispute) => dispute.orderId))
  const arithmeticsOf = groupBy(journals, (journal) => journal.lineItemId)
  const releasedOf = groupBy(released, (hold) => hold.lineItemId)
  return new Map(
    attributions.map((row) => [
      row.lineItemId,
      restoreLine({
        lineItemId: row.lineItemId,
        payees: row.payees as unknown as Payee[],
        capped: row.capped,
        releasedCreatorIds: new Set((releasedOf.get(row.lineItemId) ?? []).map((hold) => hold.creatorId)),
        disputeLost: lostOrders.has(row.orderId),
        arithmetics: (arithmeticsOf.get(row.lineItemId) ?? []).map((journal) => journal.arithmetic),
      }),
    ]),
  )
}

export function isLost(dispute: { type: string; status: string }): boolean {
  const staged = disputeStage(dispute)
  return staged.ok && staged.stage === 'lost'
}

function groupBy<Row, Key>(rows: Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
