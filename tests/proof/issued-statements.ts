// What became of a shop's statements: whether each was issued, and whether it is the same when it is built again from the ledger.
import type { Database } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { rebuildStatement } from '#app/features/statements/rebuild-statement.server.ts'

export interface CountedStatements {
  statements: number
  /** That did not meet the ledger and were not issued. */
  refused: number
  /** Issued, and not the same when they are built again from the ledger. */
  rebuiltOtherwise: number
}

export async function countStatements(db: Database, shop: Shop): Promise<CountedStatements> {
  return db.inShop(
    shop.id,
    async (tx) => {
      const refused = await tx.alert.count({
        where: { shopId: shop.id, key: { startsWith: 'ledger_broken/statement/' } },
      })
      const issued = await tx.statement.findMany({ where: { shopId: shop.id }, select: { id: true } })
      let rebuiltOtherwise = 0
      for (const { id } of issued) {
        const rebuilt = await rebuildStatement(tx, shop, id)
        if (!rebuilt.ok || !rebuilt.matches) rebuiltOtherwise += 1
      }
      return { statements: issued.length, refused, rebuiltOtherwise }
    },
    { timeoutMs: 3_600_000 },
  )
}
