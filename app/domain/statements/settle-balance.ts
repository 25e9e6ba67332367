import type { CarryForwardReason } from './statement-document.ts'

export interface Settlement {
  payableMinor: bigint
  carryForwardMinor: bigint
  carryForwardReason: CarryForwardReason
}

/** What of a closing balance is payable now, what is carried forward, and why. Minor units. */
export function settleBalance(
  closingMinor: bigint,
  heldMinor: bigint,
  minimumPayoutMinor: bigint,
): Settlement {
  const available = closingMinor - heldMinor
  const isPayable = available > 0n && available >= minimumPayoutMinor
  const payableMinor = isPayable ? available : 0n
  return {
    payableMinor,
    carryForwardMinor: closingMinor - payableMinor,
    carryForwardReason: reasonFor(closingMinor, heldMinor, isPayable),
  }
}

function reasonFor(closingMinor: bigint, heldMinor: bigint, isPayable: boolean): CarryForwardReason {
  const available = closingMinor - heldMinor
  if (isPayable) return heldMinor === 0n ? 'awaiting_payout' : 'in_return_window'
  if (closingMinor < 0n || (available < 0n && heldMinor <= 0n)) return 'negative_balance'
  if (available > 0n) return 'below_minimum'
  return heldMinor > 0n ? 'in_return_window' : 'nothing_due'
}
