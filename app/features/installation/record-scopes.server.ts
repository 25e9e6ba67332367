// app/scopes_update: what the merchant allows the app from now on.
import { z } from 'zod'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'

const facts = z.object({ scopes: z.array(z.string()) })

/** Errors: facts that the intake cannot have written are a bug and throw. */
export async function recordScopes(tx: ShopTransaction, shop: Shop, receiptFacts: unknown): Promise<void> {
  const { scopes } = facts.parse(receiptFacts)
  await tx.shop.update({ where: { id: shop.id }, data: { scopes: scopes.sort().join(',') } })
}
