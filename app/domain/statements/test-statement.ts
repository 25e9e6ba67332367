// A statement's figures for tests, built so that they add up; each test changes what it is about.
import { buildStatement } from './build-statement.ts'
import type { StatementDocument } from './statement-document.ts'
import type { CreatorFigures, LineSums, StatementParticulars } from './statement-input.ts'

export const SPRING = '11111111-1111-4111-8111-111111111111'
export const RING = '22222222-2222-4222-8222-222222222222'

/** `units` of 120.00, ten off each, at 12.5 %. */
export function lineSums(title: string, units: number, changes: Partial<LineSums> = {}): LineSums {
  const netMinor = 11_000n * BigInt(units)
  return {
    productId: `${[...title].reduce((id, letter) => (id * 7 + (letter.codePointAt(0) ?? 0)) % 1_000_003, 1)}`,
    title,
    versionId: SPRING,
    incomeType: 'commission_service',
    shareBps: 1250,
    soldIn: '2026-05',
    soldOnStatement: null,
    unitsSold: units,
    listMinor: 12_000n * BigInt(units),
    discountMinor: 1_000n * BigInt(units),
    netMinor,
    unitsReturned: 0,
    returnsMinor: 0n,
    royaltyMinor: (netMinor * 1250n) / 10_000n,
    entries: units,
    firstJournal: 1041n,
    lastJournal: 1043n,
    ...changes,
  }
}

/** One piece sold on an earlier statement that came back in this period. */
export function returnSums(title: string, changes: Partial<LineSums> = {}): LineSums {
  return lineSums(title, 0, {
    soldIn: '2026-04',
    soldOnStatement: 'MIRA-0004',
    unitsReturned: 1,
    returnsMinor: -11_000n,
    royaltyMinor: -1_375n,
    entries: 1,
    ...changes,
  })
}

export const NO_FIGURES: CreatorFigures = {
  lines: [],
  bonuses: [],
  adjustments: [],
  payments: [],
  reserve: { openingMinor: 0n, closingMinor: 0n, releases: [] },
  advance: { openingMinor: 0n, closingMinor: 0n, recoupedMinor: 0n, withheldMinor: 0n, recoupBps: [] },
  openingMinor: 0n,
  closingMinor: 0n,
  heldMinor: 0n,
  maturities: [],
  paidInYear: [],
}

/** Fills the closing balance in as the ledger would have it. */
export function figuresThatAddUp(changes: Partial<CreatorFigures>): CreatorFigures {
  const figures = { ...NO_FIGURES, ...changes }
  const sum = (parts: bigint[]) => parts.reduce((total, part) => total + part, 0n)
  const closingMinor =
    figures.openingMinor +
    sum(figures.lines.map((line) => line.royaltyMinor)) +
    sum(figures.bonuses.map((bonus) => bonus.amountMinor)) +
    sum(figures.adjustments.map((item) => item.amountMinor)) -
    figures.advance.recoupedMinor -
    sum(figures.payments.map((item) => (item.kind === 'sent' ? item.grossMinor : -item.grossMinor)))
  const heldMinor = sum(figures.maturities.map((part) => part.amountMinor))
  return { ...figures, closingMinor, heldMinor }
}

export function particulars(changes: Partial<StatementParticulars> = {}): StatementParticulars {
  const agreement = {
    agreementId: 'aaaaaaaa-1111-4111-8111-111111111111',
    versionId: SPRING,
    title: 'Spring edit',
    version: 1,
    role: 'promoter' as const,
    shareBps: 1250,
    deductPaymentFeeBps: 0,
    hasTiers: false,
    reserve: null,
  }
  return {
    handle: 'mira',
    sequence: 5,
    period: '2026-05',
    from: '2026-05-01',
    to: '2026-05-31',
    issuedAt: '2026-06-01T04:00:00.000Z',
    timeZone: 'Europe/Paris',
    locale: 'en',
    payer: {
      name: 'Lumen Atelier',
      legalName: 'Lumen Atelier SARL',
      address: ['12 rue des Orfèvres', '75001 Paris'],
      country: 'FR',
      vatNumber: 'FR40303265045',
      companyNumber: null,
      email: 'studio@lumen-atelier.example',
    },
    payee: {
      name: 'Mira Sólveig',
      legalName: 'Mira Sólveig Studio',
      address: [],
      country: 'FR',
      vatNumber: null,
      companyNumber: null,
      email: 'mira@creators.example',
    },
    currency: 'EUR',
    contact: 'studio@lumen-atelier.example',
    agreements: [
      agreement,
      {
        ...agreement,
        agreementId: 'bbbbbbbb-2222-4222-8222-222222222222',
        versionId: RING,
        title: 'Éclat ring',
        version: 2,
        role: 'design_owner',
        hasTiers: true,
        reserve: { bps: 1000, days: 90 },
        deductPaymentFeeBps: 150,
      },
    ],
    inForce: [SPRING],
    minimumPayoutMinor: 5_000n,
    form: 'none',
    formStatus: 'not_needed',
    withholdingBps: 0,
    withholdingReason: null,
    selfBilling: null,
    selfBilledBefore: 0,
    arePayoutsPaused: false,
    previousStatement: {
      number: 'MIRA-0004',
      hash: '11aa9a7e04b2d8c36a90e1f47b8d25c0937ae61f4c02b58d9e7f103a6c4d82ff',
      closingMinor: 3_000n,
    },
    chain: { seq: 1102n, head: 'c0ffee7e04b2d8c36a90e1f47b8d25c0937ae61f4c02b58d9e7f103a6c4d82aa' },
    ...changes,
  }
}

/** Throws what was refused: for tests that are about rendering. */
export function builtStatement(about: StatementParticulars, figures: CreatorFigures): StatementDocument {
  const built = buildStatement(about, figures)
  if (!built.ok) throw new Error(`refused: ${JSON.stringify(built)}`)
  return built.document
}
