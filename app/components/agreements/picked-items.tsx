import { useAppBridge } from '@shopify/app-bridge-react'
import { BlockStack, Button, InlineStack, Tag, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { FormHandle } from '../form/save-bar-form.tsx'
import type { AgreementFormValues } from './agreement-form-values.ts'

export interface PickedItemsProps {
  kind: 'product' | 'collection'
  field: 'productIds' | 'collectionIds' | 'guaranteeProductIds'
  /** Where a refusal of the choice stands: choosing answers it. */
  refusedAt: keyof AgreementFormValues
  /** Titles by id. */
  known: Record<string, string>
  form: FormHandle<AgreementFormValues>
  /** Titles of what was just picked, for everything that speaks of them. */
  onPicked: (kind: 'products' | 'collections', titles: Record<string, string>) => void
}

/** Products or collections, picked in Shopify's own picker. */
export function PickedItems({ kind, field, refusedAt, known, form, onPicked }: PickedItemsProps) {
  const { t } = useTranslation()
  const shopify = useAppBridge()
  const ids = form.values[field]
  const gidStem = kind === 'product' ? 'gid://shopify/Product/' : 'gid://shopify/Collection/'
  const change = (next: string[]) => {
    form.set(field, next)
    if (refusedAt !== field) form.set(refusedAt, form.values[refusedAt])
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
