// A return approved, declined, cancelled, closed or opened again: no goods and no money move.
import type { Order } from '#sandbox/state/nouns.ts'
import type { Return } from '#sandbox/state/return-nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder } from './find-nouns.ts'
import { checkAvailable } from './open-return.ts'
import { type Refusal, refuse } from './refusal.ts'
import { isBegun, isProcessed, processedOf } from './return-progress.ts'
import { emitEvent, emitOrderChange } from './shop-events.ts'
import type { LineRefusal } from './take-back.ts'

export type ReturnStep =
  | { step: 'approve' }
  | { step: 'decline'; reason: NonNullable<Return['decline']>['reason']; note?: string }
  | { step: 'cancel' }
  | { step: 'close' }
  | { step: 'reopen' }

export type ReturnStepRefusal =
  | LineRefusal
  | Refusal<'unknown_shop' | 'unknown_order' | 'unknown_return' | 'wrong_status'>

const FROM: Record<ReturnStep['step'], Array<Return['status']>> = {
  approve: ['REQUESTED'],
  decline: ['REQUESTED'],
  cancel: ['OPEN', 'REQUESTED'],
  close: ['OPEN'],
  reopen: ['CLOSED'],
}

const TO: Record<ReturnStep['step'], Return['status']> = {
  approve: 'OPEN',
  decline: 'DECLINED',
  cancel: 'CANCELED',
  close: 'CLOSED',
  reopen: 'OPEN',
}

/** Moves a return on (returns/approve, returns/decline …). Nothing changes when it is refused. */
export function moveReturn(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
  returnId: string,
  move: ReturnStep,
): { ok: true; order: Order; return: Return } | ReturnStepRefusal {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order } = found
  const one = order.returns.find(({ id }) => id === returnId)
  if (!one) return refuse('unknown_return', `Order ${order.name} has no return ${returnId}.`)
  const { step } = move
  const isTooLate = step === 'cancel' && isBegun(one)
  if (!FROM[step].includes(one.status) || isTooLate) {
    const progress = isTooLate ? 'processed in part' : one.status.toLowerCase()
    return refuse('wrong_status', `step: ${step} is not for return ${returnId}, which is ${progress}.`)
  }
  if (step === 'reopen') {
    if (isProcessed(one))
      return refuse('wrong_status', `Return ${returnId} is processed: nothing is left of it.`)
    const waiting = one.lines
      .map((line) => ({ lineItemId: line.lineItemId, quantity: line.quantity - processedOf(one, line) }))
      .filter(({ quantity }) => quantity > 0)
    const check = checkAvailable(order, waiting, one.id)
    if (!check.ok) return check
  }
  one.status = TO[step]
  if (step === 'approve') one.requestApprovedAt = sandbox.clock.now().toISOString()
  if (move.step === 'decline') one.decline = { reason: move.reason, note: move.note ?? '' }
  emitOrderChange(sandbox, shopDomain, order)
  emitEvent(sandbox, shopDomain, `returns/${step}`, one.id, { orderId })
  return { ok: true, order, return: one }
}
