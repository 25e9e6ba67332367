// The leaky bucket of each shop. It refills by the machine's clock or by the movable clock, whichever moved further:
// a test that advances time need not wait.
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { faultsOf } from './faults.ts'

export interface ThrottleStatus {
  maximumAvailable: number
  currentlyAvailable: number
  restoreRate: number
}

interface Bucket {
  available: number
  capacity: number
  realMs: number
  movedMs: number
}

const buckets = new WeakMap<Sandbox, Map<string, Bucket>>()

function refilled(sandbox: Sandbox, shopDomain: string): Bucket {
  const { maximumAvailable, restoreRate } = faultsOf(sandbox).throttle
  const realMs = Date.now()
  const movedMs = sandbox.clock.now().getTime()
  const perShop = buckets.get(sandbox) ?? new Map<string, Bucket>()
  buckets.set(sandbox, perShop)
  const bucket = perShop.get(shopDomain)
  // A bucket of another size is another bucket: it starts full.
  if (!bucket || bucket.capacity !== maximumAvailable) {
    const full = { available: maximumAvailable, capacity: maximumAvailable, realMs, movedMs }
    perShop.set(shopDomain, full)
    return full
  }
  const seconds = Math.max(realMs - bucket.realMs, movedMs - bucket.movedMs, 0) / 1000
  bucket.available = Math.min(maximumAvailable, bucket.available + seconds * restoreRate)
  bucket.realMs = realMs
  bucket.movedMs = movedMs
  return bucket
}

export function throttleStatus(sandbox: Sandbox, shopDomain: string): ThrottleStatus {
  const { available, capacity } = refilled(sandbox, shopDomain)
  const { restoreRate } = faultsOf(sandbox).throttle
  return { maximumAvailable: capacity, currentlyAvailable: Math.max(0, Math.floor(available)), restoreRate }
}

/** Is there room for a query of this cost? */
export function hasRoom(sandbox: Sandbox, shopDomain: string, requestedCost: number): boolean {
  return refilled(sandbox, shopDomain).available >= requestedCost
}

/** Takes what a query really cost. */
export function takePoints(sandbox: Sandbox, shopDomain: string, points: number): void {
  refilled(sandbox, shopDomain).available -= points
}
