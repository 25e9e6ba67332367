// What happens with a creator's payouts stands in the creator's own history.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'

export type CreatorPayoutEventKind =
  | 'payout_method_added'
  | 'payout_method_changed'
  | 'payout_details_asked'
  | 'payouts_held'
  | 'payouts_freed'
  | 'tax_profile_saved'

export async function recordCreatorPayoutEvent(
  tx: ShopTransaction,
  event: {
    shopId: number
    creatorId: string
    at: Date
    kind: CreatorPayoutEventKind
    actor: 'merchant' | 'creator'
    facts?: Record<string, string | null>
  },
): Promise<void> {
  await tx.creatorEvent.create({ data: { id: newRowId(), ...event, facts: event.facts ?? {} } })
}
