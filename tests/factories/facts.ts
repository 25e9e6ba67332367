// What the law knows of payer and creators, recorded as the forms do it.
import { randomUUID } from 'node:crypto'
import type { FactKind } from '#app/domain/tax/dated-fact.ts'
import type { ShopContext } from '#app/features/context.ts'
import { recordFact } from '#app/features/tax/record-fact.server.ts'

export async function noteFact(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
  kind: FactKind,
  creatorId: string | null,
  texts: Record<string, string>,
): Promise<void> {
  const input = { formId: randomUUID(), kind, creatorId, texts, actor: 'user/1' }
  const result = await recordFact(ctx, input)
  if (!result.ok) throw new Error(`not recorded: ${JSON.stringify(result)}`)
}

export function noteWithholding(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
  creatorId: string,
  rate: string,
  inForceFrom = '',
): Promise<void> {
  return noteFact(ctx, 'withholding', creatorId, { rate, reason: 'treaty', note: 'Art. 12', inForceFrom })
}
