// The drop's posted form as a plan, and refusals of it in the words of the form.
import { dropFormPosted, typedPlanOf } from '#app/components/drops/drop-form-values.ts'
import { byPlace, refusalOf } from '#app/components/drops/plan-problems.ts'
import type { FieldRefusal, FormOutcome } from '#app/components/form/form-outcome.ts'
import type { TypedPlan, TypedProblem } from '#app/domain/drops/typed-plan.ts'

export interface PostedDrop {
  formId: string
  revision: number
  plan: TypedPlan
}

/** Nothing is trusted: what is of another kind than a form sends is empty. */
export function readDropPost(form: FormData, currency: string): PostedDrop {
  const values = dropFormPosted((name) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  })
  return {
    formId: values.formId,
    revision: /^\d{1,9}$/.test(values.revision) ? Number(values.revision) : 0,
    plan: typedPlanOf(values, currency),
  }
}

type Refusal = { ok: false; problems: TypedProblem[] } | { ok: false; reason: string }

const FIELD_OF: Record<string, string> = {
  handle_taken: 'handle',
  handle_on_passes: 'handle',
  unknown_creator: 'creatorId',
  unknown_agreement: 'agreementId',
}

export function refusedDrop(refusal: Refusal, timeZone: string): FormOutcome {
  if ('problems' in refusal) {
    const fields: Record<string, FieldRefusal> = {}
    for (const [place, problem] of byPlace(refusal.problems)) fields[place] = refusalOf(problem, timeZone)
    return { ok: false, fields }
  }
  const key = `drops.problem.${refusal.reason}`
  const field = FIELD_OF[refusal.reason]
  if (field) return { ok: false, fields: { [field]: key } }
  const isStale = refusal.reason === 'changed_meanwhile'
  return { ok: false, fields: {}, summary: key, ...(isStale ? { stale: true } : {}) }
}
