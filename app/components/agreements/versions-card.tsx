import { Badge, BlockStack, Card, Divider, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '#app/domain/money/percent.ts'
import type { AgreementVersionView } from '#app/features/agreements/agreement-view.server.ts'
import { DateText } from '../figures/date-text.tsx'
import { StatusBadge } from '../figures/status-badge.tsx'
import { ChangesList } from './changes-list.tsx'

/** Every version with what happened to it and what it changed, newest first. */
export function VersionsCard({ versions, timeZone }: { versions: AgreementVersionView[]; timeZone: string }) {
  const { t } = useTranslation()
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('agreements.detail.timeline')}
        </Text>
        {versions.map((version, index) => (
          <BlockStack key={version.id} gap="400">
            {index > 0 ? <Divider /> : null}
            <Version version={version} timeZone={timeZone} />
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  )
}

function Version({ version, timeZone }: { version: AgreementVersionView; timeZone: string }) {
  const { t, i18n } = useTranslation()
  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" fontWeight="semibold">
          {t('agreements.detail.version', { number: version.number })}
        </Text>
        <Text as="span" tone="subdued">
          {formatPercent(version.terms.shareBps, i18n.language)}
        </Text>
        <StatusBadge status={version.status} />
        {version.retroactive ? <Badge>{t('agreements.detail.retroactive')}</Badge> : null}
        {version.inForce ? <Badge tone="success">{t('agreements.detail.inForce')}</Badge> : null}
      </InlineStack>
      <InlineStack gap="400">
        <When label={t('agreements.detail.from')} at={version.effectiveFrom} timeZone={timeZone} />
        <When label={t('agreements.detail.offeredOn')} at={version.offeredAt} timeZone={timeZone} />
        {version.decidedAt ? null : (
          <When label={t('agreements.detail.answerBy')} at={version.inviteExpiresAt} timeZone={timeZone} />
        )}
        <When
          label={
            version.status === 'declined'
              ? t('agreements.detail.declinedOn')
              : t('agreements.detail.acceptedBy', { name: version.signedBy ?? '' })
          }
          at={version.decidedAt}
          timeZone={timeZone}
        />
      </InlineStack>
      {version.changes.length > 0 ? <ChangesList changes={version.changes} /> : null}
    </BlockStack>
  )
}

function When({ label, at, timeZone }: { label: string; at: string | null; timeZone: string }) {
  if (!at) return null
  return (
    <Text as="span" tone="subdued">
      {label} <DateText at={at} timeZone={timeZone} />
    </Text>
  )
}
