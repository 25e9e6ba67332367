// Decides, once a line, who is paid for it: gathers what speaks for creators and hands it to the domain's resolver.
import { verifyReference } from '../../adapters/crypto/signed-reference.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'
import type { AgreementTerms } from '../../domain/agreements/terms.ts'
import { type AgreementVersion, versionInForce } from '../../domain/agreements/version-in-force.ts'
import type {
  AgreementInForce,
  KnownCode,
  LineAttribution,
  Renewal,
} from '../../domain/attribution/attribution.ts'
import { resolveAttribution } from '../../domain/attribution/resolve-attribution.ts'
import { addDays, holdMaturesAt, type IsoInstant } from '../../domain/time/instant.ts'
import { type Contract, type ContractLine, readContracts } from './read-contracts.server.ts'

export interface LineToDecide {
  /** Tells whether the line renews a subscription. */
  lineItemId: bigint
  soldAt: IsoInstant
  productId: bigint | null
  discountCodes: readonly string[]
  /** What the cart carried, as it came: REFERENCE.SIGNATURE */
  linkReference: string | null
}

/** When a creator's royalty of a line becomes payable, and what stays back until when. Frozen with the decision. */
export interface DecidedHold {
  maturesAt: IsoInstant
  reserveBps: number
  reserveUntil: IsoInstant | null
}

export interface DecidedLine extends LineAttribution {
  /** By creator id. */
  holds: Map<string, DecidedHold>
}

export type DecideLine = (line: LineToDecide) => DecidedLine

/** A version that nobody has accepted yet, to be treated as if both had: what previews and the simulator ask about. */
export interface SupposedVersion {
  agreementId: string
  creatorId: string
  versionId: string
  number: number
  effectiveFrom: IsoInstant
  terms: AgreementTerms
}

/** What the lines at hand name: nothing else needs to be read for them. */
export interface NamedByLines {
  /** As applied, in any spelling. */
  codes: readonly string[]
  /** As carried by the carts, with their signatures. */
  links: readonly string[]
  productIds: readonly bigint[]
  /** Subscription contracts; what their first orders name is read with them. */
  contractIds: readonly bigint[]
}

/** Reads agreements, codes, links and collections once for a group of lines; without `named` everything that any line could name. */
export async function openLineDecider(
  tx: ShopTransaction,
  shop: Shop,
  linkSecret: string,
  asked: NamedByLines | null,
  supposed: SupposedVersion | null = null,
): Promise<DecideLine> {
  const contracts = await readContracts(tx, shop.id, asked && unique(asked.contractIds))
  const named = asked && withOrigins(asked, contracts)
  const codes = await tx.creatorCode.findMany({
    // A code that Shopify refused to make may be somebody else's discount.
    where: {
      shopId: shop.id,
      status: { not: 'failed' },
      ...(named && { code: { in: unique(named.codes.map((code) => code.trim().toUpperCase())) } }),
    },
  })
  const links = await tx.creatorLink.findMany({
    where: {
      shopId: shop.id,
      ...(named && { reference: { in: unique(named.links.map((link) => link.split('.')[0] ?? '')) } }),
    },
  })
  const promoters = unique([...codes, ...links].map((row) => row.creatorId))
  const agreements = await tx.agreement.findMany({
    where: {
      shopId: shop.id,
      versions: { some: { status: 'accepted' } },
      ...(named && { OR: [{ role: 'design_owner' }, { creatorId: { in: promoters } }] }),
    },
    include: { versions: { where: { status: 'accepted' } } },
  })
  const creators = await tx.creator.findMany({
    where: { shopId: shop.id, archivedAt: { not: null } },
    select: { id: true, archivedAt: true },
  })
  const products = await tx.product.findMany({
    where: { shopId: shop.id, ...(named && { productId: { in: unique(named.productIds) } }) },
    select: { productId: true, collectionIds: true },
  })
  const known = agreements.map((agreement) => ({
    agreement: { id: agreement.id, creatorId: agreement.creatorId },
    endedAt: agreement.endedAt?.toISOString() ?? null,
    versions: agreement.versions.map((version) => ({
      id: version.id,
      number: version.number,
      status: version.status,
      // Nobody is bound before they accept, unless both agreed that the change reaches back.
      effectiveFrom: (version.retroactive
        ? version.effectiveFrom
        : laterOf(version.effectiveFrom, version.decidedAt)
      ).toISOString(),
      terms: version.terms as unknown as AgreementTerms,
    })),
  }))
  const histories = supposed === null ? known : suppose(known, supposed)
  const knownCodes = new Map<string, KnownCode>(
    codes.map((code) => [
      code.code,
      {
        creatorId: code.creatorId,
        startsAt: code.startsAt.toISOString(),
        endsAt: code.endsAt?.toISOString() ?? null,
      },
    ]),
  )
  const collectionsOf = new Map(
    products.map((product) => [product.productId, product.collectionIds.map(String)]),
  )

  const owners = histories.filter(({ versions }) =>
    versions.some(({ terms }) => terms.role === 'design_owner'),
  )
  const historiesOf = new Map<string, History[]>()
  for (const history of histories) {
    const { creatorId } = history.agreement
    historiesOf.set(creatorId, [...(historiesOf.get(creatorId) ?? []), history])
  }

  /** Of the agreements that a line could pay: design owners', and those of the creators that it names. */
  function inForce(at: IsoInstant, namedCreatorIds: readonly string[]): AgreementInForce[] {
    const named = namedCreatorIds.flatMap((creatorId) => historiesOf.get(creatorId) ?? [])
    return unique([...owners, ...named]).flatMap(({ agreement, endedAt, versions }) => {
      const version = versionInForce(versions, { endedAt }, at, shop.timeZone)
      if (!version) return []
      return [
        {
          creatorId: agreement.creatorId,
          agreementId: agreement.id,
          versionId: version.id,
          effectiveFrom: version.effectiveFrom,
          terms: version.terms,
        },
      ]
    })
  }

  function findLink(
    carried: string | null,
    at: IsoInstant,
  ): { reference: string; creatorId: string | null } | null {
    if (carried === null) return null
    const verified = verifyReference(shop.domain, carried, linkSecret)
    if (!verified.ok) return { reference: carried, creatorId: null }
    const link = links.find((row) => row.reference === verified.reference)
    const live =
      link && (link.revokedAt === null || link.revokedAt > new Date(at)) && link.createdAt <= new Date(at)
    return { reference: verified.reference, creatorId: live ? link.creatorId : null }
  }

  const contractLines = new Map(
    [...contracts.values()].flatMap(({ lines }) => lines.map((line) => [line.lineItemId, line] as const)),
  )
  const bringers = new Map<bigint, string | null>()

  /** The promoter of the contract's first order: by what that order carried, whether or not it is in the books yet. */
  function bringerOf(contractId: bigint): string | null {
    const known = bringers.get(contractId)
    if (known !== undefined) return known
    const payees = (contracts.get(contractId)?.origin ?? []).flatMap(
      (line) => attribute(line, null).attribution.payees,
    )
    const bringer = payees.find((payee) => payee.role === 'promoter')?.creatorId ?? null
    bringers.set(contractId, bringer)
    return bringer
  }

  function renewalOf(line: ContractLine | undefined): Renewal | null {
    if (!line || line.cycle === 0) return null
    const { contractId, cycle } = line
    const creatorId = bringerOf(contractId)
    return creatorId === null ? null : { contractId: contractId.toString(), cycle, creatorId }
  }

  function attribute(line: LineToDecide, renewal: Renewal | null) {
    const link = findLink(line.linkReference, line.soldAt)
    const byCode = line.discountCodes.flatMap(
      (code) => knownCodes.get(code.trim().toUpperCase())?.creatorId ?? [],
    )
    const byOther = [link?.creatorId, renewal?.creatorId].flatMap((creatorId) => creatorId ?? [])
    const agreementsInForce = inForce(line.soldAt, [...byCode, ...byOther])
    const attribution = resolveAttribution({
      soldAt: line.soldAt,
      productId: line.productId?.toString() ?? null,
      collectionIds: (line.productId !== null && collectionsOf.get(line.productId)) || [],
      discountCodes: line.discountCodes,
      knownCodes,
      link,
      renewal,
      agreements: agreementsInForce,
      archivedCreatorIds: new Set(
        creators
          .filter((creator) => creator.archivedAt && creator.archivedAt <= new Date(line.soldAt))
          .map((creator) => creator.id),
      ),
      capBps: shop.maxTotalShareBps,
    })
    return { attribution, agreementsInForce }
  }

  return (line) => {
    const renewal = renewalOf(contractLines.get(line.lineItemId))
    const { attribution, agreementsInForce } = attribute(line, renewal)
    const holds = new Map<string, DecidedHold>()
    for (const payee of attribution.payees) {
      const terms = agreementsInForce.find(
        (agreement) => agreement.versionId === payee.agreementVersionId,
      )?.terms
      const hold = holdUnder(line.soldAt, terms, shop)
      holds.set(payee.creatorId, strictest(hold, holds.get(payee.creatorId)))
    }
    return { ...attribution, holds }
  }
}

/** What the first orders of the contracts name counts for their renewals. */
function withOrigins(named: NamedByLines, contracts: ReadonlyMap<bigint, Contract>): NamedByLines {
  const origins = [...contracts.values()].flatMap(({ origin }) => origin)
  return {
    ...named,
    codes: [...named.codes, ...origins.flatMap((line) => line.discountCodes)],
    links: [...named.links, ...origins.flatMap((line) => line.linkReference ?? [])],
    productIds: [...named.productIds, ...origins.flatMap((line) => line.productId ?? [])],
  }
}

function holdUnder(soldAt: IsoInstant, terms: AgreementTerms | undefined, shop: Shop): DecidedHold {
  const maturesAt = holdMaturesAt(soldAt, terms?.holdDays ?? shop.returnWindowDays, shop.timeZone)
  const reserve = terms?.reserve
  if (!reserve) return { maturesAt, reserveBps: 0, reserveUntil: null }
  return {
    maturesAt,
    reserveBps: reserve.bps,
    reserveUntil: addDays(maturesAt, reserve.days, shop.timeZone),
  }
}

/** A creator who is paid twice on a line is released once: at the later dates, with the larger reserve. */
function strictest(hold: DecidedHold, other: DecidedHold | undefined): DecidedHold {
  if (!other) return hold
  const later = (left: IsoInstant | null, right: IsoInstant | null) =>
    left === null || (right !== null && right > left) ? right : left
  return {
    maturesAt: hold.maturesAt > other.maturesAt ? hold.maturesAt : other.maturesAt,
    reserveBps: Math.max(hold.reserveBps, other.reserveBps),
    reserveUntil: later(hold.reserveUntil, other.reserveUntil),
  }
}

interface History {
  agreement: { id: string; creatorId: string }
  endedAt: IsoInstant | null
  versions: AgreementVersion[]
}

function suppose(histories: readonly History[], supposed: SupposedVersion): History[] {
  const { agreementId, creatorId, versionId, number, effectiveFrom, terms } = supposed
  const version = { id: versionId, number, status: 'accepted', effectiveFrom, terms }
  const own = histories.find(({ agreement }) => agreement.id === agreementId)
  const agreement = { id: agreementId, creatorId }
  const others = histories.filter((history) => history !== own)
  return [
    ...others,
    { agreement, endedAt: own?.endedAt ?? null, versions: [...(own?.versions ?? []), version] },
  ]
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}

function laterOf(left: Date, right: Date | null): Date {
  return right && right > left ? right : left
}
