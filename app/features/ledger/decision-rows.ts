// What is stored of a decision: who is paid for the line and why, and how long each creator's royalty of it waits.
import type { NewAttribution, NewHold } from '../../adapters/db/line-store.ts'
import type { DecidedLine } from './decide-lines.server.ts'

export interface LineOfOrder {
  lineItemId: bigint
  orderId: bigint
  soldAt: string
}

/** `first`: the line's first decision, with which stands what was true at its sale. */
export type DecisionPlace =
  | { revision: 'first'; decidedAt: Date }
  | { revision: number; rerateId: string | null; afterSeq: bigint; decidedAt: Date }

export function attributionRow(
  shopId: number,
  { lineItemId, orderId, soldAt }: LineOfOrder,
  { payees, candidates, capped, circumstances, holds }: DecidedLine,
  place: DecisionPlace,
): NewAttribution {
  const dates = [...holds.values()].map((hold) => hold.maturesAt).sort()
  return {
    ...{ shopId, lineItemId, orderId, payees, candidates, capped },
    soldAt: new Date(soldAt),
    decidedAt: place.decidedAt,
    maturesAt: new Date(dates.at(-1) ?? soldAt),
    ...(place.revision === 'first'
      ? { revision: 1, rerateId: null, circumstances, afterSeq: null }
      : {
          revision: place.revision,
          rerateId: place.rerateId,
          circumstances: null,
          afterSeq: place.afterSeq,
        }),
  }
}

export function holdRows(
  shopId: number,
  { lineItemId, orderId }: LineOfOrder,
  { holds }: DecidedLine,
): NewHold[] {
  return [...holds].map(([creatorId, { maturesAt, reserveBps, reserveUntil }]) => ({
    shopId,
    lineItemId,
    creatorId,
    orderId,
    maturesAt: new Date(maturesAt),
    reserveBps,
    reserveUntil: reserveUntil === null ? null : new Date(reserveUntil),
  }))
}
