// Writes a creator's history. Append-only: the database refuses to change it.
import type { ShopTransaction } from './database.ts'
import { newRowId } from './row-id.ts'

export type CreatorEventKind =
  | 'creator_created'
  | 'creator_edited'
  | 'creator_archived'
  | 'creator_restored'
  | 'agreement_drafted'
  | 'agreement_revised'
  | 'agreement_offered'
  | 'offer_withdrawn'
  | 'agreement_accepted'
  | 'agreement_declined'
  | 'agreement_ended'
  | 'code_requested'
  | 'code_live'
  | 'code_failed'
  | 'code_ended'
  | 'link_created'
  | 'link_revoked'

export interface CreatorEventInput {
  shopId: number
  creatorId: string
  at: Date
  kind: CreatorEventKind
  actor: 'merchant' | 'creator' | 'filigree'
  /** Flat and JSON-safe; shown in the creator's history. */
  facts?: Record<string, string | number | boolean | null>
}

export async function recordCreatorEvent(tx: ShopTransaction, event: CreatorEventInput): Promise<void> {
  await tx.creatorEvent.create({ data: { id: newRowId(), ...event, facts: event.facts ?? {} } })
}
