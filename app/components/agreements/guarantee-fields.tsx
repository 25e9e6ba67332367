import { BlockStack, ChoiceList, FormLayout, InlineError, Select, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { FormHandle } from '../form/save-bar-form.tsx'
import type { AgreementFormValues } from './agreement-form-values.ts'
import { FoldOut } from './fold-out.tsx'
import { PickedItems, type PickedItemsProps } from './picked-items.tsx'
import type { LiveField } from './use-live-field.ts'

export interface GuaranteeFieldsProps {
  form: FormHandle<AgreementFormValues>
  live: LiveField
  currency: string
  productTitles: Record<string, string>
  onPicked: PickedItemsProps['onPicked']
}

/** An amount that is earned at least, or an amount for every piece that comes back into stock. */
export function GuaranteeFields(props: GuaranteeFieldsProps) {
  const { form, live } = props
  const { t } = useTranslation()
  const error = live.error('guaranteeKind')
  return (
    <FoldOut
      form={form}
      flag="hasGuarantee"
      title={t('agreements.form.guarantee.title')}
      help={t('agreements.form.guarantee.help')}
    >
      <FormLayout>
        <ChoiceList
          title={t('agreements.form.guarantee.kind')}
          choices={(['minimum', 'restock'] as const).map((value) => ({
            value,
            label: t(`agreements.form.guarantee.kinds.${value}`),
            helpText: t(`agreements.form.guarantee.kindHelp.${value}`),
          }))}
          selected={[form.values.guaranteeKind]}
          onChange={([kind]) => form.set('guaranteeKind', kind ?? 'minimum')}
          {...(error ? { error } : {})}
        />
        {form.values.guaranteeKind === 'restock' ? <Restock {...props} /> : <Minimum {...props} />}
      </FormLayout>
    </FoldOut>
  )
}

function Minimum({ live, currency }: GuaranteeFieldsProps) {
  const { t } = useTranslation()
  return (
    <FormLayout.Group>
      <TextField
        label={t('agreements.form.guarantee.amount')}
        prefix={currency}
        inputMode="decimal"
        autoComplete="off"
        {...live.text('guaranteeAmount')}
      />
      <Select
        label={t('agreements.form.guarantee.window')}
        options={(['month', 'quarter', 'agreement'] as const).map((value) => ({
          value,
          label: t(`agreements.form.guarantee.windows.${value}`),
        }))}
        {...live.text('guaranteeWindow')}
      />
    </FormLayout.Group>
  )
}

function Restock({ form, live, currency, productTitles, onPicked }: GuaranteeFieldsProps) {
  const { t } = useTranslation()
  const chosen = form.values.guaranteeProductIds.length > 0
  const error = chosen ? live.error('guaranteeProductIds') : form.error('guaranteeProductIds')
  return (
    <BlockStack gap="400">
      <BlockStack gap="200">
        <PickedItems
          kind="product"
          field="guaranteeProductIds"
          refusedAt="guaranteeProductIds"
          known={productTitles}
          form={form}
          onPicked={onPicked}
        />
        {error ? <InlineError message={error} fieldID="guaranteeProductIds" /> : null}
      </BlockStack>
      <FormLayout>
        <FormLayout.Group>
          <TextField
            label={t('agreements.form.guarantee.perUnit')}
            prefix={currency}
            inputMode="decimal"
            autoComplete="off"
            {...live.text('guaranteePerUnit')}
          />
          <TextField
            label={t('agreements.form.guarantee.units')}
            inputMode="numeric"
            autoComplete="off"
            {...live.text('guaranteeUnits')}
          />
          <TextField
            label={t('agreements.form.guarantee.until')}
            type="date"
            autoComplete="off"
            {...live.text('guaranteeUntil')}
          />
        </FormLayout.Group>
      </FormLayout>
    </BlockStack>
  )
}
