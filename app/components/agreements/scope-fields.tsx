import { BlockStack, ChoiceList, InlineError } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { AgreementFormView } from '#app/features/agreements/agreement-form-view.server.ts'
import type { FormHandle } from '../form/save-bar-form.tsx'
import type { AgreementFormValues } from './agreement-form-values.ts'
import { PickedItems, type PickedItemsProps } from './picked-items.tsx'
import { Section } from './section.tsx'

const kinds = ['everything_attributed', 'products', 'collections'] as const

export interface ScopeFieldsProps {
  form: FormHandle<AgreementFormValues>
  titles: AgreementFormView['titles']
  onPicked: PickedItemsProps['onPicked']
}

/** Which sales count: everything, or products or collections that are picked in Shopify's own picker. */
export function ScopeFields({ form, titles, onPicked }: ScopeFieldsProps) {
  const { t } = useTranslation()
  const { scopeKind, role } = form.values
  const error = form.error('scopeKind')
  return (
    <Section title={t('agreements.form.scope')} help={t(`agreements.form.scopeHelp.${role}`)}>
      <BlockStack gap="300">
        <ChoiceList
          name="scopeKind"
          title={t('agreements.form.scope')}
          titleHidden
          choices={kinds.map((value) => ({
            value,
            label: t(`agreements.form.scopes.${value}`),
            disabled: value === 'everything_attributed' && role === 'design_owner',
          }))}
          selected={[scopeKind]}
          onChange={([kind]) => form.set('scopeKind', kind ?? 'everything_attributed')}
        />
        {scopeKind === 'products' ? (
          <PickedItems
            kind="product"
            field="productIds"
            refusedAt="scopeKind"
            known={titles.products}
            form={form}
            onPicked={onPicked}
          />
        ) : null}
        {scopeKind === 'collections' ? (
          <PickedItems
            kind="collection"
            field="collectionIds"
            refusedAt="scopeKind"
            known={titles.collections}
            form={form}
            onPicked={onPicked}
          />
        ) : null}
        {error ? <InlineError message={error} fieldID="scope" /> : null}
      </BlockStack>
    </Section>
  )
}
