// Runs what is due of one drop, under its lease: acts in their order, each with a receipt; then what a press left to be settled.

import { forgetGuests } from '../../adapters/db/access-pass-store.ts'
import { type ActRun, actsToRun, noteStep, writeActReceipt } from '../../adapters/db/act-store.ts'
import { raiseAlert, resolveAlert, resolveAlertsUnder } from '../../adapters/db/alert-store.ts'
import { noteDropChange } from '../../adapters/db/claim-store.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { assertDropLease, type DropLease } from '../../adapters/db/drop-lease.ts'
import { forgetTraces, oneOrderACustomer } from '../../adapters/db/drop-purchases.ts'
import {
  loadDrop,
  recordDropEvent,
  renewReturnedWaves,
  type StoredDrop,
} from '../../adapters/db/drop-store.ts'
import {
  isBehind,
  outcomeOfAct,
  planCatchUp,
  type Step,
  type StepNote,
  settleAgainMs,
  stepsOfAct,
  stepsOfStatus,
} from '../../domain/drops/act-steps.ts'
import { BOUGHT_KEPT_MS } from '../../domain/drops/bought.ts'
import { statusAfterAct } from '../../domain/drops/drop-state.ts'
import type { ShopContext } from '../context.ts'
import { doStep } from './do-step.server.ts'
import type { StepResult } from './step-result.ts'
import { isKeptShut } from './tell-checkout.server.ts'
import { TOLD_FOR_MS } from './tell-storefront.server.ts'
import { limitAlertsOf } from './watch-limit.server.ts'

/** Called between two steps; tests stop a runner there. */
export type AfterStep = (step: Step) => void | Promise<void>

/** Does everything that is due now. Errors: LeaseLost when another runner took over. */
export async function runDueOfDrop(
  context: ShopContext,
  lease: DropLease,
  afterStep: AfterStep = () => {},
): Promise<void> {
  const { db, shop, clock } = context
  // What falls due while this is at work is done in the same go; each is run at most once here.
  const seen = new Set<string>()
  for (;;) {
    const [drop, waiting] = await db.inShop(shop.id, async (tx) => [
      await loadDrop(tx, shop.id, lease.dropId),
      await actsToRun(tx, shop.id, lease.dropId),
    ])
    if (!drop) return
    const now = clock.now()
    const settles = drop.settlesAt !== null && drop.settlesAt <= now && !seen.has('settle')
    // What the checkout has never heard of is not put on show before it has.
    if (settles && drop.toldRevision === 0) {
      seen.add('settle')
      await settleDrop(context, drop, lease, afterStep)
      continue
    }
    const due = waiting.filter(({ id, runsAt }) => runsAt !== null && runsAt <= now && !seen.has(id))
    const { run, skip } = planCatchUp(due, drop.status)
    for (const act of skip) {
      seen.add(act.id)
      await skipAct(context, lease, act)
    }
    const [next] = run
    if (next) {
      seen.add(next.id)
      await runAct(context, drop, next, lease, afterStep)
      continue
    }
    if (settles) {
      const next = soonest(waiting.filter(({ id }) => !seen.has(id)))
      const isDue = () => next !== null && next <= clock.now()
      const ended = await settleDrop(context, drop, lease, afterStep, isDue)
      // Else the act goes first, and after it the drop is settled from the beginning.
      if (ended === 'whole') seen.add('settle')
      continue
    }
    if (skip.length === 0) return
  }
}

function soonest(acts: readonly ActRun[]): Date | null {
  const times = acts.flatMap(({ runsAt }) => runsAt?.getTime() ?? [])
  return times.length > 0 ? new Date(Math.min(...times)) : null
}

async function runAct(
  context: ShopContext,
  drop: StoredDrop,
  act: ActRun,
  lease: DropLease,
  afterStep: AfterStep,
): Promise<void> {
  const { db, shop, clock } = context
  const startedAt = clock.now()
  const behind = new Set(act.progress.map(({ key }) => key))
  const notes: StepNote[] = [...act.progress]
  for (const step of stepsOfAct(drop, act, behind)) {
    const note = await timed(step, () => fenced(context, drop, step, lease))
    notes.push(note)
    if (isBehind(note)) await db.inShop(shop.id, (tx) => noteStep(tx, lease, act.id, note))
    await afterStep(step)
  }
  const attempts = act.attempts + 1
  const { outcome, againMs: again } = outcomeOfAct(notes, attempts)
  await db.inShop(shop.id, (tx) => finishAct(context, tx, lease, { act, startedAt, notes, outcome, again }))
  context.log.info(
    {
      shopId: shop.id,
      dropId: drop.id,
      act: act.kind,
      outcome,
      lateMs: clock.now().getTime() - act.at.getTime(),
    },
    'an act of a drop was run',
  )
}

/**
 * Shopify knows no tokens of ours: before each step the lease is looked at, so that a runner which was paused asks Shopify for one thing
 * more at most. Errors: LeaseLost.
 */
async function fenced(
  context: ShopContext,
  drop: StoredDrop,
  step: Step,
  lease: DropLease,
): Promise<StepResult> {
  const { db, shop } = context
  const now = await db.inShop(shop.id, async (tx) => {
    await assertDropLease(tx, lease)
    return tx.drop.findUnique({
      where: { id: drop.id, shopId: shop.id },
      select: { status: true, toldRevision: true },
    })
  })
  if (step.kind === 'list') {
    // Pressed since the drop was read: what is held or over is not put on show.
    if (now?.status !== 'scheduled' && now?.status !== 'live')
      return { outcome: 'failed', evidence: { reason: 'not_wanted' } }
    // Unknown to the gate, the piece could be bought as soon as it is seen.
    if (now.toldRevision === 0) return { outcome: 'retry', evidence: { reason: 'checkout_not_told' } }
  }
  return doStep(context, drop, step, lease)
}

async function timed(step: Step, work: () => Promise<StepResult>): Promise<StepNote> {
  const began = performance.now()
  const result = await work()
  return { key: step.key, ...result, ms: Math.round(performance.now() - began) }
}

interface Finished {
  act: ActRun
  startedAt: Date
  notes: StepNote[]
  outcome: 'done' | 'failed' | 'retry'
  again: number | null
}

async function finishAct(
  { shop, clock }: ShopContext,
  tx: ShopTransaction,
  lease: DropLease,
  { act, startedAt, notes, outcome, again }: Finished,
): Promise<void> {
  const { shopId, dropId } = lease
  await assertDropLease(tx, lease)
  const drop = await loadDrop(tx, shopId, dropId, { lock: true })
  if (!drop) return
  const finishedAt = clock.now()
  const runs = drop.status === 'scheduled' || drop.status === 'live' || drop.status === 'closed'
  const retryAt = again === null || !runs ? null : new Date(finishedAt.getTime() + again)
  const before = drop.acts.find(({ id }) => id === act.id)?.status
  const caughtUp = startedAt.getTime() - act.at.getTime() > CATCH_UP_MS
  await writeActReceipt(
    tx,
    lease,
    { act, startedAt, finishedAt, steps: notes, outcome, evidence: { catchUp: caughtUp } },
    retryAt,
  )
  // A draft again meanwhile: what was done is taken back when the drop is settled, and done anew when it is scheduled.
  if (drop.status === 'draft')
    await tx.act.update({ where: { id: act.id }, data: { status: 'planned', attempts: 0, progress: [] } })
  // Held or aborted meanwhile: the press has said what becomes of the act, unless it is done.
  else if (!runs && outcome !== 'done' && before)
    await tx.act.update({
      where: { id: act.id },
      data: { status: before === 'skipped' ? 'skipped' : 'planned' },
    })
  const key = `act_failed/${act.id}`
  if (outcome === 'failed') {
    const wrong = notes.find((note) => !isBehind(note))
    await raiseAlert(tx, {
      shopId: shop.id,
      key,
      kind: 'act_failed',
      severity: 'critical',
      facts: { dropId, title: drop.title, act: act.kind, step: wrong?.key ?? '', ...wrong?.evidence },
      raisedAt: finishedAt,
    })
  } else if (outcome === 'done') await resolveAlert(tx, shop.id, key, finishedAt)
  const short = notes.find((note) => note.outcome === 'short')
  if (short && again === null)
    await raiseAlert(tx, {
      shopId: shop.id,
      key: `wave_short/${act.id}`,
      kind: 'wave_short',
      severity: 'critical',
      facts: { dropId, title: drop.title, act: act.kind, ...short.evidence },
      raisedAt: finishedAt,
    })
  if (outcome === 'retry') return
  // Windows are bounded by time, not by what runners managed: a failed opening opens the drop all the same.
  const status = statusAfterAct(drop.status, act.kind)
  if (status === drop.status) return
  await tx.drop.update({
    where: { id: dropId },
    data: {
      status,
      ...(status === 'live' && { openedAt: act.at }),
      ...(status === 'closed' && { endedAt: act.at }),
      // Storefront and checkout are told at once, and what a close could not do is done as soon as it can be.
      ...(status === 'closed' && { settlesAt: finishedAt, settleAttempts: 0, revision: { increment: 1 } }),
    },
  })
  if (status === 'closed')
    await tx.act.updateMany({
      where: { dropId, shopId, status: { in: ['planned', 'running'] }, kind: { notIn: ['close', 'after'] } },
      data: { status: 'skipped', runsAt: null },
    })
}

/** Later than this an execution is one after a stop. */
const CATCH_UP_MS = 60_000

async function skipAct({ db, shop, clock }: ShopContext, lease: DropLease, act: ActRun): Promise<void> {
  const now = clock.now()
  await db.inShop(shop.id, (tx) =>
    writeActReceipt(
      tx,
      lease,
      {
        act,
        startedAt: now,
        finishedAt: now,
        steps: act.progress,
        outcome: 'skipped',
        evidence: { reason: 'its_time_is_over' },
      },
      null,
    ),
  )
}

/**
 * Brings Shopify to what the drop's status says. What cannot be done now is tried for ever, ever more rarely. An act that falls due meanwhile
 * does not wait for it: settling is broken off between two steps.
 */
async function settleDrop(
  context: ShopContext,
  drop: StoredDrop,
  lease: DropLease,
  afterStep: AfterStep,
  breaksOff: () => boolean = () => false,
): Promise<'whole' | 'broken_off'> {
  const { db, shop, clock } = context
  const notes: StepNote[] = []
  for (const step of stepsOfStatus(drop)) {
    if (breaksOff()) return 'broken_off'
    // What could not be taken off the shelves stays known to the checkout.
    const isOnShow = notes.some((note) => note.key === 'unlist' && !isBehind(note))
    if (drop.status === 'draft' && step.kind === 'tell_checkout' && isOnShow) continue
    notes.push(await timed(step, () => fenced(context, drop, step, lease)))
    await afterStep(step)
  }
  const wrong = notes.find((note) => !isBehind(note))
  // Units that do not come back are nothing to storefront and checkout.
  const isTold = notes.every((note) => isBehind(note) || note.key.startsWith('return/'))
  await db.inShop(shop.id, async (tx) => {
    await assertDropLease(tx, lease)
    const now = clock.now()
    const current = await loadDrop(tx, shop.id, drop.id, { lock: true })
    if (!current) return
    if (current.status === 'draft' && !wrong) await renewReturnedWaves(tx, shop.id, drop.id)
    // Pressed again meanwhile: that is settled next.
    const isNews = current.revision !== drop.revision
    const attempts = current.settleAttempts + 1
    const retryAt = new Date(now.getTime() + settleAgainMs(attempts))
    // Its pieces are gone only now: next the checkout may forget it.
    const wasKeptShut = isKeptShut(drop)
    await tx.drop.update({
      where: { id: drop.id },
      data: {
        ...(!isNews && {
          settlesAt: wrong ? retryAt : wasKeptShut ? now : (rewriteAt(notes, now) ?? forgetAt(current, now)),
          settleAttempts: wrong ? attempts : 0,
        }),
        ...(isTold && { toldRevision: drop.revision }),
      },
    })
    // What pages printed before they were told ends with it.
    await noteDropChange(tx, shop.id, drop.id, now)
    if (drop.status === 'closed' || drop.status === 'aborted') await forgetGuests(tx, shop.id, drop.id)
    if (!wrong && isForgotten(current, now)) await askToForget(context, tx, current)
    const steps = notes.map(({ key, outcome, ms }) => ({ key, outcome, ms }))
    // That the checkout forgets what is over, or is written anew when a slot is free, is nobody's news.
    const isAnswer = drop.toldRevision !== drop.revision || drop.settleAttempts > 0
    if (wrong ? attempts === 1 : isAnswer)
      await recordDropEvent(tx, {
        shopId: shop.id,
        dropId: drop.id,
        at: now,
        kind: wrong ? 'not_settled' : 'settled',
        actor: 'runner',
        facts: { status: drop.status, revision: drop.revision, steps },
      })
    const key = `drop_not_settled/${drop.id}`
    if (!wrong) return resolveAlert(tx, shop.id, key, now)
    if (attempts < SETTLE_ALERTS_AT) return
    await raiseAlert(tx, {
      shopId: shop.id,
      key,
      kind: 'drop_not_settled',
      severity: 'critical',
      facts: { dropId: drop.id, title: drop.title, step: wrong.key, ...wrong.evidence },
      raisedAt: now,
    })
  })
  return 'whole'
}

/** When a slot of the checkout is free for a window that has none yet. */
function rewriteAt(notes: readonly StepNote[], now: Date): Date | null {
  const told = notes.find(({ key }) => key === 'tell_checkout')?.evidence.rewriteFrom
  const at = typeof told === 'string' ? new Date(told) : null
  return at && at > now ? at : null
}

/** When storefront and checkout hear for the last time of a drop that is over. */
function forgetAt({ endedAt }: StoredDrop, now: Date): Date | null {
  const at = endedAt && new Date(endedAt.getTime() + TOLD_FOR_MS)
  return at && at > now ? at : null
}

function isForgotten({ endedAt }: StoredDrop, now: Date): boolean {
  return endedAt !== null && endedAt.getTime() + BOUGHT_KEPT_MS <= now.getTime()
}

/** What its customers bought is counted once more, without this drop, and taken off them. */
async function askToForget(
  { shop, queue, clock }: ShopContext,
  tx: ShopTransaction,
  { id, limitPerCustomer }: StoredDrop,
): Promise<void> {
  if (limitPerCustomer === null) return
  await forgetTraces(tx, shop.id, { dropId: id })
  await resolveAlertsUnder(tx, shop.id, limitAlertsOf(id), clock.now())
  const orders = await oneOrderACustomer(tx, shop.id, id)
  const payloads = orders.map((orderId) => ({ shopId: shop.id, orderId: String(orderId) }))
  await queue.enqueueMany(tx, 'count-bought', payloads)
}

/** Before that, trouble may well pass unseen. */
const SETTLE_ALERTS_AT = 4
