// Three creators under accepted agreements with codes and a link, under the same ids in every database: so that balances of two
// databases can be compared byte by byte.
import { createHash } from 'node:crypto'
import { signReference } from '#app/adapters/crypto/signed-reference.ts'
import type { Database } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { AgreementScope, AgreementTerms } from '#app/domain/agreements/terms.ts'
import { makeTerms } from './creator.ts'

export const LINK_SECRET = 'a-secret-of-at-least-thirty-two-characters'
export const LINK_REFERENCE = 'MAREK7'

/** What a cart carries after following the creator's link. */
export function carriedReference(shopDomain: string): string {
  return signReference(shopDomain, LINK_REFERENCE, LINK_SECRET)
}

interface Partner {
  name: string
  code?: string
  /** Versions in order; each replaces the one before from its date on. */
  versions: Array<{ from: string; terms: AgreementTerms }>
}

function partners(ownedProductId: string): Partner[] {
  const owned: AgreementScope = { kind: 'products', productIds: [ownedProductId] }
  return [
    {
      name: 'ines',
      code: 'INES10',
      versions: [
        { from: '2026-01-01T05:00:00Z', terms: makeTerms({ shareBps: 1250 }) },
        { from: '2026-03-01T05:00:00Z', terms: makeTerms({ shareBps: 1500, startsOn: '2026-03-01' }) },
      ],
    },
    {
      name: 'marek',
      versions: [
        {
          from: '2026-01-01T05:00:00Z',
          terms: makeTerms({ shareBps: 800, net: { deductPaymentFeeBps: 290 }, holdDays: 14 }),
        },
      ],
    },
    {
      name: 'yuna',
      code: 'YUNA5',
      versions: [
        {
          from: '2026-01-01T05:00:00Z',
          terms: makeTerms({ role: 'design_owner', scope: owned, shareBps: 3000, holdDays: 45 }),
        },
      ],
    },
  ]
}

/** A row id that is the same wherever the same name is used. */
export function namedId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** `ownedProductId`: numeric id of the piece that one of them designed. */
export async function createPartners(db: Database, shop: Shop, ownedProductId: string): Promise<void> {
  const createdAt = new Date('2026-01-01T00:00:00Z')
  const shopId = shop.id
  await db.inShop(shopId, async (tx) => {
    for (const { name, code, versions } of partners(ownedProductId)) {
      const creatorId = namedId(`creator ${name}`)
      await tx.creator.create({
        data: {
          id: creatorId,
          shopId,
          name,
          email: `${name}@creators.example`,
          handle: name.toUpperCase(),
          createdAt,
        },
      })
      const agreementId = namedId(`agreement ${name}`)
      await tx.agreement.create({
        data: {
          id: agreementId,
          shopId,
          creatorId,
          title: `With ${name}`,
          role: versions[0]?.terms.role ?? 'promoter',
          status: 'active',
          createdAt,
        },
      })
      for (const [index, { from, terms }] of versions.entries()) {
        await tx.agreementVersion.create({
          data: {
            id: namedId(`version ${name} ${index}`),
            shopId,
            agreementId,
            number: index + 1,
            status: 'accepted',
            terms: terms as unknown as object,
            termsHash: namedId(`terms ${name} ${index}`),
            effectiveFrom: new Date(from),
            decidedAt: createdAt,
            createdAt,
          },
        })
      }
      if (code) {
        const row = { id: namedId(`code ${code}`), shopId, creatorId, code, percentBps: 1000, createdAt }
        await tx.creatorCode.create({ data: { ...row, status: 'live', startsAt: createdAt } })
      }
      if (name === 'marek') {
        const row = { id: namedId('link marek'), shopId, creatorId, reference: LINK_REFERENCE, createdAt }
        await tx.creatorLink.create({ data: { ...row, path: '/' } })
      }
    }
  })
}
