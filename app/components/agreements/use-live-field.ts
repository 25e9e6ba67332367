import { useTranslation } from 'react-i18next'
import { refusalText } from '../form/form-outcome.ts'
import type { FormHandle, TextFieldBinding } from '../form/save-bar-form.tsx'
import type { AgreementFormValues } from './agreement-form-values.ts'
import type { LiveProblem } from './live-problems.ts'
import { refusalOf } from './problem-words.ts'

export interface LiveField {
  /** Like the form's own binding; says what is wrong as soon as something is typed. */
  text: (name: keyof AgreementFormValues & string) => TextFieldBinding
  /** Of a place that is no text field: `tierSteps.0`, or a choice. */
  error: (place: string) => string | undefined
}

/** The refusals of the last save, and beside them what the form's own check finds. */
export function useLiveField(
  form: FormHandle<AgreementFormValues>,
  problems: ReadonlyMap<string, LiveProblem>,
): LiveField {
  const { t } = useTranslation()
  const live = (place: string) => {
    const problem = problems.get(place)
    return problem && refusalText(refusalOf(problem), (key, params) => t(key, params ?? {}))
  }
  return {
    text: (name) => {
      const binding = form.text(name)
      // An empty field is not wrong yet, only unfinished.
      return { ...binding, error: binding.error ?? (binding.value.trim() === '' ? undefined : live(name)) }
    },
    error: (place) => form.error(place) ?? live(place),
  }
}
