import { BlockStack, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { StatementFacts } from '#app/adapters/email/presentation/statement-facts.ts'
import { SectionCard } from '../layout/section-card.tsx'

/** From the opening balance to what is payable now, with the reason for each part that is carried forward. */
export function StatementBalance({ facts }: { facts: StatementFacts }) {
  const { t } = useTranslation()
  const { words } = facts
  const rows = [
    ...facts.balance.map((row) => ({ ...row, isStrong: row.key === 'closing' })),
    { key: 'payable', label: words.payableNow, amount: facts.payable, isStrong: true },
    ...facts.carried.map((part) => ({ ...part, isStrong: false })),
  ]
  return (
    <SectionCard title={t('statements.detail.balance')}>
      <BlockStack gap="150">
        {rows.map((row) => (
          <InlineStack key={row.key} align="space-between" gap="200" wrap={false}>
            <Text as="span" fontWeight={row.isStrong ? 'semibold' : 'regular'}>
              {row.label}
            </Text>
            <Text as="span" fontWeight={row.isStrong ? 'semibold' : 'regular'} numeric>
              {row.amount}
            </Text>
          </InlineStack>
        ))}
      </BlockStack>
      {facts.carrySentences.map((sentence) => (
        <Text key={sentence} as="p" tone="subdued">
          {sentence}
        </Text>
      ))}
    </SectionCard>
  )
}
