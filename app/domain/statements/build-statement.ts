import { describeNetBasis } from '../agreements/describe-terms.ts'
import { groupLines } from './group-lines.ts'
import { listAdjustments } from './list-adjustments.ts'
import { settleBalance } from './settle-balance.ts'
import type { StatementDocument, StatementLine } from './statement-document.ts'
import type { StatementInput, StatementRefusal } from './statement-input.ts'
import { statementNumber } from './statement-number.ts'

export type BuiltStatement = { ok: true; document: StatementDocument } | ({ ok: false } & StatementRefusal)

/** Builds the frozen document of one creator and period, and refuses when its figures do not meet the ledger's. */
export function buildStatement(input: StatementInput): BuiltStatement {
  const entries = [...input.entries].sort((left, right) => (left.journalSeq < right.journalSeq ? -1 : 1))
  const grouped = groupLines(
    input.creatorId,
    entries.filter((entry) => entry.kind === 'sale'),
    input.agreements,
  )
  if (!grouped.ok) return grouped
  // Maturities only move money between the creator's own accounts: they show as the held amount, not as lines.
  const others = entries.filter((entry) => entry.kind !== 'sale' && entry.kind !== 'maturity')
  const listed = listAdjustments(input.creatorId, others, input.timeZone)
  if (!listed.ok) return listed
  const moved = entries.find((entry) => entry.kind === 'maturity' && entry.creditMinor !== 0n)
  if (moved) return { ok: false, reason: 'entry_does_not_add_up', journal: moved.journalSeq.toString() }

  const royalties = sum(grouped.lines.map((line) => line.royaltyMinor))
  const adjustments = sum(listed.adjustments.map((adjustment) => adjustment.amountMinor))
  const payments = sum(input.payments.map((payment) => payment.amountMinor))
  const closing = input.openingMinor + royalties + adjustments - payments
  const refusal = refuseUnlessTied(input, closing)
  if (refusal) return { ok: false, ...refusal }
  const settlement = settleBalance(closing, input.heldMinor, input.minimumPayoutMinor)
  return {
    ok: true,
    document: {
      format: 1,
      number: statementNumber(input.handle, input.sequence),
      sequence: input.sequence,
      period: input.period,
      from: input.from,
      to: input.to,
      issuedAt: input.issuedAt,
      timeZone: input.timeZone,
      locale: input.locale,
      payer: { name: input.payer.name, email: input.payer.email },
      payee: { name: input.payee.name, email: input.payee.email },
      currency: input.currency,
      basis: basisOf(grouped.lines, input),
      openingMinor: input.openingMinor.toString(),
      lines: grouped.lines,
      royaltiesMinor: royalties.toString(),
      adjustments: listed.adjustments,
      adjustmentsMinor: adjustments.toString(),
      payments: [...input.payments],
      paymentsMinor: payments.toString(),
      closingMinor: closing.toString(),
      heldMinor: input.heldMinor.toString(),
      maturities: maturitiesByDate(input),
      payableMinor: settlement.payableMinor.toString(),
      minimumPayoutMinor: input.minimumPayoutMinor.toString(),
      carryForwardMinor: settlement.carryForwardMinor.toString(),
      carryForwardReason: settlement.carryForwardReason,
      previousStatement: input.previousStatement && { ...input.previousStatement },
      chain: { seq: input.chain.seq.toString(), head: input.chain.head },
      contact: input.contact,
    },
  }
}

function refuseUnlessTied(input: StatementInput, closing: bigint): StatementRefusal | null {
  if (closing !== input.ledgerBalanceMinor) {
    const ledgerMinor = input.ledgerBalanceMinor.toString()
    return { reason: 'closing_differs_from_ledger', closingMinor: closing.toString(), ledgerMinor }
  }
  const maturing = input.maturities.reduce((total, maturity) => total + maturity.amountMinor, 0n)
  if (maturing !== input.heldMinor) {
    const heldMinor = input.heldMinor.toString()
    return { reason: 'maturities_differ_from_held', maturitiesMinor: maturing.toString(), heldMinor }
  }
  return null
}

function maturitiesByDate(input: StatementInput): StatementDocument['maturities'] {
  const byDate = new Map<string, bigint>()
  for (const { on, amountMinor } of input.maturities) byDate.set(on, (byDate.get(on) ?? 0n) + amountMinor)
  return [...byDate]
    .filter(([, amountMinor]) => amountMinor !== 0n)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([on, amountMinor]) => ({ on, amountMinor: amountMinor.toString() }))
}

/** One sentence for each agreement version that a line is rated under. */
function basisOf(lines: readonly StatementLine[], input: StatementInput): string[] {
  const rated = new Set(lines.map((line) => `${line.agreementTitle}\u0000${line.agreementVersion}`))
  const sentences = [...input.agreements.values()]
    .filter((agreement) => rated.has(`${agreement.title}\u0000${agreement.versionNumber}`))
    .map((agreement) => {
      const basis = describeNetBasis(agreement.terms, { locale: input.locale })
      return `${agreement.title}, version ${agreement.versionNumber}: ${basis}`
    })
  return [...new Set(sentences)].sort()
}

function sum(amounts: readonly string[]): bigint {
  return amounts.reduce((total, amount) => total + BigInt(amount), 0n)
}
