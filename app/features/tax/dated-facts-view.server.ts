// What is recorded of the payer or a creator, with what holds today and what is to come.
import { readFacts } from '#app/adapters/db/dated-fact-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { type DatedFact, inForceOn } from '#app/domain/tax/dated-fact.ts'
import type { PayerDetails } from '#app/domain/tax/payer-details.ts'
import type { VatFacts } from '#app/domain/tax/vat-facts.ts'
import type { Withholding } from '#app/domain/tax/withholding.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'

export interface FactHistory<Facts> {
  /** The latest day first. */
  recorded: Array<DatedFact<Facts> & { standing: 'in_force' | 'to_come' | 'past' }>
  inForce: Facts | null
}

export interface CreatorFactsView {
  withholding: FactHistory<Withholding>
  vat: FactHistory<VatFacts>
  today: LocalDate
}

export async function readPayerHistory(
  ctx: ShopContext,
): Promise<{ payer: FactHistory<PayerDetails>; today: LocalDate }> {
  const today = todayOf(ctx)
  const recorded = await ctx.db.inShop(ctx.shop.id, (tx) => readFacts(tx, ctx.shop.id, 'payer', null))
  return { payer: historyOf(recorded, today), today }
}

export async function readCreatorFacts(ctx: ShopContext, creatorId: string): Promise<CreatorFactsView> {
  const today = todayOf(ctx)
  const nothing = { recorded: [], inForce: null }
  if (!isRowId(creatorId)) return { withholding: nothing, vat: nothing, today }
  return ctx.db.inShop(ctx.shop.id, async (tx) => ({
    withholding: historyOf(await readFacts(tx, ctx.shop.id, 'withholding', creatorId), today),
    vat: historyOf(await readFacts(tx, ctx.shop.id, 'vat', creatorId), today),
    today,
  }))
}

function historyOf<Facts>(facts: readonly DatedFact<Facts>[], today: LocalDate): FactHistory<Facts> {
  const current = inForceOn(facts, today)
  return {
    inForce: current?.facts ?? null,
    recorded: facts.map((fact) => ({
      ...fact,
      standing: fact.id === current?.id ? 'in_force' : fact.inForceFrom > today ? 'to_come' : 'past',
    })),
  }
}

function todayOf(ctx: ShopContext): LocalDate {
  return localDateOf(ctx.clock.now().toISOString(), ctx.shop.timeZone)
}
