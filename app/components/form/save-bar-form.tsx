import { useFetcher } from '@remix-run/react'
import { SaveBar, useAppBridge } from '@shopify/app-bridge-react'
import { Banner, BlockStack } from '@shopify/polaris'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type FormOutcome, refusalText } from './form-outcome.ts'
import { type FormValues, isDirty, toFormData, withEdits } from './form-values.ts'
import { useLeaveGuard } from './use-leave-guard.ts'

export interface FormHandle<Values extends FormValues> {
  values: Values
  set: <Name extends keyof Values>(name: Name, value: Values[Name]) => void
  /** For Polaris fields: `{...form.text('senderName')}` gives value, change handler and error. */
  text: (name: keyof Values & string) => TextFieldBinding
  /** The refusal of a field in words, until the field is changed. */
  error: (name: string) => string | undefined
  dirty: boolean
  saving: boolean
}

export interface TextFieldBinding {
  name: string
  value: string
  onChange: (value: string) => void
  error: string | undefined
}

export interface SaveBarFormProps<Values extends FormValues> {
  /** Unique on the page: names the save bar. */
  id: string
  /** What is stored now. New stored values replace the form's when nothing is being edited. */
  initial: Values
  /** Where it posts; the page's own action by default. */
  action?: string
  /** A form for something new can be saved as it stands. */
  alwaysSavable?: boolean
  children: (form: FormHandle<Values>) => ReactNode
}

/** A form under App Bridge's contextual save bar: knows what changed, saves, discards back to what is stored, and shows refusals. */
export function SaveBarForm<Values extends FormValues>(props: SaveBarFormProps<Values>) {
  const { id, initial, action, alwaysSavable = false, children } = props
  const { t } = useTranslation()
  const shopify = useAppBridge()
  const fetcher = useFetcher<FormOutcome>()
  const [stored, setStored] = useState(initial)
  const [values, setValues] = useState(initial)
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const submitted = useRef<Values | null>(null)
  // What was stored when the editing began: tells what was edited.
  const base = useRef(initial)
  const saving = fetcher.state !== 'idle'
  const dirty = isDirty(values, stored)
  useLeaveGuard(dirty && !saving)

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

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once an answer; the stored values of that moment count.
  useEffect(() => {
    if (fetcher.state !== 'idle' || !fetcher.data || !submitted.current) return
    if (fetcher.data.ok) {
      // The page was loaded anew before this: what is stored may be spelled better than what was typed.
      const saved = submitted.current
      setStored(initial)
      setValues((current) => withEdits(current, saved, initial))
      base.current = initial
      shopify.toast.show(t('common.saved'))
    } else {
      if (fetcher.data.stale) {
        const before = base.current
        setValues((current) => withEdits(current, before, initial))
        base.current = initial
      }
      document.getElementById(`${id}-errors`)?.scrollIntoView({ block: 'center' })
    }
    submitted.current = null
  }, [fetcher.state, fetcher.data])

  const refused = fetcher.data && !fetcher.data.ok && !saving ? fetcher.data : null
  const set = <Name extends keyof Values>(name: Name, value: Values[Name]) => {
    setValues((current) => ({ ...current, [name]: value }))
    setTouched((current) => new Set(current).add(String(name)))
  }
  const error = (name: string) =>
    touched.has(name) ? undefined : refusalText(refused?.fields[name], (key, params) => t(key, params ?? {}))
  const text = (name: keyof Values & string): TextFieldBinding => ({
    name,
    value: String(values[name] ?? ''),
    onChange: (value) => set(name, value as Values[typeof name]),
    error: error(name),
  })
  const save = () => {
    // A second click may come before the first has been rendered.
    if (saving || submitted.current) return
    submitted.current = values
    setTouched(new Set())
    fetcher.submit(toFormData(values), { method: 'post', ...(action ? { action } : {}) })
  }
  const discard = () => {
    setValues(stored)
    base.current = stored
    setTouched(new Set(Object.keys(stored)))
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (dirty || alwaysSavable) save()
  }

  return (
    <form onSubmit={onSubmit} noValidate>
      <SaveBar id={id} open={dirty || saving}>
        <button
          type="button"
          variant="primary"
          onClick={save}
          disabled={saving}
          {...(saving ? { loading: '' } : {})}
        >
          {t('common.save')}
        </button>
        <button type="button" onClick={discard} disabled={saving}>
          {t('common.discard')}
        </button>
      </SaveBar>
      <BlockStack gap="400">
        {refused ? <RefusalSummary id={`${id}-errors`} outcome={refused} /> : null}
        {children({ values, set, text, error, dirty, saving })}
      </BlockStack>
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
    </form>
  )
}

function RefusalSummary({ id, outcome }: { id: string; outcome: Extract<FormOutcome, { ok: false }> }) {
  const { t } = useTranslation()
  const count = Object.keys(outcome.fields).length
  return (
    <div id={id}>
      <Banner tone="critical" title={t('common.notSaved')}>
        <p>{outcome.summary ? t(outcome.summary) : t('common.checkFields', { count })}</p>
      </Banner>
    </div>
  )
}
