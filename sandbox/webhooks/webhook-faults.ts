// What may go wrong on the way of a webhook. Draws come from a seeded generator, so that a run can be repeated.

export interface WebhookFaults {
  /** Probability that an event is delivered twice: same event id, other webhook id. */
  duplicate: number
  /** Probability that a delivery is never sent. */
  drop: number
  /** Each delivery waits a random time up to this. */
  delayMs: number
  /** Probability that a delivery is overtaken by up to twenty later ones. */
  reorder: number
  /** Probability that a forged copy, signed with a wrong secret, is sent beside the true one. */
  forge: number
  seed: number
}

export const NO_FAULTS: WebhookFaults = { duplicate: 0, drop: 0, delayMs: 0, reorder: 0, forge: 0, seed: 1 }

/** mulberry32 */
export function seededDraws(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
