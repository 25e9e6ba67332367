// Brings awards to what the facts say of them: drafts and rows for the transaction that recorded the facts.
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import type { Shop } from '../../../adapters/db/generated/client.ts'
import { newRowId } from '../../../adapters/db/row-id.ts'
import {
  type AwardRow,
  moveAward,
  vanishedAward,
  type WantedAward,
} from '../../../domain/awards/move-award.ts'
import type { JournalDraft } from '../../../domain/ledger/journal-draft.ts'
import { incomeTypeOf } from '../../../domain/ledger/royalty-entry.ts'
import { readAwardRows } from './award-rows.server.ts'
import { type AwardedAgreement, promises, readAwardedAgreements } from './awarded-agreements.server.ts'
import { wantedGuarantees } from './settle-guarantees.server.ts'
import { wantedRetention } from './settle-retention.server.ts'
import { wantedTiers } from './settle-tiers.server.ts'

export interface AwardScope {
  /** Agreements under which something was posted. Work in many pieces names its orders with each and 'all' agreements with the last. */
  agreementIds: readonly string[] | 'all'
  /** Customers of orders that changed; null ones do no harm. Not needed for those of `orderIds`. */
  customerKeys: ReadonlyArray<string | null>
  /** The orders that changed: their customers, and bonuses whose customer has been forgotten, are found by them. */
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
  const isSold = (id: string) => scope.agreementIds === 'all' || scope.agreementIds.includes(id)
  const climbing = agreements.filter((agreement) => isSold(agreement.id) && promises(agreement, 'tiers'))
  // A bonus is earned: it counts against the guarantee of its agreement, whoever's sale it was.
  const rewarded = new Set(bonuses.map((award) => award.agreementId))
  const guaranteed = agreements.filter(
    (agreement) => (isSold(agreement.id) || rewarded.has(agreement.id)) && promises(agreement, 'guarantee'),
  )
  const standing = await readStanding(tx, shop.id, climbing, guaranteed)
  const tiers = withVanished(await wantedTiers(tx, shop, climbing), standing.climbing, (row) => ({
    incomeType: incomeTypeOf(climbing.find(({ id }) => id === row.agreementId)?.role ?? 'promoter'),
    effectiveAt: scope.now.toISOString(),
  }))
  const settled = [...bonuses, ...tiers]
  const keys = new Set(settled.map((award) => award.key))
  const earned = [...settled, ...standing.earned.filter((row) => !keys.has(row.key))]
  const guarantees = withVanished(
    guaranteed.length === 0 ? [] : await wantedGuarantees(tx, shop, guaranteed, earned, scope.now),
    standing.guaranteed,
    () => ({ incomeType: 'bonus', effectiveAt: scope.now.toISOString() }),
  )
  const rows = [...retention.standing, ...standing.climbing, ...standing.guaranteed]
  return movesTo([...settled, ...guarantees], rows, scope.now)
}

interface Standing {
  /** Tier awards of agreements that are settled now. */
  climbing: AwardRow[]
  /** Guarantees that are settled now. */
  guaranteed: AwardRow[]
  /** Everything that counts against these guarantees. */
  earned: AwardRow[]
}

async function readStanding(
  tx: ShopTransaction,
  shopId: number,
  climbing: readonly AwardedAgreement[],
  guaranteed: readonly AwardedAgreement[],
): Promise<Standing> {
  const idsOf = (agreements: readonly AwardedAgreement[]) => agreements.map((agreement) => agreement.id)
  const climbingIds = idsOf(climbing)
  const guaranteedIds = idsOf(guaranteed)
  if (climbingIds.length + guaranteedIds.length === 0) return { climbing: [], guaranteed: [], earned: [] }
  const rows = await readAwardRows(tx, shopId, {
    OR: [{ kind: 'tier', agreementId: { in: climbingIds } }, { agreementId: { in: guaranteedIds } }],
  })
  return {
    climbing: rows.filter((row) => row.kind === 'tier' && climbingIds.includes(row.agreementId)),
    guaranteed: rows.filter((row) => row.kind === 'guarantee'),
    earned: rows.filter((row) => row.kind !== 'guarantee' && guaranteedIds.includes(row.agreementId)),
  }
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
