import type { IsoInstant } from '../time/instant.ts'
import { draftJournal, type JournalDraft } from './journal-draft.ts'

export interface OrderResidual {
  orderId: bigint
  currency: string
  /** When Shopify says the order was last changed: the difference is of that state. */
  orderUpdatedAt: IsoInstant
  /** Current total less the sum of the sales (see orderResidual). */
  residualMinor: bigint
  /** Residual of this order that earlier suspense journals booked, same sign. */
  inSuspenseMinor: bigint
  isTest: boolean
}

/** Brings the order's part of the suspense account to its residual; null when it stands there already. */
export function journalForSuspense(order: OrderResidual): JournalDraft | null {
  if (order.isTest) return null
  const change = order.residualMinor - order.inSuspenseMinor
  return draftJournal({
    // Both ends of the step are named, so that a difference that comes, goes and comes again is posted every time.
    factKey: `suspense/${order.orderId}/${order.orderUpdatedAt}/${order.inSuspenseMinor}..${order.residualMinor}`,
    kind: 'suspense',
    effectiveAt: order.orderUpdatedAt,
    orderId: order.orderId,
    currency: order.currency,
    arithmetic: {
      residualMinor: order.residualMinor.toString(),
      inSuspenseBeforeMinor: order.inSuspenseMinor.toString(),
    },
    postings: [
      { account: 'receivable', amountMinor: change },
      { account: 'suspense', amountMinor: -change },
    ],
  })
}
