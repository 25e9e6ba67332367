// Rows of the creators' subledger, written set-wise with their journals.
import type { RoyaltyEntry } from '../../domain/ledger/royalty-entry.ts'
import type { ShopTransaction } from './database.ts'

export type RoyaltyEntryColumns = ReturnType<typeof royaltyEntryColumns>

export function royaltyEntryColumns() {
  const rows: Array<{ seq: bigint; periodId: string; entry: RoyaltyEntry }> = []
  return {
    add(seq: bigint, periodId: string, entry: RoyaltyEntry) {
      rows.push({ seq, periodId, entry })
    },
    rows,
  }
}

export async function writeRoyaltyEntries(
  tx: ShopTransaction,
  shopId: number,
  { rows }: RoyaltyEntryColumns,
): Promise<void> {
  if (rows.length === 0) return
  const column = <Value>(of: (row: (typeof rows)[number]) => Value): Value[] => rows.map(of)
  await tx.$executeRawUnsafe(
    `insert into royalty_entry (shop_id, journal_seq, agreement_version_id, creator_id, agreement_id, period_id, kind, income_type, sold_on,
                                effective_at, order_id, line_item_id, product_id, drop_id, award_id, title, share_bps, units, list_minor,
                                discount_minor, net_minor, royalty_minor)
     select $1::int, * from unnest($2::bigint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::date[],
                                   $10::timestamptz[], $11::bigint[], $12::bigint[], $13::bigint[], $14::uuid[], $15::uuid[], $16::text[],
                                   $17::int[], $18::int[], $19::bigint[], $20::bigint[], $21::bigint[], $22::bigint[])`,
    shopId,
    column(({ seq }) => String(seq)),
    column(({ entry }) => entry.agreementVersionId),
    column(({ entry }) => entry.creatorId),
    column(({ entry }) => entry.agreementId),
    column(({ periodId }) => periodId),
    column(({ entry }) => entry.kind),
    column(({ entry }) => entry.incomeType),
    column(({ entry }) => entry.soldOn),
    column(({ entry }) => entry.effectiveAt),
    column(({ entry }) => entry.orderId?.toString() ?? null),
    column(({ entry }) => entry.lineItemId?.toString() ?? null),
    column(({ entry }) => entry.productId?.toString() ?? null),
    column(({ entry }) => entry.dropId),
    column(({ entry }) => entry.awardId),
    column(({ entry }) => entry.title),
    column(({ entry }) => entry.shareBps),
    column(({ entry }) => entry.units),
    column(({ entry }) => String(entry.listMinor)),
    column(({ entry }) => String(entry.discountMinor)),
    column(({ entry }) => String(entry.netMinor)),
    column(({ entry }) => String(entry.royaltyMinor)),
  )
}
