// What people say of themselves, what was agreed, and where each creator's last statement stands, for all creators at once.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { readVatFacts, readWithholdings } from '../../adapters/db/dated-fact-store.ts'
import type { AgreementVersion, Creator, Shop, TaxProfile } from '../../adapters/db/generated/client.ts'
import { type AcceptedVersion, standingTerms } from '../../domain/agreements/standing-terms.ts'
import type { AgreementTerms } from '../../domain/agreements/terms.ts'
import type { StatementAgreement, StatementParty } from '../../domain/statements/statement-document.ts'
import type { PayerDetails } from '../../domain/tax/payer-details.ts'
import type { VatFacts } from '../../domain/tax/vat-facts.ts'
import type { Withholding } from '../../domain/tax/withholding.ts'
import { localDateOf } from '../../domain/time/instant.ts'

export interface LastStatement {
  creatorId: string
  sequence: number
  number: string
  hash: string
  closing: bigint
  currency: string
  selfBilledCount: number
}

export type VersionRow = AgreementVersion & {
  agreement: { title: string; creatorId: string; endedAt: Date | null }
}

export interface CreatorParticulars {
  creator: Creator
  versions: VersionRow[]
  /** Those that say when and from what amount on. */
  terms: AgreementTerms[]
  tax: TaxProfile | null
  /** On the last day that the statement covers: an agreement or rate that begins on the day of issue is about the next month. */
  vat: VatFacts | null
  /** On the day of issue. */
  withholding: Withholding | null
  last: LastStatement | null
  /** In which currencies nothing is paid for now. */
  pausedIn: (currency: string) => boolean
}

/** Creators with at least one accepted version, by handle. */
export async function readParticulars(
  tx: ShopTransaction,
  shop: Shop,
  lastInstant: string,
  now: Date,
): Promise<CreatorParticulars[]> {
  const creators = await tx.creator.findMany({ where: { shopId: shop.id }, orderBy: { handle: 'asc' } })
  const versions = await readVersions(tx, shop.id)
  const taxes = new Map(
    (await tx.taxProfile.findMany({ where: { shopId: shop.id } })).map((row) => [row.creatorId, row]),
  )
  const lasts = new Map((await readLastStatements(tx, shop.id)).map((row) => [row.creatorId, row]))
  const today = localDateOf(now.toISOString(), shop.timeZone)
  const vats = await readVatFacts(tx, shop.id, localDateOf(lastInstant, shop.timeZone))
  const withholdings = await readWithholdings(tx, shop.id, today)
  const paused = await readPaused(tx, shop.id, now)
  return creators.flatMap((creator) => {
    const own = versions.get(creator.id) ?? []
    if (own.length === 0) return []
    return [
      {
        creator,
        versions: own,
        terms: standingTerms(own.map(acceptedVersion), lastInstant, shop.timeZone),
        tax: taxes.get(creator.id) ?? null,
        vat: vats.get(creator.id) ?? null,
        withholding: withholdings.get(creator.id) ?? null,
        last: lasts.get(creator.id) ?? null,
        pausedIn: (currency) => paused.has(`${creator.id}/`) || paused.has(`${creator.id}/${currency}`),
      },
    ]
  })
}

export async function readVersions(tx: ShopTransaction, shopId: number): Promise<Map<string, VersionRow[]>> {
  const rows = await tx.agreementVersion.findMany({
    where: { shopId, status: 'accepted' },
    include: { agreement: { select: { title: true, creatorId: true, endedAt: true } } },
  })
  const versions = new Map<string, VersionRow[]>()
  for (const row of rows) {
    const own = versions.get(row.agreement.creatorId)
    if (own) own.push(row)
    else versions.set(row.agreement.creatorId, [row])
  }
  return versions
}

export function acceptedVersion(row: VersionRow): AcceptedVersion {
  return {
    id: row.id,
    agreementId: row.agreementId,
    agreementEndedAt: row.agreement.endedAt?.toISOString() ?? null,
    number: row.number,
    status: row.status,
    effectiveFrom: row.effectiveFrom.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    retroactive: row.retroactive,
    terms: row.terms as unknown as AgreementTerms,
  }
}

export function statementAgreement(row: VersionRow): StatementAgreement {
  const terms = row.terms as unknown as AgreementTerms
  return {
    agreementId: row.agreementId,
    versionId: row.id,
    title: row.agreement.title,
    version: row.number,
    role: terms.role,
    shareBps: terms.shareBps,
    deductPaymentFeeBps: terms.net.deductPaymentFeeBps,
    hasTiers: terms.tiers != null,
    reserve: terms.reserve ? { bps: terms.reserve.bps, days: terms.reserve.days } : null,
  }
}

function readLastStatements(tx: ShopTransaction, shopId: number): Promise<LastStatement[]> {
  return tx.$queryRaw<LastStatement[]>`
    with newest as (
      select creator_id, max(sequence) as sequence from statement where shop_id = ${shopId} group by creator_id
    )
    select s.creator_id::text as "creatorId", s.sequence, s.number, s.document_hash as hash, s.closing_minor as closing, s.currency,
           coalesce((s.document->>'selfBilledCount')::int, 0) as "selfBilledCount"
    from newest n join statement s on s.shop_id = ${shopId} and s.creator_id = n.creator_id and s.sequence = n.sequence`
}

/** "creator/currency" of payment details that changed a moment ago, "creator/" of creators whose payouts somebody holds. */
async function readPaused(tx: ShopTransaction, shopId: number, now: Date): Promise<Set<string>> {
  const rows = await tx.$queryRaw<Array<{ key: string }>>`
    select concat(m.creator_id, '/', m.currency) as key from payout_method m
    where m.shop_id = ${shopId} and m.replaced_at is null and m.hold_until > ${now}
    union
    select concat(l.creator_id, '/') from (
      select distinct on (e.creator_id) e.creator_id, e.kind from creator_event e
      where e.shop_id = ${shopId} and e.kind in ('payouts_held', 'payouts_freed')
      order by e.creator_id, e.at desc, e.id desc) l
    where l.kind = 'payouts_held'`
  return new Set(rows.map(({ key }) => key))
}

export function payerOf(shop: Shop, legal: PayerDetails | null): StatementParty {
  const name = shop.senderName ?? shop.name
  return {
    name,
    legalName: legal?.legalName ?? name,
    address: legal?.address ?? [],
    country: legal?.country ?? null,
    vatNumber: legal?.vatNumber ?? null,
    companyNumber: legal?.companyNumber ?? null,
    email: legal?.contact ?? shop.replyTo ?? shop.email,
  }
}

/** The legal name is the one that the creator signed the newest accepted agreement with. */
export function payeeOf(
  creator: Creator,
  versions: readonly VersionRow[],
  { country, vat }: { country: string | null; vat: VatFacts | null },
): StatementParty {
  const newest = [...versions].sort(
    (left, right) => (right.decidedAt?.getTime() ?? 0) - (left.decidedAt?.getTime() ?? 0),
  )
  const signed = newest.flatMap((row) => {
    const evidence: Record<string, unknown> = { ...(row.evidence as object | null) }
    return typeof evidence.name === 'string' && evidence.name !== '' ? [evidence.name] : []
  })
  return {
    name: creator.name,
    legalName: signed[0] ?? creator.name,
    address: vat?.address ?? [],
    country,
    vatNumber: vat?.vatNumber ?? null,
    companyNumber: null,
    email: creator.email,
  }
}
