// The agreement's form as texts, and the terms that they mean. The browser's preview and the server read them by the same code.
import { type ParsedTerms, parseTerms, type TermsRefusal } from '#app/domain/agreements/parse-terms.ts'
import type { AgreementScope, AgreementTerms } from '#app/domain/agreements/terms.ts'
import { toDecimalText } from '#app/domain/money/format-amount.ts'
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import { parsePercent, toPercentText } from '#app/domain/money/percent.ts'

export type AgreementFormValues = {
  /** Of the agreement to be made; empty when editing. */
  formId: string
  /** Hash of the draft that is edited; empty when saving begins a new version. */
  basedOn: string
  creatorId: string
  title: string
  role: string
  scopeKind: string
  productIds: string[]
  collectionIds: string[]
  /** Percent texts. */
  share: string
  paymentFee: string
  period: string
  /** Decimal text in the shop's currency. */
  minimumPayout: string
  holdDays: string
  startsOn: string
  /** Empty: until one of both ends it. */
  endsOn: string
}

export function emptyAgreementForm(given: {
  formId: string
  creatorId: string
  returnWindowDays: number
  today: string
}): AgreementFormValues {
  return {
    formId: given.formId,
    basedOn: '',
    creatorId: given.creatorId,
    title: '',
    role: 'promoter',
    scopeKind: 'everything_attributed',
    productIds: [],
    collectionIds: [],
    share: '10',
    paymentFee: '0',
    period: 'monthly',
    minimumPayout: '25',
    holdDays: String(given.returnWindowDays),
    startsOn: given.today,
    endsOn: '',
  }
}

export function agreementFormFrom(editing: {
  title: string
  creatorId: string
  terms: AgreementTerms
  draftHash: string | null
}): AgreementFormValues {
  const { terms } = editing
  return {
    formId: '',
    basedOn: editing.draftHash ?? '',
    creatorId: editing.creatorId,
    title: editing.title,
    role: terms.role,
    scopeKind: terms.scope.kind,
    productIds: terms.scope.kind === 'products' ? terms.scope.productIds : [],
    collectionIds: terms.scope.kind === 'collections' ? terms.scope.collectionIds : [],
    share: toPercentText(terms.shareBps),
    paymentFee: toPercentText(terms.net.deductPaymentFeeBps),
    period: terms.period,
    minimumPayout: toDecimalText(BigInt(terms.minimumPayoutMinor), terms.currency),
    holdDays: String(terms.holdDays),
    startsOn: terms.startsOn,
    endsOn: terms.endsOn ?? '',
  }
}

/** The terms as JSON for the domain's parser. What is not readable as a number is handed on as it is, for the parser to refuse. */
export function termsJson(values: AgreementFormValues, currency: string): unknown {
  const minimum = parseAmount(values.minimumPayout.trim().replace(',', '.') || '0', currency)
  return {
    role: values.role,
    scope: scopeJson(values),
    shareBps: bpsOf(values.share),
    net: { deductPaymentFeeBps: bpsOf(values.paymentFee.trim() || '0') },
    currency,
    period: values.period,
    minimumPayoutMinor: minimum.ok ? minimum.minor.toString() : null,
    holdDays: /^\d{1,4}$/.test(values.holdDays.trim()) ? Number(values.holdDays) : null,
    startsOn: values.startsOn,
    endsOn: values.endsOn === '' ? null : values.endsOn,
  }
}

export function readTerms(values: AgreementFormValues, currency: string): ParsedTerms {
  return parseTerms(termsJson(values, currency))
}

function scopeJson(values: AgreementFormValues): AgreementScope | { kind: string } {
  switch (values.scopeKind) {
    case 'products':
      return { kind: 'products', productIds: values.productIds }
    case 'collections':
      return { kind: 'collections', collectionIds: values.collectionIds }
    default:
      return { kind: values.scopeKind }
  }
}

function bpsOf(text: string): number | null {
  const parsed = parsePercent(text)
  return parsed.ok ? parsed.bps : null
}

const formFields: Partial<Record<TermsRefusal['field'] | 'title', keyof AgreementFormValues>> = {
  scope: 'scopeKind',
  shareBps: 'share',
  deductPaymentFeeBps: 'paymentFee',
  minimumPayoutMinor: 'minimumPayout',
}

/** The form's field that shows a refusal of the terms' field. */
export function formFieldOf(field: TermsRefusal['field'] | 'title'): string {
  return formFields[field] ?? field
}
