import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { AgreementView } from '#app/features/agreements/agreement-view.server.ts'
import { useFreshWhile } from '../creators/use-fresh-while.ts'
import { DateText } from '../figures/date-text.tsx'
import { StatusBadge } from '../figures/status-badge.tsx'

/** Invitations that were asked for, with what became of each. */
export function MailsCard({ mails, timeZone }: { mails: AgreementView['mails']; timeZone: string }) {
  const { t } = useTranslation()
  useFreshWhile(mails.some((mail) => mail.status === 'queued'))
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('agreements.detail.mails')}
        </Text>
        {mails.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('agreements.detail.noMails')}
          </Text>
        ) : null}
        {mails.map((mail) => (
          <InlineStack key={mail.id} align="space-between" gap="200">
            <Text as="span" tone="subdued">
              {mail.sentAt ? t('agreements.detail.mailSent') : t('agreements.detail.mailRequested')}{' '}
              <DateText at={mail.sentAt ?? mail.requestedAt} timeZone={timeZone} style="time" />
            </Text>
            <StatusBadge status={mail.status} />
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  )
}
