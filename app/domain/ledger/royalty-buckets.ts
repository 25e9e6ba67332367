import { type CreatorBucket, creatorAccount } from './accounts.ts'
import type { DraftPosting } from './journal-draft.ts'
import type { RoyaltyLine, RoyaltyStage, RoyaltyStanding } from './royalty-line.ts'

const HELD: RoyaltyStanding = { stage: 'held', reserveBps: 0 }

export function standingOf(line: Pick<RoyaltyLine, 'standings'>, creatorId: string): RoyaltyStanding {
  return line.standings.get(creatorId) ?? HELD
}

/** Royalty of one creator on the line, over all their agreements. */
export function postedTo(line: Pick<RoyaltyLine, 'payees' | 'posted'>, creatorId: string): bigint {
  return line.payees
    .filter((payee) => payee.creatorId === creatorId)
    .reduce((sum, payee) => sum + (line.posted.get(payee.agreementVersionId) ?? 0n), 0n)
}

/** Which account holds how much of a creator's royalty of a line. Sums to the royalty; zero royalty is zero everywhere. */
export function distribute(royaltyMinor: bigint, standing: RoyaltyStanding): Map<CreatorBucket, bigint> {
  switch (standing.stage) {
    case 'held':
      return new Map([['held', royaltyMinor]])
    case 'free':
      return new Map([['available', royaltyMinor]])
    case 'reserved': {
      const reserve = reserveOf(royaltyMinor, standing.reserveBps)
      return new Map([
        ['available', royaltyMinor - reserve],
        ['reserve', reserve],
      ])
    }
  }
}

/** Rounded towards zero: a reserve never keeps more than its part. */
export function reserveOf(royaltyMinor: bigint, reserveBps: number): bigint {
  return (royaltyMinor * BigInt(reserveBps)) / 10_000n
}

/** The postings that bring a creator's accounts from one distribution to another; debits positive, so credits come out negative. */
export function postingsBetween(
  creatorId: string,
  before: ReadonlyMap<CreatorBucket, bigint>,
  after: ReadonlyMap<CreatorBucket, bigint>,
): DraftPosting[] {
  return [...new Set([...before.keys(), ...after.keys()])].map((bucket) => ({
    account: creatorAccount(creatorId, bucket),
    amountMinor: (before.get(bucket) ?? 0n) - (after.get(bucket) ?? 0n),
  }))
}

/** The stage that follows; a reserve of nothing is skipped. */
export function stageAfterHold(reserveBps: number): RoyaltyStage {
  return reserveBps > 0 ? 'reserved' : 'free'
}
