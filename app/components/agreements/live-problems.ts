// What is wrong with the form as it stands, found by the code that will judge it when it is saved.
import { parseTerms, type TermsRefusal } from '#app/domain/agreements/parse-terms.ts'
import { type TermsViolation, validateTerms } from '#app/domain/agreements/validate-terms.ts'
import type { AgreementFormView } from '#app/features/agreements/agreement-form-view.server.ts'
import { type AgreementFormValues, formFieldOf, termsJson } from './agreement-form-values.ts'

export type LiveProblem = TermsRefusal | TermsViolation

/** The first problem of each place: by the form's field, or by `tierSteps.N` for the step of a ladder, 0 being the first. */
export function liveProblems(
  values: AgreementFormValues,
  view: Pick<AgreementFormView, 'currency' | 'capBps' | 'today'>,
): Map<string, LiveProblem> {
  const found = new Map<string, LiveProblem>()
  for (const problem of allProblems(values, view)) {
    const step = 'step' in problem ? problem.step : undefined
    const field = formFieldOf(problem.field)
    const place = step === undefined ? field : `${field}.${step}`
    if (!found.has(place)) found.set(place, problem)
  }
  return found
}

function allProblems(
  values: AgreementFormValues,
  view: Pick<AgreementFormView, 'currency' | 'capBps' | 'today'>,
): LiveProblem[] {
  const parsed = parseTerms(termsJson(values, view.currency))
  if (!parsed.ok) return parsed.refusals
  const allowed = validateTerms(parsed.terms, {
    currency: view.currency,
    maxTotalShareBps: view.capBps,
    today: view.today,
  })
  if (allowed.ok) return []
  // Which products a collection holds is not known in the browser: the server looks.
  const isKnown = (violation: TermsViolation) =>
    violation.reason !== 'product_outside_scope' || parsed.terms.scope.kind !== 'collections'
  return allowed.violations.filter(isKnown)
}
