import type { Payee } from '../attribution/attribution.ts'
import { readRoyaltyArithmetic } from './read-arithmetic.ts'
import type { RoyaltyLine } from './royalty-line.ts'

export interface StoredLine {
  lineItemId: bigint
  payees: readonly Payee[]
  capped: boolean
  releasedCreatorIds: ReadonlySet<string>
  /** Whether a dispute of the order stands lost. */
  disputeLost: boolean
  /** Arithmetic of every journal of the line (kinds sale and dispute_royalty), in any order. */
  arithmetics: readonly unknown[]
}

/** Rebuilds where the royalties of a line stand from its journals. */
export function restoreLine(stored: StoredLine): RoyaltyLine {
  const posted = new Map<string, bigint>()
  let cumulativeNetMinor = 0n
  for (const arithmetic of stored.arithmetics) {
    const royalty = readRoyaltyArithmetic(arithmetic)
    if (!royalty) continue
    cumulativeNetMinor += BigInt(royalty.cumulativeAfterMinor) - BigInt(royalty.cumulativeBeforeMinor)
    for (const payee of royalty.payees) {
      const before = posted.get(payee.agreementVersionId) ?? 0n
      posted.set(payee.agreementVersionId, before + BigInt(payee.deltaMinor))
    }
  }
  const { lineItemId, payees, capped, releasedCreatorIds, disputeLost } = stored
  return { lineItemId, payees, capped, cumulativeNetMinor, posted, releasedCreatorIds, disputeLost }
}
