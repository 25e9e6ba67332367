// A shop row as installation leaves it.
import type { Database } from '#app/adapters/db/database.ts'
import type { Prisma, Shop } from '#app/adapters/db/generated/client.ts'

let counter = 0

export async function createShop(
  db: Database,
  overrides: Partial<Prisma.ShopUncheckedCreateInput> = {},
): Promise<Shop> {
  counter += 1
  const domain = overrides.domain ?? `atelier-${counter}.myshopify.com`
  return db.byDomain(domain, (tx) =>
    tx.shop.create({
      data: {
        domain,
        name: `Atelier ${counter}`,
        email: `owner@atelier-${counter}.example`,
        currency: 'USD',
        timeZone: 'America/New_York',
        scopes: 'read_orders',
        installedAt: new Date('2026-01-01T00:00:00Z'),
        ...overrides,
      },
    }),
  )
}
