// The state of drops that are open, asked for sparingly: once within 8 seconds after an opening, then every 15 seconds while somebody looks,
// and less often when answers fail.
import { askJson } from './clock.ts'

export interface LiveState {
  s: string
  stale: boolean
  o: Array<{ v: string; k: string; c: number | null }>
  w: Array<{ at: number; ok: boolean }>
}

export interface Followed {
  /** What the last answer said. */
  phase?: string
  /** What may be said of stock; nothing once an answer fails, is stale, or nobody has looked. */
  stock?: LiveState
  /** When to ask next, ms. */
  due: number
  pause: number
}

const SPREAD = 8e3
const PAUSE = 15e3
const LONGEST_PAUSE = 24e4

/** By address: what two blocks want to know is asked once. */
export const followed: Record<string, Followed | undefined> = {}

/** Asks when it is due. `at`: ms. `changed` is called after every answer, good or bad. Returns when it is due next. */
export const follow = (address: string, at: number, changed: () => void): number => {
  followed[address] ??= { due: at + Math.random() * SPREAD, pause: PAUSE }
  const drop = followed[address]
  if (document.hidden) {
    // Asks when it is seen again.
    drop.stock = undefined
    return 1 / 0
  }
  if (at >= drop.due) {
    drop.due = 1 / 0
    askJson<LiveState>(address)
      .then((state) => {
        drop.phase = state.s
        drop.stock = state.stale ? undefined : state
        drop.pause = PAUSE
      })
      .catch(() => {
        drop.stock = undefined
        drop.pause = Math.min(drop.pause * 2, LONGEST_PAUSE)
      })
      .then(() => {
        drop.due = at + drop.pause * (1 + Math.random() / 5)
        changed()
      })
  }
  return drop.due
}
