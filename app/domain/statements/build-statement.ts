import { invoicedVat, selfBillingNumber } from '../tax/self-billing.ts'
import { addDaysToDate, localDateOf } from '../time/instant.ts'
import { groupLines } from './group-lines.ts'
import { listAdjustments } from './list-adjustments.ts'
import { listBonuses, listMaturities, listPayments } from './list-moves.ts'
import { refuseUnlessTied } from './refuse-unless-tied.ts'
import { settleBalance } from './settle-balance.ts'
import { stateTax } from './state-tax.ts'
import type { StatementAgreement, StatementDocument } from './statement-document.ts'
import type { CreatorFigures, StatementParticulars, StatementRefusal } from './statement-input.ts'
import { statementNumber } from './statement-number.ts'

/** How long a line may be questioned from the statement's page. */
export const QUESTION_DAYS = 90

export type BuiltStatement = { ok: true; document: StatementDocument } | ({ ok: false } & StatementRefusal)

/** Builds the frozen document of one creator and period, and refuses when its figures do not meet the ledger's. */
export function buildStatement(about: StatementParticulars, figures: CreatorFigures): BuiltStatement {
  const lines = groupLines(figures.lines)
  const bonuses = listBonuses(figures.bonuses)
  const adjustments = listAdjustments(figures.adjustments)
  const payments = listPayments(figures.payments)
  const royaltiesMinor = sum(lines.map((line) => line.royaltyMinor))
  const bonusesMinor = sum(bonuses.map((bonus) => bonus.amountMinor))
  const adjustmentsMinor = sum(adjustments.map((item) => item.amountMinor))
  const paymentsMinor = sum(payments.map((payment) => payment.grossMinor))
  const earned = royaltiesMinor + bonusesMinor + adjustmentsMinor
  const closingMinor = figures.openingMinor + earned - figures.advance.recoupedMinor - paymentsMinor

  const named = new Set([...lines, ...bonuses].map((row) => row.versionId))
  const agreements = agreementsOf(about, named)
  const refusal = refuseUnlessTied(about, figures, closingMinor, named)
  if (refusal) return { ok: false, ...refusal }
  const settlement = settleBalance({
    closingMinor,
    heldMinor: figures.heldMinor,
    reserveMinor: figures.reserve.closingMinor,
    minimumPayoutMinor: about.minimumPayoutMinor,
    isTaxFormMissing: about.formStatus === 'missing' || about.formStatus === 'expired',
    arePayoutsPaused: about.arePayoutsPaused,
  })
  return {
    ok: true,
    document: {
      ...headOf(about, agreements),
      openingMinor: `${figures.openingMinor}`,
      lines,
      royaltiesMinor: `${royaltiesMinor}`,
      bonuses,
      bonusesMinor: `${bonusesMinor}`,
      adjustments,
      adjustmentsMinor: `${adjustmentsMinor}`,
      reserve: reserveOf(figures),
      advance: advanceOf(figures),
      tax: stateTax(about, figures),
      ...selfBillingOf(about, earned),
      payments,
      paymentsMinor: `${paymentsMinor}`,
      closingMinor: `${closingMinor}`,
      heldMinor: `${figures.heldMinor}`,
      maturities: listMaturities(figures.maturities),
      payableMinor: `${settlement.payableMinor}`,
      minimumPayoutMinor: `${about.minimumPayoutMinor}`,
      carryForwardMinor: `${settlement.carryForwardMinor}`,
      carryForward: settlement.carryForward,
      questionsUntil: addDaysToDate(localDateOf(about.issuedAt, about.timeZone), QUESTION_DAYS),
      previousStatement: about.previousStatement && {
        number: about.previousStatement.number,
        hash: about.previousStatement.hash,
      },
      chain: { seq: `${about.chain.seq}`, head: about.chain.head },
      contact: about.contact,
    },
  }
}

function headOf(about: StatementParticulars, agreements: StatementAgreement[]) {
  return {
    format: 2 as const,
    number: statementNumber(about.handle, about.sequence),
    sequence: about.sequence,
    period: about.period,
    from: about.from,
    to: about.to,
    issuedAt: about.issuedAt,
    timeZone: about.timeZone,
    locale: about.locale,
    payer: about.payer,
    payee: about.payee,
    currency: about.currency,
    agreements,
  }
}

/** Those that figures rest on and those in force, by title and version. */
function agreementsOf(about: StatementParticulars, named: ReadonlySet<string>): StatementAgreement[] {
  const wanted = new Set([...named, ...about.inForce])
  const nameOf = (row: StatementAgreement) =>
    `${row.title}\u0000${String(row.version).padStart(6, '0')}${row.versionId}`
  return about.agreements
    .filter((row) => wanted.has(row.versionId))
    .sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1))
}

function reserveOf({ reserve }: CreatorFigures): StatementDocument['reserve'] {
  const released = reserve.releases.reduce((total, part) => total + part.amountMinor, 0n)
  return {
    openingMinor: `${reserve.openingMinor}`,
    // Returns also make a reserve smaller: withheld is what remains of what was kept back.
    withheldMinor: `${reserve.closingMinor - reserve.openingMinor + released}`,
    releasedMinor: `${released}`,
    closingMinor: `${reserve.closingMinor}`,
    releases: [...reserve.releases]
      .sort((left, right) => (left.soldIn < right.soldIn ? -1 : 1))
      .map((part) => ({ soldIn: part.soldIn, amountMinor: `${part.amountMinor}` })),
  }
}

function advanceOf({ advance }: CreatorFigures): StatementDocument['advance'] {
  return {
    openingMinor: `${advance.openingMinor}`,
    paidMinor: `${advance.closingMinor - advance.openingMinor + advance.recoupedMinor}`,
    recoupedMinor: `${advance.recoupedMinor}`,
    closingMinor: `${advance.closingMinor}`,
    withheldMinor: `${advance.withheldMinor}`,
    recoupBps: [...advance.recoupBps],
  }
}

function selfBillingOf(
  about: StatementParticulars,
  earnedMinor: bigint,
): Pick<StatementDocument, 'selfBilling' | 'selfBilledCount'> {
  if (!about.selfBilling) return { selfBilling: null, selfBilledCount: about.selfBilledBefore }
  const selfBilledCount = about.selfBilledBefore + 1
  const { agreedOn, acceptedAfterDays, ...vatFacts } = about.selfBilling
  const { vat, rateBps, taxableMinor, vatMinor } = invoicedVat(vatFacts, earnedMinor)
  const number = selfBillingNumber(about.handle, selfBilledCount)
  const amounts = { taxableMinor: `${taxableMinor}`, vatMinor: `${vatMinor}` }
  return { selfBilling: { number, agreedOn, vat, rateBps, ...amounts, acceptedAfterDays }, selfBilledCount }
}

function sum(amounts: readonly string[]): bigint {
  return amounts.reduce((total, amount) => total + BigInt(amount), 0n)
}
