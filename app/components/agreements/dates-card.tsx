import { Checkbox, FormLayout, Link, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { AgreementFormView } from '#app/features/agreements/agreement-form-view.server.ts'
import type { FormHandle } from '../form/save-bar-form.tsx'
import type { AgreementFormValues } from './agreement-form-values.ts'
import { Section } from './section.tsx'

export interface DatesCardProps {
  form: FormHandle<AgreementFormValues>
  view: AgreementFormView
}

/** First and last day, and whether the first may lie before the acceptance. */
export function DatesCard({ form, view }: DatesCardProps) {
  const { t } = useTranslation()
  const { editing } = view
  const isChange = editing?.hasAcceptedVersion === true
  const { retroactive } = form.values
  // What is previewed is what is saved.
  const canPreview = retroactive && editing?.draftHash && editing.retroactive && !form.dirty
  return (
    <Section title={t('agreements.form.dates')} help={t('agreements.form.datesHelp')}>
      <FormLayout>
        <FormLayout.Group condensed>
          <TextField
            label={isChange ? t('agreements.form.changesOn') : t('agreements.form.startsOn')}
            type="date"
            {...(retroactive ? {} : { min: view.today })}
            autoComplete="off"
            requiredIndicator
            {...form.text('startsOn')}
          />
          <TextField
            label={t('agreements.form.endsOn')}
            type="date"
            min={view.today}
            autoComplete="off"
            helpText={t('agreements.form.endsOnHelp')}
            {...form.text('endsOn')}
          />
        </FormLayout.Group>
        <Checkbox
          label={t('agreements.form.retroactive')}
          helpText={t('agreements.form.retroactiveHelp')}
          checked={retroactive}
          onChange={(checked) => {
            form.set('retroactive', checked)
            // What was refused for its date may be right now, or wrong.
            form.set('startsOn', form.values.startsOn)
          }}
        />
        {canPreview ? (
          <Link url={`/app/agreements/${editing.id}/rerate`}>{t('agreements.form.retroactivePreview')}</Link>
        ) : null}
        {retroactive && !canPreview ? (
          <Text as="p" tone="subdued">
            {t('agreements.form.retroactiveSaveFirst')}
          </Text>
        ) : null}
      </FormLayout>
    </Section>
  )
}
