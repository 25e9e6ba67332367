export interface AccountTotal {
  account: string
  currency: string
  /** Debits positive. */
  balanceMinor: bigint
}

/**
 * Balances by account and currency, sorted by code unit. Accounts at zero are left out: whether one was ever touched may depend on the
 * order in which facts arrived, what stands on it may not.
 */
export function trialBalance(
  postings: Iterable<{ account: string; currency: string; amountMinor: bigint }>,
): AccountTotal[] {
  const totals = new Map<string, AccountTotal>()
  for (const { account, currency, amountMinor } of postings) {
    const key = `${account} ${currency}`
    const total = totals.get(key)
    if (total) total.balanceMinor += amountMinor
    else totals.set(key, { account, currency, balanceMinor: amountMinor })
  }
  return [...totals.entries()]
    .filter(([, total]) => total.balanceMinor !== 0n)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, total]) => total)
}

/** One line per account; equal balances give equal bytes. */
export function trialBalanceText(totals: readonly AccountTotal[]): string {
  return totals.map((total) => `${total.account} ${total.currency} ${total.balanceMinor}\n`).join('')
}

/** Whether debits equal credits in every currency. */
export function isBalanced(totals: readonly AccountTotal[]): boolean {
  const sums = new Map<string, bigint>()
  for (const { currency, balanceMinor } of totals)
    sums.set(currency, (sums.get(currency) ?? 0n) + balanceMinor)
  return [...sums.values()].every((sum) => sum === 0n)
}
