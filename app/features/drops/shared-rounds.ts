// Work for many that is done for all at once. Whoever comes before a round has begun is served by it; whoever comes later, by the next one: a round
// that is under way may have read what it says already. One round after the other.

export class SharedRounds<Item, Result> {
  readonly #waiting = new Map<string, { items: Item[]; done: Promise<Result> }>()
  readonly #last = new Map<string, Promise<Result>>()

  /** `work` of the first one who comes does the round, for the items of all. */
  join(name: string, item: Item, work: (items: readonly Item[]) => Promise<Result>): Promise<Result> {
    const round = this.#waiting.get(name)
    if (round) {
      round.items.push(item)
      return round.done
    }
    const items = [item]
    const begin = () => {
      this.#waiting.delete(name)
      return work(items)
    }
    // How the round before ended is the business of those whom it served.
    const done = (this.#last.get(name) ?? Promise.resolve()).then(begin, begin)
    const forget = () => {
      if (this.#last.get(name) === done) this.#last.delete(name)
    }
    this.#waiting.set(name, { items, done })
    this.#last.set(name, done)
    done.then(forget, forget)
    return done
  }
}
