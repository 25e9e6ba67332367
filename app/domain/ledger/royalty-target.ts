import type { Payee } from '../attribution/attribution.ts'
import { splitNet } from '../attribution/cap-shares.ts'
import type { CreatorBucket } from './accounts.ts'
import type { DraftPosting } from './journal-draft.ts'
import { distribute, postedTo, postingsBetween, standingOf } from './royalty-buckets.ts'
import type { RoyaltyEntry, RoyaltyEntryKind } from './royalty-entry.ts'
import { incomeTypeOf } from './royalty-entry.ts'
import type { PayeeArithmetic, RoyaltyArithmetic, RoyaltyLine } from './royalty-line.ts'

export interface RoyaltyChange {
  /** What the line's net moves by. */
  netMinor: bigint
  disputeLost: boolean
  /** Who is paid from now on, when a re-rating decides anew. */
  redecided?: { payees: readonly Payee[]; capped: boolean }
}

/** What a journal is about, for its rows in the creators' subledger. */
export interface EntrySubject {
  kind: RoyaltyEntryKind
  effectiveAt: string
  orderId: bigint | null
  productId: bigint | null
  title: string
  units: number
  listMinor: bigint
  discountMinor: bigint
}

export interface RoyaltyMove {
  postings: DraftPosting[]
  entries: RoyaltyEntry[]
  arithmetic: RoyaltyArithmetic
  /** Where the line stands after the move. */
  line: RoyaltyLine
}

/**
 * Brings the royalty of a line to its target: what the cumulative net is worth to each payee, less what was posted before. Because only
 * the cumulative net counts, refunds in any pieces and order end exactly where one refund of the same amount would.
 */
export function moveRoyalty(line: RoyaltyLine, change: RoyaltyChange, subject: EntrySubject): RoyaltyMove {
  const cumulativeAfter = line.cumulativeNetMinor + change.netMinor
  // After a lost dispute the buyer has the money back: later returns find a target of zero and take nothing a second time.
  const ratedNet = change.disputeLost ? 0n : cumulativeAfter
  const { payees, capped } = change.redecided ?? line
  const targets = splitNet(
    ratedNet,
    payees.map((payee) => ({ id: payee.agreementVersionId, weight: BigInt(payee.weight) })),
  )
  const after: RoyaltyLine = {
    ...line,
    payees,
    capped,
    posted: targets.payees,
    cumulativeNetMinor: cumulativeAfter,
    disputeLost: change.disputeLost,
  }
  const concerned = partsOf(line, after)
  return {
    postings: postingsOf(line, after),
    entries: concerned.flatMap((part) => entryOf(part, line, after, change, subject)),
    arithmetic: {
      cumulativeBeforeMinor: line.cumulativeNetMinor.toString(),
      cumulativeAfterMinor: cumulativeAfter.toString(),
      capped,
      disputeLost: change.disputeLost,
      merchantTargetMinor: targets.merchantMinor.toString(),
      payees: concerned.map((part) => arithmeticOf(part, line)),
    },
    line: after,
  }
}

interface Part {
  payee: Payee
  before: bigint
  target: bigint
  isPaidAfter: boolean
}

/** Everybody who is paid now, then those who were before and are no longer. */
function partsOf(before: RoyaltyLine, after: RoyaltyLine): Part[] {
  const part = (payee: Payee, isPaidAfter: boolean): Part => ({
    payee,
    before: before.posted.get(payee.agreementVersionId) ?? 0n,
    target: isPaidAfter ? (after.posted.get(payee.agreementVersionId) ?? 0n) : 0n,
    isPaidAfter,
  })
  const now = new Set(after.payees.map((payee) => payee.agreementVersionId))
  const gone = before.payees.filter((payee) => !now.has(payee.agreementVersionId))
  return [...after.payees.map((payee) => part(payee, true)), ...gone.map((payee) => part(payee, false))]
}

function postingsOf(before: RoyaltyLine, after: RoyaltyLine): DraftPosting[] {
  const creatorIds = new Set([...before.payees, ...after.payees].map((payee) => payee.creatorId))
  return [...creatorIds].flatMap((creatorId) => {
    const standing = standingOf(before, creatorId)
    const earnedBefore = postedTo(before, creatorId)
    const earnedAfter = postedTo(after, creatorId)
    return [
      { account: 'royalty-expense' as const, amountMinor: earnedAfter - earnedBefore },
      ...postingsBetween(creatorId, distribute(earnedBefore, standing), distribute(earnedAfter, standing)),
    ]
  })
}

function arithmeticOf({ payee, before, target }: Part, line: RoyaltyLine): PayeeArithmetic {
  const bucket: CreatorBucket = standingOf(line, payee.creatorId).stage === 'held' ? 'held' : 'available'
  return {
    creatorId: payee.creatorId,
    agreementId: payee.agreementId,
    agreementVersionId: payee.agreementVersionId,
    role: payee.role,
    agreedShareBps: payee.agreedShareBps,
    shareBps: payee.shareBps,
    deductPaymentFeeBps: payee.deductPaymentFeeBps,
    weight: payee.weight,
    targetMinor: target.toString(),
    postedBeforeMinor: before.toString(),
    deltaMinor: (target - before).toString(),
    bucket,
  }
}

/** A re-rating moves the line's whole net from the old version to the new one; all other journals change it by their own. */
function entryOf(
  { payee, before, target, isPaidAfter }: Part,
  line: RoyaltyLine,
  after: RoyaltyLine,
  change: RoyaltyChange,
  subject: EntrySubject,
): RoyaltyEntry[] {
  const wasPaid = line.payees.some((old) => old.agreementVersionId === payee.agreementVersionId)
  const netBefore = wasPaid ? line.cumulativeNetMinor : 0n
  const netMinor = (isPaidAfter ? after.cumulativeNetMinor : 0n) - netBefore
  const royaltyMinor = target - before
  const isMoved = change.redecided !== undefined && wasPaid !== isPaidAfter
  const sign = isMoved && !isPaidAfter ? -1 : 1
  const counts = change.redecided === undefined || isMoved
  if (netMinor === 0n && royaltyMinor === 0n && (!counts || subject.units === 0)) return []
  return [
    {
      creatorId: payee.creatorId,
      agreementId: payee.agreementId,
      agreementVersionId: payee.agreementVersionId,
      kind: subject.kind,
      incomeType: incomeTypeOf(payee.role),
      soldOn: line.soldOn,
      effectiveAt: subject.effectiveAt,
      orderId: subject.orderId,
      lineItemId: line.lineItemId,
      productId: subject.productId,
      dropId: line.dropId,
      awardId: null,
      title: subject.title,
      shareBps: payee.shareBps,
      units: counts ? sign * subject.units : 0,
      listMinor: counts ? BigInt(sign) * subject.listMinor : 0n,
      discountMinor: counts ? BigInt(sign) * subject.discountMinor : 0n,
      netMinor,
      royaltyMinor,
    },
  ]
}
