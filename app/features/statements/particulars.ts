// From rows to what a statement says of its parties, terms and place in the chain.
import type { Shop } from '../../adapters/db/generated/client.ts'
import type { AgreementTerms } from '../../domain/agreements/terms.ts'
import type { StatementParticulars } from '../../domain/statements/statement-input.ts'
import { isTaxFormType, taxFormStatus } from '../../domain/tax/form-status.ts'
import type { PayerDetails } from '../../domain/tax/payer-details.ts'
import { isSelfBilled } from '../../domain/tax/self-billing.ts'
import { type LocalDate, localDateOf } from '../../domain/time/instant.ts'
import { datesOf, periodLabelled } from '../../domain/time/month-period.ts'
import { type CreatorParticulars, payeeOf, payerOf, statementAgreement } from './read-particulars.server.ts'
import type { CreatorScope } from './statement-scope.server.ts'

interface Closing {
  period: { label: string }
  head: { seq: bigint; hash: Buffer }
  now: Date
  /** In force at issue. */
  payer: PayerDetails | null
  /** On the last day that the statement covers; null when nobody had said it for that day. */
  payerOnLastDay: PayerDetails | null
  /** Of the last statement in this currency. */
  lastClosing: bigint
}

/** `shop.currency`: of the statement, which may be a former one of the shop. */
export function particularsOf(
  shop: Shop,
  about: CreatorParticulars,
  scope: CreatorScope,
  periodLabel: string,
  closing: Closing,
): StatementParticulars {
  const { creator, versions, tax, vat, withholding, last } = about
  const terms = about.terms.filter(({ currency }) => currency === shop.currency)
  const { to } = datesOf(periodLabelled(closing.period.label, shop.timeZone), shop.timeZone)
  const selfBilling = selfBillingOf(vat, scope.from, to)
  const payer = payerOf(shop, selfBilling ? invoicedParty(closing) : closing.payer)
  const payee = payeeOf(creator, versions, { country: tax?.country ?? null, vat })
  const dateOf = (at: Date | null | undefined) => (at ? at.toISOString().slice(0, 10) : null)
  const form = tax && isTaxFormType(tax.formType) ? tax.formType : 'none'
  const formFacts = {
    formType: form,
    receivedOn: dateOf(tax?.formReceivedOn),
    expiresOn: dateOf(tax?.formExpiresOn),
  }
  const issuedAt = closing.now.toISOString()
  return {
    handle: creator.handle,
    sequence: scope.sequence,
    period: periodLabel,
    from: scope.from,
    to,
    issuedAt,
    timeZone: shop.timeZone,
    locale: creator.locale,
    payer,
    payee,
    currency: shop.currency,
    contact: payer.email,
    agreements: versions.map(statementAgreement),
    inForce: versions
      .filter((row) => terms.includes(row.terms as unknown as AgreementTerms))
      .map((row) => row.id),
    minimumPayoutMinor: largestMinimum(terms),
    form,
    formStatus: taxFormStatus(tax ? formFacts : null, payer.country, localDateOf(issuedAt, shop.timeZone)),
    withholdingBps: withholding?.bps ?? 0,
    withholdingReason: withholding?.bps ? withholding.reason : null,
    selfBilling,
    selfBilledBefore: last?.selfBilledCount ?? 0,
    arePayoutsPaused: about.pausedIn(shop.currency),
    previousStatement: last && {
      number: last.number,
      hash: last.hash,
      closingMinor: closing.lastClosing,
    },
    chain: { seq: closing.head.seq, head: closing.head.hash.toString('hex') },
  }
}

/**
 * An invoice names whom the supply was made to. What is told by successive statements is supplied when their period ends, so that is the payer of
 * its last day, whoever took over since; questions go to whoever answers them now.
 */
function invoicedParty({ payer, payerOnLastDay }: Closing): PayerDetails | null {
  // Said for a later day only: better than an invoice to nobody.
  if (payerOnLastDay === null) return payer
  return { ...payerOnLastDay, contact: (payer ?? payerOnLastDay).contact }
}

function selfBillingOf(
  vat: CreatorParticulars['vat'],
  from: LocalDate,
  to: LocalDate,
): StatementParticulars['selfBilling'] {
  if (!vat?.selfBilling?.agreedOn || !isSelfBilled(vat, from, to)) return null
  const { agreedOn, acceptedAfterDays } = vat.selfBilling
  return { agreedOn, treatment: vat.treatment, rateBps: vat.rateBps, acceptedAfterDays }
}

function largestMinimum(terms: readonly AgreementTerms[]): bigint {
  return terms
    .map((standing) => BigInt(standing.minimumPayoutMinor))
    .reduce((largest, minimum) => (minimum > largest ? minimum : largest), 0n)
}
