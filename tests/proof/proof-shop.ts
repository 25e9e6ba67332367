// A shop whose agreements the model knows as well. Row ids follow from names, so that two databases can be compared byte by byte.
import { dueNoLaterThan } from '#app/adapters/db/calendar.ts'
import type { Database } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import { makeTerms } from '#tests/factories/creator.ts'
import { namedId } from '#tests/factories/partners.ts'
import { createShop } from '#tests/factories/shop.ts'
import type { ModelDrop, ModelVersion } from './model-types.ts'

export const LINK_SECRET = 'a-secret-of-at-least-thirty-two-characters'
export const SHARE_CAP_BPS = 4000

/** Days are whole in UTC: the model needs no calendar. */
export function openProofShop(db: Database, domain: string): Promise<Shop> {
  return createShop(db, { domain, timeZone: 'UTC', currency: 'EUR', maxTotalShareBps: SHARE_CAP_BPS })
}

export interface PartnerPlan {
  number: number
  shareBps: number
  from: number
  /** Design owner of these products; a promoter by code otherwise. */
  ownedProductIds?: string[]
  feeBps?: number
  holdDays?: number
  reserve?: { bps: number; days: number }
  versionNumber?: number
  acceptedAt?: number
}

export function planVersion(plan: PartnerPlan): ModelVersion {
  const { number, versionNumber = 1, ownedProductIds } = plan
  return {
    id: namedId(`proof version ${number} ${versionNumber}`),
    agreementId: namedId(`proof agreement ${number}`),
    creatorId: namedId(`proof creator ${number}`),
    role: ownedProductIds ? 'design_owner' : 'promoter',
    productIds: ownedProductIds ?? [],
    codes: ownedProductIds ? [] : [codeOf(number)],
    shareBps: plan.shareBps,
    feeBps: plan.feeBps ?? 0,
    holdDays: plan.holdDays ?? 30,
    reserveBps: plan.reserve?.bps ?? 0,
    reserveDays: plan.reserve?.days ?? 0,
    from: plan.from,
    ...(plan.acceptedAt !== undefined && { acceptedAt: plan.acceptedAt }),
  }
}

export const codeOf = (number: number): string => `PROOF${number}`

/** Some promoters by code and some owners of designs, on terms of every kind that a line can carry. */
export function planPartners(count: number, products: number, from: number): ModelVersion[] {
  return Array.from({ length: count }, (_, number) => {
    const isOwner = number % 4 === 3
    return planVersion({
      number,
      from,
      shareBps: 333 + ((number * 467) % 2600),
      feeBps: number % 3 === 0 ? 290 : 0,
      holdDays: [0, 14, 30, 45][number % 4] ?? 30,
      ...(number % 5 === 1 && { reserve: { bps: 1250, days: 60 } }),
      ...(isOwner && {
        ownedProductIds: [String((number % products) + 1), String(((number + 5) % products) + 1)],
      }),
    })
  })
}

/** Writes what the model calls a version as the use cases would leave it: accepted, with creator, agreement and code. */
export async function acceptVersions(
  db: Database,
  shop: Shop,
  versions: readonly ModelVersion[],
  now = new Date(0),
): Promise<void> {
  const shopId = shop.id
  const rows = versions.map((version) => ({ version, createdAt: new Date(version.from) }))
  await db.inShop(
    shopId,
    async (tx) => {
      await tx.creator.createMany({
        skipDuplicates: true,
        data: rows.map(({ version: { creatorId }, createdAt }) => ({
          id: creatorId,
          shopId,
          name: `Creator ${creatorId.slice(0, 8)}`,
          email: `${creatorId.slice(0, 8)}@creators.example`,
          handle: creatorId.slice(0, 8).toUpperCase(),
          createdAt,
        })),
      })
      await tx.agreement.createMany({
        skipDuplicates: true,
        data: rows.map(({ version: { agreementId, creatorId, role }, createdAt }) => {
          return { id: agreementId, shopId, creatorId, title: 'Agreement', role, status: 'active', createdAt }
        }),
      })
      await tx.agreementVersion.createMany({
        data: await Promise.all(
          rows.map(async ({ version, createdAt }) => ({
            id: version.id,
            shopId,
            agreementId: version.agreementId,
            number:
              1 + (await tx.agreementVersion.count({ where: { shopId, agreementId: version.agreementId } })),
            status: 'accepted',
            terms: termsOf(version) as unknown as object,
            termsHash: version.id,
            effectiveFrom: createdAt,
            decidedAt: new Date(version.acceptedAt ?? version.from),
            retroactive: version.acceptedAt !== undefined,
            createdAt,
          })),
        ),
      })
      await dueNoLaterThan(tx, shopId, 'settle-awards', now)
      await tx.creatorCode.createMany({
        skipDuplicates: true,
        data: rows.flatMap(({ version, createdAt }) =>
          version.codes.map((code) => ({
            id: namedId(`proof code ${code}`),
            shopId,
            creatorId: version.creatorId,
            code,
            percentBps: 1000,
            status: 'live',
            startsAt: createdAt,
            createdAt,
          })),
        ),
      })
    },
    { timeoutMs: 60_000 },
  )
}

/** A drop with its offers and its two ends, as planning and scheduling leave it. */
export async function scheduleDrop(db: Database, shop: Shop, drop: ModelDrop, now: Date): Promise<void> {
  const { id, creatorId, agreementId, productIds, begins, ends } = drop
  const shopId = shop.id
  await db.inShop(shopId, async (tx) => {
    const named = { id, shopId, handle: `drop-${id.slice(0, 8)}`, title: 'Drop', timeZone: shop.timeZone }
    const whose = { creatorId, agreementId, scarcity: { version: 1, lowAt: 5, lastAt: 2 } }
    const made = { status: 'scheduled', createdAt: now, createdBy: 'ana', scheduledAt: now }
    await tx.drop.create({ data: { ...named, ...whose, ...made } })
    await tx.dropOffer.createMany({
      data: productIds.map((productId, position) => ({
        ...{ shopId, dropId: id, position, productId, variantId: productId, inventoryItemId: productId },
        ...{ role: position === 0 ? 'hero' : 'offer', title: `Piece ${productId}` },
      })),
    })
    await tx.act.createMany({
      data: [
        { kind: 'open', at: new Date(begins) },
        { kind: 'close', at: new Date(ends) },
      ].map((act) => ({ ...act, id: namedId(`${act.kind} of ${id}`), shopId, dropId: id })),
    })
  })
}

export async function abortDrop(db: Database, shop: Shop, id: string, now: Date): Promise<void> {
  await db.inShop(shop.id, (tx) =>
    tx.drop.update({ where: { id }, data: { status: 'aborted', endedAt: now } }),
  )
}

function termsOf(version: ModelVersion) {
  const { role, shareBps, holdDays, feeBps, reserveBps, reserveDays, productIds } = version
  return makeTerms({
    role,
    shareBps,
    holdDays,
    currency: 'EUR',
    net: { deductPaymentFeeBps: feeBps },
    startsOn: new Date(version.from).toISOString().slice(0, 10),
    ...(role === 'design_owner' && { scope: { kind: 'products' as const, productIds } }),
    ...(reserveBps > 0 && { reserve: { bps: reserveBps, days: reserveDays } }),
    ...promisesOf(version),
  })
}

function promisesOf(version: ModelVersion): Partial<AgreementTerms> {
  const { ladder, monthlyMinor, restock, retention, renewals } = version
  return {
    ...(ladder && {
      tiers: {
        basis: ladder.counts,
        mode: ladder.mode,
        window: ladder.window === 'month' ? 'period' : ladder.window,
        steps: ladder.steps.map(({ from, shareBps }) => ({ from: String(from), shareBps })),
      },
    }),
    ...(monthlyMinor !== undefined && {
      guarantee: { kind: 'minimum', amountMinor: String(monthlyMinor), window: 'month' },
    }),
    ...(restock && {
      guarantee: {
        kind: 'restock',
        units: Number(restock.units),
        perUnitMinor: String(restock.perUnitMinor),
        productIds: restock.productIds,
        until: restock.until,
      },
    }),
    ...(retention && {
      retention: {
        withinDays: retention.withinDays,
        minimumNetMinor: String(retention.minimumMinor),
        reward:
          'bps' in retention.reward
            ? { kind: 'share', bps: retention.reward.bps }
            : { kind: 'fixed', amountMinor: String(retention.reward.fixedMinor) },
      },
    }),
    ...(renewals && { subscription: renewals }),
  }
}
