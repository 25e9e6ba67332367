import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { INCOME_TYPES } from '#app/domain/tax/income-type.ts'
import { fill, nameFact } from '../messages/messages-for.ts'
import { writeDate } from './figures.ts'
import { writePercent } from './line-facts.ts'
import type { FactSection } from './section-facts.ts'
import type { Telling } from './telling.ts'

const FORM_NAMES = { w9: 'W-9', w8ben: 'W-8BEN', w8bene: 'W-8BEN-E', none: '' } as const

/** Income by type, what was withheld, the form's status (never a number), self-billing with the wording that the law asks for. */
export function presentTax(document: StatementDocument, telling: Telling): Partial<FactSection> {
  const { tax, payments, advance } = document
  const { words, money } = telling
  const rows: FactSection['rows'] = []
  const add = (key: string, label: string, minor: string | bigint) => {
    if (BigInt(minor) !== 0n) rows.push({ key, label, amount: money(minor), isTotal: false })
  }
  for (const type of INCOME_TYPES)
    add(`earned ${type}`, fill(words.earned, { type: words[`income.${type}`] }), tax.earned[type])
  for (const type of INCOME_TYPES) {
    const label = fill(words.paidInYear, { year: tax.year, type: words[`income.${type}`] })
    add(`paid ${type}`, label, tax.paid[type])
  }
  const withheld = payments.reduce(
    (total, payment) => total + BigInt(payment.withheldMinor),
    BigInt(advance.withheldMinor),
  )
  add('withheld', words.withheld, withheld)
  return { rows, notes: [...selfBillingNotes(document, telling), ...taxNotes(document, telling)] }
}

function taxNotes({ tax }: StatementDocument, { words, money, locale }: Telling): string[] {
  return [
    fill(words[`form.${tax.formStatus}`], { form: FORM_NAMES[tax.form] }),
    ...(tax.withholdingBps > 0
      ? [
          fill(words.withholdingRate, {
            percent: writePercent(tax.withholdingBps, locale),
            reason: words[`withholding.${tax.withholdingReason ?? 'other'}`],
          }),
        ]
      : []),
    ...tax.notices.map((notice) =>
      fill(words[`notice.${notice.status}`], {
        name: words[`threshold.${notice.key}`],
        measured: money(notice.measuredMinor),
        threshold: money(notice.thresholdMinor),
        year: tax.year,
      }),
    ),
  ]
}

function selfBillingNotes(
  { selfBilling }: StatementDocument,
  { words, statementWords, money, locale }: Telling,
): string[] {
  if (!selfBilling) return []
  const { number, agreedOn, vat, rateBps, taxableMinor, vatMinor, acceptedAfterDays } = selfBilling
  return [
    nameFact(statementWords, { label: words.selfBilling, value: number }),
    fill(words.selfBillingAgreed, { date: writeDate(agreedOn, locale) }),
    fill(words[`vat.${vat}`], {
      percent: writePercent(rateBps, locale),
      taxable: money(taxableMinor),
      vat: money(vatMinor),
    }),
    acceptedAfterDays > 0
      ? fill(words.acceptedByLapse, { days: acceptedAfterDays })
      : words.acceptedExplicitly,
  ]
}
