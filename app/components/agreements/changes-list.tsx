import { BlockStack, InlineGrid, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { TermsChange } from '#app/domain/agreements/describe-changes.ts'

/** What a version changed, each part as it read before and as it reads now. */
export function ChangesList({ changes }: { changes: readonly TermsChange[] }) {
  const { t } = useTranslation()
  const words = (change: TermsChange, side: 'before' | 'after') =>
    change.field === 'role' ? change[side].map((role) => t(`common.role.${role}`)) : change[side]
  return (
    <BlockStack gap="300">
      {changes.map((change) => (
        <BlockStack key={change.field} gap="100">
          <Text as="h4" variant="headingSm">
            {t(`agreements.field.${change.field}`)}
          </Text>
          <InlineGrid columns={{ xs: 1, md: 2 }} gap="300">
            <Side label={t('agreements.detail.before')} lines={words(change, 'before')} subdued />
            <Side label={t('agreements.detail.after')} lines={words(change, 'after')} />
          </InlineGrid>
        </BlockStack>
      ))}
    </BlockStack>
  )
}

function Side({ label, lines, subdued = false }: { label: string; lines: string[]; subdued?: boolean }) {
  const { t } = useTranslation()
  const tone = subdued ? ({ tone: 'subdued' } as const) : {}
  return (
    <BlockStack gap="050">
      <Text as="span" variant="bodySm" tone="subdued">
        {label}
      </Text>
      {(lines.length > 0 ? lines : [t('agreements.detail.notAgreed')]).map((line) => (
        <Text as="p" key={line} breakWord {...tone}>
          {line}
        </Text>
      ))}
    </BlockStack>
  )
}
