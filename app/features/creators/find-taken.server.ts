// Which of a creator's unique fields belong to another creator of the shop already.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { CreatorRefusal } from '#app/domain/creators/parse-creator-input.ts'

export type CreatorProblem = CreatorRefusal | { field: 'email' | 'handle'; reason: 'taken' }

/** `exceptId`: the creator who is being edited. */
export async function findTaken(
  tx: ShopTransaction,
  wanted: { email: string; handle: string },
  exceptId: string | null,
): Promise<CreatorProblem[]> {
  const others = await tx.creator.findMany({
    where: {
      OR: [{ email: wanted.email }, { handle: wanted.handle }],
      ...(exceptId ? { id: { not: exceptId } } : {}),
    },
    select: { email: true, handle: true },
  })
  const fields = ['email', 'handle'] as const
  return fields
    .filter((field) => others.some((other) => other[field] === wanted[field]))
    .map((field) => ({ field, reason: 'taken' }))
}
