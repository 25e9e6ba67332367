import { compareText } from './group-lines.ts'
import { compareSeq } from './list-adjustments.ts'
import type { StatementBonus, StatementDocument, StatementPayment } from './statement-document.ts'
import type { BonusSums, CreatorFigures, PaymentFacts } from './statement-input.ts'

export function listBonuses(sums: readonly BonusSums[]): StatementBonus[] {
  return [...sums]
    .sort(
      (left, right) =>
        compareText(left.awardKey, right.awardKey) || compareText(left.versionId, right.versionId),
    )
    .map(({ awardKey: _, amountMinor, journal, ...bonus }, index) => ({
      key: `B${index + 1}`,
      ...bonus,
      amountMinor: `${amountMinor}`,
      journal: `${journal}`,
    }))
}

/** Payments sent count up, payments that came back count down. */
export function listPayments(facts: readonly PaymentFacts[]): StatementPayment[] {
  return [...facts]
    .sort((left, right) => compareSeq(left.journal, right.journal))
    .map(({ grossMinor, withheldMinor, journal, ...payment }, index) => {
      const sign = payment.kind === 'sent' ? 1n : -1n
      return {
        key: `P${index + 1}`,
        ...payment,
        grossMinor: `${sign * grossMinor}`,
        withheldMinor: `${sign * withheldMinor}`,
        netMinor: `${sign * (grossMinor - withheldMinor)}`,
        journal: `${journal}`,
      }
    })
}

export function listMaturities(parts: CreatorFigures['maturities']): StatementDocument['maturities'] {
  const byDate = new Map<string, bigint>()
  for (const { on, amountMinor } of parts) byDate.set(on, (byDate.get(on) ?? 0n) + amountMinor)
  return [...byDate]
    .filter(([, amountMinor]) => amountMinor !== 0n)
    .sort(([left], [right]) => compareText(left, right))
    .map(([on, amountMinor]) => ({ on, amountMinor: `${amountMinor}` }))
}
