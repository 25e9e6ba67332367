// Agreements that promise more than the share of each sale. Shops without any are told so by one look at an index.
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import type { AgreementTerms, PartnerRole } from '../../../domain/agreements/terms.ts'
import { effectiveBeginOf } from '../../../domain/agreements/version-in-force.ts'
import type { GuaranteeVersion } from '../../../domain/awards/guarantee-windows.ts'
import { type LocalDate, localDateOf } from '../../../domain/time/instant.ts'

export interface AwardedVersion extends GuaranteeVersion {
  terms: AgreementTerms
}

export interface AwardedAgreement {
  id: string
  creatorId: string
  role: PartnerRole
  /** Last local day of an agreement that was ended. */
  endedOn: LocalDate | null
  /** The accepted ones, by number. */
  versions: AwardedVersion[]
}

export async function readAwardedAgreements(
  tx: ShopTransaction,
  shop: { id: number; timeZone: string },
): Promise<AwardedAgreement[]> {
  const found = await tx.$queryRaw<Array<{ agreement_id: string }>>`
    select distinct agreement_id from agreement_version
    where shop_id = ${shop.id} and status = 'accepted'
      and (jsonb_typeof(terms->'tiers') = 'object' or jsonb_typeof(terms->'retention') = 'object' or jsonb_typeof(terms->'guarantee') = 'object')`
  if (found.length === 0) return []
  const agreements = await tx.agreement.findMany({
    where: { shopId: shop.id, id: { in: found.map((row) => row.agreement_id) } },
    include: { versions: { where: { status: 'accepted' }, orderBy: { number: 'asc' } } },
    orderBy: { id: 'asc' },
  })
  return agreements.map((agreement) => ({
    id: agreement.id,
    creatorId: agreement.creatorId,
    role: agreement.role as PartnerRole,
    endedOn: agreement.endedAt ? lastDayBefore(agreement.endedAt, shop.timeZone) : null,
    versions: agreement.versions.map((version) => {
      const begins = effectiveBeginOf({
        effectiveFrom: version.effectiveFrom.toISOString(),
        decidedAt: version.decidedAt?.toISOString() ?? null,
        retroactive: version.retroactive,
      })
      return {
        id: version.id,
        number: version.number,
        beginsOn: localDateOf(begins, shop.timeZone),
        terms: version.terms as unknown as AgreementTerms,
      }
    }),
  }))
}

/** Whether any of its versions promises this. */
export function promises(agreement: AwardedAgreement, part: 'tiers' | 'retention' | 'guarantee'): boolean {
  return agreement.versions.some((version) => version.terms[part])
}

/** The end itself is exclusive: an agreement that ends at midnight was in force on the day before. */
function lastDayBefore(endedAt: Date, timeZone: string): LocalDate {
  return localDateOf(new Date(endedAt.getTime() - 1).toISOString(), timeZone)
}
