import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePost } from '../creators/row-action.tsx'
import { refusalText } from '../form/form-outcome.ts'

export interface PostForm<Values extends Record<string, string>> {
  values: Values
  set: (name: keyof Values & string, value: string) => void
  /** For Polaris fields. */
  field: (name: keyof Values & string) => {
    name: string
    value: string
    onChange: (value: string) => void
    error: string | undefined
  }
  /** Posts the values with these besides. */
  submit: (besides: Record<string, string>) => void
  busy: boolean
  /** A refusal that belongs to no field, in words. */
  problem: string | undefined
}

/** A small form that is sent by its own button: keeps what was typed when it is refused, and is empty again when it was taken. */
export function usePostForm<Values extends Record<string, string>>(
  initial: Values,
  done: string,
  onDone?: () => void,
): PostForm<Values> {
  const { t } = useTranslation()
  const [values, setValues] = useState(initial)
  const latest = useRef(initial)
  latest.current = initial
  const reset = useCallback(() => {
    setValues(latest.current)
    onDone?.()
  }, [onDone])
  const { submit, busy, refused } = usePost(done, reset, 'common.notSaved')
  const words = (refusal: Parameters<typeof refusalText>[0]) =>
    refusalText(refusal, (key, params) => t(key, params ?? {}))
  const set = (name: keyof Values & string, value: string) =>
    setValues((current) => ({ ...current, [name]: value }))
  return {
    values,
    set,
    field: (name) => ({
      name,
      value: values[name] ?? '',
      onChange: (value) => set(name, value),
      error: words(refused?.fields[name]),
    }),
    submit: (besides) => submit({ ...values, ...besides }),
    busy,
    problem: words(refused?.summary ?? refused?.fields.form),
  }
}
