// What changes earlier statements, and corrections that people asked for, in the statement's own shape.
import { lineKey } from '../../domain/statements/line-key.ts'
import type { AdjustmentKind } from '../../domain/statements/statement-document.ts'
import type { AdjustmentSums } from '../../domain/statements/statement-input.ts'
import { localDateOf } from '../../domain/time/instant.ts'
import type { EarlierStatements } from './read-earlier-statements.server.ts'
import type { EntrySums } from './read-lines.server.ts'
import type { CorrectionRow } from './read-payments.server.ts'
import type { Scope } from './statement-scope.server.ts'

export function entryAdjustment(
  row: EntrySums,
  earlier: EarlierStatements,
  { shop, creators }: Scope,
): AdjustmentSums {
  const key = lineKey(row)
  const place = earlier.placeOf(row.creatorId, row.soldIn, key)
  const from = creators.find((creator) => creator.creatorId === row.creatorId)?.from.slice(0, 7) ?? ''
  return {
    kind: kindOf(row),
    at: localDateOf(row.latestAt.toISOString(), shop.timeZone),
    productId: row.productId,
    product: row.title,
    versionId: row.versionId,
    shareBps: row.shareBps,
    incomeType: row.incomeType,
    reason: null,
    units: row.unitsSold - row.unitsReturned,
    netMinor: row.net + row.returns,
    amountMinor: row.royalty,
    // A dispute of a sale of this very period changes no earlier statement.
    original:
      row.soldIn < from
        ? { statement: place?.statement ?? null, position: place?.position ?? null, key, soldIn: row.soldIn }
        : null,
    firstJournal: row.firstJournal,
    lastJournal: row.lastJournal,
  }
}

function kindOf(row: EntrySums): AdjustmentKind {
  if (row.section === 'dispute') return row.royalty < 0n ? 'dispute_lost' : 'dispute_restored'
  if (row.section === 'rerate') return 'rerate'
  return row.isReturn ? 'late_return' : 'late_sale'
}

export function correctionSums(row: CorrectionRow, { shop }: Scope): AdjustmentSums {
  const facts: Record<string, unknown> =
    typeof row.facts === 'object' && row.facts !== null ? { ...row.facts } : {}
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
  const statement = text(facts.statementNumber)
  const position = Number(text(facts.line) ?? Number.NaN)
  return {
    kind: row.kind === 'answer' ? 'answer' : 'correction',
    at: localDateOf(row.at.toISOString(), shop.timeZone),
    productId: null,
    product: null,
    versionId: null,
    shareBps: null,
    incomeType: row.incomeType ?? 'commission_service',
    reason: row.reason,
    units: 0,
    netMinor: 0n,
    amountMinor: row.amount,
    original:
      statement === null
        ? null
        : {
            statement,
            position: Number.isInteger(position) ? position : null,
            key: text(facts.lineKey),
            soldIn: null,
          },
    firstJournal: row.journal,
    lastJournal: row.journal,
  }
}
