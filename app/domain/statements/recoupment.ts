// What of a month's earnings goes to advances. Pure: the close posts it.
import { creatorAccount } from '../ledger/accounts.ts'
import { draftJournal, type JournalDraft } from '../ledger/journal-draft.ts'

export interface OpenAdvance {
  id: string
  amountMinor: bigint
  /** 1 to 10,000. */
  recoupBps: number
  paidAt: string
}

export interface Recoupment {
  amountMinor: bigint
  /** By advance, oldest first: what it takes, at which rate, of how much. */
  parts: Array<{ advanceId: string; amountMinor: bigint; recoupBps: number; baseMinor: bigint }>
}

const NOTHING: Recoupment = { amountMinor: 0n, parts: [] }

/**
 * Takes back at most the agreed part of what became payable in the month (payments not counted against it), never more than is open, and
 * never more than the balance holds. The oldest advance is filled first; when it is full, the rest of the earnings serves the next at its own rate.
 */
export function recoupment(input: {
  /** Paid advances of one creator and currency. */
  advances: readonly OpenAdvance[]
  /** Balance of the advance account: paid less taken back. */
  unrecoupedMinor: bigint
  earnedMinor: bigint
  availableMinor: bigint
}): Recoupment {
  if (input.unrecoupedMinor <= 0n || input.earnedMinor <= 0n || input.availableMinor <= 0n) return NOTHING
  const parts: Recoupment['parts'] = []
  let base = input.earnedMinor
  let room = input.availableMinor < input.unrecoupedMinor ? input.availableMinor : input.unrecoupedMinor
  for (const { advance, openMinor } of openAdvances(input.advances, input.unrecoupedMinor)) {
    const share = (base * BigInt(advance.recoupBps)) / 10_000n
    const amountMinor = least(share, openMinor, room)
    if (amountMinor <= 0n) break
    parts.push({ advanceId: advance.id, amountMinor, recoupBps: advance.recoupBps, baseMinor: base })
    room -= amountMinor
    if (amountMinor < openMinor) break
    base -= divideUp(amountMinor * 10_000n, BigInt(advance.recoupBps))
  }
  return { amountMinor: parts.reduce((total, part) => total + part.amountMinor, 0n), parts }
}

export interface MonthOfCreator {
  creatorId: string
  currency: string
  /** 2026-05 */
  month: string
  monthEndsAt: Date
  advances: readonly OpenAdvance[]
  unrecoupedMinor: bigint
  earnedMinor: bigint
  availableMinor: bigint
}

/** Named by creator, month and currency, and dated by the month's last instant. Null when nothing goes to an advance. */
export function journalForRecoupment(of: MonthOfCreator): JournalDraft | null {
  const { creatorId, currency, month } = of
  const taken = recoupment(of)
  return draftJournal({
    factKey: `recoup/${creatorId}/${month}/${currency}`,
    kind: 'recoup',
    effectiveAt: new Date(of.monthEndsAt.getTime() - 1).toISOString(),
    currency,
    arithmetic: {
      creatorId,
      period: month,
      earnedMinor: `${of.earnedMinor}`,
      unrecoupedBeforeMinor: `${of.unrecoupedMinor}`,
      amountMinor: `${taken.amountMinor}`,
      parts: taken.parts.map((part) => ({
        advanceId: part.advanceId,
        recoupBps: part.recoupBps,
        baseMinor: `${part.baseMinor}`,
        amountMinor: `${part.amountMinor}`,
      })),
    },
    postings: [
      { account: creatorAccount(creatorId, 'available'), amountMinor: taken.amountMinor },
      { account: creatorAccount(creatorId, 'advance'), amountMinor: -taken.amountMinor },
    ],
  })
}

/** What was taken back so far filled the oldest first. */
function openAdvances(advances: readonly OpenAdvance[], unrecoupedMinor: bigint) {
  const ordered = [...advances].sort((left, right) =>
    left.paidAt === right.paidAt ? (left.id < right.id ? -1 : 1) : left.paidAt < right.paidAt ? -1 : 1,
  )
  let taken = ordered.reduce((total, advance) => total + advance.amountMinor, 0n) - unrecoupedMinor
  return ordered.flatMap((advance) => {
    const filled = taken <= 0n ? 0n : least(taken, advance.amountMinor)
    taken -= filled
    const openMinor = advance.amountMinor - filled
    return openMinor > 0n ? [{ advance, openMinor }] : []
  })
}

function least(...amounts: bigint[]): bigint {
  return amounts.reduce((smallest, amount) => (amount < smallest ? amount : smallest))
}

function divideUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator
}
