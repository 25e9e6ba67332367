// Refusals of an agreement in the words of its form, and the form's fields as terms.
import {
  type AgreementFormValues,
  formFieldOf,
  termsJson,
} from '#app/components/agreements/agreement-form-values.ts'
import type { FieldRefusal, FormOutcome } from '#app/components/form/form-outcome.ts'
import { toPercentText } from '#app/domain/money/percent.ts'
import type { TermsProblem } from '#app/features/agreements/check-terms.server.ts'

export interface PostedAgreement {
  formId: string
  basedOn: string
  creatorId: string
  title: string
  terms: unknown
}

/** Reads the posted form. Nothing is trusted: the terms are whatever JSON the texts make. */
export function readAgreementPost(form: FormData, currency: string): PostedAgreement {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const values: AgreementFormValues = {
    formId: text('formId'),
    basedOn: text('basedOn'),
    creatorId: text('creatorId'),
    title: text('title'),
    role: text('role'),
    scopeKind: text('scopeKind'),
    productIds: idList(text('productIds')),
    collectionIds: idList(text('collectionIds')),
    share: text('share'),
    paymentFee: text('paymentFee'),
    period: text('period'),
    minimumPayout: text('minimumPayout'),
    holdDays: text('holdDays'),
    startsOn: text('startsOn'),
    endsOn: text('endsOn'),
  }
  const { formId, basedOn, creatorId, title } = values
  return { formId, basedOn, creatorId, title, terms: termsJson(values, currency) }
}

function idList(text: string): string[] {
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed.map(String) : []
  } catch {
    return []
  }
}

export function refusedTerms(problems: TermsProblem[]): FormOutcome {
  const fields: Record<string, FieldRefusal> = {}
  for (const problem of problems) fields[formFieldOf(problem.field)] ??= refusalOf(problem)
  return { ok: false, fields }
}

const special: Record<string, string> = {
  'shareBps.out_of_range': 'share_range',
  'deductPaymentFeeBps.out_of_range': 'fee_range',
  'holdDays.out_of_range': 'hold_range',
  'holdDays.not_a_whole_number': 'hold_range',
}

export function refusalOf(problem: TermsProblem): FieldRefusal {
  const key = `agreements.problem.${special[`${problem.field}.${problem.reason}`] ?? problem.reason}`
  if (problem.reason === 'share_above_cap') return { key, params: { cap: toPercentText(problem.capBps) } }
  if (problem.reason === 'currency_not_shop_currency')
    return { key, params: { shopCurrency: problem.shopCurrency } }
  return key
}

/** A refusal that belongs to no field. */
export function refusedWhole(reason: string): FormOutcome {
  return { ok: false, fields: {}, summary: `agreements.problem.${reason}` }
}
