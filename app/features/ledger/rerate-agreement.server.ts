// Brings sold lines to what an agreement change that reaches back makes of them: posts differences only, a page a transaction, so that it can be
// stopped at any time and goes on where it stood.
import { dueNoLaterThan } from '../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'
import { type JournalToPost, lockLedger, postJournals } from '../../adapters/db/journal-store.ts'
import { saveDecisions } from '../../adapters/db/line-store.ts'
import { createLongTask, endTask, findOpenTask, saveTaskStep } from '../../adapters/db/long-task-store.ts'
import { openPeriodBook } from '../../adapters/db/period-store.ts'
import { paysTheSame } from '../../domain/attribution/same-attribution.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { journalForRerate } from '../../domain/ledger/post-rerate.ts'
import type { RerateResult } from '../../domain/simulation/simulation.ts'
import type { ShopContext } from '../context.ts'
import { workInSteps } from '../work-in-steps.server.ts'
import { postAwards } from './awards/post-awards.server.ts'
import { settleAwards } from './awards/settle-awards.server.ts'
import { attributionRow, holdRows } from './decision-rows.ts'
import {
  concerns,
  countLinesSince,
  cursorAfter,
  type LineCursor,
  redecidePage,
  type SoldLine,
} from './redecide-lines.server.ts'

const PAGE = 2_000
const STEP_TIMEOUT_MS = 120_000

export type StartRerateOutcome =
  | { ok: true; taskId: string }
  | { ok: false; reason: 'version_not_found' | 'version_not_accepted' | 'version_not_retroactive' }
  | { ok: false; reason: 'already_running'; taskId: string }

/** Asks for the re-rating of everything that an accepted version reaches back to. */
export async function startRerate(
  context: Pick<ShopContext, 'db' | 'shop' | 'clock' | 'queue'>,
  asked: { agreementVersionId: string },
  startedBy: string,
): Promise<StartRerateOutcome> {
  const { db, shop, clock, queue } = context
  return db.inShop(shop.id, async (tx): Promise<StartRerateOutcome> => {
    await lockLedger(tx, shop.id)
    const version = await tx.agreementVersion.findFirst({
      where: { shopId: shop.id, id: asked.agreementVersionId },
    })
    if (!version) return { ok: false, reason: 'version_not_found' }
    if (version.status !== 'accepted') return { ok: false, reason: 'version_not_accepted' }
    if (!version.retroactive) return { ok: false, reason: 'version_not_retroactive' }
    const open = await findOpenTask(tx, shop.id, 'rerate')
    if (open) return { ok: false, reason: 'already_running', taskId: open.id }
    const at = clock.now()
    const taskId = await createLongTask(tx, {
      shopId: shop.id,
      kind: 'rerate',
      input: {
        agreementId: version.agreementId,
        agreementVersionId: version.id,
        since: version.effectiveFrom.toISOString(),
        // Every journal of the run is dated by its start, also after a stop.
        at: at.toISOString(),
      },
      startedBy,
      at,
    })
    await queue.enqueue(tx, 'run-task', { shopId: shop.id, taskId })
    return { ok: true, taskId }
  })
}

interface RerateInput {
  agreementId: string
  since: string
  at: string
}

interface RerateProgress {
  after?: LineCursor | null
  journals?: number
  /** Differences so far by creator id. */
  creators?: Record<string, string>
}

/** The work of a `rerate` task. */
export async function runRerate(
  context: Pick<ShopContext, 'db' | 'shop' | 'clock' | 'log' | 'linkSecret'>,
  taskId: string,
): Promise<void> {
  const { shop, clock, linkSecret } = context
  await workInSteps(context, taskId, { timeoutMs: STEP_TIMEOUT_MS }, async (tx, task) => {
    const input = task.input as unknown as RerateInput
    const progress = task.progress as RerateProgress
    const since = new Date(input.since)
    const head = await lockLedger(tx, shop.id)
    const lines = await redecidePage(tx, shop, linkSecret, {
      since,
      after: progress.after ?? null,
      size: PAGE,
    })
    const changed = draftPage(lines, taskId, input)
    const at = clock.now()
    await postPage(tx, shop, head, changed, { taskId, now: at })
    const next = addUp(progress, changed)
    const done = task.done + lines.length
    const total = task.total || (await countLinesSince(tx, shop.id, since))
    const after = cursorAfter(lines) ?? progress.after ?? null
    await saveTaskStep(tx, taskId, { progress: { ...next, after: after && { ...after } }, done, total, at })
    const isLast = lines.length < PAGE
    // Ladders are climbed once, when every line stands where it belongs; bonuses go by their orders.
    const awards = await settleAwards(tx, shop, {
      agreementIds: isLast ? 'all' : [],
      customerKeys: [],
      orderIds: changed.map(({ sold }) => sold.orderId),
      now: at,
    })
    await postAwards(tx, shop, head, awards, at)
    if (!isLast) return 'goes_on'
    await endTask(tx, taskId, { result: resultOf(next, done), at })
    return 'ended'
  })
}

interface ChangedLine {
  sold: SoldLine
  /** Null where nothing moves now: the decision counts from the line's next fact on. */
  draft: JournalDraft | null
}

/** Lines that the agreement pays or would pay, and that are decided otherwise now. */
function draftPage(lines: readonly SoldLine[], rerateId: string, input: RerateInput): ChangedLine[] {
  return lines.flatMap((sold) => {
    if (!concerns(input.agreementId, sold)) return []
    const { orderId, productId, title, currency, decided } = sold
    const { draft } = journalForRerate(sold.line, {
      rerateId,
      at: input.at,
      orderId,
      productId,
      title,
      currency,
      sold: sold.sold,
      decided,
    })
    return draft || !paysTheSame(sold.line, decided) ? [{ sold, draft }] : []
  })
}

async function postPage(
  tx: ShopTransaction,
  shop: Shop,
  head: Awaited<ReturnType<typeof lockLedger>>,
  changed: readonly ChangedLine[],
  run: { taskId: string; now: Date },
): Promise<void> {
  if (changed.length === 0) return
  const book = await openPeriodBook(tx, shop)
  const journals: JournalToPost[] = []
  for (const draft of draftsOf(changed))
    journals.push({ ...draft, periodId: await book.idFor(draft.effectiveAt) })
  await postJournals(tx, shop.id, head, journals, run.now)
  const ofOrder = ({ line: { lineItemId }, orderId, soldAt }: SoldLine) => ({ lineItemId, orderId, soldAt })
  // Whoever is paid for the first time waits as long as a sale of that day would have; the others' dates are frozen.
  const earliest = await saveDecisions(
    tx,
    changed.map(({ sold }) =>
      attributionRow(shop.id, ofOrder(sold), sold.decided, {
        revision: sold.revision + 1,
        rerateId: run.taskId,
        afterSeq: head.seq,
        decidedAt: run.now,
      }),
    ),
    changed.flatMap(({ sold }) => holdRows(shop.id, ofOrder(sold), sold.decided)),
  )
  if (earliest !== null) await dueNoLaterThan(tx, shop.id, 'mature-holds', earliest)
}

function draftsOf(changed: readonly ChangedLine[]): JournalDraft[] {
  return changed.flatMap(({ draft }) => draft ?? [])
}

function addUp(progress: RerateProgress, changed: readonly ChangedLine[]) {
  const creators = { ...progress.creators }
  const drafts = draftsOf(changed)
  for (const draft of drafts) {
    for (const entry of draft.entries)
      creators[entry.creatorId] = String(BigInt(creators[entry.creatorId] ?? '0') + entry.royaltyMinor)
  }
  return { journals: (progress.journals ?? 0) + drafts.length, creators }
}

function resultOf(sums: { journals: number; creators: Record<string, string> }, lines: number) {
  const result: RerateResult = {
    lines,
    journals: sums.journals,
    creators: Object.entries(sums.creators).map(([creatorId, differenceMinor]) => ({
      creatorId,
      differenceMinor,
    })),
  }
  return { ...result, creators: result.creators.map((row) => ({ ...row })) }
}
