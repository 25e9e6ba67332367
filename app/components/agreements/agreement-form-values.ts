// The agreement's form as texts, and the terms that they mean. The browser's preview and the server read them by the same code.
import { type ParsedTerms, parseTerms, type TermsRefusal } from '#app/domain/agreements/parse-terms.ts'
import type { AgreementScope, AgreementTerms } from '#app/domain/agreements/terms.ts'
import { toDecimalText } from '#app/domain/money/format-amount.ts'
import { toPercentText } from '#app/domain/money/percent.ts'
import {
  bpsOf,
  minorOf,
  noPromises,
  type PromiseFormValues,
  promiseFormFrom,
  promisesJson,
  type TierStepText,
} from './promise-form-values.ts'

export type AgreementFormValues = PromiseFormValues & {
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
  /** Whether it is to reach back to sales before its acceptance. */
  retroactive: boolean
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
    retroactive: false,
    ...noPromises,
  }
}

/** The form as it was posted. What is missing or of another kind than a form sends is empty. */
export function agreementFormPosted(text: (name: string) => string): AgreementFormValues {
  const shape = emptyAgreementForm({ formId: '', creatorId: '', returnWindowDays: 0, today: '' })
  const entries = Object.entries(shape).map(([name, usual]) => {
    if (typeof usual === 'boolean') return [name, text(name) === 'true']
    if (name === 'tierSteps') return [name, listIn(text(name)).map(readStep)]
    return [name, Array.isArray(usual) ? listIn(text(name)).map(String) : text(name)]
  })
  return Object.fromEntries(entries) as AgreementFormValues
}

function readStep(value: unknown, index: number): TierStepText {
  const given = typeof value === 'object' && value !== null ? value : {}
  const text = (name: string) => {
    const found: unknown = Reflect.get(given, name)
    return typeof found === 'string' ? found : ''
  }
  return { id: `step-${index}`, from: text('from'), share: text('share') }
}

function listIn(text: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}

export function agreementFormFrom(editing: {
  title: string
  creatorId: string
  terms: AgreementTerms
  draftHash: string | null
  retroactive: boolean
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
    retroactive: editing.retroactive,
    ...promiseFormFrom(terms),
  }
}

/** The terms as JSON for the domain's parser. What is not readable as a number is handed on as it is, for the parser to refuse. */
export function termsJson(values: AgreementFormValues, currency: string): unknown {
  return {
    role: values.role,
    scope: scopeJson(values),
    shareBps: bpsOf(values.share),
    net: { deductPaymentFeeBps: bpsOf(values.paymentFee.trim() || '0') },
    currency,
    period: values.period,
    minimumPayoutMinor: minorOf(values.minimumPayout || '0', currency),
    holdDays: /^\d{1,4}$/.test(values.holdDays.trim()) ? Number(values.holdDays) : null,
    startsOn: values.startsOn,
    endsOn: values.endsOn === '' ? null : values.endsOn,
    ...promisesJson(values, currency),
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

const formFields: Partial<Record<TermsRefusal['field'] | 'title', keyof AgreementFormValues>> = {
  scope: 'scopeKind',
  shareBps: 'share',
  deductPaymentFeeBps: 'paymentFee',
  minimumPayoutMinor: 'minimumPayout',
  tiers: 'tierSteps',
  reserve: 'reserveShare',
  reserveBps: 'reserveShare',
  guarantee: 'guaranteeKind',
  guaranteeProducts: 'guaranteeProductIds',
  retention: 'retentionDays',
  retentionReward: 'retentionKind',
  subscription: 'subscriptionCycles',
}

/** The form's field that shows a refusal of the terms' field. */
export function formFieldOf(field: TermsRefusal['field'] | 'title'): string {
  return formFields[field] ?? field
}
