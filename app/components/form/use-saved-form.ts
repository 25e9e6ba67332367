import { useFetcher } from '@remix-run/react'
import { useAppBridge } from '@shopify/app-bridge-react'
import { type MutableRefObject, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Clash, findClash } from './find-clash.ts'
import { type FormOutcome, refusalText } from './form-outcome.ts'
import { type FormValues, isDirty, toFormData, withEdits } from './form-values.ts'
import { type EarlyTexts, useEarlyTyping } from './use-early-typing.ts'

type Refused = Extract<FormOutcome, { ok: false }>

export interface SavedForm<Values extends FormValues> {
  values: Values
  set: <Name extends keyof Values>(name: Name, value: Values[Name]) => void
  /** The refusal of a field in words, until the field is changed. */
  error: (name: string) => string | undefined
  dirty: boolean
  saving: boolean
  refused: Refused | null
  /** Somebody else's save between reading and saving, until the next save. */
  clash: Clash | null
  save: () => void
  discard: () => void
}

export interface SavedFormOptions<Values extends FormValues> {
  id: string
  /** What is stored now, read anew by the page after every save. */
  initial: Values
  action: string | undefined
  element: RefObject<HTMLFormElement | null>
}

/** What stands in a form against what is stored: edits, saves, refusals, and what others saved meanwhile. */
export function useSavedForm<Values extends FormValues>(
  options: SavedFormOptions<Values>,
): SavedForm<Values> {
  const { id, initial, action, element } = options
  const { t } = useTranslation()
  const fetcher = useFetcher<FormOutcome>()
  const [stored, setStored] = useState(initial)
  const [values, setValues] = useState(initial)
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [clash, setClash] = useState<Clash | null>(null)
  const [settled, setSettled] = useState<FormOutcome | undefined>(undefined)
  const submitted = useRef<{ values: Values; answerBefore: FormOutcome | undefined } | null>(null)
  // What was stored when the editing began: tells what was edited.
  const base = useRef(initial)
  const saving = fetcher.state !== 'idle'
  const dirty = isDirty(values, stored)

  const initialText = JSON.stringify(initial)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the object, which is new at every render.
  useEffect(() => {
    if (saving) return
    if (!dirty) {
      setValues(initial)
      base.current = initial
    }
    setStored(initial)
  }, [initialText])
  // After the effect above, which at the first time sets what is stored.
  useEarlyTyping(id, (texts) => setValues((current) => withTexts(current, texts)))

  useAnswer(fetcher, submitted, {
    saved: (sent) => {
      // The page was loaded anew before this: what is stored may be spelled better than what was typed.
      setStored(initial)
      setValues((current) => withEdits(current, sent, initial))
      base.current = initial
    },
    refused: (refused) => {
      if (refused.stale) {
        const before = base.current
        setClash(findClash(values, before, initial))
        setStored(initial)
        setValues((current) => withEdits(current, before, initial))
        base.current = initial
      }
      requestAnimationFrame(() => showRefusal(element.current, id))
    },
  })

  const isOpen = fetcher.data !== settled && !saving
  const refused = isOpen && fetcher.data && !fetcher.data.ok ? fetcher.data : null
  return {
    values,
    dirty,
    saving,
    refused,
    clash,
    set: (name, value) => {
      setValues((current) => ({ ...current, [name]: value }))
      setTouched((current) => new Set(current).add(String(name)))
    },
    error: (name) =>
      touched.has(name)
        ? undefined
        : refusalText(refused?.fields[name], (key, params) => t(key, params ?? {})),
    save: () => {
      // A second click may come before the first has been rendered.
      if (saving || submitted.current) return
      submitted.current = { values, answerBefore: fetcher.data }
      setTouched(new Set())
      setClash(null)
      fetcher.submit(toFormData(values), { method: 'post', ...(action ? { action } : {}) })
    },
    discard: () => {
      setValues(stored)
      setClash(null)
      setSettled(fetcher.data)
      base.current = stored
    },
  }
}

interface AnswerHandlers<Values> {
  saved: (sent: Values) => void
  refused: (answer: Refused) => void
}

/** Runs once an answer, and says "Saved" in the admin: also when the answer is another page, on which this form is gone. */
function useAnswer<Values extends FormValues>(
  fetcher: { state: string; data: FormOutcome | undefined },
  submitted: MutableRefObject<{ values: Values; answerBefore: FormOutcome | undefined } | null>,
  handlers: AnswerHandlers<Values>,
): void {
  const { t } = useTranslation()
  const shopify = useAppBridge()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the handlers of the moment of the answer count.
  useEffect(() => {
    const sent = submitted.current
    if (!sent) return
    // The server has answered, and not with an outcome: it sends the browser to the page of what was saved.
    const leadsAway = fetcher.state === 'loading' && fetcher.data === sent.answerBefore
    if (fetcher.state !== 'idle' && !leadsAway) return
    submitted.current = null
    if (leadsAway) shopify.toast.show(t('common.saved'))
    else if (fetcher.data?.ok) {
      handlers.saved(sent.values)
      shopify.toast.show(t('common.saved'))
    } else if (fetcher.data) handlers.refused(fetcher.data)
  }, [fetcher.state, fetcher.data])
}

/** Where the eye and the keyboard go after a refusal: to the first field that was refused, else to what is said about all. */
function showRefusal(form: HTMLFormElement | null, id: string): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
  if (field) field.focus()
  else document.getElementById(`${id}-errors`)?.scrollIntoView({ block: 'center' })
}

function withTexts<Values extends FormValues>(values: Values, texts: EarlyTexts): Values {
  const known = Object.entries(texts).filter(([name]) => typeof values[name] === 'string')
  return { ...values, ...Object.fromEntries(known) }
}
