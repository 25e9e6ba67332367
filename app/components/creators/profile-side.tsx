import { BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { followerBand } from '#app/domain/creators/follower-band.ts'
import type { CreatorView } from '#app/features/creators/creator-view.server.ts'
import { DateText } from '../figures/date-text.tsx'
import { Money, useMoneyText } from '../figures/money.tsx'
import { StatusBadge } from '../figures/status-badge.tsx'

/** Beside the profile: what is owed, what is agreed, the latest statements. */
export function ProfileSide({ view }: { view: CreatorView }) {
  return (
    <BlockStack gap="400">
      <BalanceCard view={view} />
      <AgreementsCard view={view} />
      <StatementsCard view={view} />
    </BlockStack>
  )
}

function BalanceCard({ view }: { view: CreatorView }) {
  const { t } = useTranslation()
  const { balance, currency, creator, timeZone } = view
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('creators.profile.balance')}
        </Text>
        <Figure label={t('creators.profile.available')} minor={balance.availableMinor} currency={currency} />
        <Figure label={t('creators.profile.held')} minor={balance.heldMinor} currency={currency} />
        <Text as="p" tone="subdued">
          {t(`creators.band.${followerBand(creator.followerCount)}`)}
          {' · '}
          {creator.archivedAt ? t('creators.profile.archivedOn') : t('creators.profile.since')}{' '}
          <DateText at={creator.archivedAt ?? creator.createdAt} timeZone={timeZone} />
        </Text>
        <Button url={`/app/payouts/creators/${creator.id}`}>{t('creators.profile.payouts')}</Button>
      </BlockStack>
    </Card>
  )
}

function Figure({ label, minor, currency }: { label: string; minor: string; currency: string }) {
  return (
    <InlineStack align="space-between" gap="200">
      <Text as="span">{label}</Text>
      <Text as="span" fontWeight="semibold">
        <Money minor={minor} currency={currency} />
      </Text>
    </InlineStack>
  )
}

function AgreementsCard({ view }: { view: CreatorView }) {
  const { t } = useTranslation()
  const active = view.creator.status === 'active'
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('creators.profile.agreements')}
        </Text>
        {view.agreements.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('creators.profile.noAgreements')}
          </Text>
        ) : null}
        {view.agreements.map((agreement) => (
          <BlockStack key={agreement.id} gap="050">
            <InlineStack align="space-between" gap="200">
              <Link url={`/app/agreements/${agreement.id}`} removeUnderline>
                {agreement.title}
              </Link>
              <StatusBadge status={agreement.status} />
            </InlineStack>
            <Text as="span" tone="subdued">
              {t(`common.role.${agreement.role}`)} ·{' '}
              {t('creators.profile.versions', { count: agreement.versions })}
              {agreement.offerOpen && agreement.status === 'active'
                ? ` · ${t('creators.profile.offerOpen')}`
                : ''}
            </Text>
          </BlockStack>
        ))}
        {active ? (
          <Button url={`/app/agreements/new?creator=${view.creator.id}`}>
            {t('creators.profile.newAgreement')}
          </Button>
        ) : null}
      </BlockStack>
    </Card>
  )
}

function StatementsCard({ view }: { view: CreatorView }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('creators.profile.statements')}
        </Text>
        {view.statements.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('creators.profile.noStatements')}
          </Text>
        ) : null}
        {view.statements.map((statement) => (
          <BlockStack key={statement.id} gap="050">
            <InlineStack align="space-between" gap="200">
              <Link url={`/app/statements/${statement.id}`} removeUnderline>
                {statement.number}
              </Link>
              <DateText at={statement.issuedAt} timeZone={view.timeZone} />
            </InlineStack>
            <Text as="span" tone="subdued">
              {t('creators.profile.payable', { amount: money(statement.payableMinor, view.currency) })}
            </Text>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  )
}
