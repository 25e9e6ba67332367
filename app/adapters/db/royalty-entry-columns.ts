// Rows of the creators' subledger as columns, for the statement that writes them with their journals.
import type { RoyaltyEntry } from '../../domain/ledger/royalty-entry.ts'
import { plainArray } from './array-literal.ts'

interface EntryRow {
  seq: bigint
  periodId: string
  entry: RoyaltyEntry
}

export function royaltyEntryColumns() {
  const rows: EntryRow[] = []
  const plain = (of: (row: EntryRow) => string | number | bigint | null) => plainArray(rows.map(of))
  return {
    add(seq: bigint, periodId: string, entry: RoyaltyEntry) {
      rows.push({ seq, periodId, entry })
    },
    arrays: () => [
      plain(({ seq }) => seq),
      plain(({ entry }) => entry.agreementVersionId),
      plain(({ entry }) => entry.creatorId),
      plain(({ entry }) => entry.agreementId),
      plain(({ periodId }) => periodId),
      plain(({ entry }) => entry.kind),
      plain(({ entry }) => entry.incomeType),
      plain(({ entry }) => entry.soldOn),
      plain(({ entry }) => entry.effectiveAt),
      plain(({ entry }) => entry.orderId),
      plain(({ entry }) => entry.lineItemId),
      plain(({ entry }) => entry.productId),
      plain(({ entry }) => entry.dropId),
      plain(({ entry }) => entry.awardId),
      rows.map(({ entry }) => entry.title),
      plain(({ entry }) => entry.shareBps),
      plain(({ entry }) => entry.units),
      plain(({ entry }) => entry.listMinor),
      plain(({ entry }) => entry.discountMinor),
      plain(({ entry }) => entry.netMinor),
      plain(({ entry }) => entry.royaltyMinor),
    ],
  }
}
