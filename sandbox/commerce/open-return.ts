import type { Order, Return } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder, readTime } from './find-nouns.ts'
import { type Refusal, refuse } from './refusal.ts'
import { type LineRefusal, takeBackLines } from './take-back.ts'

export interface OpenReturnInput {
  lines: Array<{ lineItemId: string; quantity: number; reason?: string }>
  happenedAt?: string
}

export type OpenReturnRefusal =
  | LineRefusal
  | Refusal<'unknown_shop' | 'unknown_order' | 'no_lines' | 'invalid_time'>

/** Announces goods to come back. No sale yet: that is made when the return is processed. */
export function openReturn(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
  { lines, happenedAt }: OpenReturnInput,
): { ok: true; order: Order; return: Return } | OpenReturnRefusal {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order } = found
  const time = readTime(sandbox, happenedAt)
  if (!time.ok) return time
  if (lines.length === 0) return refuse('no_lines', 'lines: a return needs at least one line.')
  // Units that another open return waits for cannot be announced twice.
  const announced = lines.map((line) => ({
    ...line,
    quantity: line.quantity + waitingFor(order, line.lineItemId),
  }))
  const check = takeBackLines(order, announced)
  if (!check.ok) return check
  const opened: Return = {
    id: sandbox.nextId('return'),
    status: 'OPEN',
    createdAt: time.at,
    processedAt: null,
    lines: lines.map(({ lineItemId, quantity, reason = 'OTHER' }) => ({
      id: sandbox.nextId('return-line'),
      lineItemId,
      quantity,
      reason,
    })),
  }
  order.returns.push(opened)
  order.updatedAt = sandbox.clock.now().toISOString()
  sandbox.changed()
  return { ok: true, order, return: opened }
}

function waitingFor(order: Order, lineItemId: string): number {
  return order.returns
    .filter(({ status }) => status === 'OPEN')
    .flatMap(({ lines }) => lines)
    .filter((line) => line.lineItemId === lineItemId)
    .reduce((sum, { quantity }) => sum + quantity, 0)
}
