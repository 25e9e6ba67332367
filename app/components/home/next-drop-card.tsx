import { Button, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { NextDrop } from '#app/features/home/home-view.server.ts'
import { DropBadge } from '../drops/drop-badge.tsx'
import { formatInstant } from '../figures/format-date.ts'

/** The drop that sells now or comes next, with its next act and the way to it. */
export function NextDropCard({ drop, timeZone }: { drop: NextDrop; timeZone: string }) {
  const { t, i18n } = useTranslation()
  const { id, title, status, next } = drop
  const isOn = status === 'live' || status === 'held'
  return (
    <Card>
      <InlineStack align="space-between" blockAlign="center" gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t(isOn ? 'home.nextDrop.now' : 'home.nextDrop.title')}: {title}
          </Text>
          <DropBadge status={status} />
          {next ? (
            <Text as="span" tone="subdued">
              {t('home.nextDrop.next', {
                act: t(`drops.act.${next.kind}`),
                time: formatInstant(next.at, 'exact', i18n.language, timeZone),
              })}
            </Text>
          ) : null}
        </InlineStack>
        <Button url={isOn ? `/app/drops/${id}/live` : `/app/drops/${id}`}>
          {t(isOn ? 'home.nextDrop.live' : 'common.open')}
        </Button>
      </InlineStack>
    </Card>
  )
}
