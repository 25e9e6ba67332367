import { expect, test } from 'vitest'
import { buildStatement } from './build-statement.ts'
import { canonicalDocument } from './canonical-document.ts'
import { lineKey } from './line-key.ts'
import { settleBalance } from './settle-balance.ts'
import { statementNumber } from './statement-number.ts'
import {
  builtStatement,
  figuresThatAddUp,
  lineSums,
  NO_FIGURES,
  particulars,
  RING,
  returnSums,
  SPRING,
} from './test-statement.ts'

const OPENING = 3_000n
const payment = {
  at: '2026-05-04',
  kind: 'sent' as const,
  method: 'sepa',
  ending: '0189',
  reference: 'PAY-0007',
  grossMinor: 3_000n,
  withheldMinor: 0n,
  journal: 1050n,
}
const correction = {
  kind: 'correction' as const,
  at: '2026-05-20',
  productId: null,
  product: null,
  versionId: null,
  shareBps: null,
  incomeType: null,
  reason: 'Wrong stone on order 1029',
  units: 0,
  netMinor: 0n,
  amountMinor: -250n,
  original: { statement: 'MIRA-0003', position: 2, key: 'x', soldIn: '2026-03' },
  firstJournal: 1060n,
  lastJournal: 1060n,
}
const bonus = {
  awardKey: 'tier/a/2026-05',
  kind: 'tier' as const,
  title: 'Above 500.00',
  versionId: RING,
  incomeType: 'design_royalty' as const,
  rule: 'marginal',
  metric: 'net',
  threshold: '50000',
  measured: '62000',
  unit: 'money' as const,
  window: null,
  amountMinor: 600n,
  journal: 1071n,
}

test('opening, credits and debits give the closing balance, section by section', () => {
  const figures = figuresThatAddUp({
    openingMinor: OPENING,
    lines: [lineSums('Hoop', 6), returnSums('Hoop'), lineSums('Ring', 4, { versionId: RING })],
    bonuses: [bonus],
    adjustments: [correction],
    payments: [payment],
    advance: {
      openingMinor: 1_000n,
      closingMinor: 600n,
      recoupedMinor: 400n,
      withheldMinor: 0n,
      recoupBps: [5000],
    },
    maturities: [{ on: '2026-06-09', amountMinor: 8_250n }],
  })
  const document = builtStatement(particulars(), figures)
  expect(document).toMatchObject({
    openingMinor: '3000',
    royaltiesMinor: '12375',
    bonusesMinor: '600',
    adjustmentsMinor: '-250',
    paymentsMinor: '3000',
    advance: { openingMinor: '1000', paidMinor: '0', recoupedMinor: '400', closingMinor: '600' },
    closingMinor: '12325',
    heldMinor: '8250',
    payableMinor: '0',
    carryForward: [
      { reason: 'in_return_window', amountMinor: '8250' },
      { reason: 'below_minimum', amountMinor: '4075' },
    ],
  })
  const total = document.lines.reduce((sum, line) => sum + BigInt(line.royaltyMinor), 0n)
  expect(`${total}`).toBe(document.royaltiesMinor)
})

test('a piece that comes back keeps its line and names the statement on which it was sold', () => {
  const figures = figuresThatAddUp({
    openingMinor: OPENING,
    lines: [lineSums('Hoop', 6), returnSums('Hoop')],
  })
  const [line] = builtStatement(particulars(), figures).lines
  expect(line).toMatchObject({
    unitsSold: 6,
    unitsReturned: 1,
    netUnits: 5,
    netMinor: '66000',
    returnsMinor: '-11000',
    netAfterReturnsMinor: '55000',
    royaltyMinor: '6875',
    earlierReturns: [{ statement: 'MIRA-0004', soldIn: '2026-04', units: 1, royaltyMinor: '-1375' }],
  })
})

test('a line keeps its key from statement to statement, whatever its place and its product’s name', () => {
  const keyOn = (lines: ReturnType<typeof lineSums>[], product: string) =>
    builtStatement(particulars(), figuresThatAddUp({ openingMinor: OPENING, lines })).lines.find(
      (line) => line.product === product,
    )?.key
  const alone = keyOn([lineSums('Hoop', 1, { productId: '7' })], 'Hoop')
  const second = keyOn([lineSums('Anklet', 1), lineSums('Hoop, small', 2, { productId: '7' })], 'Hoop, small')
  expect(alone).toBe(second)
  expect(lineKey({ productId: null, title: 'Gift', versionId: SPRING, shareBps: 500 })).not.toBe(
    lineKey({ productId: null, title: 'Gift', versionId: SPRING, shareBps: 600 }),
  )
})

test('the same figures in any order give the same document, byte for byte', () => {
  const parts = [
    lineSums('Hoop', 6),
    returnSums('Hoop'),
    lineSums('Ring', 4, { versionId: RING }),
    lineSums('Cuff', 1),
  ]
  const of = (lines: typeof parts) =>
    canonicalDocument(
      builtStatement(
        particulars(),
        figuresThatAddUp({
          openingMinor: OPENING,
          lines,
          adjustments: [correction],
          bonuses: [bonus],
        }),
      ),
    )
  expect(of([...parts].reverse())).toBe(of(parts))
})

test.each([
  ['opening_differs_from_last_closing', figuresThatAddUp({ openingMinor: 2_999n })],
  ['closing_differs_from_ledger', { ...figuresThatAddUp({ openingMinor: OPENING }), closingMinor: 1n }],
  ['maturities_differ_from_held', { ...figuresThatAddUp({ openingMinor: OPENING }), heldMinor: 5n }],
  [
    'unknown_agreement_version',
    figuresThatAddUp({ openingMinor: OPENING, lines: [lineSums('Hoop', 1, { versionId: 'gone' })] }),
  ],
  [
    'advance_does_not_add_up',
    figuresThatAddUp({
      openingMinor: OPENING,
      advance: {
        openingMinor: 100n,
        closingMinor: -20n,
        recoupedMinor: 120n,
        withheldMinor: 0n,
        recoupBps: [1000],
      },
    }),
  ],
] as const)('nothing is issued when %s', (reason, figures) => {
  expect(buildStatement(particulars(), figures)).toMatchObject({ ok: false, reason })
})

const settled = (changes: Partial<Parameters<typeof settleBalance>[0]>) =>
  settleBalance({
    closingMinor: 10_000n,
    heldMinor: 0n,
    reserveMinor: 0n,
    minimumPayoutMinor: 5_000n,
    isTaxFormMissing: false,
    arePayoutsPaused: false,
    ...changes,
  })

test.each([
  [{}, 10_000n, []],
  [{ heldMinor: 4_000n, reserveMinor: 1_000n }, 5_000n, ['in_return_window', 'in_reserve']],
  [{ heldMinor: 4_000n, reserveMinor: 1_001n }, 0n, ['in_return_window', 'in_reserve', 'below_minimum']],
  [{ isTaxFormMissing: true, arePayoutsPaused: true }, 0n, ['tax_form_missing']],
  [{ arePayoutsPaused: true }, 0n, ['payouts_paused']],
  [{ closingMinor: -200n }, 0n, ['negative_balance']],
  [{ closingMinor: 300n, heldMinor: 500n }, 0n, ['in_return_window', 'negative_balance']],
  [{ closingMinor: 0n }, 0n, []],
] as const)('%o pays %s and says why the rest waits', (changes, payable, reasons) => {
  const result = settled(changes)
  expect(result.payableMinor).toBe(payable)
  expect(result.carryForward.map((part) => part.reason)).toEqual(reasons)
  const carried = result.carryForward.reduce((sum, part) => sum + BigInt(part.amountMinor), 0n)
  expect(carried).toBe(result.carryForwardMinor)
})

test('what was kept back is stated as withheld even when a return took part of it', () => {
  const figures = figuresThatAddUp({
    openingMinor: OPENING,
    reserve: { openingMinor: 900n, closingMinor: 750n, releases: [{ soldIn: '2026-02', amountMinor: 300n }] },
  })
  expect(builtStatement(particulars(), figures).reserve).toEqual({
    openingMinor: '900',
    withheldMinor: '150',
    releasedMinor: '300',
    closingMinor: '750',
    releases: [{ soldIn: '2026-02', amountMinor: '300' }],
  })
})

test('a payment that came back stands beside the one that failed, and the balance is whole again', () => {
  const back = { ...payment, kind: 'returned' as const, at: '2026-05-08', journal: 1055n }
  const figures = figuresThatAddUp({ openingMinor: OPENING, payments: [back, payment] })
  const document = builtStatement(particulars(), figures)
  expect(document.payments.map((row) => [row.kind, row.grossMinor])).toEqual([
    ['sent', '3000'],
    ['returned', '-3000'],
  ])
  expect(document).toMatchObject({ paymentsMinor: '0', closingMinor: '3000' })
})

test('income stands by type, and a threshold that comes near is named', () => {
  const figures = figuresThatAddUp({
    openingMinor: OPENING,
    lines: [lineSums('Ring', 4, { versionId: RING, incomeType: 'design_royalty' }), lineSums('Hoop', 1)],
    bonuses: [{ ...bonus, incomeType: 'bonus' }],
    paidInYear: [
      { incomeType: 'commission_service', amountMinor: 70_000n },
      { incomeType: 'in_kind', amountMinor: 12_000n },
    ],
  })
  expect(builtStatement(particulars(), figures).tax).toMatchObject({
    earned: { design_royalty: '5500', commission_service: '1375', bonus: '600', in_kind: '0' },
    year: 2026,
    paid: { commission_service: '70000', in_kind: '12000' },
    notices: [{ key: 'FR-WRITTEN', status: 'near', measuredMinor: '82000' }],
  })
})

test('self-billed statements have numbers of their own without gaps', () => {
  const figures = figuresThatAddUp({ openingMinor: OPENING })
  const selfBilling = {
    agreedOn: '2026-01-02',
    treatment: 'reverse_charge' as const,
    rateBps: 0,
    acceptedAfterDays: 14,
  }
  const billed = builtStatement(particulars({ selfBilling, selfBilledBefore: 2 }), figures)
  const plain = builtStatement(particulars({ selfBilledBefore: 2 }), figures)
  expect(billed).toMatchObject({ selfBilling: { number: 'MIRA-SB-0003' }, selfBilledCount: 3 })
  expect(plain).toMatchObject({ selfBilling: null, selfBilledCount: 2 })
})

test('VAT of a self-billed statement comes on top of what was earned, and leaves the balance as it is', () => {
  const figures = figuresThatAddUp({
    openingMinor: OPENING,
    lines: [lineSums('Hoop', 6)],
    adjustments: [correction],
  })
  const selfBilling = {
    agreedOn: '2026-01-02',
    treatment: 'rate' as const,
    rateBps: 1_900,
    acceptedAfterDays: 0,
  }
  const billed = builtStatement(particulars({ selfBilling }), figures)
  const earned = BigInt(billed.royaltiesMinor) + BigInt(billed.adjustmentsMinor)
  expect(billed.selfBilling).toMatchObject({
    vat: 'rate',
    taxableMinor: `${earned}`,
    vatMinor: `${(earned * 1_900n + 5_000n) / 10_000n}`,
  })
  expect(billed.closingMinor).toBe(builtStatement(particulars(), figures).closingMinor)
})

test('a month without anything is still a statement, of the agreements in force', () => {
  const document = builtStatement(particulars({ previousStatement: null }), NO_FIGURES)
  expect(document).toMatchObject({ lines: [], closingMinor: '0', payableMinor: '0', carryForward: [] })
  expect(document.agreements.map((row) => row.versionId)).toEqual([SPRING])
  expect(document.questionsUntil).toBe('2026-08-30')
})

test('numbers are printed with the handle in capitals and four digits at least', () => {
  expect([statementNumber('mira', 4), statementNumber('Mira', 12_345)]).toEqual(['MIRA-0004', 'MIRA-12345'])
})
