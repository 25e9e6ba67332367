import type { CarryReason, StatementDocument } from './statement-document.ts'

export interface BalanceParts {
  closingMinor: bigint
  heldMinor: bigint
  reserveMinor: bigint
  minimumPayoutMinor: bigint
  isTaxFormMissing: boolean
  arePayoutsPaused: boolean
}

export interface Settlement {
  payableMinor: bigint
  carryForwardMinor: bigint
  carryForward: StatementDocument['carryForward']
}

/** What of a closing balance is payable now, what is carried forward, and why each part of it. Minor units. */
export function settleBalance(parts: BalanceParts): Settlement {
  const available = parts.closingMinor - parts.heldMinor - parts.reserveMinor
  const hindrance = available === 0n ? null : whatHinders(available, parts)
  const payableMinor = hindrance === null ? available : 0n
  const carried: Array<[CarryReason, bigint]> = [
    ['in_return_window', parts.heldMinor],
    ['in_reserve', parts.reserveMinor],
    ...(hindrance === null ? [] : [[hindrance, available] as [CarryReason, bigint]]),
  ]
  return {
    payableMinor,
    carryForwardMinor: parts.closingMinor - payableMinor,
    carryForward: carried
      .filter(([, amount]) => amount !== 0n)
      .map(([reason, amount]) => ({ reason, amountMinor: `${amount}` })),
  }
}

/** The first reason that would have to go away. */
function whatHinders(available: bigint, parts: BalanceParts): CarryReason | null {
  if (available < 0n) return 'negative_balance'
  if (available < parts.minimumPayoutMinor) return 'below_minimum'
  if (parts.isTaxFormMissing) return 'tax_form_missing'
  return parts.arePayoutsPaused ? 'payouts_paused' : null
}
