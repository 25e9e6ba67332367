// What the simulator and the re-rating of one agreement show: its versions, the newest task of the kind, and what came out of it.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { AgreementVersion, LongTask } from '#app/adapters/db/generated/client.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import { canonicalJson } from '#app/domain/canonical-json.ts'
import type { RerateResult, SimulationResult } from '#app/domain/simulation/simulation.ts'
import { periodContaining } from '#app/domain/time/month-period.ts'
import type { ShopContext } from '../context.ts'
import { findTaskAbout, type TaskView, toTaskView } from './task-view.server.ts'

export interface RunVersion {
  id: string
  number: number
  /** draft | offered | accepted | … */
  status: string
  retroactive: boolean
  effectiveFrom: string
}

export interface AgreementRuns {
  agreement: { id: string; title: string; status: string; creatorId: string; creatorName: string }
  /** Newest first. */
  versions: RunVersion[]
  currency: string
  timeZone: string
}

export interface SimulationView extends AgreementRuns {
  /** Preselected: what is being drafted or offered, else the newest. */
  chosenVersionId: string | null
  task: TaskView | null
  /** Version whose terms the task tried; null when they have changed since. */
  simulatedVersion: number | null
  result: SimulationOutcome | null
}

export interface CreatorOutcome {
  creatorId: string
  name: string
  actualMinor: string
  simulatedMinor: string
  months: Array<{ month: string; actualMinor: string; simulatedMinor: string }>
}

export interface SimulationOutcome extends Omit<SimulationResult, 'creators'> {
  /** Largest difference first. */
  creators: CreatorOutcome[]
  totals: { netMinor: string; keptActualMinor: string; keptSimulatedMinor: string }
}

export interface RerateView extends AgreementRuns {
  version: RunVersion | null
  /** The simulation of the version's terms that was asked for as a preview. */
  preview: { task: TaskView; result: SimulationOutcome | null } | null
  task: TaskView | null
  result: {
    lines: number
    journals: number
    creators: Array<{ creatorId: string; name: string; differenceMinor: string }>
  } | null
}

/** Null when the shop has no such agreement. */
export async function readSimulation(ctx: ShopContext, agreementId: string): Promise<SimulationView | null> {
  return inAgreement(ctx, agreementId, async (tx, runs, versions) => {
    const task = await findTaskAbout(tx, ctx.shop.id, { kind: 'simulate', agreementId })
    const open = versions.find(({ status }) => status === 'draft' || status === 'offered')
    return {
      ...runs,
      chosenVersionId: (open ?? versions[0])?.id ?? null,
      task: task && toTaskView(task),
      simulatedVersion: task && versionOf(task, versions),
      result: await outcomeOf(tx, ctx.shop.id, task),
    }
  })
}

/** `versionId`: of the version to re-rate by; the newest one that reaches back when it names none. */
export async function readRerate(
  ctx: ShopContext,
  agreementId: string,
  versionId: string | null,
): Promise<RerateView | null> {
  return inAgreement(ctx, agreementId, async (tx, runs, versions) => {
    const reaching = runs.versions.filter(({ status, retroactive }) => status === 'accepted' && retroactive)
    const version = reaching.find(({ id }) => id === versionId) ?? reaching[0] ?? null
    const task =
      version &&
      (await findTaskAbout(tx, ctx.shop.id, { kind: 'rerate', agreementId, agreementVersionId: version.id }))
    const tried = await findTaskAbout(tx, ctx.shop.id, { kind: 'simulate', agreementId })
    const isOfVersion = tried !== null && version !== null && versionOf(tried, versions) === version.number
    return {
      ...runs,
      version,
      preview: isOfVersion
        ? {
            task: toTaskView(tried),
            result: await outcomeOf(
              tx,
              ctx.shop.id,
              tried,
              monthOf(version.effectiveFrom, ctx.shop.timeZone),
            ),
          }
        : null,
      task: task && toTaskView(task),
      result: task && (await rerateOutcome(tx, ctx.shop.id, task)),
    }
  })
}

/** Terms of a version and whose they are, for starting a run. Null when the agreement has no such version. */
export async function readVersionTerms(
  ctx: Pick<ShopContext, 'db' | 'shop'>,
  agreementId: string,
  versionId: string,
): Promise<{ creatorId: string; terms: AgreementTerms; effectiveFrom: string; isAgreed: boolean } | null> {
  if (!isRowId(agreementId) || !isRowId(versionId)) return null
  const version = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.agreementVersion.findFirst({
      where: { shopId: ctx.shop.id, id: versionId, agreementId },
      include: { agreement: { select: { creatorId: true } } },
    }),
  )
  // Parsed when it was saved, immutable since.
  return (
    version && {
      creatorId: version.agreement.creatorId,
      terms: version.terms as unknown as AgreementTerms,
      effectiveFrom: version.effectiveFrom.toISOString(),
      isAgreed: version.status === 'accepted',
    }
  )
}

async function inAgreement<View>(
  { db, shop }: ShopContext,
  agreementId: string,
  view: (tx: ShopTransaction, runs: AgreementRuns, versions: AgreementVersion[]) => Promise<View>,
): Promise<View | null> {
  if (!isRowId(agreementId)) return null
  return db.inShop(shop.id, async (tx) => {
    const agreement = await tx.agreement.findFirst({
      where: { shopId: shop.id, id: agreementId },
      include: { versions: { orderBy: { number: 'desc' } }, creator: { select: { name: true } } },
    })
    if (!agreement) return null
    const { versions, creator, id, title, status, creatorId } = agreement
    const runs: AgreementRuns = {
      agreement: { id, title, status, creatorId, creatorName: creator.name },
      versions: versions.map((version) => ({
        id: version.id,
        number: version.number,
        status: version.status,
        retroactive: version.retroactive,
        effectiveFrom: version.effectiveFrom.toISOString(),
      })),
      currency: shop.currency,
      timeZone: shop.timeZone,
    }
    return view(tx, runs, versions)
  })
}

function versionOf(task: LongTask, versions: AgreementVersion[]): number | null {
  const { terms } = task.input as { terms?: unknown }
  if (terms === undefined) return null
  const wanted = canonicalJson(terms)
  return versions.find((version) => canonicalJson(version.terms) === wanted)?.number ?? null
}

async function outcomeOf(
  tx: ShopTransaction,
  shopId: number,
  task: LongTask | null,
  /** Months before this one are left out: terms that reach back leave them alone. */
  fromMonth = '',
): Promise<SimulationOutcome | null> {
  if (task?.status !== 'done' || task.result === null) return null
  // Written by the simulation from this very type.
  const whole = task.result as unknown as SimulationResult
  const within = <Row extends { month: string }>(rows: Row[]) =>
    rows.filter(({ month }) => month >= fromMonth)
  const result = { ...whole, months: within(whole.months), creators: within(whole.creators) }
  const names = await namesOf(
    tx,
    shopId,
    result.creators.map(({ creatorId }) => creatorId),
  )
  const creators = new Map<string, CreatorOutcome>()
  for (const { creatorId, ...month } of result.creators) {
    const known = creators.get(creatorId)
    creators.set(creatorId, {
      creatorId,
      name: names.get(creatorId) ?? '',
      actualMinor: plus(known?.actualMinor, month.actualMinor),
      simulatedMinor: plus(known?.simulatedMinor, month.simulatedMinor),
      months: [...(known?.months ?? []), month],
    })
  }
  const total = (name: 'netMinor' | 'keptActualMinor' | 'keptSimulatedMinor') =>
    result.months.reduce((sum, month) => plus(sum, month[name]), '0')
  return {
    ...result,
    creators: [...creators.values()].sort((left, right) => compare(sizeOfChange(right), sizeOfChange(left))),
    totals: {
      netMinor: total('netMinor'),
      keptActualMinor: total('keptActualMinor'),
      keptSimulatedMinor: total('keptSimulatedMinor'),
    },
  }
}

async function rerateOutcome(
  tx: ShopTransaction,
  shopId: number,
  task: LongTask,
): Promise<RerateView['result']> {
  if (task.status !== 'done' || task.result === null) return null
  // Written by the re-rating from this very type.
  const result = task.result as unknown as RerateResult
  const names = await namesOf(
    tx,
    shopId,
    result.creators.map(({ creatorId }) => creatorId),
  )
  return {
    lines: result.lines,
    journals: result.journals,
    creators: result.creators.map((row) => ({ ...row, name: names.get(row.creatorId) ?? '' })),
  }
}

async function namesOf(tx: ShopTransaction, shopId: number, ids: string[]): Promise<Map<string, string>> {
  const rows = await tx.creator.findMany({
    where: { shopId, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

function monthOf(instant: string, timeZone: string): string {
  return periodContaining(instant, timeZone).label
}

function plus(left: string | undefined, right: string): string {
  return String(BigInt(left ?? '0') + BigInt(right))
}

function sizeOfChange({ actualMinor, simulatedMinor }: CreatorOutcome): bigint {
  const change = BigInt(simulatedMinor) - BigInt(actualMinor)
  return change < 0n ? -change : change
}

function compare(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0
}
