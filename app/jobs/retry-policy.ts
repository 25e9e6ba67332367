// Decided once for every job: what is worth another try, and what is not.
import type { AdminRefusal } from '../adapters/shopify/admin-api.ts'

/** Thrown so that the queue tries again later. */
export class TryAgainLater extends Error {}

/**
 * A refusal of Shopify, turned into the job's end. `unavailable` and `throttled` pass: the queue tries again. Without an installation or
 * a scope there is nothing to wait for: the job ends, and the next visit or reconcile run takes the work up.
 */
export function endForRefusal(refusal: AdminRefusal): void {
  if (refusal.reason === 'unavailable' || refusal.reason === 'throttled')
    throw new TryAgainLater(`Shopify: ${refusal.reason}`)
  if (refusal.reason === 'invalid') throw new Error(`Shopify refuses an operation: ${refusal.message}`)
}
