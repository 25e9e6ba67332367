// Shopify's leaky bucket as last seen, so that a request waits for room instead of being refused.
import type { QueryCost } from './graphql-answer.ts'

export class ThrottleBudget {
  readonly #nowMs: () => number
  readonly #costs = new Map<string, number>()
  #seen: (QueryCost & { atMs: number }) | null = null

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** Notes what an answer told of the operation's cost and of the bucket. */
  learn(query: string, cost: QueryCost): void {
    this.#costs.set(query, cost.requested)
    this.#seen = { ...cost, atMs: this.#nowMs() }
  }

  /** Milliseconds until the bucket holds what this operation asked for last time. 0 for operations not seen yet. */
  waitMs(query: string): number {
    const requested = this.#costs.get(query)
    if (requested === undefined || !this.#seen) return 0
    const { currentlyAvailable, maximumAvailable, restoreRate, atMs } = this.#seen
    const restored = ((this.#nowMs() - atMs) / 1000) * restoreRate
    const available = Math.min(maximumAvailable, currentlyAvailable + restored)
    // Dearer than the whole bucket: no waiting helps, the answer will say so.
    if (requested > maximumAvailable || available >= requested) return 0
    return Math.ceil(((requested - available) / restoreRate) * 1000)
  }
}
