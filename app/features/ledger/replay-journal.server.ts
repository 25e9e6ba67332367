// Computes one journal anew from the stored facts. Which fact it rests on is read off the journal; every figure is computed.
import type { DisputeState } from '../../adapters/db/generated/client.ts'
import type { JournalPlace } from '../../adapters/db/ledger-reader.ts'
import type { StoredSale } from '../../adapters/db/order-store.ts'
import type { Payee } from '../../domain/attribution/attribution.ts'
import type { JournalDraft, JournalKind } from '../../domain/ledger/journal-draft.ts'
import {
  type DisputeFact,
  journalForDispute,
  royaltyJournalForDispute,
} from '../../domain/ledger/post-dispute.ts'
import { journalForMaturity, journalForReserveRelease, withStage } from '../../domain/ledger/post-maturity.ts'
import { journalForRerate } from '../../domain/ledger/post-rerate.ts'
import { journalForSale } from '../../domain/ledger/post-sale.ts'
import { journalForSettlement, settlementTarget } from '../../domain/ledger/post-settlement.ts'
import { journalForSuspense } from '../../domain/ledger/post-suspense.ts'
import { stageAfterHold } from '../../domain/ledger/royalty-buckets.ts'
import { newLine, type RoyaltyLine, type RoyaltyStage } from '../../domain/ledger/royalty-line.ts'
import { rateSales } from '../../domain/ledger/sale-rate.ts'
import { orderResidual } from '../../domain/ledger/tie-out.ts'
import { soldOf } from './redecide-lines.server.ts'
import { redraftAskedFor } from './replay-asked-for.server.ts'
import type { ReplayFacts, ReplayStanding } from './replay-facts.server.ts'

/** Kinds whose journals are taken as they are stored: what an award looked at is not kept as it was then. */
export const TAKEN_AS_STORED: readonly JournalKind[] = ['award', 'award_release']

/** Null where the stored facts ask for no such journal. */
export function redraftJournal(
  journal: JournalPlace,
  facts: ReplayFacts,
  standing: ReplayStanding,
): JournalDraft | null {
  takeUpSilent(journal, facts, standing)
  takeUpSilentEnds(journal, facts, standing)
  switch (journal.kind) {
    case 'sale':
      return redraftSale(journal, facts, standing)
    case 'maturity':
    case 'reserve_release':
      return redraftRelease(journal, facts, standing)
    case 'dispute':
      return redraftDispute(journal, facts, standing)
    case 'dispute_royalty':
      return redraftDisputeRoyalty(journal, facts, standing)
    case 'suspense':
      return redraftSuspense(journal, facts, standing)
    case 'rerate':
      return redraftRerate(journal, facts, standing)
    case 'settlement':
      return redraftSettlement(journal, facts, standing)
    case 'advance':
    case 'payout':
    case 'payout_settled':
    case 'correction':
    case 'gift':
    case 'reversal':
      return redraftAskedFor(journal, facts.askedFor, standing)
    default:
      return null
  }
}

function redraftSale(
  journal: JournalPlace,
  facts: ReplayFacts,
  standing: ReplayStanding,
): JournalDraft | null {
  const sale = journal.saleId === null ? undefined : facts.sales.get(journal.saleId)
  if (!sale) return null
  const posting = journalForSale(sale, lineAt(journal, standing), facts.rated.get(sale.saleId))
  standing.booked.add(sale.saleId)
  if (posting.line) standing.lines.set(posting.line.lineItemId, posting.line)
  return posting.draft
}

/** Decisions that moved nothing count from the next journal of their line on. */
function takeUpSilent({ lineItemId, seq }: JournalPlace, facts: ReplayFacts, standing: ReplayStanding): void {
  const line = lineItemId === null ? undefined : standing.lines.get(lineItemId)
  if (!line) return
  const newest = facts.silent
    .get(line.lineItemId)
    ?.findLast(
      (row) =>
        row.afterSeq !== null &&
        row.afterSeq < seq &&
        row.revision > (standing.revisions.get(line.lineItemId) ?? 1),
    )
  if (!newest) return
  const { payees } = newest
  standing.revisions.set(line.lineItemId, newest.revision)
  standing.lines.set(line.lineItemId, {
    ...withNewcomers(line, payees, facts),
    payees,
    capped: newest.capped,
  })
}

/** So do waits that ended with nothing to move: a royalty that a lost dispute took back matures as well. */
function takeUpSilentEnds(
  { lineItemId, seq }: JournalPlace,
  facts: ReplayFacts,
  standing: ReplayStanding,
): void {
  if (lineItemId === null) return
  const hasEnded = (afterSeq: bigint | null) => afterSeq !== null && afterSeq < seq
  for (const { creatorId, reserveBps, ...hold } of facts.silentHolds.get(lineItemId) ?? []) {
    if (hasEnded(hold.reserveEndedAfterSeq)) moveOn(lineItemId, creatorId, 'free', standing)
    else if (hasEnded(hold.endedAfterSeq)) moveOn(lineItemId, creatorId, stageAfterHold(reserveBps), standing)
  }
}

/** Never back: a reserve that a journal has released stays so. */
function moveOn(lineItemId: bigint, creatorId: string, stage: RoyaltyStage, { lines }: ReplayStanding): void {
  const line = lines.get(lineItemId)
  if (line && line.standings.get(creatorId)?.stage !== 'free')
    lines.set(lineItemId, withStage(line, creatorId, stage))
}

/** The line as it stood before the journal. */
function lineAt(journal: JournalPlace, standing: ReplayStanding): RoyaltyLine | null {
  const line = journal.lineItemId === null ? undefined : standing.lines.get(journal.lineItemId)
  if (!line) return null
  const lost = journal.orderId === null ? undefined : standing.lost.get(journal.orderId)
  return { ...line, disputeLost: (lost?.size ?? 0) > 0 }
}

function redraftRelease(
  journal: JournalPlace,
  facts: ReplayFacts,
  standing: ReplayStanding,
): JournalDraft | null {
  const line = lineAt(journal, standing)
  const creatorId = journal.factKey.split('/')[2] ?? ''
  const hold = line && facts.holds.get(line.lineItemId)?.get(creatorId)
  if (!line || !hold) return null
  const { orderId, maturesAt, reserveUntil, reserveBps } = hold
  const isMaturity = journal.kind === 'maturity'
  const at = (isMaturity ? maturesAt : (reserveUntil ?? maturesAt)).toISOString()
  const change = { orderId, creatorId, currency: journal.currency, at }
  const stage = isMaturity ? stageAfterHold(reserveBps) : 'free'
  standing.lines.set(line.lineItemId, withStage(line, creatorId, stage))
  return isMaturity ? journalForMaturity(line, change, stage) : journalForReserveRelease(line, change)
}

function disputeFact(
  journal: JournalPlace,
  facts: ReplayFacts,
): (DisputeFact & { state: DisputeState }) | undefined {
  const disputeId = BigInt(journal.factKey.split('/')[1] ?? '0')
  // An inquiry that became a chargeback has told the same status at the same time twice: what was known then counts.
  const state = facts.disputeStates
    .get(disputeId)
    ?.findLast(
      (told) =>
        told.status === journal.status &&
        told.at.toISOString() === journal.effectiveAt &&
        told.seenAt.toISOString() <= journal.recordedAt,
    )
  if (!state) return undefined
  const { type, amountMinor, currency } = state
  return {
    ...{ disputeId, orderId: journal.orderId, type, status: state.status, amountMinor, currency },
    at: state.at.toISOString(),
    state,
  }
}

function redraftDispute(
  journal: JournalPlace,
  facts: ReplayFacts,
  standing: ReplayStanding,
): JournalDraft | null {
  const dispute = disputeFact(journal, facts)
  if (!dispute) return null
  const before = standing.disputes.get(dispute.disputeId) ?? { pendingMinor: 0n, lossMinor: 0n }
  const booked = journalForDispute(dispute, before)
  if (!booked.ok || !booked.draft) return null
  const { stage, draft } = booked
  standing.disputes.set(dispute.disputeId, {
    pendingMinor: stage === 'open' ? dispute.amountMinor : 0n,
    lossMinor: stage === 'lost' ? dispute.amountMinor : 0n,
  })
  if (journal.orderId !== null) {
    const lost = standing.lost.get(journal.orderId) ?? new Set()
    if (stage === 'lost') lost.add(dispute.disputeId)
    else lost.delete(dispute.disputeId)
    standing.lost.set(journal.orderId, lost)
  }
  return asStep(draft, journal)
}

function redraftDisputeRoyalty(
  journal: JournalPlace,
  facts: ReplayFacts,
  standing: ReplayStanding,
): JournalDraft | null {
  const dispute = disputeFact(journal, facts)
  const line = journal.lineItemId === null ? undefined : standing.lines.get(journal.lineItemId)
  if (!dispute || !line || journal.orderId === null) return null
  const [first] = [...(facts.salesOfLine.get(line.lineItemId) ?? [])].sort((left, right) =>
    left.saleId < right.saleId ? -1 : 1,
  )
  if (!first) return null
  const moved = royaltyJournalForDispute(
    { ...dispute, orderId: journal.orderId, currency: first.currency },
    { line, title: first.title, productId: first.productId },
    (standing.lost.get(journal.orderId)?.size ?? 0) > 0,
  )
  standing.lines.set(line.lineItemId, moved.line)
  return moved.draft && asStep(moved.draft, journal)
}

function redraftSuspense(
  journal: JournalPlace,
  facts: ReplayFacts,
  standing: ReplayStanding,
): JournalDraft | null {
  const { orderId } = journal
  if (orderId === null) return null
  const taken = standing.suspense.get(orderId) ?? { states: 0, minor: 0n }
  const state = facts.orderStates.get(orderId)?.[taken.states]
  if (!state) return null
  const totals = known(facts.salesOfOrder.get(orderId), state.seenAt, facts, standing).map(
    (sale) => sale.totalMinor,
  )
  const residualMinor = orderResidual(state.currentTotalMinor, totals)
  standing.suspense.set(orderId, { states: taken.states + 1, minor: residualMinor })
  const draft = journalForSuspense({
    orderId,
    currency: state.currency,
    orderUpdatedAt: state.updatedAt.toISOString(),
    residualMinor,
    inSuspenseMinor: taken.minor,
    isTest: false,
  })
  if (!draft) return null
  // A refund of an order out of sight gives its step its own name.
  const isOfRefund = journal.factKey.startsWith(`suspense/${orderId}/refund/`)
  return isOfRefund ? { ...draft, factKey: journal.factKey } : asStep(draft, journal)
}

function redraftSettlement(
  { orderId, ...journal }: JournalPlace,
  facts: ReplayFacts,
  standing: ReplayStanding,
): JournalDraft | null {
  if (orderId === null) return null
  const taken = standing.settlements.get(orderId) ?? {
    states: 0,
    position: { fxMinor: 0n, roundingMinor: 0n },
  }
  const state = facts.orderSettlements.get(orderId)?.[taken.states]
  if (!state) return null
  const sales = known(facts.salesOfOrder.get(orderId), state.seenAt, facts, standing)
  const target = settlementTarget(state, sales, rateSales(sales))
  standing.settlements.set(orderId, { states: taken.states + 1, position: target })
  const { currency, updatedAt } = state
  const draft = journalForSettlement(
    { orderId, currency, orderUpdatedAt: updatedAt.toISOString() },
    target,
    taken.position,
  )
  return draft && asStep(draft, journal)
}

function redraftRerate(
  journal: JournalPlace,
  facts: ReplayFacts,
  standing: ReplayStanding,
): JournalDraft | null {
  const [, rerateId = '', lineItemId = ''] = journal.factKey.split('/')
  const line = lineAt(journal, standing)
  const decided = facts.redecided.get(`${lineItemId}/${rerateId}`)
  const sales = facts.salesOfLine.get(BigInt(lineItemId)) ?? []
  const [first] = sales
  // Of a task all at its start; what a subscription's news decided, when it was written down.
  const at = decided?.rerateId === null ? journal.recordedAt : facts.rerateStarts.get(rerateId)
  if (!line || !decided || !first || journal.orderId === null || at === undefined) return null
  const then = known(sales, new Date(journal.recordedAt), facts, standing)
  const { payees } = decided
  const cumulativeNetMinor = then.reduce(
    (sum, { saleId }) => sum + (facts.rated.get(saleId)?.netMinor ?? 0n),
    0n,
  )
  const { draft, line: after } = journalForRerate(
    { ...withNewcomers(line, payees, facts), cumulativeNetMinor },
    {
      rerateId,
      at,
      orderId: journal.orderId,
      productId: first.productId,
      title: first.title,
      currency: first.currency,
      sold: soldOf(then),
      decided: { payees, capped: decided.capped },
    },
  )
  standing.lines.set(after.lineItemId, after)
  standing.revisions.set(after.lineItemId, decided.revision)
  return draft
}

/** Sales that the books knew then: those whose journals have come by, and of those without one what was seen by then. */
function known(
  sales: readonly StoredSale[] = [],
  at: Date,
  { journalled }: ReplayFacts,
  { booked }: ReplayStanding,
): StoredSale[] {
  return sales.filter(({ saleId, firstSeenAt }) =>
    journalled.has(saleId) ? booked.has(saleId) : firstSeenAt <= at,
  )
}

/** Whoever is paid for the first time waits as a sale of that day would have. */
function withNewcomers(line: RoyaltyLine, payees: readonly Payee[], facts: ReplayFacts): RoyaltyLine {
  const holds = new Map(
    payees.flatMap(({ creatorId }) => {
      const hold = facts.holds.get(line.lineItemId)?.get(creatorId)
      return hold && !line.standings.has(creatorId) ? [[creatorId, hold] as const] : []
    }),
  )
  const fresh = newLine(line.lineItemId, line.soldOn, { dropId: line.dropId, payees, capped: false, holds })
  return { ...line, standings: new Map([...fresh.standings, ...line.standings]) }
}

/** A step that came again has a name of its own. */
function asStep(draft: JournalDraft, { factKey }: Pick<JournalPlace, 'factKey'>): JournalDraft {
  return factKey.startsWith(`${draft.factKey}/again/`) ? { ...draft, factKey } : draft
}
