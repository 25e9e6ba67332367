// What ladders add to the shares of the sales made under them.
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import type { Shop } from '../../../adapters/db/generated/client.ts'
import { firstDayOf } from '../../../domain/awards/award.ts'
import { nameAward } from '../../../domain/awards/explain-award.ts'
import type { WantedAward } from '../../../domain/awards/move-award.ts'
import { type TierAward, tierAwards } from '../../../domain/awards/tier-awards.ts'
import { incomeTypeOf } from '../../../domain/ledger/royalty-entry.ts'
import { holdMaturesAt } from '../../../domain/time/instant.ts'
import { periodLabelled } from '../../../domain/time/month-period.ts'
import type { AwardedAgreement } from './awarded-agreements.server.ts'
import { readCountedSales } from './counted-sales.server.ts'

export async function wantedTiers(
  tx: ShopTransaction,
  shop: Shop,
  agreements: readonly AwardedAgreement[],
): Promise<WantedAward[]> {
  const sales = await readCountedSales(
    tx,
    shop,
    agreements.map((agreement) => agreement.id),
  )
  return agreements.flatMap((agreement) => {
    const currencyOf = new Map(agreement.versions.map((version) => [version.id, version.terms.currency]))
    // Steps are amounts of the currency that was agreed: sales in another one, from before a shop changed it, are not on these stairs.
    const counted = sales.filter(
      (sale) =>
        sale.agreementId === agreement.id && sale.currency === currencyOf.get(sale.agreementVersionId),
    )
    return tierAwards(agreement.versions, counted).map((award) => wantedOf(shop, agreement, award))
  })
}

function wantedOf(shop: Shop, agreement: AwardedAgreement, award: TierAward): WantedAward {
  const terms = agreement.versions.find((version) => version.id === award.agreementVersionId)?.terms
  if (!terms) throw new Error(`agreement ${agreement.id} has no version ${award.agreementVersionId}`)
  const monthEnds = periodLabelled(award.month, shop.timeZone).endsAt
  return {
    key: `tier/${agreement.id}/${award.window}/${award.month}`,
    kind: 'tier',
    creatorId: agreement.creatorId,
    agreementId: agreement.id,
    agreementVersionId: award.agreementVersionId,
    currency: terms.currency,
    // More of the same share: taxed as the sales are that earned it.
    incomeType: incomeTypeOf(agreement.role),
    title: nameAward(award.evidence).text,
    shareBps: Number(award.evidence.facts.shareBps ?? 0),
    soldOn: firstDayOf(award.month),
    orderId: null,
    productId: award.productId === null ? null : BigInt(award.productId),
    dropId: award.dropId,
    targetMinor: award.targetMinor,
    evidence: award.evidence,
    maturesAt: holdMaturesAt(monthEnds, terms.holdDays, shop.timeZone),
    effectiveAt: award.lastAt,
    waits: false,
  }
}
