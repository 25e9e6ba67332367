// The session storage that Shopify's library is given: our table, under row-level security, tokens sealed.
import type { Session } from '@shopify/shopify-api'
import type { Database, ShopTransaction } from '../db/database.ts'
import { readSession, saveSession, sessionOf, shopDomainOfSession } from './session-row.ts'
import type { TokenKeys } from './token-cipher.ts'

export interface SessionStorage {
  storeSession(session: Session): Promise<boolean>
  loadSession(id: string): Promise<Session | undefined>
  deleteSession(id: string): Promise<boolean>
  deleteSessions(ids: string[]): Promise<boolean>
  findSessionsByShop(shop: string): Promise<Session[]>
}

/** ISO 4217's "no currency": the shop's row exists because a token came, its details have not been read yet. */
export const UNRECORDED_CURRENCY = 'XXX'

export function createSessionStorage(db: Database, keys: TokenKeys): SessionStorage {
  const remove = async (id: string) => {
    await db.byDomain(shopDomainOfSession(id), async (tx, shop) => {
      if (shop) await tx.shopifySession.deleteMany({ where: { id } })
    })
    return true
  }
  return {
    storeSession: (session) =>
      db.byDomain(session.shop, async (tx, known) => {
        const shopId = known?.id ?? (await createUnrecordedShop(tx, session.shop))
        await saveSession(tx, shopId, session, keys)
        return true
      }),
    loadSession: (id) =>
      db.byDomain(shopDomainOfSession(id), async (tx, shop) =>
        shop ? readSession(tx, id, shop.domain, keys) : undefined,
      ),
    deleteSession: remove,
    async deleteSessions(ids) {
      for (const id of ids) await remove(id)
      return true
    },
    findSessionsByShop: (domain) =>
      db.byDomain(domain, async (tx, shop) => {
        if (!shop) return []
        const rows = await tx.shopifySession.findMany({ where: { shopId: shop.id } })
        return rows.flatMap((row) => sessionOf(row, domain, keys) ?? [])
      }),
  }
}

/** Two first requests may come at once: the second finds the first one's row. */
async function createUnrecordedShop(tx: ShopTransaction, domain: string): Promise<number> {
  await tx.$executeRaw`
    insert into shop (domain, name, currency, time_zone, installed_at)
    values (${domain}, ${domain}, ${UNRECORDED_CURRENCY}, 'UTC', now())
    on conflict (domain) do nothing`
  const shop = await tx.shop.findUniqueOrThrow({ where: { domain } })
  await tx.$queryRaw`select set_config('app.shop_id', ${String(shop.id)}, true)`
  return shop.id
}
