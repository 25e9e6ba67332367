// Brings awards to what the facts say of them: drafts and rows for the transaction that recorded the facts.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'
import { newRowId } from '../../adapters/db/row-id.ts'
import { type AwardRow, moveAward, vanishedAward, type WantedAward } from '../../domain/awards/move-award.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { incomeTypeOf } from '../../domain/ledger/royalty-entry.ts'
import { readAwardRows } from './award-rows.server.ts'
import { type AwardedAgreement, promises, readAwardedAgreements } from './awarded-agreements.server.ts'
import { wantedGuarantees } from './settle-guarantees.server.ts'
import { wantedRetention } from './settle-retention.server.ts'
import { wantedTiers } from './settle-tiers.server.ts'

export interface AwardScope {
  /** Agreements under which something was posted. */
  agreementIds: readonly string[]
  /** Customers of the orders that changed; null and doubled ones have been left out or not, as it comes. */
  customerKeys: ReadonlyArray<string | null>
  /** The orders that changed: finds bonuses again whose customer has been forgotten. */
  orderIds?: readonly bigint[]
  now: Date
}

export interface AwardDrafts {
  /** Balanced, with their rows for the creators' subledger. Post them all, then save the rows. */
  journals: JournalDraft[]
  rows: AwardRow[]
}

/**
 * What changed for tiers, bonuses and guarantees. Call with the ledger locked, after the journals of the facts were posted; post what comes
 * back and then `saveAwards` its rows, in the same transaction. Shops without such terms pay one indexed look.
 */
export async function settleAwards(tx: ShopTransaction, shop: Shop, scope: AwardScope): Promise<AwardDrafts> {
  const agreements = await readAwardedAgreements(tx, shop)
  if (agreements.length === 0) return { journals: [], rows: [] }
  const retention = await wantedRetention(
    tx,
    shop,
    agreements.filter((agreement) => promises(agreement, 'retention')),
    {
      customerKeys: scope.customerKeys.filter((key) => key !== null),
      orderIds: scope.orderIds ?? [],
    },
  )
  const bonuses = retention.wanted
  // A bonus is earned: it counts against the guarantee of its agreement, whoever's sale it was.
  const concerned = new Set([...scope.agreementIds, ...bonuses.map((award) => award.agreementId)])
  const sold = agreements.filter((agreement) => concerned.has(agreement.id))
  const guaranteed = sold.filter((agreement) => promises(agreement, 'guarantee'))
  const idsOf = (some: readonly AwardedAgreement[]) => some.map((agreement) => agreement.id)
  const standing = await readAwardRows(tx, shop.id, {
    OR: [
      { kind: { in: ['tier', 'guarantee'] }, agreementId: { in: idsOf(sold) } },
      // A creator's bonuses are many, and looked at only where they count against a guarantee.
      { kind: 'retention', agreementId: { in: idsOf(guaranteed) } },
    ],
  })
  const ofKind = (kind: WantedAward['kind']) => standing.filter((row) => row.kind === kind)

  const climbing = sold.filter((agreement) => promises(agreement, 'tiers'))
  const roleOf = new Map(sold.map((agreement) => [agreement.id, agreement.role]))
  const effectiveAt = scope.now.toISOString()
  const tiers = withVanished(await wantedTiers(tx, shop, climbing), ofKind('tier'), (row) => ({
    incomeType: incomeTypeOf(roleOf.get(row.agreementId) ?? 'promoter'),
    effectiveAt,
  }))
  const settled = [...bonuses, ...tiers]
  const keys = new Set(settled.map((award) => award.key))
  const earned = [...settled, ...ofKind('retention').filter((row) => !keys.has(row.key))]
  const guarantees = withVanished(
    guaranteed.length === 0 ? [] : await wantedGuarantees(tx, shop, guaranteed, earned, scope.now),
    ofKind('guarantee'),
    () => ({ incomeType: 'bonus', effectiveAt }),
  )
  return movesTo([...settled, ...guarantees], [...standing, ...retention.standing], scope.now)
}

/** What stands and is no longer wanted at all goes to zero. */
function withVanished(
  wanted: WantedAward[],
  standing: readonly AwardRow[],
  place: (row: AwardRow) => Pick<WantedAward, 'incomeType' | 'effectiveAt'>,
): WantedAward[] {
  const keys = new Set(wanted.map((award) => award.key))
  const gone = standing.filter((row) => !keys.has(row.key))
  return [...wanted, ...gone.map((row) => vanishedAward(row, place(row)))]
}

function movesTo(wanted: readonly WantedAward[], standing: readonly AwardRow[], now: Date): AwardDrafts {
  const standingOf = new Map(standing.map((row) => [row.key, row]))
  const ordered = [...wanted].sort((left, right) => (left.key < right.key ? -1 : 1))
  const moves = ordered.flatMap((award) => {
    const move = moveAward(standingOf.get(award.key) ?? null, award, now.toISOString(), newRowId())
    return move ? [move] : []
  })
  return { journals: moves.flatMap((move) => move.journals), rows: moves.map((move) => move.row) }
}
