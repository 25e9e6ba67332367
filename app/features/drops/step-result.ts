// How a step ended, and which trouble passes by itself.
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import type { StepNote } from '../../domain/drops/act-steps.ts'

export type StepResult = Pick<StepNote, 'outcome' | 'evidence'>

/** So long a process waits for another one that tells the same shop's checkout or storefront. */
export const TELLING_WAITS_MS = 3_000

/** Asked again, the same may succeed. */
export function isPassing(reason: string): boolean {
  return reason === 'unavailable' || reason === 'throttled'
}

export function refusedStep(
  refusal: AdminRefusal | { ok: false; reason: string; message?: string },
): StepResult {
  return { outcome: isPassing(refusal.reason) ? 'retry' : 'failed', evidence: told(refusal) }
}

/** A refusal's plain facts, as receipts and alerts keep them. */
export function told(refusal: object): StepNote['evidence'] {
  return Object.fromEntries(
    Object.entries(refusal).filter(([name, value]) => name !== 'ok' && typeof value !== 'object'),
  )
}
