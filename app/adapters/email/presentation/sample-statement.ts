// A statement for tests of what is laid out from one.
import type { StatementDocument, StatementLine } from '#app/domain/statements/statement-document.ts'

const BASIS =
  'Net is what buyers paid for the items after discounts, without tax, shipping, tips, gift cards, duties and fees, minus returns.'

export const SAMPLE_HASH = '5f1c9a7e04b2d8c36a90e1f47b8d25c0937ae61f4c02b58d9e7f103a6c4d82b1'

/** One line; `units` of 120.00 at 12.5 %. */
export function sampleLine(
  product: string,
  units: number,
  changes: Partial<StatementLine> = {},
): StatementLine {
  const list = 12_000n * BigInt(units)
  const discount = 1_000n * BigInt(units)
  const net = list - discount
  return {
    productId: `${[...product].reduce((id, letter) => id * 7 + (letter.codePointAt(0) ?? 0), 1) % 1_000_003}`,
    product,
    role: 'promoter',
    agreementTitle: 'Spring edit',
    agreementVersion: 1,
    shareBps: 1250,
    unitsSold: units,
    listMinor: `${list}`,
    discountMinor: `${discount}`,
    netMinor: `${net}`,
    unitsReturned: 0,
    returnsMinor: '0',
    netAfterReturnsMinor: `${net}`,
    royaltyMinor: `${(net * 1250n) / 10_000n}`,
    journals: ['1041', '1043'],
    ...changes,
  }
}

/** A month with eight lines, a return, a lost dispute and a held part. Closing 318.75: 193.75 payable and 125.00 held. */
export function sampleStatement(changes: Partial<StatementDocument> = {}): StatementDocument {
  const returned = sampleLine('Moonstone ear studs', 3, {
    unitsReturned: 1,
    returnsMinor: '-11000',
    netAfterReturnsMinor: '22000',
    royaltyMinor: '2750',
  })
  const lines = [
    sampleLine('Lumen hoop, small', 6),
    returned,
    sampleLine('Bezel ring N° 4 “Éclat” — 18 k', 4, {
      role: 'design_owner',
      agreementTitle: 'Éclat ring',
      agreementVersion: 2,
    }),
    sampleLine('Tidal pendant', 2),
    sampleLine('Chain 45 cm', 2),
    sampleLine('Sillage cuff', 2),
    sampleLine('Pearl drop', 1),
    sampleLine('Signet', 1),
  ]
  const royalties = lines.reduce((total, line) => total + BigInt(line.royaltyMinor), 0n)
  const closing = 3_000n + royalties - 1_375n
  return {
    format: 1,
    number: 'MIRA-0005',
    sequence: 5,
    period: '2026-05',
    from: '2026-05-01',
    to: '2026-05-31',
    issuedAt: '2026-06-01T04:00:00.000Z',
    timeZone: 'Europe/Paris',
    locale: 'en',
    payer: { name: 'Lumen Atelier', email: 'studio@lumen-atelier.example' },
    payee: { name: 'Mira Sólveig', email: 'mira@creators.example' },
    currency: 'EUR',
    basis: [`Spring edit, version 1: ${BASIS}`, `Éclat ring, version 2: ${BASIS}`],
    openingMinor: '3000',
    lines,
    royaltiesMinor: `${royalties}`,
    adjustments: [
      {
        at: '2026-05-19',
        description: 'Payment for Tidal pendant was charged back and the dispute was lost',
        amountMinor: '-1375',
        journal: '1077',
      },
    ],
    adjustmentsMinor: '-1375',
    payments: [],
    paymentsMinor: '0',
    closingMinor: `${closing}`,
    heldMinor: '12500',
    maturities: [
      { on: '2026-06-09', amountMinor: '8250' },
      { on: '2026-06-28', amountMinor: '4250' },
    ],
    payableMinor: `${closing - 12_500n}`,
    minimumPayoutMinor: '5000',
    carryForwardMinor: '12500',
    carryForwardReason: 'in_return_window',
    previousStatement: {
      number: 'MIRA-0004',
      hash: '11aa9a7e04b2d8c36a90e1f47b8d25c0937ae61f4c02b58d9e7f103a6c4d82ff',
    },
    chain: { seq: '1102', head: 'c0ffee7e04b2d8c36a90e1f47b8d25c0937ae61f4c02b58d9e7f103a6c4d82aa' },
    contact: 'studio@lumen-atelier.example',
    ...changes,
  }
}

/** A month in which nothing happened. */
export function emptyStatement(changes: Partial<StatementDocument> = {}): StatementDocument {
  const zero = {
    openingMinor: '0',
    royaltiesMinor: '0',
    adjustmentsMinor: '0',
    closingMinor: '0',
    heldMinor: '0',
  }
  return sampleStatement({
    ...zero,
    payableMinor: '0',
    carryForwardMinor: '0',
    carryForwardReason: 'nothing_due',
    lines: [],
    basis: [],
    adjustments: [],
    maturities: [],
    previousStatement: null,
    ...changes,
  })
}
