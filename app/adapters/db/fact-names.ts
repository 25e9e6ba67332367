// Facts that are steps (from one standing to another) may come again; each time they need a name that no journal has.
import type { ShopTransaction } from './database.ts'

/** Gives steps of an order, whose names begin with `prefix`, names of their own. Call with the ledger locked. */
export async function nameSteps(
  tx: ShopTransaction,
  shopId: number,
  orderId: bigint | null,
  prefix: string,
): Promise<(factKey: string) => string> {
  const rows = await tx.journal.findMany({
    where: { shopId, orderId, factKey: { startsWith: prefix } },
    select: { factKey: true },
  })
  const taken = new Set(rows.map((row) => row.factKey))
  return (factKey) => {
    let name = factKey
    for (let again = 1; taken.has(name); again++) name = `${factKey}/again/${again}`
    taken.add(name)
    return name
  }
}
