import { useAppBridge } from '@shopify/app-bridge-react'
import { BlockStack, Button, ChoiceList, InlineError, InlineStack, Tag, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { AgreementFormView } from '#app/features/agreements/agreement-form-view.server.ts'
import type { FormHandle } from '../form/save-bar-form.tsx'
import type { AgreementFormValues } from './agreement-form-values.ts'
import { Section } from './section.tsx'

const kinds = ['everything_attributed', 'products', 'collections'] as const

export interface ScopeFieldsProps {
  form: FormHandle<AgreementFormValues>
  titles: AgreementFormView['titles']
  /** Titles of what was just picked, for everything that speaks of them. */
  onPicked: (kind: 'products' | 'collections', titles: Record<string, string>) => void
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
            known={titles.products}
            form={form}
            onPicked={onPicked}
          />
        ) : null}
        {scopeKind === 'collections' ? (
          <PickedItems
            kind="collection"
            field="collectionIds"
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

interface PickedItemsProps {
  kind: 'product' | 'collection'
  field: 'productIds' | 'collectionIds'
  known: Record<string, string>
  form: FormHandle<AgreementFormValues>
  onPicked: ScopeFieldsProps['onPicked']
}

function PickedItems({ kind, field, known, form, onPicked }: PickedItemsProps) {
  const { t } = useTranslation()
  const shopify = useAppBridge()
  const ids = form.values[field]
  const gidStem = kind === 'product' ? 'gid://shopify/Product/' : 'gid://shopify/Collection/'
  const change = (next: string[]) => {
    form.set(field, next)
    // The refusal of an empty choice stands at the scope: choosing answers it.
    form.set('scopeKind', form.values.scopeKind)
  }
  const pick = async () => {
    const selection = await shopify.resourcePicker({
      type: kind,
      multiple: true,
      action: 'select',
      selectionIds: ids.map((id) => ({ id: `${gidStem}${id}` })),
    })
    // Undefined: the picker was closed without choosing.
    if (!selection) return
    const items = [...selection].map(({ id, title }) => ({ id: id.slice(id.lastIndexOf('/') + 1), title }))
    onPicked(
      kind === 'product' ? 'products' : 'collections',
      Object.fromEntries(items.map(({ id, title }) => [id, title])),
    )
    change(items.map(({ id }) => id))
  }
  return (
    <BlockStack gap="200">
      <InlineStack gap="200">
        {ids.map((id) => (
          <Tag key={id} onRemove={() => change(ids.filter((other) => other !== id))}>
            {known[id] ?? `#${id}`}
          </Tag>
        ))}
      </InlineStack>
      <InlineStack gap="200" blockAlign="center">
        <Button onClick={() => void pick()}>{t(`agreements.form.pick.${kind}`)}</Button>
        <Text as="span" tone="subdued">
          {t(`agreements.form.picked.${kind}`, { count: ids.length })}
        </Text>
      </InlineStack>
    </BlockStack>
  )
}
