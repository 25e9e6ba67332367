import { allocate } from '../money/allocate.ts'

/** One who is paid for a line, and the highest share that the ladder of the terms could bring. */
export interface ClimbingPayee {
  /** Unique within the line. */
  id: string
  /** Paid at once, after the cap. */
  shareBps: number
  /** Of all steps; null without a ladder. */
  highestShareBps: number | null
}

/**
 * How much more share the merchant's cap leaves to each payee of a line. Payees whose ladders could go beyond it together divide the room
 * in proportion to how far they could climb, so that no line ever pays more than the cap, whichever of them climbs first.
 */
export function shareHeadroom(payees: readonly ClimbingPayee[], capBps: number): Map<string, number> {
  const taken = payees.reduce((sum, payee) => sum + payee.shareBps, 0)
  const room = Math.max(capBps - taken, 0)
  const climbs = payees.map((payee) => ({
    id: payee.id,
    weight: BigInt(Math.max((payee.highestShareBps ?? 0) - payee.shareBps, 0)),
  }))
  const wanted = climbs.reduce((sum, climb) => sum + climb.weight, 0n)
  if (wanted <= BigInt(room)) return new Map(climbs.map((climb) => [climb.id, room]))
  return new Map([...allocate(BigInt(room), climbs)].map(([id, bps]) => [id, Number(bps)]))
}
