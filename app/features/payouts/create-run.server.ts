// Makes a run from what a preview showed. Nothing is paid that was not shown, and nothing twice.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Prisma } from '#app/adapters/db/generated/client.ts'
import { lockLedger } from '#app/adapters/db/journal-store.ts'
import { isRowId, newRowId } from '#app/adapters/db/row-id.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { waivedOf } from '#app/domain/payouts/eligibility.ts'
import { MOST_PAYOUTS } from '#app/domain/payouts/method-limits.ts'
import { splitIncome } from '#app/domain/payouts/payout-amounts.ts'
import { payoutReference } from '#app/domain/payouts/payout-reference.ts'
import { addDaysToDate, isLocalDate, localDateOf } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'
import { readIncomeToDate } from './income-to-date.server.ts'
import { type Candidate, readCandidates, shownText, withholdingColumn } from './payout-candidates.server.ts'
import { insertRun, recordPayoutEvent } from './run-store.server.ts'

export interface CreateRunInput {
  /** Becomes the run's id: the same form sent twice makes one run. */
  formId: string
  currency: string
  /** Local date on which the bank is to pay. */
  executeOn: string
  /** Who is paid, with what the preview said of each (`shownText`). */
  chosen: Array<{ creatorId: string; shown: string }>
  actor: string
}

export type CreateRunResult =
  | { ok: true; runId: string }
  | {
      ok: false
      reason:
        | 'form_malformed'
        | 'form_reused'
        | 'unknown_currency'
        | 'date_malformed'
        | 'date_out_of_range'
        | 'nobody_chosen'
        | 'too_many_chosen'
    }
  | { ok: false; reason: 'preview_outdated' | 'not_payable'; creators: string[] }

const LONGEST_AHEAD_DAYS = 90

export async function createRun(ctx: ShopContext, input: CreateRunInput): Promise<CreateRunResult> {
  const refusal = checkInput(ctx, input)
  if (refusal) return { ok: false, reason: refusal }
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<CreateRunResult> => {
    // Before anything is read: of two people who pay at once, the second sees what the first took.
    await lockLedger(tx, shop.id)
    const known = await tx.payoutRun.findUnique({ where: { id: input.formId }, select: { createdBy: true } })
    if (known) return { ok: true, runId: input.formId }
    const ids = input.chosen.map(({ creatorId }) => creatorId)
    const now = ctx.clock.now()
    const candidates = new Map(
      (await readCandidates(tx, shop, input.currency, now, ids)).map((row) => [row.creatorId, row]),
    )
    const chosen: Candidate[] = []
    const outdated: string[] = []
    const blocked: string[] = []
    for (const { creatorId, shown } of input.chosen) {
      const candidate = candidates.get(creatorId)
      if (!candidate || shownText(candidate) !== shown) outdated.push(candidate?.creatorName ?? creatorId)
      else if (candidate.verdict === 'blocked') blocked.push(candidate.creatorName)
      else chosen.push(candidate)
    }
    if (outdated.length > 0) return { ok: false, reason: 'preview_outdated', creators: outdated }
    if (blocked.length > 0) return { ok: false, reason: 'not_payable', creators: blocked }
    await writeRun(tx, ctx, input, chosen, now)
    return { ok: true, runId: input.formId }
  })
}

function checkInput({ clock, shop }: ShopContext, input: CreateRunInput) {
  const ids = input.chosen.map(({ creatorId }) => creatorId)
  if (!isRowId(input.formId) || !ids.every(isRowId) || new Set(ids).size !== ids.length)
    return 'form_malformed'
  if (!isCurrency(input.currency)) return 'unknown_currency'
  if (!isLocalDate(input.executeOn)) return 'date_malformed'
  const today = localDateOf(clock.now().toISOString(), shop.timeZone)
  if (input.executeOn < today || input.executeOn > addDaysToDate(today, LONGEST_AHEAD_DAYS))
    return 'date_out_of_range'
  if (ids.length === 0) return 'nobody_chosen'
  return ids.length > MOST_PAYOUTS ? 'too_many_chosen' : null
}

async function writeRun(
  tx: ShopTransaction,
  { shop }: ShopContext,
  input: CreateRunInput,
  chosen: readonly Candidate[],
  now: Date,
): Promise<void> {
  const { currency, executeOn, actor } = input
  const number = await insertRun(tx, shop.id, { id: input.formId, currency, executeOn, actor, now })
  const ids = chosen.map(({ creatorId }) => creatorId)
  const income = await readIncomeToDate(tx, shop.id, input.currency, ids)
  await tx.payout.createMany({
    data: chosen.map((candidate) => {
      const amounts = candidate.amounts
      const { method, mainIncome, creatorId } = candidate
      const sums = income.get(creatorId)
      if (!amounts || !method || !sums) throw new Error(`creator ${creatorId} is not payable`)
      const id = newRowId()
      return {
        id,
        shopId: shop.id,
        runId: input.formId,
        creatorId,
        currency: input.currency,
        ...amounts,
        ...withholdingColumn(candidate),
        methodId: method.id,
        reference: payoutReference(number, id),
        income: splitIncome(
          amounts.grossMinor,
          sums.earned,
          sums.paid,
          mainIncome,
        ) as unknown as Prisma.InputJsonArray,
      }
    }),
  })
  const facts = { payouts: chosen.length, waived: waivedOf(chosen) }
  await recordPayoutEvent(tx, {
    shopId: shop.id,
    runId: input.formId,
    at: now,
    kind: 'run_created',
    actor: input.actor,
    facts,
  })
}
