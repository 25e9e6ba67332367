import { toPercentText } from '../money/percent.ts'
import type { CsvRow, WriteAmount } from './csv-row.ts'
import type { StatementDocument, StatementLine, StatementParty } from './statement-document.ts'

/** Who pays whom under what. */
export function headRows(document: StatementDocument, amount: WriteAmount): CsvRow[] {
  const party = (record: string, person: StatementParty): CsvRow => ({
    record,
    description: person.legalName,
    key: person.vatNumber ?? '',
    reference: person.address.join(', '),
  })
  return [
    party('payer', document.payer),
    party('payee', document.payee),
    { record: 'issued', date: document.issuedAt },
    ...(document.selfBilling
      ? [
          {
            record: 'self_billing',
            key: document.selfBilling.number,
            date: document.selfBilling.agreedOn,
            description: document.selfBilling.vat,
            ...(document.selfBilling.vat === 'rate'
              ? {
                  share_percent: { decimal: toPercentText(document.selfBilling.rateBps) },
                  net: amount(document.selfBilling.taxableMinor),
                  amount: amount(document.selfBilling.vatMinor),
                }
              : {}),
          },
        ]
      : []),
    ...document.agreements.map((agreement) => ({
      record: 'agreement',
      key: agreement.versionId,
      role: agreement.role,
      agreement: agreement.title,
      agreement_version: number(agreement.version),
      share_percent: { decimal: toPercentText(agreement.shareBps) },
      reference: agreement.agreementId,
    })),
  ]
}

export function lineRows(document: StatementDocument, amount: WriteAmount): CsvRow[] {
  const titles = new Map(document.agreements.map((agreement) => [agreement.versionId, agreement]))
  return document.lines.flatMap((line) => [
    lineRow(line, titles.get(line.versionId), amount),
    ...line.earlierReturns.map((part) => ({
      // Contained in the line above: not to be added again.
      record: 'line_return_of_earlier',
      key: line.key,
      date: part.soldIn,
      description: line.product,
      units_returned: number(part.units),
      returns: amount(part.returnsMinor),
      original_statement: part.statement ?? '',
    })),
    ...(line.drops
      ? [
          {
            // Contained in the line above, as the returns are.
            record: 'line_sold_in_drops',
            key: line.key,
            description: line.drops.titles.join(', '),
            net_units: number(line.drops.units),
          },
        ]
      : []),
  ])
}

function lineRow(
  line: StatementLine,
  agreement: StatementDocument['agreements'][number] | undefined,
  amount: WriteAmount,
): CsvRow {
  return {
    record: 'line',
    key: line.key,
    description: line.product,
    product_id: line.productId ?? '',
    role: agreement?.role ?? '',
    agreement: agreement?.title ?? '',
    agreement_version: number(agreement?.version ?? 0),
    share_percent: { decimal: toPercentText(line.shareBps) },
    units_sold: number(line.unitsSold),
    list: amount(line.listMinor),
    discounts: amount(line.discountMinor),
    deductions: amount(line.deductionMinor),
    net: amount(line.netMinor),
    units_returned: number(line.unitsReturned),
    returns: amount(line.returnsMinor),
    net_units: number(line.netUnits),
    net_after_returns: amount(line.netAfterReturnsMinor),
    amount: amount(line.royaltyMinor),
    entries: number(line.entries),
    first_journal: number(line.firstJournal),
    last_journal: number(line.lastJournal),
  }
}

/** Everything after the lines, down to what is carried forward and why. */
export function moveRows(document: StatementDocument, amount: WriteAmount): CsvRow[] {
  const { reserve, advance, tax } = document
  const plain = (record: string, minor: string, more: CsvRow = {}): CsvRow => ({
    record,
    amount: amount(minor),
    ...more,
  })
  return [
    ...document.bonuses.map((bonus) =>
      plain('bonus', bonus.amountMinor, {
        key: bonus.key,
        description: [bonus.title, bonus.rule, bonus.metric, bonus.threshold ?? '', bonus.measured].join(
          ' | ',
        ),
        first_journal: number(bonus.journal),
      }),
    ),
    ...document.adjustments.map((item) =>
      plain(`adjustment_${item.kind}`, item.amountMinor, {
        key: item.key,
        date: item.at,
        description: item.reason ?? item.product ?? '',
        original_statement: item.original?.statement ?? '',
        original_line: item.original?.position ? number(item.original.position) : '',
        first_journal: number(item.firstJournal),
        last_journal: number(item.lastJournal),
      }),
    ),
    plain('reserve_opening', reserve.openingMinor),
    plain('reserve_withheld', reserve.withheldMinor),
    ...reserve.releases.map((part) => plain('reserve_released', part.amountMinor, { date: part.soldIn })),
    plain('reserve_closing', reserve.closingMinor),
    plain('advance_opening', advance.openingMinor),
    plain('advance_paid', advance.paidMinor),
    plain('advance_recouped', advance.recoupedMinor),
    plain('advance_closing', advance.closingMinor),
    ...Object.entries(tax.earned).map(([type, minor]) => plain(`earned_${type}`, minor)),
    ...Object.entries(tax.paid).map(([type, minor]) =>
      plain(`paid_in_year_${type}`, minor, { date: `${tax.year}` }),
    ),
    plain('payable', document.payableMinor, { date: document.to }),
    ...document.payments.map((payment) =>
      plain(`payment_${payment.kind}`, negated(payment.grossMinor), {
        key: payment.key,
        date: payment.at,
        description: payment.method,
        reference: payment.reference,
        first_journal: number(payment.journal),
      }),
    ),
    ...document.payments
      .filter((payment) => payment.withheldMinor !== '0')
      .map((payment) =>
        plain('payment_withheld', payment.withheldMinor, { key: payment.key, date: payment.at }),
      ),
    plain('closing', document.closingMinor, { date: document.to }),
    plain('held', document.heldMinor, { date: document.to }),
    ...document.maturities.map((item) => plain('held_until', item.amountMinor, { date: item.on })),
    ...document.carryForward.map((part) =>
      plain('carry_forward', part.amountMinor, { description: part.reason }),
    ),
    { record: 'questions_until', date: document.questionsUntil, description: document.contact ?? '' },
  ]
}

function number(value: number | string): { decimal: string } {
  return { decimal: String(value) }
}

function negated(minor: string): string {
  return `${-BigInt(minor)}`
}
