// A statement for tests of what is laid out from one.
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import type { CreatorFigures, StatementParticulars } from '#app/domain/statements/statement-input.ts'
import {
  builtStatement,
  figuresThatAddUp,
  lineSums,
  particulars,
  RING,
  returnSums,
  SPRING,
} from '#app/domain/statements/test-statement.ts'

export const SAMPLE_HASH = '5f1c9a7e04b2d8c36a90e1f47b8d25c0937ae61f4c02b58d9e7f103a6c4d82b1'

/** A month with something in every section. */
export function sampleFigures(): CreatorFigures {
  return figuresThatAddUp({
    openingMinor: 3_000n,
    lines: [
      lineSums('Lumen hoop, small', 6),
      lineSums('Moonstone ear studs', 3),
      returnSums('Moonstone ear studs'),
      lineSums('Bezel ring N° 4 “Éclat” — 18 k', 4, { versionId: RING, incomeType: 'design_royalty' }),
      lineSums('Tidal pendant', 2),
      lineSums('Chain 45 cm', 2),
      lineSums('Sillage cuff', 2),
      lineSums('Pearl drop', 1),
      lineSums('Signet', 1, { royaltyMinor: 1_370n, listMinor: 12_040n }),
    ],
    bonuses: [
      {
        awardKey: 'tier/ring/2026-05',
        kind: 'tier',
        title: 'Tier extra',
        versionId: RING,
        incomeType: 'design_royalty',
        rule: 'tier_marginal',
        metric: 'net',
        threshold: '40000',
        measured: '44000',
        unit: 'money',
        window: '2026-05',
        amountMinor: 120n,
        journal: 1071n,
      },
    ],
    adjustments: [
      {
        kind: 'dispute_lost',
        at: '2026-05-19',
        productId: '9',
        product: 'Tidal pendant',
        versionId: SPRING,
        shareBps: 1250,
        incomeType: 'commission_service',
        reason: null,
        units: -1,
        netMinor: -11_000n,
        amountMinor: -1_375n,
        original: { statement: 'MIRA-0003', position: 2, key: '9/x/1250', soldIn: '2026-03' },
        firstJournal: 1077n,
        lastJournal: 1077n,
      },
      {
        kind: 'correction',
        at: '2026-05-22',
        productId: null,
        product: null,
        versionId: null,
        shareBps: null,
        incomeType: 'commission_service',
        reason: 'Order 1029 was yours, not Noah’s',
        units: 0,
        netMinor: 0n,
        amountMinor: 500n,
        original: null,
        firstJournal: 1080n,
        lastJournal: 1080n,
      },
    ],
    payments: [
      {
        at: '2026-05-05',
        kind: 'sent',
        method: 'sepa',
        ending: '··0189',
        reference: 'LUMEN-MIRA-0007',
        grossMinor: 2_400n,
        withheldMinor: 240n,
        journal: 1050n,
      },
    ],
    reserve: { openingMinor: 900n, closingMinor: 750n, releases: [{ soldIn: '2026-02', amountMinor: 300n }] },
    advance: {
      openingMinor: 10_000n,
      closingMinor: 9_000n,
      recoupedMinor: 1_000n,
      withheldMinor: 0n,
      recoupBps: [5_000],
    },
    maturities: [
      { on: '2026-06-09', amountMinor: 8_250n },
      { on: '2026-06-28', amountMinor: 4_250n },
    ],
    paidInYear: [
      { incomeType: 'commission_service', amountMinor: 72_000n },
      { incomeType: 'in_kind', amountMinor: 12_000n },
    ],
  })
}

export function sampleStatement(
  about: Partial<StatementParticulars> = {},
  figures: CreatorFigures = sampleFigures(),
): StatementDocument {
  return builtStatement(
    particulars({ withholdingBps: 1_000, withholdingReason: 'treaty', ...about }),
    figures,
  )
}

/** A month in which nothing happened. */
export function emptyStatement(about: Partial<StatementParticulars> = {}): StatementDocument {
  return builtStatement(particulars({ previousStatement: null, ...about }), figuresThatAddUp({}))
}
