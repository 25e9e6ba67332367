// From rows to what a statement says of its parties, terms and place in the chain.
import type { Shop } from '../../adapters/db/generated/client.ts'
import type { AgreementTerms } from '../../domain/agreements/terms.ts'
import type { StatementParticulars } from '../../domain/statements/statement-input.ts'
import { isTaxFormType, taxFormStatus } from '../../domain/tax/form-status.ts'
import { isSelfBilled, vatTreatment } from '../../domain/tax/self-billing.ts'
import { localDateOf } from '../../domain/time/instant.ts'
import { datesOf, periodLabelled } from '../../domain/time/month-period.ts'
import { type CreatorParticulars, payeeOf, payerOf, statementAgreement } from './read-particulars.server.ts'
import type { CreatorScope } from './statement-scope.server.ts'

interface Closing {
  period: { label: string }
  head: { seq: bigint; hash: Buffer }
  now: Date
}

export function particularsOf(
  shop: Shop,
  about: CreatorParticulars,
  scope: CreatorScope,
  periodLabel: string,
  closing: Closing,
): StatementParticulars {
  const { creator, versions, terms, tax, last } = about
  const { to } = datesOf(periodLabelled(closing.period.label, shop.timeZone), shop.timeZone)
  const [payer, payee] = [payerOf(shop), payeeOf(creator, versions, tax)]
  const dateOf = (at: Date | null | undefined) => (at ? at.toISOString().slice(0, 10) : null)
  const form = tax && isTaxFormType(tax.formType) ? tax.formType : 'none'
  const formFacts = {
    formType: form,
    receivedOn: dateOf(tax?.formReceivedOn),
    expiresOn: dateOf(tax?.formExpiresOn),
  }
  const selfBilling = tax && {
    from: dateOf(tax.selfBillingFrom),
    until: dateOf(tax.selfBillingUntil),
    acceptedAt: tax.selfBillingAcceptedAt?.toISOString() ?? null,
    vatNumber: tax.vatNumber,
    acceptedAfterDays: tax.acceptedAfterDays,
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
    contact: shop.replyTo ?? shop.email,
    agreements: versions.map(statementAgreement),
    inForce: versions
      .filter((row) => terms.includes(row.terms as unknown as AgreementTerms))
      .map((row) => row.id),
    minimumPayoutMinor: largestMinimum(terms),
    form,
    formStatus: taxFormStatus(tax ? formFacts : null, payer.country, localDateOf(issuedAt, shop.timeZone)),
    withholdingBps: tax?.withholdingBps ?? 0,
    selfBilling:
      selfBilling && isSelfBilled(selfBilling, scope.from, to)
        ? { vat: vatTreatment(payer, payee), acceptedAfterDays: selfBilling.acceptedAfterDays }
        : null,
    selfBilledBefore: last?.selfBilledCount ?? 0,
    arePayoutsPaused: about.arePayoutsPaused,
    previousStatement: last && {
      number: last.number,
      hash: last.hash,
      // A change of the shop's currency begins a new series of amounts.
      closingMinor: last.currency === shop.currency ? last.closing : 0n,
    },
    chain: { seq: closing.head.seq, head: closing.head.hash.toString('hex') },
  }
}

function largestMinimum(terms: readonly AgreementTerms[]): bigint {
  return terms
    .map((standing) => BigInt(standing.minimumPayoutMinor))
    .reduce((largest, minimum) => (minimum > largest ? minimum : largest), 0n)
}
