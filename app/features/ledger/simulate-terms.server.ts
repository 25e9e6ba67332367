// "What would these terms have paid on last year's sales?" Walks the sold lines with the decider and the arithmetic that post.

import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'
import { createLongTask, endTask, saveTaskStep } from '../../adapters/db/long-task-store.ts'
import { newRowId } from '../../adapters/db/row-id.ts'
import type { AgreementTerms } from '../../domain/agreements/terms.ts'
import type { AwardKind } from '../../domain/awards/award.ts'
import type { TierVersion } from '../../domain/awards/tier-awards.ts'
import { openSimulation } from '../../domain/simulation/count-lines.ts'
import type { SimulationResult } from '../../domain/simulation/simulation.ts'
import { localDateOf, startOfDay } from '../../domain/time/instant.ts'
import type { ShopContext } from '../context.ts'
import { workInSteps } from '../work-in-steps.server.ts'
import type { SupposedVersion } from './decide-lines.server.ts'
import {
  concerns,
  countLinesSince,
  cursorAfter,
  type LineCursor,
  redecidePage,
  type SoldLine,
} from './redecide-lines.server.ts'

const PAGE = 2_000
const STEP_TIMEOUT_MS = 60_000

export interface TermsToSimulate {
  /** The agreement that changes; null for a new one. */
  agreementId: string | null
  creatorId: string
  terms: AgreementTerms
  /** Sales from this instant on; the last twelve months when not said. */
  since?: string
  /** The terms are agreed already: counts what a re-rating would post, whatever else was agreed since. */
  isAgreed?: boolean
}

export type StartedTask = { ok: true; taskId: string }

/** Asks for a simulation over the last twelve months; the task's result is a SimulationResult. */
export async function startSimulation(
  context: Pick<ShopContext, 'db' | 'shop' | 'clock' | 'queue'>,
  asked: TermsToSimulate,
  startedBy: string,
): Promise<StartedTask> {
  const { db, shop, clock, queue } = context
  return db.inShop(shop.id, async (tx): Promise<StartedTask> => {
    const at = clock.now()
    const { agreementId, creatorId, terms, isAgreed = false } = asked
    const input = { agreementId, creatorId, terms: { ...terms }, isAgreed }
    const taskId = await createLongTask(tx, {
      shopId: shop.id,
      kind: 'simulate',
      input: JSON.parse(JSON.stringify({ ...input, since: asked.since ?? yearBefore(at, shop.timeZone) })),
      startedBy,
      at,
    })
    await queue.enqueue(tx, 'run-task', { shopId: shop.id, taskId })
    return { ok: true, taskId }
  })
}

interface SimulationInput {
  agreementId: string | null
  creatorId: string
  terms: AgreementTerms
  since: string
  isAgreed?: boolean
}

/** The work of a `simulate` task. Reads only, so that it simply begins anew after a restart; stops when asked. */
export async function runSimulation(
  context: Pick<ShopContext, 'db' | 'shop' | 'clock' | 'log' | 'linkSecret'>,
  taskId: string,
): Promise<void> {
  const { shop, clock, linkSecret } = context
  const sums = openSimulation()
  let after: LineCursor | null = null
  let done = 0
  await workInSteps(context, taskId, { timeoutMs: STEP_TIMEOUT_MS }, async (tx, task) => {
    const input = task.input as unknown as SimulationInput
    const supposed = input.isAgreed ? null : supposedOf(input)
    const since = new Date(input.since)
    const lines = await redecidePage(tx, shop, linkSecret, { since, after, size: PAGE, supposed })
    for (const line of lines) sums.add({ ...asPosted(line, input), units: line.sold.units })
    after = cursorAfter(lines)
    done += lines.length
    const total = task.total || (await countLinesSince(tx, shop.id, since))
    await saveTaskStep(tx, taskId, { progress: {}, done, total, at: clock.now() })
    if (lines.length === PAGE) return 'goes_on'
    const result = sums.result({
      currency: shop.currency,
      since: input.since,
      versions: await ladderVersions(tx, shop.id, supposed),
      awarded: await awardedSince(tx, shop, since),
    })
    await endTask(tx, taskId, {
      result: result as unknown as Record<string, never> & SimulationResult,
      at: clock.now(),
    })
    return 'ended'
  })
}

/** A re-rating posts nothing to lines that are not the agreement's. */
function asPosted(line: SoldLine, { isAgreed, agreementId }: SimulationInput): SoldLine {
  if (!isAgreed || agreementId === null || concerns(agreementId, line)) return line
  return { ...line, decided: { ...line.decided, payees: [...line.line.payees] } }
}

function supposedOf(input: SimulationInput): SupposedVersion {
  return {
    agreementId: input.agreementId ?? newRowId(),
    creatorId: input.creatorId,
    versionId: newRowId(),
    // After every version that exists.
    number: Number.MAX_SAFE_INTEGER,
    effectiveFrom: input.since,
    // The question is about the whole year, whenever the agreement itself would begin.
    terms: { ...input.terms, startsOn: input.since.slice(0, 10), endsOn: null },
  }
}

async function ladderVersions(
  tx: ShopTransaction,
  shopId: number,
  supposed: SupposedVersion | null,
): Promise<Map<string, TierVersion[]>> {
  const rows = await tx.agreementVersion.findMany({
    where: { shopId, status: 'accepted' },
    select: { id: true, number: true, terms: true, agreementId: true },
  })
  const versions = new Map<string, TierVersion[]>()
  const add = (agreementId: string, version: TierVersion) =>
    versions.set(agreementId, [...(versions.get(agreementId) ?? []), version])
  for (const row of rows)
    add(row.agreementId, { id: row.id, number: row.number, terms: row.terms as unknown as AgreementTerms })
  if (supposed)
    add(supposed.agreementId, { id: supposed.versionId, number: supposed.number, terms: supposed.terms })
  return versions
}

async function awardedSince(tx: ShopTransaction, shop: Shop, since: Date) {
  const from = localDateOf(since.toISOString(), shop.timeZone)
  const rows = await tx.$queryRaw<
    Array<{ creator_id: string; month: string; kind: AwardKind; royalty: bigint }>
  >`
    select e.creator_id::text, to_char(e.sold_on, 'YYYY-MM') as month, a.kind, sum(e.royalty_minor)::bigint as royalty
    from royalty_entry e join award a on a.id = e.award_id
    where e.shop_id = ${shop.id} and e.kind = 'award' and e.sold_on >= ${from}::date group by 1, 2, 3`
  return rows.map(({ creator_id, month, kind, royalty }) => ({
    creatorId: creator_id,
    month,
    kind,
    royaltyMinor: royalty,
  }))
}

/** The first instant of the same month a year ago: whole months compare. */
function yearBefore(now: Date, timeZone: string): string {
  const [year = 0, month = 1] = localDateOf(now.toISOString(), timeZone).split('-').map(Number)
  return startOfDay(`${year - 1}-${String(month).padStart(2, '0')}-01`, timeZone)
}
