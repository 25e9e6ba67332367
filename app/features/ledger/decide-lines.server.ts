// Decides who is paid for a line: by what was true at its sale, under the agreements as they stand or as a draft would have them. For a new
// line that is read now and frozen with the decision; whoever decides anew reads what was frozen.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'
import type { AgreementTerms } from '../../domain/agreements/terms.ts'
import { type AgreementVersion, versionInForce } from '../../domain/agreements/version-in-force.ts'
import type { AgreementInForce, LineAttribution, Renewal } from '../../domain/attribution/attribution.ts'
import type { SaleCircumstances } from '../../domain/attribution/circumstances.ts'
import { resolveAttribution } from '../../domain/attribution/resolve-attribution.ts'
import { addDays, holdMaturesAt, type IsoInstant } from '../../domain/time/instant.ts'
import { type Contract, type ContractLine, readContracts } from './read-contracts.server.ts'
import {
  type CircumstancesNow,
  type LineAsSold,
  type NamedByLines,
  openCircumstances,
  type SeenAtSale,
} from './sale-circumstances.server.ts'

/** When a creator's royalty of a line becomes payable, and what stays back until when. Frozen with the decision. */
export interface DecidedHold {
  maturesAt: IsoInstant
  reserveBps: number
  reserveUntil: IsoInstant | null
}

export interface DecidedLine extends LineAttribution {
  circumstances: SaleCircumstances
  /** By creator id. */
  holds: Map<string, DecidedHold>
}

/** A line that was decided before, with what that decision saw. */
export interface LineToRedecide {
  /** Tells whether the line renews a subscription. */
  lineItemId: bigint
  soldAt: IsoInstant
  productId: bigint | null
  circumstances: SaleCircumstances
}

export type DecideLine = (line: LineAsSold) => DecidedLine
export type RedecideLine = (line: LineToRedecide) => DecidedLine

/** A version that nobody has accepted yet, to be treated as if both had: what previews and the simulator ask about. */
export interface SupposedVersion {
  agreementId: string
  creatorId: string
  versionId: string
  number: number
  effectiveFrom: IsoInstant
  terms: AgreementTerms
}

/** For new lines: reads agreements, codes, links and collections once for a group of them. */
export async function openLineDecider(
  tx: ShopTransaction,
  shop: Shop,
  linkSecret: string,
  named: NamedByLines,
): Promise<DecideLine> {
  const contracts = await readContracts(tx, shop.id, unique(named.contractIds))
  const now = await openCircumstances(tx, shop, linkSecret, withOrigins(named, contracts))
  const promoters = [...now.creatorIds, ...namedByOrigins(contracts)]
  const decide = await openDecider(tx, shop, {
    contracts,
    now,
    agreed: await readAgreed(tx, shop.id, promoters),
  })
  return (line) => decide(line, { seen: now.seenBy(line) })
}

/** For lines that were decided before: reads agreements, and the contracts that the lines renew. */
export async function openLineRedecider(
  tx: ShopTransaction,
  shop: Shop,
  linkSecret: string,
  contractIds: readonly bigint[],
  supposed: SupposedVersion | null = null,
): Promise<RedecideLine> {
  const contracts = await readContracts(tx, shop.id, unique(contractIds))
  const nothing = { codes: [], links: [], productIds: [] }
  const now = await openCircumstances(tx, shop, linkSecret, withOrigins(nothing, contracts))
  const agreed = await readAgreed(tx, shop.id, null)
  const decide = await openDecider(tx, shop, {
    contracts,
    now,
    agreed: supposed === null ? agreed : suppose(agreed, supposed),
  })
  return (line) => decide(line, { frozen: line.circumstances })
}

/** What a decision rests on beside agreements: as it is now, or as an earlier decision froze it. */
type Basis = { seen: SeenAtSale } | { frozen: SaleCircumstances }
type Sold = Pick<LineAsSold, 'lineItemId' | 'soldAt' | 'productId'>

interface Known {
  agreed: readonly History[]
  contracts: ReadonlyMap<bigint, Contract>
  now: CircumstancesNow
}

async function openDecider(
  tx: ShopTransaction,
  shop: Shop,
  { agreed: histories, contracts, now }: Known,
): Promise<(line: Sold, basis: Basis) => DecidedLine> {
  const archivedAt = await readArchived(tx, shop.id)
  const owners = histories.filter(({ versions }) =>
    versions.some(({ terms }) => terms.role === 'design_owner'),
  )
  const historiesOf = new Map<string, History[]>()
  for (const history of histories) {
    const { creatorId } = history.agreement
    historiesOf.set(creatorId, [...(historiesOf.get(creatorId) ?? []), history])
  }

  /** Of the agreements that a line could pay: design owners', and those of the creators that it names. */
  function inForce(at: IsoInstant, timeZone: string, namedCreatorIds: readonly string[]): AgreementInForce[] {
    const named = namedCreatorIds.flatMap((creatorId) => historiesOf.get(creatorId) ?? [])
    return unique([...owners, ...named]).flatMap(({ agreement, endedAt, versions }) => {
      const version = versionInForce(versions, { endedAt }, at, timeZone)
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

  /** Who was archived, of those whom the line names or an agreement in force could pay. */
  function freeze(seen: SeenAtSale, at: IsoInstant, couldBePaid: readonly string[]): SaleCircumstances {
    const isArchived = (creatorId: string) => {
      const since = archivedAt.get(creatorId)
      return since !== undefined && since <= new Date(at)
    }
    return { ...seen, archivedCreatorIds: unique(couldBePaid).filter(isArchived).sort() }
  }

  function attribute(line: Sold, basis: Basis, renewal: Renewal | null) {
    const seen = 'frozen' in basis ? basis.frozen : basis.seen
    const named = [...creatorsIn(seen), ...(renewal ? [renewal.creatorId] : [])]
    const agreements = inForce(line.soldAt, seen.timeZone, named)
    const couldBePaid = [...named, ...agreements.map(({ creatorId }) => creatorId)]
    const circumstances = 'frozen' in basis ? basis.frozen : freeze(basis.seen, line.soldAt, couldBePaid)
    const productId = line.productId?.toString() ?? null
    const attribution = resolveAttribution({ productId, circumstances, renewal, agreements })
    return { attribution, agreements, circumstances }
  }

  const contractLines = new Map(
    [...contracts.values()].flatMap(({ lines }) => lines.map((line) => [line.lineItemId, line] as const)),
  )
  const bringers = new Map<bigint, string | null>()

  /** The promoter of the contract's first order: by what that order carried, whether or not it is in the books yet. */
  function bringerOf(contractId: bigint): string | null {
    const known = bringers.get(contractId)
    if (known !== undefined) return known
    const payees = (contracts.get(contractId)?.origin ?? []).flatMap((line) => {
      const basis = line.circumstances ? { frozen: line.circumstances } : { seen: now.seenBy(line) }
      return attribute(line, basis, null).attribution.payees
    })
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

  return (line, basis) => {
    const renewal = renewalOf(contractLines.get(line.lineItemId))
    const { attribution, agreements, circumstances } = attribute(line, basis, renewal)
    const holds = new Map<string, DecidedHold>()
    for (const payee of attribution.payees) {
      const terms = agreements.find(({ versionId }) => versionId === payee.agreementVersionId)?.terms
      const hold = holdUnder(line.soldAt, terms, circumstances)
      holds.set(payee.creatorId, strictest(hold, holds.get(payee.creatorId)))
    }
    return { ...attribution, circumstances, holds }
  }
}

interface History {
  agreement: { id: string; creatorId: string }
  endedAt: IsoInstant | null
  versions: AgreementVersion[]
}

/** What was ever agreed with design owners and with these promoters; null: with all. */
async function readAgreed(
  tx: ShopTransaction,
  shopId: number,
  promoters: readonly string[] | null,
): Promise<History[]> {
  const rows = await tx.$queryRaw<AgreedRow[]>`
    select a.id::text, a.creator_id::text as "creatorId", a.ended_at as "endedAt", v.id::text as "versionId", v.number,
           v.effective_from as "effectiveFrom", v.decided_at as "decidedAt", v.retroactive, v.terms
    from agreement a join agreement_version v on v.agreement_id = a.id and v.shop_id = a.shop_id and v.status = 'accepted'
    where a.shop_id = ${shopId}
      and (${promoters === null} or a.role = 'design_owner' or a.creator_id = any(${unique(promoters ?? [])}::uuid[]))
    order by a.id, v.number`
  const histories = new Map<string, History>()
  for (const row of rows) {
    const history = histories.get(row.id) ?? {
      agreement: { id: row.id, creatorId: row.creatorId },
      endedAt: row.endedAt?.toISOString() ?? null,
      versions: [],
    }
    // Nobody is bound before they accept, unless both agreed that the change reaches back.
    const since = row.retroactive ? row.effectiveFrom : laterOf(row.effectiveFrom, row.decidedAt)
    const { versionId: id, number, terms } = row
    history.versions.push({ id, number, status: 'accepted', effectiveFrom: since.toISOString(), terms })
    histories.set(row.id, history)
  }
  return [...histories.values()]
}

interface AgreedRow {
  id: string
  creatorId: string
  endedAt: Date | null
  versionId: string
  number: number
  effectiveFrom: Date
  decidedAt: Date | null
  retroactive: boolean
  terms: AgreementTerms
}

async function readArchived(tx: ShopTransaction, shopId: number): Promise<Map<string, Date>> {
  const creators = await tx.$queryRaw<Array<{ id: string; archivedAt: Date }>>`
    select id::text, archived_at as "archivedAt" from creator where shop_id = ${shopId} and archived_at is not null`
  return new Map(creators.map(({ id, archivedAt }) => [id, archivedAt]))
}

/** What the first orders of the contracts name counts for their renewals; what those that are decided saw is frozen with them. */
function withOrigins(
  named: Omit<NamedByLines, 'contractIds'>,
  contracts: ReadonlyMap<bigint, Contract>,
): Omit<NamedByLines, 'contractIds'> {
  const undecided = [...contracts.values()].flatMap(({ origin }) =>
    origin.filter((line) => line.circumstances === null),
  )
  return {
    codes: [...named.codes, ...undecided.flatMap((line) => line.discountCodes)],
    links: [...named.links, ...undecided.flatMap((line) => line.linkReference ?? [])],
    productIds: [...named.productIds, ...undecided.flatMap((line) => line.productId ?? [])],
  }
}

function namedByOrigins(contracts: ReadonlyMap<bigint, Contract>): string[] {
  return [...contracts.values()].flatMap(({ origin }) =>
    origin.flatMap(({ circumstances }) => (circumstances ? creatorsIn(circumstances) : [])),
  )
}

function creatorsIn({ codes, link, drop }: SeenAtSale): string[] {
  return [...codes, link, drop].flatMap((speaks) => speaks?.creatorId ?? [])
}

function holdUnder(
  soldAt: IsoInstant,
  terms: AgreementTerms | undefined,
  { returnWindowDays, timeZone }: SaleCircumstances,
): DecidedHold {
  const maturesAt = holdMaturesAt(soldAt, terms?.holdDays ?? returnWindowDays, timeZone)
  const reserve = terms?.reserve
  if (!reserve) return { maturesAt, reserveBps: 0, reserveUntil: null }
  return { maturesAt, reserveBps: reserve.bps, reserveUntil: addDays(maturesAt, reserve.days, timeZone) }
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
