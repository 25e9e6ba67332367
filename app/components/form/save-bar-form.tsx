import { SaveBar } from '@shopify/app-bridge-react'
import { Banner, BlockStack } from '@shopify/polaris'
import { type FormEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ClashBanner, type DescribeField } from './clash-banner.tsx'
import type { FormOutcome } from './form-outcome.ts'
import type { FormValues } from './form-values.ts'
import { useIsAlive } from './use-early-typing.ts'
import { useLeaveGuard } from './use-leave-guard.ts'
import { type SavedForm, useSavedForm } from './use-saved-form.ts'

export interface FormHandle<Values extends FormValues>
  extends Pick<SavedForm<Values>, 'values' | 'set' | 'error' | 'dirty' | 'saving'> {
  /** For Polaris fields: `{...form.text('senderName')}` gives value, change handler and error. */
  text: (name: keyof Values & string) => TextFieldBinding
}

export interface TextFieldBinding {
  name: string
  value: string
  onChange: (value: string) => void
  error: string | undefined
}

export interface SaveBarFormProps<Values extends FormValues> {
  /** Unique on the page: names the form and its save bar. */
  id: string
  /** What is stored now. New stored values replace the form's when nothing is being edited. */
  initial: Values
  /** Where it posts; the page's own action by default. */
  action?: string
  /** A form for something new can be saved as it stands. */
  alwaysSavable?: boolean
  /** For forms that two people may edit at once: how the values of a clash are said. */
  describe?: DescribeField
  children: (form: FormHandle<Values>) => ReactNode
}

/** A form under App Bridge's contextual save bar: knows what changed, saves, discards back to what is stored, and shows refusals. */
export function SaveBarForm<Values extends FormValues>(props: SaveBarFormProps<Values>) {
  const { id, initial, action, alwaysSavable = false, describe, children } = props
  const { t } = useTranslation()
  const element = useRef<HTMLFormElement>(null)
  const alive = useIsAlive()
  const form = useSavedForm({ id, initial, action, element })
  const { values, set, error, dirty, saving, save, discard, refused, clash } = form
  useLeaveGuard(dirty && !saving)
  const text = (name: keyof Values & string): TextFieldBinding => ({
    name,
    value: String(values[name] ?? ''),
    onChange: (value) => set(name, value as Values[typeof name]),
    error: error(name),
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (dirty || alwaysSavable) save()
  }
  return (
    <form id={id} ref={element} onSubmit={onSubmit} noValidate>
      <SaveBar id={`${id}-save-bar`} open={dirty || saving}>
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
        {refused ? (
          <div id={`${id}-errors`}>
            {clash && describe ? (
              <ClashBanner
                clash={clash}
                values={values}
                describe={describe}
                choose={(name, value) => set(name, value as Values[typeof name])}
                takeAll={discard}
              />
            ) : (
              <RefusalSummary outcome={refused} />
            )}
          </div>
        ) : null}
        {children({ values, set, text, error, dirty, saving })}
      </BlockStack>
      {/* Enter saves. Before the page is alive it does nothing, where it would send the fields off to nowhere. */}
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} disabled={!alive} />
    </form>
  )
}

function RefusalSummary({ outcome }: { outcome: Extract<FormOutcome, { ok: false }> }) {
  const { t } = useTranslation()
  const count = Object.keys(outcome.fields).length
  return (
    <Banner tone="critical" title={t('common.notSaved')}>
      <p>{outcome.summary ? t(outcome.summary) : t('common.checkFields', { count })}</p>
    </Banner>
  )
}
