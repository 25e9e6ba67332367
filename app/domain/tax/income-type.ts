/** What a creator's income is for the tax office. A design earns a royalty, advertising is a service, a bonus is what goes beyond both. */
export const INCOME_TYPES = ['commission_service', 'design_royalty', 'bonus', 'in_kind'] as const

export type TaxIncomeType = (typeof INCOME_TYPES)[number]

/** Minor units by type, as decimal texts; every type is there. */
export type IncomeTotals = Record<TaxIncomeType, string>

/** Adds amounts up by type. Amounts of one currency. */
export function totalIncome(
  parts: ReadonlyArray<{ incomeType: TaxIncomeType; amountMinor: bigint }>,
): IncomeTotals {
  const totals = { commission_service: 0n, design_royalty: 0n, bonus: 0n, in_kind: 0n }
  for (const part of parts) totals[part.incomeType] += part.amountMinor
  return {
    commission_service: `${totals.commission_service}`,
    design_royalty: `${totals.design_royalty}`,
    bonus: `${totals.bonus}`,
    in_kind: `${totals.in_kind}`,
  }
}
