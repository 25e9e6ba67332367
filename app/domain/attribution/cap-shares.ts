import { allocate } from '../money/allocate.ts'
import { WEIGHT_SCALE } from './attribution.ts'

export interface AgreedShare {
  /** Unique within the call. */
  id: string
  shareBps: number
}

/** Scales shares down to the cap in proportion when they exceed it together; whole basis points, exact sum. */
export function capShares(
  shares: readonly AgreedShare[],
  capBps: number,
): { shares: Map<string, number>; capped: boolean } {
  const sum = shares.reduce((total, share) => total + share.shareBps, 0)
  if (sum <= capBps)
    return { shares: new Map(shares.map((share) => [share.id, share.shareBps])), capped: false }
  const parts = shares.map((share) => ({ id: share.id, weight: BigInt(share.shareBps) }))
  const scaled = allocate(BigInt(capBps), parts)
  return { shares: new Map([...scaled].map(([id, bps]) => [id, Number(bps)])), capped: true }
}

/** Part of net, out of WEIGHT_SCALE, that a share after deduction of payment costs is worth. */
export function payeeWeight(shareBps: number, deductPaymentFeeBps: number): bigint {
  return BigInt(shareBps) * (10_000n - BigInt(deductPaymentFeeBps))
}

export interface RoyaltyTargets {
  /** By payee id. */
  payees: Map<string, bigint>
  merchantMinor: bigint
}

/** Sorts after every id, so that the merchant gives way in ties. */
const MERCHANT = '\u{10ffff}merchant'

/** Splits a net amount between payees and merchant. The one place where royalties are computed: posting and previews both come here. */
export function splitNet(
  netMinor: bigint,
  payees: ReadonlyArray<{ id: string; weight: bigint }>,
): RoyaltyTargets {
  const taken = payees.reduce((sum, payee) => sum + payee.weight, 0n)
  if (taken > WEIGHT_SCALE) throw new RangeError('payees would take more than the whole net')
  const split = allocate(netMinor, [...payees, { id: MERCHANT, weight: WEIGHT_SCALE - taken }])
  const merchantMinor = split.get(MERCHANT) ?? 0n
  split.delete(MERCHANT)
  return { payees: split, merchantMinor }
}
