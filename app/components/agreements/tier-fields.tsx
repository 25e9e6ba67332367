import { BlockStack, Button, ChoiceList, FormLayout, InlineError, Select } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { MAX_TIER_STEPS } from '#app/domain/agreements/parse-tiers.ts'
import type { FormHandle } from '../form/save-bar-form.tsx'
import type { AgreementFormValues } from './agreement-form-values.ts'
import { FoldOut } from './fold-out.tsx'
import type { TierStepText } from './promise-form-values.ts'
import { TierStepRow } from './tier-step-row.tsx'
import type { LiveField } from './use-live-field.ts'

export interface TierFieldsProps {
  form: FormHandle<AgreementFormValues>
  live: LiveField
  currency: string
}

/** A ladder of shares: what is counted, where it begins anew, and its steps. */
export function TierFields({ form, live, currency }: TierFieldsProps) {
  const { t } = useTranslation()
  const { tierMode } = form.values
  return (
    <FoldOut
      form={form}
      flag="hasTiers"
      title={t('agreements.form.tiers.title')}
      help={t('agreements.form.tiers.help')}
    >
      <FormLayout>
        <FormLayout.Group>
          <Select
            label={t('agreements.form.tiers.basis')}
            options={(['net', 'units'] as const).map((value) => ({
              value,
              label: t(`agreements.form.tiers.bases.${value}`),
            }))}
            {...live.text('tierBasis')}
          />
          <Select
            label={t('agreements.form.tiers.window')}
            options={(['agreement', 'product', 'drop', 'period'] as const).map((value) => ({
              value,
              label: t(`agreements.form.tiers.windows.${value}`),
            }))}
            {...live.text('tierWindow')}
          />
        </FormLayout.Group>
        <ChoiceList
          title={t('agreements.form.tiers.mode')}
          choices={(['marginal', 'retroactive'] as const).map((value) => ({
            value,
            label: t(`agreements.form.tiers.modes.${value}`),
            helpText: t(`agreements.form.tiers.modeHelp.${value}`),
          }))}
          selected={[tierMode]}
          onChange={([mode]) => form.set('tierMode', mode ?? 'marginal')}
        />
        <Steps form={form} live={live} currency={currency} />
      </FormLayout>
    </FoldOut>
  )
}

function Steps({ form, live, currency }: TierFieldsProps) {
  const { t } = useTranslation()
  const { tierSteps, tierBasis } = form.values
  const change = (steps: TierStepText[]) => form.set('tierSteps', steps)
  const error = form.error('tierSteps')
  return (
    <BlockStack gap="300" inlineAlign="start">
      {tierSteps.map((step, index) => (
        <TierStepRow
          key={step.id}
          number={index + 1}
          step={step}
          basis={tierBasis}
          currency={currency}
          // A row that is still being filled in is not wrong yet.
          error={step.from === '' || step.share === '' ? undefined : live.error(`tierSteps.${index}`)}
          onChange={(next) => change(tierSteps.map((other) => (other.id === step.id ? next : other)))}
          {...(tierSteps.length > 1
            ? { onRemove: () => change(tierSteps.filter((other) => other.id !== step.id)) }
            : {})}
        />
      ))}
      {error ? <InlineError message={error} fieldID="tierSteps" /> : null}
      {tierSteps.length < MAX_TIER_STEPS ? (
        <Button onClick={() => change([...tierSteps, { id: nextId(tierSteps), from: '', share: '' }])}>
          {t('agreements.form.tiers.add')}
        </Button>
      ) : null}
    </BlockStack>
  )
}

function nextId(steps: readonly TierStepText[]): string {
  const numbers = steps.map(({ id }) => Number(id.slice('step-'.length)))
  return `step-${Math.max(-1, ...numbers) + 1}`
}
