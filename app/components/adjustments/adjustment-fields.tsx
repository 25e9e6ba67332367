import { Card, FormLayout, Select, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { COUNTER_ACCOUNTS } from '#app/domain/adjustments/adjustment-input.ts'
import type { AdjustmentFormView } from '#app/features/adjustments/adjustment-list-view.server.ts'
import { Money } from '../figures/money.tsx'
import type { FormHandle } from '../form/save-bar-form.tsx'

export type AdjustmentValues = {
  formId: string
  kind: 'creator_correction' | 'suspense'
  creatorId: string
  orderId: string
  /** credit: to the creator; debit: from the creator. */
  direction: 'credit' | 'debit'
  amount: string
  account: string
  incomeType: string
  statementNumber: string
  statementLine: string
  reason: string
}

export function emptyAdjustment(
  formId: string,
  view: AdjustmentFormView,
  creatorId: string,
): AdjustmentValues {
  const kind = view.suspense ? 'suspense' : 'creator_correction'
  return {
    formId,
    kind,
    creatorId,
    orderId: view.suspense?.orderId ?? '',
    direction: 'credit',
    amount: '',
    account: COUNTER_ACCOUNTS[kind][0] ?? '',
    incomeType: 'commission_service',
    statementNumber: '',
    statementLine: '',
    reason: '',
  }
}

export function AdjustmentFields({
  form,
  view,
}: {
  form: FormHandle<AdjustmentValues>
  view: AdjustmentFormView
}) {
  const { t } = useTranslation()
  const accounts = COUNTER_ACCOUNTS[form.values.kind].map((value) => ({
    value,
    label: t(`payouts.account.${value}`),
  }))
  return (
    <Card>
      <FormLayout>
        {view.suspense ? (
          <Text as="p">
            {t('payouts.adjustments.suspenseOf', { order: view.suspense.orderName })}{' '}
            <Money minor={view.suspense.amountMinor} currency={view.suspense.currency} />
          </Text>
        ) : (
          <CorrectionFields form={form} view={view} />
        )}
        <Select
          label={view.suspense ? t('payouts.adjustments.toAccount') : t('payouts.adjustments.otherSide')}
          options={accounts}
          {...form.text('account')}
        />
        <TextField
          label={t('payouts.adjustments.reason')}
          helpText={t('payouts.adjustments.reasonHelp')}
          multiline={3}
          maxLength={1000}
          autoComplete="off"
          requiredIndicator
          {...form.text('reason')}
        />
      </FormLayout>
    </Card>
  )
}

function CorrectionFields({ form, view }: { form: FormHandle<AdjustmentValues>; view: AdjustmentFormView }) {
  const { t } = useTranslation()
  return (
    <FormLayout>
      <Select
        label={t('payouts.preview.creator')}
        placeholder={t('payouts.adjustments.chooseCreator')}
        options={view.creators.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.text('creatorId')}
      />
      <FormLayout.Group>
        <Select
          label={t('payouts.adjustments.direction')}
          options={(['credit', 'debit'] as const).map((value) => ({
            value,
            label: t(`payouts.adjustments.directions.${value}`),
          }))}
          {...form.text('direction')}
        />
        <TextField
          label={t('payouts.adjustments.amount')}
          suffix={view.currency}
          inputMode="decimal"
          autoComplete="off"
          requiredIndicator
          {...form.text('amount')}
        />
      </FormLayout.Group>
      <Select
        label={t('payouts.adjustments.incomeType')}
        options={(['commission_service', 'design_royalty', 'bonus'] as const).map((value) => ({
          value,
          label: t(`payouts.income.${value}`),
        }))}
        {...form.text('incomeType')}
      />
      <FormLayout.Group helpText={t('payouts.adjustments.statementHelp')}>
        <TextField
          label={t('payouts.adjustments.statementNumber')}
          autoComplete="off"
          maxLength={60}
          {...form.text('statementNumber')}
        />
        <TextField
          label={t('payouts.adjustments.statementLine')}
          autoComplete="off"
          maxLength={120}
          {...form.text('statementLine')}
        />
      </FormLayout.Group>
    </FormLayout>
  )
}
