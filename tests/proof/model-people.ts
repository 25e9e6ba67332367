// What people ask of the books: corrections and gifts with a second person, money ahead and what is taken back of it, payouts. Kept as facts with
// where they stand; what they move follows from that.
import { least } from './fractions.ts'

export interface Move {
  account: string
  minor: bigint
}

export interface AskedAdjustment {
  id: string
  kind: 'creator_correction' | 'gift' | 'suspense'
  creatorId: string | null
  orderId: bigint | null
  /** That takes the other side. */
  account: string
  minor: bigint
  askedBy: string
  status: ProposalStatus
}

export type ProposalStatus = 'proposed' | 'agreed' | 'rejected'

export interface AskedAdvance {
  id: string
  creatorId: string
  minor: bigint
  /** For the tax office. */
  withheldMinor: bigint
  recoupBps: number
  askedBy: string
  status: ProposalStatus
  /** Null: not yet. */
  paidAt: number | null
}

export type PayoutStatus = 'draft' | 'approved' | 'sent' | 'confirmed' | 'failed' | 'voided'

export interface AskedPayout {
  id: string
  creatorId: string
  grossMinor: bigint
  withheldMinor: bigint
  status: PayoutStatus
  /** Was marked as sent, whatever came of it. */
  wasSent: boolean
  /** To which account. */
  methodId: string
  /** The failed one that it repeats. */
  repeats: string | null
}

export interface AskedRun {
  id: string
  approvedBy: Set<string>
  isSent: boolean
  payouts: AskedPayout[]
}

/** Where a creator is paid. A new one waits. */
export interface NamedMethod {
  methodId: string
  /** Null: it may be paid at once. */
  holdUntil: number | null
}

/** One creator's month at its close. Credits positive. */
export interface CreatorMonth {
  creatorId: string
  /** First moment after it. */
  endsAt: number
  /** Became payable in it; payouts do not count. */
  earnedMinor: bigint
  /** Payable at its end, and now. */
  balanceMinor: bigint
  balanceNowMinor: bigint
}

export class ModelPeople {
  readonly adjustments: AskedAdjustment[] = []
  readonly advances: AskedAdvance[] = []
  readonly runs: AskedRun[] = []
  readonly methods = new Map<string, NamedMethod>()
  /** Creators whose payouts somebody stopped. */
  readonly onHold = new Set<string>()
  /** By creator. */
  private readonly recouped = new Map<string, bigint>()
  /** Bookings out of suspense that Shopify's numbers made needless. */
  private readonly undone = new Set<string>()

  moves(): Move[] {
    return [
      ...this.adjustments.filter((one) => this.stands(one)).flatMap(movesOfAdjustment),
      ...this.advances.filter(({ paidAt }) => paidAt !== null).flatMap(movesOfAdvance),
      ...[...this.recouped].flatMap(([creatorId, minor]) => [
        { account: `creator/${creatorId}/available`, minor },
        { account: `creator/${creatorId}/advance`, minor: -minor },
      ]),
      ...this.payouts().flatMap(movesOfPayout),
    ]
  }

  payouts(): AskedPayout[] {
    return this.runs.flatMap(({ payouts }) => payouts)
  }

  /** Of one order, and standing. */
  bookedOut(orderId: bigint): bigint {
    return this.adjustments
      .filter((one) => one.orderId === orderId && one.kind === 'suspense' && this.stands(one))
      .reduce((all, { minor }) => all + minor, 0n)
  }

  /** Shopify's numbers of the order meet. */
  explained(orderId: bigint): void {
    for (const one of this.adjustments)
      if (one.orderId === orderId && one.status === 'agreed') this.undone.add(one.id)
  }

  /** Neither stopped, nor waiting after a change of account. */
  mayBePaid(creatorId: string, now: number): boolean {
    const holdUntil = this.methods.get(creatorId)?.holdUntil ?? null
    return !this.onHold.has(creatorId) && (holdUntil === null || holdUntil <= now)
  }

  /** Chosen for runs that are not sent. */
  pending(creatorId: string): bigint {
    return this.payouts()
      .filter((one) => one.creatorId === creatorId && ['draft', 'approved'].includes(one.status))
      .reduce((all, { grossMinor }) => all + grossMinor, 0n)
  }

  /** The oldest advance takes its part of what was earned; when it is full, the next takes its own part of the rest. */
  recoup({ creatorId, endsAt, earnedMinor, balanceMinor, balanceNowMinor }: CreatorMonth): bigint {
    const paid = this.advances
      .filter((one) => one.creatorId === creatorId && one.paidAt !== null && one.paidAt < endsAt)
      .sort((left, right) => (left.paidAt ?? 0) - (right.paidAt ?? 0) || (left.id < right.id ? -1 : 1))
    let before = this.recouped.get(creatorId) ?? 0n
    let room = least(balanceMinor, balanceNowMinor)
    let base = earnedMinor
    let taken = 0n
    for (const { minor, recoupBps } of paid) {
      const open = before >= minor ? 0n : minor - before
      before = before > minor ? before - minor : 0n
      if (open === 0n) continue
      const part = least(open, room, base <= 0n ? 0n : (base * BigInt(recoupBps)) / 10_000n)
      if (part <= 0n) break
      taken += part
      room -= part
      if (part < open) break
      // What it took its part of: no less than that is used up.
      base -= (part * 10_000n + BigInt(recoupBps) - 1n) / BigInt(recoupBps)
    }
    this.recouped.set(creatorId, (this.recouped.get(creatorId) ?? 0n) + taken)
    return taken
  }

  private stands({ id, status }: AskedAdjustment): boolean {
    return status === 'agreed' && !this.undone.has(id)
  }
}

/** Halves up, and never all of it. */
export function withheldOf(grossMinor: bigint, bps: number): bigint {
  return least((grossMinor * BigInt(bps) * 2n + 10_000n) / 20_000n, grossMinor - 1n)
}

/** Why a person may not decide so; null when they may. Whoever asked may take it back, not agree to it. */
export function refusalOf(
  asked: { status: ProposalStatus; askedBy: string },
  decision: 'agree' | 'reject',
  by: string,
): string | null {
  if (asked.status !== 'proposed')
    return asked.status === (decision === 'agree' ? 'agreed' : 'rejected') ? null : `already_${asked.status}`
  return decision === 'agree' && asked.askedBy === by ? 'second_person_needed' : null
}

/** What may become of a payout; the same again asks for nothing. */
export function payoutAfter(status: PayoutStatus, step: 'confirm' | 'fail' | 'void'): PayoutStatus | null {
  if (step === 'confirm') return status === 'sent' || status === 'confirmed' ? 'confirmed' : null
  if (step === 'fail') return ['sent', 'confirmed', 'failed'].includes(status) ? 'failed' : null
  return ['confirmed', 'failed'].includes(status) ? null : 'voided'
}

/** sent: while something of it is on its way; finished, or voided, when nothing is any more. */
export function runStatus({ payouts, isSent, approvedBy }: AskedRun, needed: number): string {
  if (payouts.every(({ status }) => status === 'voided')) return 'voided'
  if (isSent) return payouts.some(({ status }) => status === 'sent') ? 'sent' : 'finished'
  return approvedBy.size >= needed ? 'approved' : 'draft'
}

function movesOfAdjustment({ kind, creatorId, account, minor }: AskedAdjustment): Move[] {
  if (kind === 'suspense')
    return [
      { account: 'suspense', minor },
      { account, minor: -minor },
    ]
  const other = kind === 'gift' ? 'goods-given' : `creator/${creatorId}/available`
  return [
    { account, minor },
    { account: other, minor: -minor },
  ]
}

function movesOfAdvance({ creatorId, minor, withheldMinor }: AskedAdvance): Move[] {
  return [
    { account: `creator/${creatorId}/advance`, minor },
    { account: 'withholding-payable', minor: -withheldMinor },
    { account: 'bank', minor: withheldMinor - minor },
  ]
}

function movesOfPayout({ creatorId, grossMinor, withheldMinor, status }: AskedPayout): Move[] {
  if (status !== 'sent' && status !== 'confirmed') return []
  return [
    { account: `creator/${creatorId}/available`, minor: grossMinor },
    { account: 'withholding-payable', minor: -withheldMinor },
    { account: status === 'sent' ? 'payouts-in-transit' : 'bank', minor: withheldMinor - grossMinor },
  ]
}
