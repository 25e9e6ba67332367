// Changes that reach back, accepted and run through as a merchant would.
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Prisma } from '#app/adapters/db/generated/client.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import type { RerateResult } from '#app/domain/simulation/simulation.ts'
import type { ShopContext } from '#app/features/context.ts'
import { runRerate, startRerate } from '#app/features/ledger/rerate-agreement.server.ts'
import { makeTerms } from './creator.ts'

/** Accepted by both, from 10 February 2026 on. */
export async function acceptVersion(
  { db, shop, clock }: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
  agreementId: string,
  change: { number: number; terms: Partial<AgreementTerms>; retroactive?: boolean },
): Promise<string> {
  const id = randomUUID()
  const terms = makeTerms(change.terms) as unknown as Prisma.InputJsonObject
  await db.inShop(shop.id, (tx) =>
    tx.agreementVersion.create({
      data: {
        id,
        shopId: shop.id,
        agreementId,
        number: change.number,
        status: 'accepted',
        terms,
        termsHash: 'test',
        effectiveFrom: new Date('2026-02-10T00:00:00Z'),
        retroactive: change.retroactive ?? true,
        decidedAt: clock.now(),
        createdAt: clock.now(),
      },
    }),
  )
  return id
}

/** Runs it to its end. */
export async function rerate(context: ShopContext, agreementVersionId: string): Promise<RerateResult> {
  const started = await startRerate(context, { agreementVersionId }, 'owner')
  if (!started.ok) throw new Error(started.reason)
  await runRerate(context, started.taskId)
  const task = await context.db.inShop(context.shop.id, (tx) =>
    tx.longTask.findUniqueOrThrow({ where: { id: started.taskId } }),
  )
  expect(task.status).toBe('done')
  return task.result as unknown as RerateResult
}
