// How the verbs tell what happened. Events go out when the state is already changed, so that payloads show the outcome.
import type { Order } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'

export function emitEvent(
  sandbox: Sandbox,
  shop: string,
  topic: string,
  resourceId: string,
  detail: Record<string, unknown> = {},
): void {
  sandbox.emit({ shop, topic, resourceId, happenedAt: sandbox.clock.now().toISOString(), detail })
}

/** Marks the order as changed now, then emits the topics in order. */
export function emitOrderChange(sandbox: Sandbox, shop: string, order: Order, ...topics: string[]): void {
  order.updatedAt = sandbox.clock.now().toISOString()
  sandbox.changed()
  for (const topic of topics) emitEvent(sandbox, shop, topic, order.id)
}
