// A rehearsal: the drop's timeline, played on a moved clock in a shop on paper that has the real one's figures. A long task with an act a step;
// it only reads, so it begins anew after a restart.
import { askGate, type GateBuyer } from '../../adapters/checkout/ask-gate.ts'
import { passEmailHash, signPass } from '../../adapters/crypto/drop-pass.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { loadDrop, type StoredDrop } from '../../adapters/db/drop-store.ts'
import type { Prisma } from '../../adapters/db/generated/client.ts'
import { createLongTask, endTask, saveTaskStep } from '../../adapters/db/long-task-store.ts'
import { isRowId } from '../../adapters/db/row-id.ts'
import type { DropStatus } from '../../domain/drops/drop.ts'
import type { GateAnswer } from '../../domain/drops/rehearsal.ts'
import {
  configAt,
  endRehearsal,
  gateQuestions,
  isLetIn,
  openStage,
  playAct,
  type Stage,
} from '../../domain/drops/rehearse.ts'
import { sellingWindow } from '../../domain/drops/timeline.ts'
import type { ShopContext } from '../context.ts'
import { workInSteps } from '../work-in-steps.server.ts'
import { readRehearsalFacts } from './rehearsal-facts.server.ts'

const STEP_TIMEOUT_MS = 20_000

export type StartRehearsalOutcome =
  | { ok: true; taskId: string }
  | { ok: false; reason: 'unknown_drop' | 'nothing_to_play' | `drop_is_${DropStatus}` }
  | { ok: false; reason: 'already_running'; taskId: string }

/** Asks for a rehearsal of the drop as it is planned now. One at a time for each drop. */
export async function startRehearsal(
  context: Pick<ShopContext, 'db' | 'shop' | 'clock' | 'queue'>,
  dropId: string,
  startedBy: string,
): Promise<StartRehearsalOutcome> {
  const { db, shop, clock, queue } = context
  if (!isRowId(dropId)) return { ok: false, reason: 'unknown_drop' }
  return db.inShop(shop.id, async (tx): Promise<StartRehearsalOutcome> => {
    const drop = await loadDrop(tx, shop.id, dropId, { lock: true })
    if (!drop) return { ok: false, reason: 'unknown_drop' }
    // What runs already is no rehearsal any more.
    if (drop.status !== 'draft' && drop.status !== 'scheduled')
      return { ok: false, reason: `drop_is_${drop.status}` }
    if (!isPlayable(drop)) return { ok: false, reason: 'nothing_to_play' }
    const open = await openRehearsal(tx, shop.id, dropId)
    if (open) return { ok: false, reason: 'already_running', taskId: open.id }
    const taskId = await createLongTask(tx, {
      shopId: shop.id,
      kind: 'rehearse',
      input: { dropId },
      startedBy,
      at: clock.now(),
    })
    await queue.enqueue(tx, 'run-task', { shopId: shop.id, taskId })
    return { ok: true, taskId }
  })
}

/** It has a piece, an opening and a close. */
function isPlayable(drop: StoredDrop): boolean {
  return drop.offers.length > 0 && sellingWindow(drop.acts) !== null
}

function openRehearsal(tx: ShopTransaction, shopId: number, dropId: string) {
  return tx.longTask.findFirst({
    where: {
      shopId,
      kind: 'rehearse',
      status: { in: ['queued', 'running'] },
      input: { path: ['dropId'], equals: dropId },
    },
  })
}

/** The work of a `rehearse` task. Errors on its page: what Shopify did not answer, or that the drop is not to be rehearsed any more. */
export async function runRehearsal(context: ShopContext, taskId: string): Promise<void> {
  const { db, shop, clock } = context
  let stage: Stage | null = null
  let drop: StoredDrop | null = null
  let played = 0
  const prepare = async () => {
    drop = await db.inShop(shop.id, async (tx) => {
      const task = await tx.longTask.findUniqueOrThrow({ where: { id: taskId } })
      const { dropId } = task.input as { dropId: string }
      return loadDrop(tx, shop.id, dropId)
    })
    if (!drop || !isPlayable(drop)) throw new Error('the drop has nothing to play any more')
    const read = await readRehearsalFacts(context, drop)
    if (!read.ok) throw new Error(`the shop could not be read: ${read.reason}`)
    stage = openStage(drop, read.facts)
  }
  await workInSteps(context, taskId, { timeoutMs: STEP_TIMEOUT_MS, prepare }, async (tx) => {
    if (!stage || !drop) throw new Error('the stage was not set')
    // What a scheduled drop has behind it is not played again.
    const acts = drop.acts.filter(({ status }) => status === 'planned')
    const total = acts.length + 1
    const act = acts[played]
    if (act) {
      playAct(stage, act)
      played += 1
      await saveTaskStep(tx, taskId, { progress: {}, done: played, total, at: clock.now() })
      return 'goes_on'
    }
    const rehearsal = endRehearsal(stage, askCheckout(stage, drop))
    await saveTaskStep(tx, taskId, { progress: {}, done: total, total, at: clock.now() })
    await endTask(tx, taskId, {
      result: JSON.parse(JSON.stringify(rehearsal)) as Prisma.InputJsonObject,
      at: clock.now(),
    })
    return 'ended'
  })
}

/** The checkout's own function, beside each edge of the window. */
function askCheckout(stage: Stage, drop: StoredDrop): GateAnswer[] {
  const [hero] = drop.offers
  const { passKey, timeZone } = stage.facts.checkout
  if (!hero) return []
  return gateQuestions(drop).flatMap((question): GateAnswer[] => {
    const config = configAt(stage, question.at)
    // The checkout could not be told: that is among the findings already.
    if (!config) return []
    const message = askGate({
      config,
      timeZone,
      at: question.at,
      productId: hero.productId,
      buyer: question.buyer === 'early' ? earlyBuyer(drop, passKey) : null,
    })
    return [
      {
        ...question,
        lets: message === null,
        message,
        expected: isLetIn(stage.shop.drop, stage.facts.others, hero.productId, question),
      },
    ]
  })
}

/** Somebody who holds every key that the drop knows. */
function earlyBuyer(drop: StoredDrop, passKey: string): GateBuyer {
  const email = 'rehearsal@example.invalid'
  const { earlyAccess, acts, handle } = drop
  const expiresAt = Date.parse(sellingWindow(acts)?.open ?? '') / 1000
  const emailHash = passEmailHash(email, passKey)
  return {
    email,
    tags: earlyAccess?.tags ?? [],
    tiers: earlyAccess?.tiers ?? [],
    orders: earlyAccess?.pastBuyers ? 1 : 0,
    pass: earlyAccess?.passes
      ? signPass({ dropHandle: handle, emailHash, expiresAt, id: 'rehearsal' }, passKey)
      : null,
  }
}
