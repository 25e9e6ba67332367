import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { CreatorView } from '#app/features/creators/creator-view.server.ts'
import { DateText } from '../figures/date-text.tsx'

/** What happened with a creator, newest first, and who did it. */
export function HistoryCard({ view }: { view: CreatorView }) {
  const { t } = useTranslation()
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('creators.profile.history')}
        </Text>
        {view.history.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('creators.profile.noHistory')}
          </Text>
        ) : null}
        {view.history.map((event) => (
          <InlineStack key={event.id} align="space-between" gap="200">
            <Text as="span" breakWord>
              {t(`creators.event.${event.kind}`, { ...event.facts, defaultValue: event.kind })}
            </Text>
            <Text as="span" tone="subdued">
              {t(`creators.actor.${event.actor}`)} ·{' '}
              <DateText at={event.at} timeZone={view.timeZone} style="time" />
            </Text>
          </InlineStack>
        ))}
        {view.historyLeftOut > 0 ? (
          <Text as="p" tone="subdued">
            {t('creators.profile.olderLeftOut', { count: view.historyLeftOut })}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  )
}
