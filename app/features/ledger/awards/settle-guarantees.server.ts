// What guarantees add when their windows have ended.
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import type { Shop } from '../../../adapters/db/generated/client.ts'
import { nameAward } from '../../../domain/awards/explain-award.ts'
import {
  type EarnedRoyalty,
  type GuaranteeAward,
  guaranteeAwards,
  guaranteeMaturesOn,
} from '../../../domain/awards/guarantee-awards.ts'
import { dayAfter } from '../../../domain/awards/guarantee-windows.ts'
import type { WantedAward } from '../../../domain/awards/move-award.ts'
import { type IsoInstant, type LocalDate, localDateOf, startOfDay } from '../../../domain/time/instant.ts'
import type { AwardedAgreement } from './awarded-agreements.server.ts'
import { readLineRoyalties, readStock } from './counted-sales.server.ts'

/** Another award as far as it counts as earned. */
export interface EarnedAward {
  agreementId: string
  currency: string
  targetMinor: bigint
  evidence: WantedAward['evidence']
}

/** `awards`: tier extras and bonuses of these agreements as they will stand, which are earned as lines are. */
export async function wantedGuarantees(
  tx: ShopTransaction,
  shop: Shop,
  agreements: readonly AwardedAgreement[],
  awards: readonly EarnedAward[],
  now: Date,
): Promise<WantedAward[]> {
  const lines = await readLineRoyalties(
    tx,
    shop.id,
    agreements.map((agreement) => agreement.id),
  )
  const stock = await readStock(tx, shop.id, restockedProducts(agreements))
  const today = localDateOf(now.toISOString(), shop.timeZone)
  return agreements.flatMap((agreement) => {
    const currency = agreement.versions.at(-1)?.terms.currency
    const ofAgreement = (one: { agreementId: string; currency: string }) =>
      one.agreementId === agreement.id && one.currency === currency
    const sold = lines.filter(ofAgreement)
    const given = guaranteeAwards({
      versions: agreement.versions,
      endedOn: agreement.endedOn,
      earned: [...sold, ...awards.filter(ofAgreement).map(earnedBy)],
      stock,
      today,
      timeZone: shop.timeZone,
    })
    return given.map((award) => {
      const endedAt = lastMomentOf(award.endsOn, shop.timeZone)
      const newest = sold
        .filter((line) => line.soldOn !== null && line.soldOn <= award.endsOn)
        .reduce((latest, line) => (line.lastAt > latest ? line.lastAt : latest), endedAt)
      return wantedOf(shop, agreement, award, newest)
    })
  })
}

function wantedOf(
  shop: Shop,
  agreement: AwardedAgreement,
  award: GuaranteeAward,
  effectiveAt: string,
): WantedAward {
  return {
    key: `guarantee/${agreement.id}/${award.window}`,
    kind: 'guarantee',
    creatorId: agreement.creatorId,
    agreementId: agreement.id,
    agreementVersionId: award.version.id,
    currency: award.version.terms.currency,
    incomeType: 'bonus',
    title: nameAward(award.evidence).text,
    shareBps: 0,
    soldOn: award.endsOn,
    orderId: null,
    productId: null,
    dropId: null,
    targetMinor: award.targetMinor,
    evidence: award.evidence,
    maturesAt: startOfDay(guaranteeMaturesOn(award), shop.timeZone),
    effectiveAt,
    waits: false,
  }
}

/** A top-up belongs to the month that its window ends in, and to its statement. */
function lastMomentOf(day: LocalDate, timeZone: string): IsoInstant {
  return new Date(Date.parse(startOfDay(dayAfter(day), timeZone)) - 1).toISOString()
}

function earnedBy({ evidence, targetMinor }: EarnedAward): EarnedRoyalty {
  const { month, repeatOn, window } = evidence.facts
  const soldOn = typeof repeatOn === 'string' ? repeatOn : null
  const product =
    typeof window === 'string' && window.startsWith('product-') ? window.slice('product-'.length) : null
  return {
    soldOn,
    month: soldOn?.slice(0, 7) ?? (typeof month === 'string' ? month : ''),
    productId: product,
    royaltyMinor: targetMinor,
  }
}

function restockedProducts(agreements: readonly AwardedAgreement[]): string[] {
  const promised = agreements.flatMap((agreement) =>
    agreement.versions.flatMap(({ terms: { guarantee } }) =>
      guarantee?.kind === 'restock' ? guarantee.productIds : [],
    ),
  )
  return [...new Set(promised)]
}
