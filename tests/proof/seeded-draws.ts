// Draws that a seed decides entirely: a failure is repeated by its seed.

export interface Draws {
  /** Between 0 (included) and 1. */
  next(): number
  /** Whole number from 0 to `count` - 1. */
  below(count: number): number
  /** Whether something of this probability happens. */
  chance(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** Up to 60 random bits. */
  bits(count: number): bigint
  /** In place. */
  shuffle<Item>(items: Item[]): Item[]
}

export function seededDraws(seed: number): Draws {
  let state = (seed ^ 0x9e3779b9) >>> 0
  // mulberry32: enough for choosing cases, and the same on every machine.
  const word = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const next = () => word() / 4_294_967_296
  const below = (count: number) => Math.floor(next() * count)
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick(items) {
      const item = items[below(items.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
    bits(count) {
      const high = BigInt(word() >>> 2)
      return ((high << 30n) | BigInt(word() >>> 2)) >> BigInt(60 - count)
    },
    shuffle(items) {
      for (let at = items.length - 1; at > 0; at--) {
        const other = below(at + 1)
        const held = items[at] as (typeof items)[number]
        items[at] = items[other] as (typeof items)[number]
        items[other] = held
      }
      return items
    },
  }
}
