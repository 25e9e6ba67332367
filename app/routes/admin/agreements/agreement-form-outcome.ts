// Refusals of an agreement in the words of its form, and the form's fields as terms.
import {
  agreementFormPosted,
  formFieldOf,
  termsJson,
} from '#app/components/agreements/agreement-form-values.ts'
import { refusalOf } from '#app/components/agreements/problem-words.ts'
import type { FieldRefusal, FormOutcome } from '#app/components/form/form-outcome.ts'
import type { TermsProblem } from '#app/features/agreements/check-terms.server.ts'

export interface PostedAgreement {
  formId: string
  basedOn: string
  creatorId: string
  title: string
  terms: unknown
  retroactive: boolean
}

/** Reads the posted form. Nothing is trusted: the terms are whatever JSON the texts make. */
export function readAgreementPost(form: FormData, currency: string): PostedAgreement {
  const values = agreementFormPosted((name) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  })
  const { formId, basedOn, creatorId, title, retroactive } = values
  return { formId, basedOn, creatorId, title, retroactive, terms: termsJson(values, currency) }
}

export function refusedTerms(problems: TermsProblem[]): FormOutcome {
  const fields: Record<string, FieldRefusal> = {}
  for (const problem of problems) fields[formFieldOf(problem.field)] ??= refusalOf(problem)
  return { ok: false, fields }
}

/** A refusal that belongs to no field. */
export function refusedWhole(reason: string): FormOutcome {
  return { ok: false, fields: {}, summary: `agreements.problem.${reason}` }
}
