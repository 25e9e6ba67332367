// How many pieces of each drop somebody has bought, as the checkout's gate reads it of a customer: { "handle": pieces }.

/** So long after its end a drop's pieces are still counted: the checkout refuses the drop by then in any case. */
export const BOUGHT_KEPT_MS = 7 * 86_400_000
/** Of one customer; the checkout reads no value beyond 10,000 bytes. */
const MOST_DROPS = 100

export interface BoughtOf {
  handle: string
  pieces: number
}

/** The metafield's value; null: there is nothing to remember. `bought`: of drops with a limit, the newest first. */
export function boughtValue(bought: readonly BoughtOf[]): string | null {
  const counted = bought.filter(({ pieces }) => pieces > 0).slice(0, MOST_DROPS)
  if (counted.length === 0) return null
  const sorted = [...counted].sort((left, right) => (left.handle < right.handle ? -1 : 1))
  return JSON.stringify(Object.fromEntries(sorted.map(({ handle, pieces }) => [handle, pieces])))
}
