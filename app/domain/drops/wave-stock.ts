// The stock behind a wave: which move of its units comes next, given the moves that are written down and what Shopify counts now.
// A move is a row before it is a request, so whoever comes after a stop finds what may have happened, and asks again with the same key.
import type { Wave, WaveState } from './drop.ts'

/** reserve: available to reserved. release and return: reserved to available, to be sold or because nothing more is sold. */
export type MoveKind = 'reserve' | 'release' | 'return'
export type MoveStatus = 'intended' | 'done' | 'refused'

export interface StockMove {
  id: string
  waveId: string
  kind: MoveKind
  units: number
  idempotencyKey: string
  /** What both states held when it was intended. */
  fromBefore: number
  toBefore: number
  status: MoveStatus
}

/** What Shopify counts of an item at a location. */
export interface StockLevel {
  available: number
  reserved: number
}

export type WantedState = 'reserved' | 'released' | 'returned'

export type NextMove =
  | { do: 'nothing'; state: WaveState }
  /** An intended move, of which nobody knows whether it happened: asked for again with its key. */
  | { do: 'ask'; move: StockMove }
  /** `short`: units of the wave that are not in reserve any more, because somebody moved them by hand. */
  | { do: 'intend'; kind: MoveKind; units: number; fromBefore: number; toBefore: number; short: number }
  | { do: 'refuse'; reason: 'not_enough_available'; available: number; units: number }
  | { do: 'refuse'; reason: 'reserve_is_gone' | 'never_reserved' | 'returned_already' | 'left_already' }

/** `moves` are the wave's own, in any order. */
export function nextMove(
  wave: Pick<Wave, 'units'>,
  wanted: WantedState,
  moves: readonly StockMove[],
  level: StockLevel,
): NextMove {
  const standing = moves.filter(({ status }) => status !== 'refused')
  const unknown = standing.find(({ status }) => status === 'intended')
  if (unknown) return { do: 'ask', move: unknown }
  const left = standing.find(({ kind }) => kind !== 'reserve')
  if (left) return afterLeaving(left.kind === 'release' ? 'released' : 'returned', wanted)
  const reserved = standing.find(({ kind }) => kind === 'reserve')
  if (!reserved) return withoutReserve(wave.units, wanted, level)
  if (wanted === 'reserved') return { do: 'nothing', state: 'reserved' }
  const units = Math.min(reserved.units, level.reserved)
  if (units <= 0) return { do: 'refuse', reason: 'reserve_is_gone' }
  return {
    do: 'intend',
    kind: wanted === 'released' ? 'release' : 'return',
    units,
    fromBefore: level.reserved,
    toBefore: level.available,
    short: reserved.units - units,
  }
}

function afterLeaving(state: 'released' | 'returned', wanted: WantedState): NextMove {
  if (wanted === 'reserved') return { do: 'refuse', reason: 'left_already' }
  if (wanted === 'released' && state === 'returned') return { do: 'refuse', reason: 'returned_already' }
  // What was released is for sale already: it needs no return.
  return { do: 'nothing', state }
}

function withoutReserve(units: number, wanted: WantedState, { available, reserved }: StockLevel): NextMove {
  if (wanted === 'returned') return { do: 'nothing', state: 'returned' }
  if (wanted === 'released') return { do: 'refuse', reason: 'never_reserved' }
  if (available < units) return { do: 'refuse', reason: 'not_enough_available', available, units }
  return { do: 'intend', kind: 'reserve', units, fromBefore: available, toBefore: reserved, short: 0 }
}

/** What a done move makes of its wave. */
export function stateAfterMove(kind: MoveKind): WaveState {
  return kind === 'reserve' ? 'reserved' : kind === 'release' ? 'released' : 'returned'
}

/** Shopify's answer to a move. `code` null: it gave none. */
export type MoveAnswer = { ok: true; groupGid: string } | { ok: false; code: string | null; message: string }

export type MoveVerdict =
  | { is: 'done' }
  /** Nothing moved: the counts changed in between. Look again and intend anew, with a new key. */
  | { is: 'refused'; lookAgain: boolean }
  /** The same request is being worked on: its outcome is asked for later. */
  | { is: 'unknown' }

export function judgeAnswer(answer: MoveAnswer): MoveVerdict {
  if (answer.ok) return { is: 'done' }
  if (answer.code === 'IDEMPOTENCY_CONCURRENT_REQUEST' || answer.code === 'SERVICE_UNAVAILABLE')
    return { is: 'unknown' }
  const lookAgain =
    answer.code === 'CHANGE_FROM_QUANTITY_STALE' ||
    answer.code === 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED' ||
    answer.code === 'INVALID_QUANTITY_NEGATIVE'
  return { is: 'refused', lookAgain }
}

/** Shopify remembers keys for a day. A move of which nothing was heard for almost as long is not asked for again: it could be made twice. */
export const KEY_REMEMBERED_MS = 23 * 3_600_000

/**
 * What became of a move whose key may be forgotten, by what stands in reserve. `others`: what our other moves at the place have added there since
 * it was intended. Unclear: somebody else moved units too.
 */
export function outcomeByCounts(
  { kind, units, fromBefore, toBefore }: StockMove,
  level: StockLevel,
  others: number,
): 'done' | 'not_done' | 'unclear' {
  const before = (kind === 'reserve' ? toBefore : fromBefore) + others
  const after = kind === 'reserve' ? before + units : before - units
  if (level.reserved === after) return 'done'
  return level.reserved === before ? 'not_done' : 'unclear'
}

/** Units of the waves at one item and location that must be in reserve: what was reserved and has not left. */
export function unitsInReserve(moves: readonly StockMove[]): number {
  return moves
    .filter(({ status }) => status === 'done')
    .reduce((sum, { kind, units }) => sum + (kind === 'reserve' ? units : -units), 0)
}

/** Names the wave in Shopify's own history of the item. */
export function ledgerDocumentOf(waveId: string): string {
  return `gid://filigree/DropWave/${waveId}`
}
