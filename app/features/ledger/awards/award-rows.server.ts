// Rows of awards: what stands posted of each, and when it matures.
import { dueNoLaterThan } from '../../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import type { Award, Prisma } from '../../../adapters/db/generated/client.ts'
import type { AwardEvidence, AwardKind } from '../../../domain/awards/award.ts'
import type { AwardRow } from '../../../domain/awards/move-award.ts'

/** Kept with the evidence, so that the number of an award's next journal is known. */
type StoredEvidence = AwardEvidence & { journals: number }

export async function readAwardRows(
  tx: ShopTransaction,
  shopId: number,
  where: Omit<Prisma.AwardWhereInput, 'shopId'>,
): Promise<AwardRow[]> {
  const rows = await tx.award.findMany({ where: { ...where, shopId } })
  return rows.map(toAwardRow)
}

export function toAwardRow(row: Award): AwardRow {
  const { journals, ...evidence } = row.evidence as unknown as StoredEvidence
  return {
    id: row.id,
    key: row.key,
    kind: row.kind as AwardKind,
    creatorId: row.creatorId,
    agreementId: row.agreementId,
    agreementVersionId: row.agreementVersionId,
    targetMinor: row.targetMinor,
    currency: row.currency,
    evidence,
    maturesAt: row.maturesAt.toISOString(),
    releasedAt: row.releasedAt?.toISOString() ?? null,
    journals,
  }
}

/** Writes rows as they are after their journals were posted, and puts on the calendar what waits to mature. */
export async function saveAwards(
  tx: ShopTransaction,
  shopId: number,
  rows: readonly AwardRow[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return
  await tx.$executeRawUnsafe(
    `insert into award (shop_id, updated_at, id, key, kind, creator_id, agreement_id, agreement_version_id, target_minor, currency, evidence,
                        matures_at, released_at)
     select $1::int, $2::timestamptz, id, key, kind, creator_id, agreement_id, agreement_version_id, target, currency, evidence::jsonb,
            matures_at, released_at
     from unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::uuid[], $9::bigint[], $10::text[], $11::text[],
                 $12::timestamptz[], $13::timestamptz[])
       as t(id, key, kind, creator_id, agreement_id, agreement_version_id, target, currency, evidence, matures_at, released_at)
     on conflict (shop_id, key) do update set
       agreement_version_id = excluded.agreement_version_id, target_minor = excluded.target_minor, evidence = excluded.evidence,
       matures_at = excluded.matures_at, released_at = excluded.released_at, updated_at = excluded.updated_at`,
    shopId,
    now.toISOString(),
    rows.map((row) => row.id),
    rows.map((row) => row.key),
    rows.map((row) => row.kind),
    rows.map((row) => row.creatorId),
    rows.map((row) => row.agreementId),
    rows.map((row) => row.agreementVersionId),
    rows.map((row) => String(row.targetMinor)),
    rows.map((row) => row.currency),
    rows.map((row) => JSON.stringify({ ...row.evidence, journals: row.journals } satisfies StoredEvidence)),
    rows.map((row) => row.maturesAt),
    rows.map((row) => row.releasedAt),
  )
  const held = rows.filter((row) => row.releasedAt === null).map((row) => row.maturesAt)
  const [soonest] = held.sort()
  if (soonest !== undefined) await dueNoLaterThan(tx, shopId, 'settle-awards', new Date(soonest))
}
