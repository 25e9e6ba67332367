// Creators under accepted agreements, as the use cases leave them.
import { randomUUID } from 'node:crypto'
import type { Database } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'

let counter = 0

export async function createCreator(
  db: Database,
  shop: Shop,
  overrides: { name?: string; handle?: string } = {},
) {
  counter += 1
  const handle = overrides.handle ?? `CREATOR${counter}`
  return db.inShop(shop.id, (tx) =>
    tx.creator.create({
      data: {
        id: randomUUID(),
        shopId: shop.id,
        name: overrides.name ?? `Creator ${counter}`,
        email: `${handle.toLowerCase()}@creators.example`,
        handle,
        createdAt: new Date('2026-01-01T00:00:00Z'),
      },
    }),
  )
}

export function makeTerms(overrides: Partial<AgreementTerms> = {}): AgreementTerms {
  return {
    role: 'promoter',
    scope: { kind: 'everything_attributed' },
    shareBps: 1000,
    net: { deductPaymentFeeBps: 0 },
    currency: 'USD',
    period: 'monthly',
    minimumPayoutMinor: '0',
    holdDays: 30,
    startsOn: '2026-01-01',
    endsOn: null,
    ...overrides,
  }
}

/** An agreement with one accepted version. */
export async function createAgreement(
  db: Database,
  shop: Shop,
  creatorId: string,
  terms: AgreementTerms = makeTerms(),
  effectiveFrom = '2026-01-01T00:00:00Z',
) {
  return db.inShop(shop.id, (tx) =>
    tx.agreement.create({
      data: {
        id: randomUUID(),
        shopId: shop.id,
        creatorId,
        title: 'Agreement',
        role: terms.role,
        status: 'active',
        createdAt: new Date(effectiveFrom),
        versions: {
          create: {
            id: randomUUID(),
            shopId: shop.id,
            number: 1,
            status: 'accepted',
            terms: terms as unknown as object,
            termsHash: 'test',
            effectiveFrom: new Date(effectiveFrom),
            decidedAt: new Date(effectiveFrom),
            createdAt: new Date(effectiveFrom),
          },
        },
      },
      include: { versions: true },
    }),
  )
}

export async function createCode(db: Database, shop: Shop, creatorId: string, code: string) {
  return db.inShop(shop.id, (tx) =>
    tx.creatorCode.create({
      data: {
        id: randomUUID(),
        shopId: shop.id,
        creatorId,
        code,
        percentBps: 1000,
        status: 'live',
        startsAt: new Date('2026-01-01T00:00:00Z'),
        createdAt: new Date('2026-01-01T00:00:00Z'),
      },
    }),
  )
}
