import { type TaxIncomeType, totalIncome } from '../tax/income-type.ts'
import { measureThresholds } from '../tax/thresholds.ts'
import type { StatementTax } from './statement-document.ts'
import type { CreatorFigures, StatementParticulars } from './statement-input.ts'

/** Income by type: earned in the period, and paid in the calendar year by payment date, with the thresholds that it comes near. */
export function stateTax(about: StatementParticulars, figures: CreatorFigures): StatementTax {
  const earned: Array<{ incomeType: TaxIncomeType; amountMinor: bigint }> = [
    ...figures.lines.map((line) => ({ incomeType: line.incomeType, amountMinor: line.royaltyMinor })),
    ...figures.bonuses.map((bonus) => ({
      incomeType: bonus.incomeType,
      amountMinor: bonus.amountMinor,
    })),
    ...figures.adjustments.flatMap((item) =>
      item.incomeType ? [{ incomeType: item.incomeType, amountMinor: item.amountMinor }] : [],
    ),
  ]
  const year = Number(about.to.slice(0, 4))
  const paid = totalIncome(figures.paidInYear)
  const notices = measureThresholds({
    year,
    currency: about.currency,
    payerCountry: about.payer.country,
    payeeCountry: about.payee.country,
    isForeignToUs: about.form === 'w8ben' || about.form === 'w8bene',
    paid,
  })
  return {
    payerCountry: about.payer.country,
    payeeCountry: about.payee.country,
    form: about.form,
    formStatus: about.formStatus,
    withholdingBps: about.withholdingBps,
    withholdingReason: about.withholdingReason,
    earned: totalIncome(earned),
    year,
    paid,
    notices: notices.flatMap(({ key, status, thresholdMinor, measuredMinor }) =>
      status === 'below'
        ? []
        : [{ key, status, thresholdMinor: `${thresholdMinor}`, measuredMinor: `${measuredMinor}` }],
    ),
  }
}
