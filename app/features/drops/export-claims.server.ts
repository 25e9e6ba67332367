// The whole claim log of a shop as a file that anybody can verify: a row and its hash a line, and a last line that says how many there are.
import { CLAIM_GENESIS } from '#app/domain/drops/claim-log.ts'
import { claimExportEnd, claimExportLine } from '#app/domain/drops/verify-claims.ts'
import type { ShopContext } from '../context.ts'

const ROWS_AT_ONCE = 1000

/** Lines with their line breaks. Rows that are written meanwhile are not part of it. */
export async function* exportClaims(ctx: ShopContext): AsyncGenerator<string, void, void> {
  const { shop, db } = ctx
  const last = await db.inShop(shop.id, (tx) =>
    tx.claim.findFirst({ where: { shopId: shop.id }, orderBy: { seq: 'desc' }, select: { seq: true } }),
  )
  let head = CLAIM_GENESIS
  let rows = 0
  for (let after = 0n; last && after < last.seq; ) {
    const page = await db.inShop(shop.id, (tx) =>
      tx.claim.findMany({
        where: { shopId: shop.id, seq: { gt: after, lte: last.seq } },
        orderBy: { seq: 'asc' },
        take: ROWS_AT_ONCE,
        select: { seq: true, body: true, hash: true },
      }),
    )
    const end = page.at(-1)
    if (!end) break
    let text = ''
    for (const { body, hash } of page) {
      head = Buffer.from(hash).toString('hex')
      rows += 1
      text += `${claimExportLine(body, head)}\n`
    }
    after = end.seq
    yield text
  }
  yield `${claimExportEnd(rows, head)}\n`
}
