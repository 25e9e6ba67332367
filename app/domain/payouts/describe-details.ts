import type { PayoutMethodDetails } from './method-details.ts'

/** All that is needed to pay by hand, in one line. Only for files that the payer asks for. */
export function describeDetails(details: PayoutMethodDetails): string {
  switch (details.kind) {
    case 'sepa':
      return [details.holder, details.iban, details.bic ?? ''].filter(Boolean).join(' · ')
    case 'paypal':
      return details.email
    case 'wise':
      return `${details.holder} · ${details.email}`
    case 'other':
      return details.instructions.replace(/\s+/g, ' ')
  }
}
