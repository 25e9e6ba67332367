import { ChoiceList, FormLayout, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { FormHandle } from '../form/save-bar-form.tsx'
import type { AgreementFormValues } from './agreement-form-values.ts'
import { FoldOut } from './fold-out.tsx'
import type { LiveField } from './use-live-field.ts'

export interface PromiseFieldsProps {
  form: FormHandle<AgreementFormValues>
  live: LiveField
  currency: string
}

/** What is kept back against late returns. */
export function ReserveFields({ form, live }: PromiseFieldsProps) {
  const { t } = useTranslation()
  return (
    <FoldOut
      form={form}
      flag="hasReserve"
      title={t('agreements.form.reserve.title')}
      help={t('agreements.form.reserve.help')}
    >
      <FormLayout>
        <FormLayout.Group>
          <TextField
            label={t('agreements.form.reserve.share')}
            suffix="%"
            inputMode="decimal"
            autoComplete="off"
            {...live.text('reserveShare')}
          />
          <TextField
            label={t('agreements.form.reserve.days')}
            suffix={t('agreements.form.days')}
            inputMode="numeric"
            autoComplete="off"
            {...live.text('reserveDays')}
          />
        </FormLayout.Group>
      </FormLayout>
    </FoldOut>
  )
}

/** A bonus when a buyer comes back. */
export function RetentionFields({ form, live, currency }: PromiseFieldsProps) {
  const { t } = useTranslation()
  const { retentionKind } = form.values
  const rewardError = live.error('retentionKind')
  const reward = (name: 'retentionAmount' | 'retentionShare') => {
    const binding = live.text(name)
    return {
      ...binding,
      error: binding.error ?? rewardError,
      onChange: (value: string) => {
        binding.onChange(value)
        // A refusal of the reward stands at its kind: typing answers it.
        form.set('retentionKind', retentionKind)
      },
    }
  }
  return (
    <FoldOut
      form={form}
      flag="hasRetention"
      title={t('agreements.form.retention.title')}
      help={t('agreements.form.retention.help')}
    >
      <FormLayout>
        <FormLayout.Group>
          <TextField
            label={t('agreements.form.retention.days')}
            suffix={t('agreements.form.days')}
            inputMode="numeric"
            autoComplete="off"
            {...live.text('retentionDays')}
          />
          <TextField
            label={t('agreements.form.retention.minimum')}
            prefix={currency}
            inputMode="decimal"
            autoComplete="off"
            {...live.text('retentionMinimum')}
          />
        </FormLayout.Group>
        <ChoiceList
          title={t('agreements.form.retention.reward')}
          choices={(['fixed', 'share'] as const).map((value) => ({
            value,
            label: t(`agreements.form.retention.rewards.${value}`),
          }))}
          selected={[retentionKind]}
          onChange={([kind]) => form.set('retentionKind', kind ?? 'fixed')}
        />
        {retentionKind === 'share' ? (
          <TextField
            label={t('agreements.form.retention.share')}
            suffix="%"
            inputMode="decimal"
            autoComplete="off"
            {...reward('retentionShare')}
          />
        ) : (
          <TextField
            label={t('agreements.form.retention.amount')}
            prefix={currency}
            inputMode="decimal"
            autoComplete="off"
            {...reward('retentionAmount')}
          />
        )}
      </FormLayout>
    </FoldOut>
  )
}

/** A share of renewals. */
export function SubscriptionFields({ form, live }: PromiseFieldsProps) {
  const { t } = useTranslation()
  return (
    <FoldOut
      form={form}
      flag="hasSubscription"
      title={t('agreements.form.subscription.title')}
      help={t('agreements.form.subscription.help')}
    >
      <FormLayout>
        <FormLayout.Group>
          <TextField
            label={t('agreements.form.subscription.cycles')}
            inputMode="numeric"
            autoComplete="off"
            {...live.text('subscriptionCycles')}
          />
          <TextField
            label={t('agreements.form.subscription.decay')}
            suffix="%"
            inputMode="decimal"
            autoComplete="off"
            helpText={t('agreements.form.subscription.decayHelp')}
            {...live.text('subscriptionDecay')}
          />
        </FormLayout.Group>
      </FormLayout>
    </FoldOut>
  )
}
