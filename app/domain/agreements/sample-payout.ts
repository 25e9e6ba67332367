import { capShares, payeeWeight, splitNet } from '../attribution/cap-shares.ts'
import { allocate } from '../money/allocate.ts'
import type { AgreementTerms } from './terms.ts'

export interface SampleSale {
  /** Price of one unit before discount and without tax, minor units. */
  listMinor: bigint
  /** Discount on the whole line, minor units. */
  discountMinor: bigint
  quantity: number
  terms: Pick<AgreementTerms, 'shareBps' | 'net'>
  /** Shares that other creators get of the same sale. */
  otherSharesBps: readonly number[]
  capBps: number
}

/** Every step from list price to royalty, minor units. */
export interface SamplePayout {
  listMinor: bigint
  discountMinor: bigint
  /** list - discount */
  netMinor: bigint
  feeMinor: bigint
  /** net - fee: what the share is taken of. */
  baseMinor: bigint
  agreedShareBps: number
  /** After the cap. */
  shareBps: number
  capped: boolean
  royaltyMinor: bigint
  otherRoyaltiesMinor: bigint
  merchantKeepsMinor: bigint
}

export type SampleResult =
  | ({ ok: true } & SamplePayout)
  | { ok: false; reason: 'quantity_not_positive' | 'negative_amount' | 'discount_above_list' }

const THIS = 'this'

/** What a sample sale would pay, by the same split that posts real ones. */
export function computeSamplePayout(sample: SampleSale): SampleResult {
  const { terms, quantity } = sample
  if (!Number.isInteger(quantity) || quantity < 1) return { ok: false, reason: 'quantity_not_positive' }
  if (sample.listMinor < 0n || sample.discountMinor < 0n) return { ok: false, reason: 'negative_amount' }
  const listMinor = sample.listMinor * BigInt(quantity)
  if (sample.discountMinor > listMinor) return { ok: false, reason: 'discount_above_list' }
  const netMinor = listMinor - sample.discountMinor
  const feeBps = BigInt(terms.net.deductPaymentFeeBps)
  const fees = allocate(netMinor, [
    { id: 'base', weight: 10_000n - feeBps },
    { id: 'fee', weight: feeBps },
  ])
  const feeMinor = fees.get('fee') ?? 0n

  const others = sample.otherSharesBps.map((shareBps, index) => ({ id: `with-${index}`, shareBps }))
  const { shares, capped } = capShares([{ id: THIS, shareBps: terms.shareBps }, ...others], sample.capBps)
  const weights = [...shares].map(([id, shareBps]) => ({
    id,
    weight: payeeWeight(shareBps, id === THIS ? terms.net.deductPaymentFeeBps : 0),
  }))
  const split = splitNet(netMinor, weights)
  const royaltyMinor = split.payees.get(THIS) ?? 0n
  return {
    ok: true,
    listMinor,
    discountMinor: sample.discountMinor,
    netMinor,
    feeMinor,
    baseMinor: netMinor - feeMinor,
    agreedShareBps: terms.shareBps,
    shareBps: shares.get(THIS) ?? 0,
    capped,
    royaltyMinor,
    otherRoyaltiesMinor: netMinor - split.merchantMinor - royaltyMinor,
    merchantKeepsMinor: split.merchantMinor,
  }
}
