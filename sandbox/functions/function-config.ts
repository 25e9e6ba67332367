// Functions read their configuration from copies: a changed metafield reaches them after a delay, which the control API sets (Shopify: mostly under a minute).
import { faultsOf } from '#sandbox/graphql/faults.ts'
import type { Metafield } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'

/** Overwrites a metafield and remembers what functions may still see. Times are the movable clock's. */
export function overwriteMetafield(sandbox: Sandbox, metafield: Metafield, value: string): void {
  if (metafield.value === value) return
  const until = sandbox.clock.now().getTime()
  const remembered = (metafield.earlier ?? []).filter((one) => one.until > until - LONGEST_DELAY_MS)
  metafield.earlier = [...remembered, { value: metafield.value, until }]
  metafield.value = value
}

export const LONGEST_DELAY_MS = 60_000

/** The value that functions see now. */
export function valueForFunctions(sandbox: Sandbox, metafield: Metafield): string {
  const seenAt = sandbox.clock.now().getTime() - faultsOf(sandbox).functionConfigDelayMs
  return metafield.earlier?.find(({ until }) => until > seenAt)?.value ?? metafield.value
}
