// Which of a creator's statement links still open. A link carries the generation that it was made in; a new one begins when the creator's
// address is corrected or the creator is archived, and the links before it are void. Counted from the append-only history: it only grows.
import type { ShopTransaction } from './database.ts'

/** 0 until something revoked links. */
export async function readLinkGeneration(tx: ShopTransaction, creatorId: string): Promise<number> {
  return tx.creatorEvent.count({
    where: {
      creatorId,
      OR: [
        { kind: 'creator_archived' },
        // `fields` names what an edit changed, as in `name, email`.
        { kind: 'creator_edited', facts: { path: ['fields'], string_contains: 'email' } },
      ],
    },
  })
}
