import { BlockStack, Button, InlineError, InlineGrid, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { TierStepText } from './promise-form-values.ts'

export interface TierStepRowProps {
  /** Counted from 1. */
  number: number
  step: TierStepText
  basis: string
  currency: string
  error: string | undefined
  onChange: (step: TierStepText) => void
  /** Absent for the only step. */
  onRemove?: () => void
}

export function TierStepRow(props: TierStepRowProps) {
  const { number, step, basis, currency, error, onChange, onRemove } = props
  const { t } = useTranslation()
  const isMoney = basis !== 'units'
  return (
    <BlockStack gap="100">
      <InlineGrid columns="3fr 2fr auto" gap="300" alignItems="end">
        <TextField
          label={t(isMoney ? 'agreements.form.tiers.fromNet' : 'agreements.form.tiers.fromUnits', { number })}
          {...(isMoney ? { prefix: currency } : { suffix: t('agreements.form.tiers.pieces') })}
          value={step.from}
          onChange={(from) => onChange({ ...step, from })}
          inputMode={isMoney ? 'decimal' : 'numeric'}
          autoComplete="off"
        />
        <TextField
          label={t('agreements.form.tiers.pays', { number })}
          suffix="%"
          value={step.share}
          onChange={(share) => onChange({ ...step, share })}
          inputMode="decimal"
          autoComplete="off"
        />
        <Button
          {...(onRemove ? { onClick: onRemove } : { disabled: true })}
          accessibilityLabel={t('agreements.form.tiers.removeStep', { number })}
        >
          {t('agreements.form.tiers.remove')}
        </Button>
      </InlineGrid>
      {error ? <InlineError message={error} fieldID={step.id} /> : null}
    </BlockStack>
  )
}
