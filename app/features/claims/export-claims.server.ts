// The claim log as lines of text that prove themselves: for whoever asks what shoppers were told, and when.
import type { Database } from '../../adapters/db/database.ts'
import { CLAIM_GENESIS } from '../../domain/drops/claim-log.ts'
import { claimExportEnd, claimExportLine } from '../../domain/drops/verify-claims.ts'

/** Oldest first, with the end line last. What is claimed meanwhile is not in it. `atOnce`: rows that are held in memory. */
export async function* exportClaims(
  db: Database,
  shopId: number,
  { atOnce = 1_000 }: { atOnce?: number } = {},
): AsyncGenerator<string> {
  const until = await db.inShop(shopId, (tx) =>
    tx.claim.findFirst({ where: { shopId }, orderBy: { seq: 'desc' }, select: { seq: true } }),
  )
  let rows = 0
  let after = 0n
  let head = CLAIM_GENESIS
  for (;;) {
    const page = await db.inShop(shopId, (tx) =>
      tx.claim.findMany({
        where: { shopId, seq: { gt: after, lte: until?.seq ?? 0n } },
        orderBy: { seq: 'asc' },
        take: atOnce,
        select: { seq: true, body: true, hash: true },
      }),
    )
    for (const { seq, body, hash } of page) {
      head = Buffer.from(hash).toString('hex')
      after = seq
      rows += 1
      yield claimExportLine(body, head)
    }
    if (page.length < atOnce) break
  }
  yield claimExportEnd(rows, head)
}
